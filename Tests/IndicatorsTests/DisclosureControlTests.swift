import Indicators
import Probability
import Testing

@Suite("Disclosure control")
struct DisclosureControlTests {
  private let deaths = DisclosureRule(suppressedCounts: 1...2)

  /// Women, men and both of two areas and of both.
  private func sexes(_ counts: [Double]) -> AdditiveTable {
    AdditiveTable(
      counts: counts,
      relations: [
        .init(total: 2, parts: [0, 1]), .init(total: 5, parts: [3, 4]), .init(total: 8, parts: [6, 7]),
        .init(total: 6, parts: [0, 3]), .init(total: 7, parts: [1, 4]), .init(total: 8, parts: [2, 5]),
      ])
  }

  @Test("gives one small count company in its row, in its column and across")
  func square() {
    let table = sexes([1, 9, 10, 7, 5, 12, 8, 14, 22])
    let alone = table.leaks([.suppressedPrimary] + [ResultStatus](repeating: .ok, count: 8), rule: deaths)
    #expect(alone == [DisclosureLeak(cell: 0, lowest: 1, highest: 1)])
    let safe = table.protected(by: deaths)
    #expect(safe.statuses[0] == .suppressedPrimary && safe.secondaryCount == 3 && safe.leaks.isEmpty)
    #expect([1, 3, 4].allSatisfy { safe.statuses[$0] == .suppressedSecondary && safe.counts[$0].isNaN })
    #expect([2, 5, 6, 7, 8].allSatisfy { safe.counts[$0] == table.counts[$0] })
  }

  @Test("sees that 2 + 2 = 4 and 1 + 1 = 2 give counts away that are suppressed already")
  func forcedSums() {
    let row = AdditiveTable(counts: [2, 2, 4], relations: [.init(total: 2, parts: [0, 1])])
    let statuses: [ResultStatus] = [.suppressedPrimary, .suppressedPrimary, .ok]
    #expect(row.leaks(statuses, rule: deaths).map(\.cell) == [0, 1])
    #expect(row.protected(by: deaths).statuses[2] == .suppressedSecondary)
    // 1 + 2 = 3 may as well be 2 + 1.
    let open = AdditiveTable(counts: [1, 2, 3], relations: [.init(total: 2, parts: [0, 1])])
    #expect(open.leaks(statuses, rule: deaths).isEmpty && open.protected(by: deaths).secondaryCount == 0)
    // A range of five is more than 1 and 2 allow: both of them are all that can be asked for.
    #expect(open.leaks(statuses, rule: DisclosureRule(suppressedCounts: 1...2, narrowestRange: 5)).isEmpty)
    // All three are 1 or 2, so they are 1, 1 and 2, unless it is not said why they are suppressed.
    let all = AdditiveTable(counts: [1, 1, 2], relations: [.init(total: 2, parts: [0, 1])])
    #expect(all.leaks([ResultStatus](repeating: .suppressedPrimary, count: 3), rule: deaths).count == 3)
    let safe = all.protected(by: deaths)
    #expect(safe.leaks.isEmpty && !safe.disguised.isEmpty && safe.statuses.allSatisfy { $0 != .ok })
    #expect(safe.disguised.allSatisfy { safe.statuses[$0] == .suppressedSecondary })
  }

  @Test("takes rounding into account: released figures that force suppressed ones are found")
  func rounding() {
    let hospital = DisclosureRule(suppressedCounts: 1...7, roundingBase: 5)
    // 10 (8 to 12) and four of at least 1 in a total of 10 (at most 12): only 8 + 1 + 1 + 1 + 1 = 12 fits.
    let tight = AdditiveTable(counts: [8, 1, 1, 1, 1, 12], relations: [.init(total: 5, parts: [0, 1, 2, 3, 4])])
    let statuses: [ResultStatus] = [.ok] + [ResultStatus](repeating: .suppressedPrimary, count: 4) + [.ok]
    #expect(tight.leaks(statuses, rule: hospital).map(\.cell) == [1, 2, 3, 4])
    let safe = tight.protected(by: hospital)
    #expect(safe.leaks.isEmpty && safe.secondaryCount == 1)
    // With room in the rounding nothing more has to go.
    let loose = AdditiveTable(counts: [14, 3, 17], relations: [.init(total: 2, parts: [0, 1])])
    let released = loose.protected(by: hospital)
    #expect(released.counts[0] == 15 && released.counts[2] == 15 && released.secondaryCount == 0)
    #expect(released.statuses == [.ok, .suppressedPrimary, .ok])
  }

