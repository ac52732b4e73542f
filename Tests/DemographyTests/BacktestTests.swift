import Testing

@testable import Demography

@Suite("Backtests")
struct BacktestTests {
  private static let bands = [0, 15, 65, 85]

  /// Two areas with one age group a band and the sexes alike.
  private func population(_ people: [[Double]], year: Int = 2013) throws -> Population {
    try Population(
      areas: people.indices.map { Area(code: "A\($0)") }, ages: AgeScale(lowerBounds: Self.bands), year: year,
      counts: people.flatMap { $0 + $0 })
  }

  @Test("errors are percentages of the outcome, and half the sum of share differences is the age structure's")
  func worked() throws {
    let outcome = try BacktestOutcome(population([[100, 200, 100, 100], [50, 100, 30, 20]]))
    let score = try Backtest(population([[110, 180, 100, 100], [45, 100, 30, 10]]), outcome: outcome)
    // Totals: 490 for 500 and 185 for 200 a sex, errors −2% and −7.5%.
    #expect((score.scores[0].medianAbsoluteError - 4.75).magnitude < 1e-12)
    #expect((score.scores[0].meanAbsoluteError - 4.75).magnitude < 1e-12)
    #expect((score.scores[0].bias + 4.75).magnitude < 1e-12)
    #expect(score.scores[0].shareOffByTen == 0)
    // 0–14: +10% and −10%; 85+: 0 and −50%.
    #expect((score.scores[1].bias).magnitude < 1e-12)
    #expect((score.scores[4].medianAbsoluteError - 25).magnitude < 1e-12)
    #expect(score.scores[4].shareOffByTen == 50)
    let first = [110.0 / 490 - 0.2, 180.0 / 490 - 0.4, 100.0 / 490 - 0.2, 100.0 / 490 - 0.2]
    let second = [45.0 / 185 - 0.25, 100.0 / 185 - 0.5, 30.0 / 185 - 0.15, 10.0 / 185 - 0.1]
    let expected = [first, second].map { $0.reduce(0) { $0 + 50 * $1.magnitude } }
    #expect((score.ageStructureError - (expected[0] + expected[1]) / 2).magnitude < 1e-12)
  }

  @Test("a perfect forecast has no error")
  func perfect() throws {
    let people = try population([[100, 200, 100, 100], [50, 100, 30, 20]])
    let score = try Backtest(people, outcome: BacktestOutcome(people))
    #expect(score.scores.allSatisfy { $0.meanAbsoluteError == 0 && $0.shareOffByTen == 0 })
    #expect(score.ageStructureError == 0)
  }

  @Test("areas without anybody in a band and figures of another year are refused")
  func refusals() throws {
    let people = try population([[100, 200, 100, 100]])
    let empty = try population([[100, 200, 100, 0]])
    let other = try population([[100, 200, 100, 100]], year: 2014)
    #expect(throws: BacktestError.empty(Area(code: "A0"))) {
      try Backtest(people, outcome: BacktestOutcome(empty))
    }
    #expect(throws: BacktestError.axesDiffer) { try Backtest(people, outcome: BacktestOutcome(other)) }
  }

  @Test("the ranked probability score of one future is the absolute error, of two the textbook's")
  func rankedProbability() {
    let certain = SpreadScore(draws: [[90], [120]], outcomes: [100, 100])
    #expect((certain.rankedProbabilityScore - 15).magnitude < 1e-12)
    // E|X − y| = 10, ½·E|X − X′| = ½·½·20 = 5.
    let two = SpreadScore(draws: [[90, 110]], outcomes: [100])
    #expect((two.rankedProbabilityScore - 5).magnitude < 1e-12)
  }

  @Test("coverage counts the outcomes between the quantiles")
  func coverage() {
    let draws = (0...100).map(Double.init)
    let outcomes = [9.0, 10, 50, 90, 91, 2.4, 97.6]
    let score = SpreadScore(draws: outcomes.map { _ in draws }, outcomes: outcomes)
    #expect((score.coverage80 - 300.0 / 7).magnitude < 1e-9)
    #expect((score.coverage95 - 500.0 / 7).magnitude < 1e-9)
  }

  @Test("rivals stay as they are or go on by their mean yearly change, never below nobody")
  func rivals() {
    let past = [2011: [100.0, 40], 2006: [90.0, 80], 2001: [100.0, 80]]
    func figures(_ rival: NaiveForecast) -> [Double] {
      rival.figures(base: 2011, year: 2021) { past[$0] ?? [] }
    }
    #expect(figures(.constant) == [100, 40])
    #expect(figures(.linear(years: 5)) == [120, 0])
    #expect(figures(.linear(years: 10)) == [100, 0])
  }
}
