import Indicators
import Probability
import Testing

@Suite("Means")
struct MeanTests {
  // PHEindicatormethods 2.1.0, test_Mean and test_Mean_results.
  static let first = [33.09375, 48.38596, 64.83495, 67.98475, 22.93556, 71.23587, 38.78465, 82.37927]
  static let second = [
    5555.66666, 6666.77777, 4444.88888, 2222.99999, 3333.88888, 5555.44444, 6666.33333, 7777.44444, 5555.99999,
    8888.33333, 2222.55555, 4444.33333, 6666.22222, 4444.11111, 4444.22222, 5555.11111, 7777.22222, 9999.77777,
  ]

  @Test("agree with the official tables to 1e-13, apart and together")
  func official() {
    #expect(
      mean(of: Self.first).isClose(
        to: [53.704345, 36.168325241336504, 71.240364758663517, 18.216705294788838, 89.191984705211183],
        within: 1e-13))
    #expect(
      mean(of: Self.second).isClose(
        to: [5678.9629577777778, 4625.7900224529722, 6732.1358931025834, 3859.0770997295967, 7498.8488158259588],
        within: 1e-13))
    let all = mean(of: Self.first + Self.second)
    #expect(
      all.isClose(
        to: [3948.1141538461534, 2666.9956767458489, 5229.2326309464579, 1801.9535385474737, 6094.274769144833],
        within: 1e-13))
    #expect(all.denominator == 26 && relativeDifference(all.numerator, 102650.968) < 1e-15 && all.method == .studentT)
  }

  @Test("of groups are those of their values, in whatever order the rows come")
  func groups() {
    let values = Self.first + Self.second
    let codes = values.indices.map { Int32($0 < 8 ? 0 : 1) }
    let order = values.indices.map { $0 * 7 % 26 }
    let figures = means(of: order.map { values[$0] }, in: Grouping(codes: order.map { codes[$0] }, count: 3))
    #expect(figures[0].bits == mean(of: Self.first).bits && figures[1].bits == mean(of: Self.second).bits)
    #expect(figures.statuses[2] == .notEnoughPoints)
  }

  @Test("keep their digits far from zero")
  func farFromZero() {
    // The deviations are whole, so that the figure is exact: mean 10¹² + 2, variance 2.5.
    let figure = mean(of: [1, 2, 3, 4, 0].map { $0 + 1e12 }, at: [.percent95])
    let half = StudentT(degreesOfFreedom: 4).twoSidedQuantile(confidence: 0.95) * 0.5.squareRoot()
    #expect(figure.value == 1e12 + 2)
    // Half a unit in the last place of 10¹².
    #expect(abs(figure.intervals[0].upper - figure.value - half) < 1.3e-4)
  }

  @Test(
    "are barred by the first fault that fits",
    arguments: [
      ([], ResultStatus.notEnoughPoints), ([4], .notEnoughPoints), ([.nan], .missingNumerator),
      ([1, .nan, .infinity], .missingNumerator), ([1, .infinity], .nonFinite), ([1e300, -1e300], .nonFinite),
      ([3, 3], .ok), ([-1, -2], .ok),
    ] as [([Double], ResultStatus)])
  func statuses(values: [Double], status: ResultStatus) {
    #expect(mean(of: values).status == status && mean(of: values).isSound)
  }
}
