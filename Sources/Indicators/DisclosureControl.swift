import Probability

/// A table as it may be released.
public struct ProtectedTable: Sendable, Hashable {
  /// The counts as they are released, rounded where the rule says so; NaN where they are suppressed or missing.
  public let counts: [Double]
  /// `ok`, `suppressed_primary` for a cell's own sake, `suppressed_secondary` for the sake of others, or why a count is
  /// no count.
  public let statuses: [ResultStatus]
  /// The suppressed cells that can be got back all the same: none where the rule protects against totals.
  public let leaks: [DisclosureLeak]
  /// The relations, by their places, whose parts do not add up to their total. The differences are taken for known to
  /// an intruder.
  public let relationsThatDoNotAdd: [Int]
  /// The cells that are suppressed for their own sake but have the status `suppressed_secondary`, because the
  /// difference would have given counts away. Where there are any, that status tells nothing about a count.
  public let disguised: [Int]

  /// How many cells are suppressed for the sake of others.
  ///
  /// - Complexity: O(cells).
  public var secondaryCount: Int {
    statuses.reduce(0) { $0 + ($1 == .suppressedSecondary ? 1 : 0) } - disguised.count
  }
}

extension AdditiveTable {
  /// The table as it may be released by a rule.
  ///
  /// First the cells go whose counts, denominators or intervals the rule suppresses. Then, one after the other, each of
  /// them that could be got back from what is left is given company: of the cells that share sums with it, those are
  /// suppressed with which its count could be another one, the cheapest as found by a linear programme (Kelly, Golden
  /// and Assad, 1992): few cells, small counts before large ones, parts before totals. Cells that turn out to be
  /// needless at the end are released again. The result is what ``leaks(_:rule:)`` finds nothing in.
  ///
  /// Zeros are released unless the rule suppresses them. Where counts would be given away whatever else goes, as in
  /// 1 + 1 = 2 with 1 and 2 suppressed, some cells are disguised (``ProtectedTable/disguised``); then zeros may go too.
  ///
  /// - Parameters:
  ///   - rule: what has to be kept back.
  ///   - denominators: the people of each cell, where the rule looks at them.
  ///   - relativeWidths: the width of each cell's 95% interval relative to its figure, where the rule looks at it.
  /// - Returns: statuses and released counts of the shown cells.
  /// - Complexity: a linear programme over the surroundings of each suppressed cell: some milliseconds each.
  public func protected(
    by rule: DisclosureRule, denominators: [Double]? = nil, relativeWidths: [Double]? = nil
  ) -> ProtectedTable {
    precondition(denominators.map { $0.count == shown } ?? true, "a denominator for each shown cell")
    precondition(relativeWidths.map { $0.count == shown } ?? true, "a width for each shown cell")
    var state = DisclosureState(self, rule)
    for cell in 0..<shown where state.releases[cell] == .released {
      let suppressed = rule.suppresses(
        count: counts[cell], denominator: denominators?[cell] ?? .nan, relativeWidth: relativeWidths?[cell] ?? .nan)
      if suppressed { state.releases[cell] = .primary }
    }
    let leaks = rule.protectsAgainstTotals ? state.protect(rule) : state.leaks(rule)
    var statuses = counts.prefix(shown).map(ResultStatus.ofCount)
    for cell in 0..<shown {
      switch state.releases[cell] {
      case .primary: statuses[cell] = .suppressedPrimary
      case .secondary, .disguised: statuses[cell] = .suppressedSecondary
      case .released, .unseen: break
      }
    }
    return ProtectedTable(
      counts: (0..<shown).map { statuses[$0] == .ok ? rule.released(counts[$0]) : .nan }, statuses: statuses,
      leaks: leaks, relationsThatDoNotAdd: relationsThatDoNotAdd,
      disguised: (0..<shown).filter { state.releases[$0] == .disguised })
  }

  /// The suppressed cells whose counts can be got back from what is released, or narrowed down further than the rule
  /// allows.
  ///
  /// - Parameters:
  ///   - statuses: of the shown cells; those that are `suppressed_primary` or `suppressed_secondary` are suppressed,
  ///     all others released as the rule rounds them.
  ///   - rule: by which they were released. Where a `suppressed_secondary` cell holds a count that the rule suppresses,
  ///     an intruder is taken to know nothing from the statuses.
  /// - Returns: leaks in order of the cells, with the counts that an intruder is left with. Cells that are never shown
  ///   are among them where they can be got back and are too small.
  /// - Complexity: a linear programme over the surroundings of each suppressed cell.
  public func leaks(_ statuses: [ResultStatus], rule: DisclosureRule) -> [DisclosureLeak] {
    precondition(statuses.count == shown, "a status for each shown cell")
    var state = DisclosureState(self, rule)
    for cell in 0..<shown where state.releases[cell] == .released {
      if statuses[cell] == .suppressedPrimary { state.releases[cell] = .primary }
      if statuses[cell] == .suppressedSecondary {
        let isSmall = rule.suppresses(count: counts[cell])
        state.releases[cell] = isSmall ? .disguised : .secondary
        if isSmall { state.blurred = true }
      }
    }
    return state.leaks(rule)
  }
}

