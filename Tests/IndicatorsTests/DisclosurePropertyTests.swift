import Indicators
import Probability
import Testing

@Suite("Disclosure control on generated tables")
struct DisclosurePropertyTests {
  /// The counts of each suppressed cell that fit everything released, by going through all whole tables. Cells that are
  /// suppressed for others hold 3 and more, unless some of them are known not to.
  private func bySearch(
    _ table: AdditiveTable, _ statuses: [ResultStatus], _ rule: DisclosureRule, most: Double
  ) -> [Int: Set<Double>] {
    let hidden = statuses.indices.filter { statuses[$0] != .ok }
    let isBlurred = hidden.contains { statuses[$0] == .suppressedSecondary && rule.suppresses(count: table.counts[$0]) }
    var counts = table.counts
    var found: [Int: Set<Double>] = [:]
    // The relations that can be checked once a hidden cell, the last of theirs, has its count.
    var checks = [[AdditiveRelation]](repeating: [], count: hidden.count)
    for relation in table.relations {
      let last = hidden.lastIndex { $0 == relation.total || relation.parts.contains($0) }
      if let last { checks[last].append(relation) }
    }
    func go(_ place: Int) {
      guard place < hidden.count else {
        for cell in hidden { found[cell, default: []].insert(counts[cell]) }
        return
      }
      let cell = hidden[place]
      let isOpen = table.counts[cell] == 0 || isBlurred
      let range = statuses[cell] == .suppressedPrimary ? 1.0...2 : (isOpen ? 0 : 3)...most
      var count = range.lowerBound
      while count <= range.upperBound {
        counts[cell] = count
        let holds = checks[place].allSatisfy { relation in
          relation.parts.reduce(0) { $0 + counts[$1] } == counts[relation.total]
        }
        if holds { go(place + 1) }
        count += 1
      }
    }
    go(0)
    return found
  }

  @Test("finds exactly the suppressed cells that going through all tables finds")
  func exhaustive() throws {
    let rule = DisclosureRule(suppressedCounts: 1...2)
    var leaky = 0
    for seed in 0..<80 {
      let made = RandomTable.nested(seed: UInt64(seed), regions: 1, areas: 2 + seed % 2, ages: 2, sexes: 1, mean: 1.5)
      let table = try AdditiveTable(
        counts: made.table, dimensions: zip(made.dimensions, made.parents).map { .init(members: $0, parents: $1) })
      var random = SplitMix(seed: UInt64(seed) + 1000)
      var suppressed = 0
      let statuses = table.counts.map { count -> ResultStatus in
        if count == 1 || count == 2 { return .suppressedPrimary }
        guard suppressed < 5, random.next() % 3 == 0 else { return .ok }
        suppressed += 1
        return .suppressedSecondary
      }
      let fits = bySearch(table, statuses, rule, most: 16)
      let expected = fits.filter { $0.value.count == 1 }.keys.sorted()
      let leaks = table.leaks(statuses, rule: rule)
      leaky += leaks.count
      #expect(leaks.map(\.cell) == expected, "seed \(seed)")
      #expect(leaks.allSatisfy { $0.isExact && $0.lowest == table.counts[$0.cell] }, "seed \(seed)")
    }
    // The tables are small, so that much can be got back: the comparison is not empty.
    #expect(leaky > 50)
  }

  @Test("leaves nothing to get back, by its own search and by going through all tables")
  func protectedTables() throws {
    let rule = DisclosureRule(suppressedCounts: 1...2)
    for seed in 0..<30 {
      let made = RandomTable.nested(seed: UInt64(seed), regions: 1, areas: 2, ages: 2, sexes: 1, mean: 1.5)
      let table = try AdditiveTable(
        counts: made.table, dimensions: zip(made.dimensions, made.parents).map { .init(members: $0, parents: $1) })
      let safe = table.protected(by: rule)
      #expect(safe.leaks.isEmpty, "seed \(seed)")
      let fits = bySearch(table, safe.statuses, rule, most: 14)
      #expect(fits.allSatisfy { $0.value.count > 1 }, "seed \(seed)")
    }
  }

  /// Each table gives one small count company that a later one makes needless; its rows end with their totals, as the
  /// table does with a row of totals.
  @Test(
    "suppresses no cell without need: whichever is shown again gives a count away",
    arguments: [
      (3, [1, 5, 6, 0, 2, 2, 1, 7, 8]), (4, [6, 8, 1, 15, 11, 2, 0, 13, 17, 10, 1, 28]),
      (4, [0, 1, 10, 11, 2, 5, 6, 13, 2, 6, 16, 24]), (4, [6, 1, 11, 18, 11, 6, 3, 20, 4, 0, 2, 6, 21, 7, 16, 44]),
    ] as [(Int, [Double])])
  func nothingNeedless(width: Int, counts: [Double]) {
    let rule = DisclosureRule(suppressedCounts: 1...2)
    let height = counts.count / width
    let rows = (0..<height).map { row in
      AdditiveRelation(total: row * width + width - 1, parts: (0..<width - 1).map { row * width + $0 })
    }
    let columns = (0..<width).map { column in
      AdditiveRelation(total: (height - 1) * width + column, parts: (0..<height - 1).map { $0 * width + column })
    }
    let table = AdditiveTable(counts: counts, relations: rows + columns)
    let safe = table.protected(by: rule)
    #expect(table.relationsThatDoNotAdd.isEmpty && safe.leaks.isEmpty && safe.disguised.isEmpty)
    #expect(safe.secondaryCount > 0)
    for cell in counts.indices where safe.statuses[cell] == .suppressedSecondary {
      var statuses = safe.statuses
      statuses[cell] = .ok
      #expect(!table.leaks(statuses, rule: rule).isEmpty, "cell \(cell) was suppressed for nothing")
    }
  }

  @Test("protects nested tables under every preset, and suppresses little")
  func nestedTables() throws {
    for (index, preset) in DisclosurePreset.all.enumerated() {
      for seed in 0..<2 {
        let made = RandomTable.nested(
          seed: UInt64(seed * 10 + index), regions: 2, areas: 2, ages: 3, mean: seed % 2 == 0 ? 4 : 30)
        let table = try AdditiveTable(
          counts: made.table, dimensions: zip(made.dimensions, made.parents).map { .init(members: $0, parents: $1) })
        let safe = table.protected(by: preset.rule)
        #expect(safe.leaks.isEmpty && table.leaks(safe.statuses, rule: preset.rule).isEmpty, "\(preset.name) \(seed)")
        // A cell in three dimensions is hidden by the seven other corners of a cube.
        let primary = table.counts.filter { preset.rule.suppresses(count: $0) }.count
        #expect(safe.secondaryCount <= 7 * primary)
        #expect(table.relationsThatDoNotAdd.isEmpty && safe.statuses.count == table.counts.count)
      }
    }
  }
}