  @Test("keeps ranges as wide as asked for")
  func ranges() {
    let rule = DisclosureRule(suppressedCounts: 1...9, narrowestRange: 5)
    let table = sexes([4, 20, 24, 30, 11, 41, 34, 31, 65])
    let narrow = DisclosureRule(suppressedCounts: 1...9)
    #expect(table.protected(by: narrow).leaks.isEmpty)
    let safe = table.protected(by: rule)
    #expect(safe.leaks.isEmpty && table.leaks(safe.statuses, rule: rule).isEmpty)
    // Two small counts of 3: each of 1 to 5, a range of 4, though neither is known.
    let pair = AdditiveTable(counts: [3, 3, 6, 40, 46], relations: [.init(total: 4, parts: [0, 1, 3])])
    let statuses: [ResultStatus] = [.suppressedPrimary, .suppressedPrimary, .suppressedPrimary, .ok, .ok]
    #expect(
      pair.leaks(statuses, rule: rule) == [
        DisclosureLeak(cell: 0, lowest: 1, highest: 5), DisclosureLeak(cell: 1, lowest: 1, highest: 5),
      ])
    #expect(pair.protected(by: rule).secondaryCount > 0 && pair.protected(by: rule).leaks.isEmpty)
  }

  @Test("protects what a file does not show but gives away")
  func unseen() throws {
    // Persons has one more than women and men: one whose sex is not known.
    let table = try AdditiveTable(
      counts: [20, 30, 51], dimensions: [.init(members: ["F", "M", "P"], total: "P")])
    #expect(table.shown == 3 && table.counts == [20, 30, 51, 1])
    #expect(table.leaks([.ok, .ok, .ok], rule: deaths) == [DisclosureLeak(cell: 3, lowest: 1, highest: 1)])
    let safe = table.protected(by: deaths)
    #expect(safe.leaks.isEmpty && safe.statuses.count == 3 && safe.secondaryCount == 1)
    // A missing count that the others give away.
    let missing = AdditiveTable(counts: [.nan, 30, 31], relations: [.init(total: 2, parts: [0, 1])])
    #expect(missing.leaks([.missingNumerator, .ok, .ok], rule: deaths).map(\.cell) == [0])
    #expect(
      missing.protected(by: deaths).statuses[0] == .missingNumerator && missing.protected(by: deaths).leaks.isEmpty)
  }

  @Test("says which sums do not add up, and carries what is no count")
  func badCells() {
    let table = AdditiveTable(counts: [1, 9, 11, -3, .infinity, 4], relations: [.init(total: 2, parts: [0, 1])])
    let safe = table.protected(by: deaths)
    #expect(safe.relationsThatDoNotAdd == [0] && safe.leaks.isEmpty)
    #expect(safe.statuses[3] == .negative && safe.statuses[4] == .nonFinite && safe.counts[3].isNaN)
    #expect(safe.statuses[5] == .ok && safe.counts[5] == 4)
    #expect(AdditiveTable(counts: [], relations: []).protected(by: deaths).statuses.isEmpty)
  }

  @Test("suppresses only the small counts themselves where a rule does not look at totals, and says what leaks")
  func withoutTotals() {
    var rule = deaths
    rule.protectsAgainstTotals = false
    let safe = sexes([1, 9, 10, 7, 5, 12, 8, 14, 22]).protected(by: rule)
    #expect(safe.secondaryCount == 0 && safe.leaks == [DisclosureLeak(cell: 0, lowest: 1, highest: 1)])
  }

  @Test("works on weighted counts, which are not whole")
  func weighted() {
    let table = sexes([1.5, 9.25, 10.75, 7, 5.5, 12.5, 8.5, 14.75, 23.25])
    let safe = table.protected(by: deaths)
    #expect(safe.statuses[0] == .suppressedPrimary && safe.secondaryCount == 3 && safe.leaks.isEmpty)
  }

  @Test("reckons with no count below 0, nor with a limit on what is missing")
  func unknownCounts() {
    // 8 to 12, four of at least 1 and a 0 in a total of at most 12: the 0 cannot make room for more.
    let hospital = DisclosureRule(suppressedCounts: 1...7, roundingBase: 5)
    let tight = AdditiveTable(counts: [8, 1, 1, 1, 1, 12, 0], relations: [.init(total: 5, parts: [0, 1, 2, 3, 4, 6])])
    let statuses: [ResultStatus] = [.ok] + [ResultStatus](repeating: .suppressedPrimary, count: 4) + [.ok, .ok]
    #expect(tight.leaks(statuses, rule: hospital).map(\.cell) == [1, 2, 3, 4])
    // 5 to 14, nine of at least 1 and a total of 5 to 14: only 5 + 9 = 14 fits, and 15 would be released as 20.
    let tens = AdditiveTable(
      counts: [5] + [Double](repeating: 1, count: 9) + [14], relations: [.init(total: 10, parts: Array(0..<10))])
    #expect(
      tens.leaks(
        [.ok] + [ResultStatus](repeating: .suppressedPrimary, count: 9) + [.ok],
        rule: DisclosureRule(suppressedCounts: 1...4, roundingBase: 10)
      ).count == 9)
    let missing = AdditiveTable(counts: [.nan, .nan, 1, 10], relations: [.init(total: 3, parts: [0, 1, 2])])
    #expect(
      missing.leaks([.missingNumerator, .missingNumerator, .suppressedPrimary, .ok], rule: deaths).isEmpty)
  }

  @Test("reckons that a disguised cell makes every secondary one doubtful")
  func doubt() {
    let rule = DisclosureRule(suppressedCounts: 1...4, narrowestRange: 3)
    let table = AdditiveTable(counts: [1, 5, 6], relations: [.init(total: 2, parts: [0, 1])])
    #expect(table.leaks([.suppressedSecondary, .suppressedSecondary, .ok], rule: rule).isEmpty)
    // Where it is said why the small one is suppressed, the other holds 5 or more.
    #expect(table.leaks([.suppressedPrimary, .suppressedSecondary, .ok], rule: rule).map(\.cell) == [0, 1])
  }

  @Test("asks for the whole range of a count that goes for its people")
  func fewPeople() {
    // The 10 is suppressed for its denominator; 1 or 2 beside it leave 10 or 11 of a total of 12.
    let rule = DisclosureRule(suppressedCounts: 1...2, smallestDenominator: 30, narrowestRange: 5)
    let table = AdditiveTable(counts: [10, 2, 12], relations: [.init(total: 2, parts: [0, 1])])
    let leaks = table.leaks([.suppressedPrimary, .suppressedPrimary, .ok], rule: rule)
    #expect(leaks == [DisclosureLeak(cell: 0, lowest: 10, highest: 11)])
    let safe = table.protected(by: rule, denominators: [20, 100, 120])
    #expect(safe.leaks.isEmpty && safe.statuses.allSatisfy { $0 != .ok })
  }

  @Test("reckons with weighted counts between the whole numbers around the range")
  func weightedRange() {
    let table = AdditiveTable(counts: [2.5, 2.5, 5], relations: [.init(total: 2, parts: [0, 1])])
    #expect(table.leaks([.suppressedPrimary, .suppressedPrimary, .ok], rule: deaths).isEmpty)
  }
}
