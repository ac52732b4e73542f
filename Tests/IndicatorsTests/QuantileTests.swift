import Indicators
import Probability
import TestSupport
import Testing

struct QuantileTests {
  @Test("groups by rank are those of the official package's 491 areas, ties and missing figures among them")
  func officialPackage() throws {
    // PHEindicatormethods 2.1.0 (dhsc-govuk, GPL-3), test data of phe_quantile; 491 rows twice, in one frame and in groups.
    let fixture = try Fixture("quantile-groups.csv")
    var sets: [Int: [(parent: Int, groups: Int, order: QuantileOrder, figure: Double, group: Int?)]] = [:]
    for row in fixture.rows {
      sets[Int(row[0])!, default: []].append(
        (Int(row[1])!, Int(row[2])!, QuantileOrder(rawValue: row[3])!, Double(row[4]) ?? .nan, Int(row[5])))
    }
    #expect(sets.count == 5 && fixture.rows.count == 491)
    for rows in sets.values {
      let found = quantileGroups(
        of: rows.map(\.figure), into: rows[0].groups, order: rows[0].order,
        within: Grouping(labels: rows.map { "\($0.parent)" }))
      #expect(rows.indices.map { found[$0] } == rows.map(\.group))
      for i in rows.indices where rows[i].group == nil {
        #expect(found.statuses[i] == (rows[i].figure.isNaN ? .missingNumerator : .notEnoughPoints))
      }
    }
  }

  @Test("bounds interpolate between the ordered figures and fall on them exactly")
  func bounds() {
    #expect(quantileBounds(of: [5, 1, 4, 2, 3], into: 2) == [3, 5])
    #expect(quantileBounds(of: [1, 2, 3, 4, 5, 6], into: 5) == [2, 3, 4, 5, 6])
    // R: quantile(c(3, 8, 8, 9, 20, 31), c(1, 2, 3, 4)/4)
    #expect(quantileBounds(of: [31, 3, 8, 20, 8, 9], into: 4) == [8, 8.5, 17.25, 31])
    #expect(quantileBounds(of: [], into: 2).allSatisfy { $0.isNaN })
    #expect(quantileBounds(of: [1, .infinity], into: 2).allSatisfy { $0.isNaN })
    let groups = quantileGroups(of: [31, 3, 8, 20, 8, 9], into: 4, by: .interpolated).groups
    #expect(groups == [4, 1, 1, 4, 1, 3])
  }

  @Test("the two rules agree where k divides N, and where they do not their rows are named")
  func disagreement() {
    let figures = (0..<100).map { Double($0 * 37 % 100) }
    let byRank = quantileGroups(of: figures, into: 10)
    let byBounds = quantileGroups(of: figures, into: 10, by: .interpolated)
    #expect(byRank.disagreements(with: byBounds).isEmpty)
    #expect((1...10).allSatisfy { group in byRank.groups.count { $0 == group } == 10 })

    func disagreements(_ figures: [Double], _ count: Int) -> [Int] {
      quantileGroups(of: figures, into: count)
        .disagreements(with: quantileGroups(of: figures, into: count, by: .interpolated))
    }
    #expect(quantileGroups(of: [1, 2, 2, 3, 4], into: 3).groups == [1, 1, 1, 2, 3])
    #expect(quantileGroups(of: [1, 2, 2, 3, 4], into: 3, by: .interpolated).groups == [1, 1, 1, 3, 3])
    #expect(disagreements([1, 2, 2, 3, 4], 3) == [3])
    #expect(disagreements([1, 2, 3, 4, 5, 6, 7], 4) == [5])
  }

  @Test("descending groups are ascending groups of the figures with turned signs")
  func descending() {
    let generator = Philox(seed: 5)
    let figures = (0..<997).map { (generator.uniforms(at: SIMD4(0, $0, 0, 0)).x * 300).rounded() }
    for rule in QuantileRule.allCases {
      let down = quantileGroups(of: figures, into: 7, by: rule, order: .descending)
      #expect(down == quantileGroups(of: figures.map { -$0 }, into: 7, by: rule))
      let up = quantileGroups(of: figures, into: 7, by: rule)
      // No figure of a lower group is above one of a higher group.
      let pairs = zip(figures, up.groups).sorted { $0.0 < $1.0 }
      #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.1 <= $1.1 })
    }
    #expect(Polarity.highIsGood.bestFirst == .descending && Polarity.lowIsGood.bestFirst == .ascending)
  }

  @Test("missing, infinite and too few figures carry a status and count in no group")
  func statuses() {
    let found = quantileGroups(
      of: [.nan, 3, 1, .infinity, 2, 9], into: 3, within: Grouping(codes: [0, 0, 0, 0, 0, 1], count: 3))
    #expect(
      found.statuses == [.missingNumerator, .ok, .ok, .nonFinite, .ok, .notEnoughPoints])
    #expect(found.groups == [0, 3, 1, 0, 2, 0])
    #expect(found[1] == 3 && found[0] == nil && found[5] == nil)
    #expect(quantileGroups(of: [], into: 4).groups.isEmpty)
  }
}
