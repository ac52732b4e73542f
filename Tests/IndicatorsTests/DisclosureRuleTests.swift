import Indicators
import Probability
import Testing

@Suite("A rule of small numbers")
struct DisclosureRuleTests {
  @Test("suppresses the counts of its range, fractions between its neighbours, and no zero unless it says so")
  func counts() {
    let deaths = DisclosureRule(suppressedCounts: 1...2)
    #expect(
      [0.0, 1, 2, 3, 0.5, 2.5, .nan].map { deaths.suppresses(count: $0) } == [
        false, true, true, false, true, true, false,
      ])
    let births = DisclosureRule(suppressedCounts: 0...9)
    #expect(births.suppresses(count: 0) && births.suppresses(count: 9) && !births.suppresses(count: 10))
    #expect(!DisclosureRule(suppressedCounts: nil).suppresses(count: 1))
  }

  @Test("rounds to the nearest multiple, halves upwards")
  func rounding() {
    let hospital = DisclosureRule(suppressedCounts: 1...7, roundingBase: 5)
    #expect([0.0, 8, 12, 13, 17, 18].map(hospital.released) == [0, 10, 10, 15, 15, 20])
    #expect(DisclosureRule(suppressedCounts: nil, roundingBase: 10).released(25) == 30)
  }

  @Test("looks at denominators and at the width of intervals")
  func reliability() throws {
    let rule = try #require(DisclosurePreset.named("NCHS")).rule
    #expect(rule.suppresses(count: 12, denominator: 9, relativeWidth: .nan))
    #expect(!rule.suppresses(count: 12, denominator: 10, relativeWidth: .nan))
    #expect(rule.suppresses(count: 12, denominator: 100, relativeWidth: 1.61))
    #expect(!rule.suppresses(count: 12, denominator: 100, relativeWidth: 1.6))
    #expect(!rule.suppresses(count: 12, denominator: .nan, relativeWidth: .nan))
  }

  @Test("comes in presets, each with its source and date")
  func presets() {
    #expect(DisclosurePreset.all.map(\.name) == ["ons-deaths", "ons-deaths-1-4", "nhs-hes", "nchs"])
    #expect(DisclosurePreset.all.allSatisfy { !$0.source.isEmpty && !$0.date.isEmpty && !$0.title.isEmpty })
    #expect(DisclosurePreset.named("nhs") == nil)
  }

  @Test("takes derived figures with the count that they would give back")
  func derivedFigures() throws {
    let figures = StatisticColumns(
      [proportion(of: 50, having: 2), proportion(of: 80, having: 30), proportion(of: 0, having: 0)],
      levels: ConfidenceLevel.official)
    let table = AdditiveTable(counts: [2, 30, 0], relations: [])
    let safe = figures.suppressed(as: table.protected(by: DisclosureRule(suppressedCounts: 1...2)))
    #expect(safe.statuses == [.suppressedPrimary, .ok, .zeroDenominator])
    #expect(safe.values[0].isNaN && safe.numerators[0].isNaN && safe.upper[1][0].isNaN && safe.denominators[0] == 50)
    #expect(safe[1] == figures[1] && safe[0].intervals.isEmpty && safe[0].method == .none)
    let widths = figures.relativeWidths(at: .percent95)
    #expect(abs(widths[1] - (figures.upper[0][1] - figures.lower[0][1]) / 0.375) < 1e-15 && widths[2].isNaN)
  }
}
