import Indicators
import Probability
import Testing

@Suite("A statistic")
struct StatisticTests {
  @Test("gives the interval of a level that was asked for and none of another")
  func levels() {
    let interval = ConfidenceInterval(lower: 1, upper: 3, level: .percent95)
    let figure = Statistic(value: 2, intervals: [interval], numerator: 2, denominator: 1, method: .byar)
    #expect(figure.interval(at: .percent95) == interval)
    #expect(figure.interval(at: .percent99_8) == nil)
  }
}
