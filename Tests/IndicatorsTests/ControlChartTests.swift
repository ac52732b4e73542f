import Indicators
import Probability
import Testing

/// Waits in weeks, with one far point.
private let waits: [Double] = [
  74, 71, 79, 68, 75, 80, 66, 73, 77, 70, 101, 72, 76, 69, 78, 74, 71, 75, 67, 73, 79, 70, 76, 72,
]

/// Figures of a few operations on numbers of the same size.
private func near(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= 1e-12 * max(1, abs(other)) }

@Suite("A control chart")
struct ControlChartTests {
  @Test("of individual values has the mean and 2.66 average moving ranges, large ranges left out once")
  func individuals() throws {
    let chart = ControlChart.individuals(waits)
    let segment = try #require(chart.segments.first)
    // Worked out with NumPy 2.
    #expect(near(segment.centre, 74.41666666666667) && segment.screenedRanges == 2)
    #expect(near(segment.averageMovingRange, 6.476190476190476))
    #expect(near(chart.lower[5], 57.190000000000005) && near(chart.upper[5], 91.64333333333335))
    #expect(near(chart.upperTwoSigma[5], chart.centres[5] + (chart.upper[5] - chart.centres[5]) * 2 / 3))
    #expect(chart.signals[10] == .aboveLimit && chart.variations[10] == .neutralHigh)
    let unscreened = ControlChart.individuals(waits, screening: false)
    #expect(
      near(unscreened.segments[0].averageMovingRange, 8.521739130434783) && unscreened.segments[0].screenedRanges == 0)
    #expect(near(unscreened.lower[0], 51.74884057971015) && near(unscreened.upper[0], 97.0844927536232))
  }

  @Test("of equal values has limits on the centre and no signal")
  func equalValues() {
    // 0.1 thirteen times: a plain mean would be an ulp beside the points and make a shift.
    let chart = ControlChart.individuals([Double](repeating: 0.1, count: 13))
    #expect(chart.statuses.allSatisfy { $0 == .ok } && chart.signals.allSatisfy { $0.isEmpty })
    #expect(chart.lower == chart.values && chart.upper == chart.values && chart.segments[0].screenedRanges == 0)
  }

  @Test("passes a missing point over: no signal from it, no moving range across it")
  func missingPoint() {
    var values = waits
    values[23] = .nan
    let chart = ControlChart.individuals(values)
    let whole = ControlChart.individuals(Array(waits.dropLast()))
    #expect(Array(chart.signals.dropLast()) == whole.signals && chart.signals[23].isEmpty)
    #expect(chart.variations[23] == .notJudged && chart.statuses[23] == .missingNumerator)
    #expect(chart.segments[0].averageMovingRange == whole.segments[0].averageMovingRange)
    // Ranges 1, 1, (none), 1: with one across the gap the average would be 1.25.
    let gap = ControlChart.individuals([1, 2, 1, .nan, 3, 2])
    #expect(gap.segments[0].averageMovingRange == 1)
    // Seven points below the centre with a gap among them are still a shift.
    let shift = ControlChart.individuals([1, 2, 1, .nan, 2, 1, 2, 1, 20, 21, 20, 21, 20])
    #expect(shift.signals.prefix(8).filter { $0.contains(.shiftLow) }.count == 7)
  }

  @Test("begins anew at each rebasing, rules included")
  func rebasing() {
    let values = waits + waits.map { $0 - 40 }
    let chart = ControlChart.individuals(values, rebasing: [24])
    #expect(chart.segments.map(\.points) == [0..<24, 24..<48])
    #expect(near(chart.centres[23] - chart.centres[24], 40) && near(chart.upper[0] - chart.upper[30], 40))
    #expect(Array(chart.signals.prefix(24)) == Array(chart.signals.suffix(24)))
    #expect(ControlChart.individuals(values).signals[0].contains(.shiftHigh))
  }

  @Test("of proportions, rates, counts and gaps has their limits, within natural bounds")
  func attributes() {
    let (x, n): ([Double], [Double]) = ([12, 15, 9, 20, 11], [210, 240, 190, 260, 205])
    let p = ControlChart.proportions(x, of: n, per: 100)
    #expect(
      zip(
        p.lower, [1.1226834193557453, 1.4417794959513473, 0.8691533626467178, 1.6230886229091947, 1.0627943842994987]
      ).allSatisfy { near($0, $1) }
        && zip(
          p.upper, [11.00401341322344, 10.684917336627839, 11.257543469932468, 10.50360820966999, 11.063902448279686]
        ).allSatisfy { near($0, $1) })
    let u = ControlChart.rates(x, of: n, per: 1000)
    #expect(
      zip(u.lower, [9.65723584374694, 12.949570144554299, 7.041391390583677, 14.820261455150572, 9.039319363978302])
        .allSatisfy { near($0, $1) }
        && zip(
          u.upper, [111.60973248204492, 108.31739818123756, 114.22557693520818, 106.44670687064128, 112.22764896181356]
        ).allSatisfy { near($0, $1) })
    let c = ControlChart.counts([4, 7, 3, 5, 9, 6, 2, 8])
    #expect(c.centres[0] == 5.5 && c.lower[0] == 0 && near(c.upper[0], 12.535623639735144))
    let g = ControlChart.gaps([12, 3, 25, 8, 17, 40, 5])
    #expect(near(g.centres[0], 15.714285714285714) && g.lower[0] == 0 && near(g.upper[0], 64.33400960305752))
    let all = ControlChart.proportions([5, 5, 5], of: [5, 5, 5])
    #expect(all.lower == [1, 1, 1] && all.upper == [1, 1, 1] && all.signals.allSatisfy { $0.isEmpty })
  }

  @Test("says why a point is not plotted or has no limits")
  func statuses() {
    let p = ControlChart.proportions([1, .nan, 3, 9, -1, 2, 1], of: [10, 10, .nan, 5, 10, 0, 10])
    #expect(
      p.statuses == [
        .ok, .missingNumerator, .missingDenominator, .numeratorExceedsDenominator, .negative, .zeroDenominator, .ok,
      ])
    #expect(p.values[3].isNaN && p.lower[1].isNaN && p.centres[0] == 0.1)
    let few = ControlChart.individuals([1, 2, 3, 9], rebasing: [3])
    #expect(few.statuses == [.ok, .ok, .ok, .notEnoughPoints] && few.upper[3].isNaN)
    #expect(few.segments[0].isProvisional && !few.segments[1].isProvisional)
    #expect(ControlChart.individuals([.infinity, 2, 3]).statuses[0] == .nonFinite)
    #expect(ControlChart.individuals([]).segments.isEmpty)
    #expect(ControlChart.individuals([.greatestFiniteMagnitude, -.greatestFiniteMagnitude]).upper[0].isNaN)
  }

  @Test("tells whether the process that runs now meets its target")
  func assurance() {
    func verdict(_ target: Double, _ polarity: Polarity) -> ControlAssurance? {
      ControlChart.individuals(waits, polarity: polarity, target: target).assurance
    }
    #expect(verdict(120, .lowIsGood) == .passing && verdict(120, .highIsGood) == .failing)
    #expect(verdict(20, .lowIsGood) == .failing && verdict(20, .highIsGood) == .passing)
    #expect(verdict(75, .lowIsGood) == .hitAndMiss && verdict(75, .none) == nil)
    // The last stretch counts, not the one before it.
    let chart = ControlChart.individuals(
      waits + waits.map { $0 + 100 }, polarity: .lowIsGood, rebasing: [24], target: 120)
    #expect(chart.assurance == .failing)
  }

  @Test("leaves a moving range out from 3.267 times the average on, once")
  func screening() {
    // Moving ranges of `large`, 4000 − `large`, 0 and 0: their average is 1000.
    func screened(_ large: Double) -> Int {
      ControlChart.individuals([0, large, 2 * large - 4000, 2 * large - 4000, 2 * large - 4000])
        .segments[0].screenedRanges
    }
    #expect(3.267 * 1000 == 3267)
    #expect([3266.75, 3267, 3267.5].map(screened) == [0, 1, 1])
  }

  @Test("has a floor and a ceiling only where figures have them, its inner lines too")
  func naturalBounds() {
    let individual = ControlChart.individuals([1, 4, 0, 3, 1, 5])
    #expect(individual.lower[0] < 0 && individual.lowerTwoSigma[0] < 0)
    let high = ControlChart.proportions([10, 9, 10, 10, 8], of: [10, 10, 10, 10, 10], per: 100)
    #expect(high.upper == [100, 100, 100, 100, 100] && high.upperTwoSigma[0] == 100 && high.lower[0] > 0)
    let low = ControlChart.counts([1, 0, 2, 1, 0])
    #expect(low.lower[0] == 0 && low.lowerTwoSigma[0] == 0 && low.upper[0] > 3)
  }
}