/// Which cells are released and which are not, while that is being decided.
struct DisclosureState {
  let system: AdditiveSystem
  /// Cells of which nobody knows a count.
  let missing: [Bool]
  /// How many sums of sums a cell is: 0 for one that is no total.
  let heights: [Int]
  var releases: [CellRelease]
  /// Whether any cell is disguised.
  var blurred = false

  init(_ table: AdditiveTable, _ rule: DisclosureRule) {
    var counts = table.counts.map { $0 >= 0 && $0.isFinite ? $0 : .nan }
    releases = counts.indices.map { $0 < table.shown && !counts[$0].isNaN ? .released : .unseen }
    Self.fill(&counts, table.relations)
    missing = counts.map(\.isNaN)
    let known = counts.map { $0.isNaN ? 0 : $0 }
    let isWhole = known.allSatisfy { $0 == $0.rounded() }
    system = AdditiveSystem(counts: known, relations: table.relations, isWhole: isWhole)
    heights = Self.heights(table.relations, cells: counts.count)
  }

  /// Works out missing counts that a sum gives away.
  private static func fill(_ counts: inout [Double], _ relations: [AdditiveRelation]) {
    var isNew = true
    while isNew {
      isNew = false
      for relation in relations {
        let unknown = ([relation.total] + relation.parts).filter { counts[$0].isNaN }
        guard unknown.count == 1, let cell = unknown.first else { continue }
        let known = relation.parts.reduce(0) { $0 + ($1 == cell ? 0 : counts[$1]) }
        let count = cell == relation.total ? known : counts[relation.total] - known
        guard count >= 0 else { continue }
        counts[cell] = count
        isNew = true
      }
    }
  }

  private static func heights(_ relations: [AdditiveRelation], cells: Int) -> [Int] {
    var heights = [Int](repeating: 0, count: cells)
    // Sums nest a few levels deep; a circle of sums would not end.
    for _ in 0..<8 {
      for relation in relations {
        let below = relation.parts.map { heights[$0] }.max() ?? -1
        heights[relation.total] = min(8, max(heights[relation.total], below + 1))
      }
    }
    return heights
  }

  /// Whether a cell's count must not be got back.
  func isSensitive(_ cell: Int, _ rule: DisclosureRule) -> Bool {
    switch releases[cell] {
    case .released: false
    case .primary, .disguised, .secondary: true
    case .unseen: !missing[cell] && rule.suppresses(count: system.counts[cell])
    }
  }

  func room(of cell: Int, _ rule: DisclosureRule) -> AdditiveSystem.Room {
    let bounds = IntruderBounds(rule: rule, isWhole: system.isWhole)
    let count = system.counts[cell]
    let now = bounds.range(of: count, releases[cell], isMissing: missing[cell], blurred: blurred)
    var room = AdditiveSystem.Room(down: min(0, now.lower - count), up: max(0, now.upper - count))
    // A zero beside suppressed counts is no company while an intruder knows that it is not one of them.
    guard releases[cell] == .released, blurred || count > 0 || rule.suppressedCounts == nil else { return room }
    let then = bounds.range(of: count, .secondary, isMissing: false, blurred: blurred)
    room.extraDown = min(0, then.lower - now.lower)
    room.extraUp = then.upper == now.upper ? 0 : max(0, then.upper - now.upper)
    // A cell counts for as much as three of the level below; a count of a thousand for twice one of zero.
    let size = 1 + 0.1 * Double(max(0, count).exponentOrZero)
    room.cost = size * (0..<heights[cell]).reduce(1.0) { price, _ in price * 3 } * (count == 0 ? 3 : 1)
    return room
  }

  /// The cells that can be got back.
  func leaks(_ rule: DisclosureRule) -> [DisclosureLeak] {
    var search = LeakSearch(self, rule)
    var found: [DisclosureLeak] = []
    for cell in system.counts.indices where isSensitive(cell, rule) && !search.isSafe(cell) {
      search.search(cell)
      if !search.isSafe(cell) { found.append(search.leak(cell)) }
    }
    return found
  }
}

extension Double {
  /// The whole binary logarithm of 1 and more, 0 below.
  fileprivate var exponentOrZero: Int { self >= 1 ? Int(exponent) : 0 }
}
