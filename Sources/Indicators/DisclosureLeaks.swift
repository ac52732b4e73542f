import Probability

/// A suppressed count that can be got back, or narrowed down too far.
public struct DisclosureLeak: Sendable, Hashable {
  /// The cell.
  public let cell: Int
  /// The smallest count that fits everything that is released.
  public let lowest: Double
  /// The largest count that fits everything that is released.
  public let highest: Double

  /// A cell and the counts that are left for it.
  ///
  /// - Complexity: O(1).
  public init(cell: Int, lowest: Double, highest: Double) {
    self.cell = cell
    self.lowest = lowest
    self.highest = highest
  }

  /// Whether the count is known exactly.
  public var isExact: Bool { lowest == highest }
}

/// The attempt to get suppressed counts back from what is released.
///
/// The intruder knows the rule, every released figure and by how much it may have been rounded, every sum, that no
/// count is below 0, that counts are whole (where they are), and which cells were suppressed for their own sake.
///
/// A cell is safe where another table is found that fits all of this and in which the cell differs; each such table is
/// checked by adding it up. Otherwise its smallest and largest count are found by linear programming over all relations
/// at once, which also covers whatever linear algebra alone would get back.
struct LeakSearch {
  let system: AdditiveSystem
  let rule: DisclosureRule
  var rooms: [AdditiveSystem.Room]
  /// Cells that are suppressed for their own sake.
  private let isSmall: [Bool]
  /// How far each cell has been seen to go down and up in tables that fit.
  private(set) var seen: [(down: Double, up: Double)]
  /// The tables that fit, as changes; empty for one that no longer does.
  private var tables: [[(cell: Int, change: Double)]] = []
  /// The tables in which each cell differs.
  private var tablesOf: [[Int]]

  init(_ state: DisclosureState, _ rule: DisclosureRule) {
    system = state.system
    self.rule = rule
    rooms = state.system.counts.indices.map { state.room(of: $0, rule) }
    isSmall = state.releases.indices.map {
      state.releases[$0] == .primary || rule.suppresses(count: state.system.counts[$0])
    }
    seen = [(Double, Double)](repeating: (0, 0), count: rooms.count)
    tablesOf = [[Int]](repeating: [], count: rooms.count)
  }

  /// How many counts apart a cell has to be kept: what the rule asks for, or all that it allows. Of a cell that is
  /// suppressed for others it is enough that it is not known exactly.
  func need(_ cell: Int) -> Double {
    guard isSmall[cell] else { return 1 }
    let widest = rule.suppressedCounts.map { max(1, $0.upperBound - $0.lowerBound) } ?? Int.max
    return Double(rule.suppresses(count: system.counts[cell]) ? min(rule.narrowestRange, widest) : rule.narrowestRange)
  }

  func isSafe(_ cell: Int) -> Bool { seen[cell].up - seen[cell].down >= need(cell) - 1e-9 }

  /// Takes note of a table that fits.
  mutating func note(_ changes: [(cell: Int, change: Double)]) {
    tables.append(changes)
    for each in changes {
      tablesOf[each.cell].append(tables.count - 1)
      seen[each.cell].down = min(seen[each.cell].down, each.change)
      seen[each.cell].up = max(seen[each.cell].up, each.change)
    }
  }

  /// Narrows a cell down to a room, forgets the tables that no longer fit, and returns the cells that lose by it.
  mutating func narrow(_ cell: Int, to room: AdditiveSystem.Room) -> [Int] {
    rooms[cell] = room
    var losers: Set<Int> = []
    for table in tablesOf[cell] {
      guard let own = tables[table].first(where: { $0.cell == cell }) else { continue }
      if own.change >= room.down && own.change <= room.up { continue }
      losers.formUnion(tables[table].map(\.cell))
      tables[table] = []
    }
    for loser in losers {
      let changes = tablesOf[loser].compactMap { table in tables[table].first { $0.cell == loser }?.change }
      seen[loser] = (min(0, changes.min() ?? 0), max(0, changes.max() ?? 0))
    }
    return losers.sorted()
  }

  /// Looks for tables that make a cell safe.
  mutating func search(_ cell: Int, nearby: Bool = false) {
    for direction in [1.0, -1] where !isSafe(cell) {
      let far = need(cell) - (direction > 0 ? -seen[cell].down : seen[cell].up)
      let changes = system.change(of: cell, direction, atMost: far, rooms, atCost: false, nearby: nearby)
      if let changes { note(changes) }
    }
  }

  /// The counts that an intruder is left with for a cell that no table makes safe.
  func leak(_ cell: Int) -> DisclosureLeak {
    let count = system.counts[cell]
    guard let ends = system.extremes(of: cell, rooms) else {
      return DisclosureLeak(cell: cell, lowest: count + seen[cell].down, highest: count + seen[cell].up)
    }
    guard system.isWhole else {
      return DisclosureLeak(cell: cell, lowest: count + ends.down, highest: count + ends.up)
    }
    // Only whole counts within the ends fit.
    let lowest = count + (ends.down - 1e-6).rounded(.up)
    return DisclosureLeak(cell: cell, lowest: lowest, highest: count + (ends.up + 1e-6).rounded(.down))
  }
}
