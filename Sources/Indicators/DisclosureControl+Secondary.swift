extension DisclosureState {
  /// Suppresses further cells until nothing can be got back; returns what still can, which is nothing unless a table is
  /// too large to search.
  mutating func protect(_ rule: DisclosureRule) -> [DisclosureLeak] {
    var search = LeakSearch(self, rule)
    let sensitive = system.counts.indices.filter { isSensitive($0, rule) }
    for cell in sensitive.sorted(by: { (heights[$0], $0) < (heights[$1], $1) }) {
      protect(cell, rule, &search)
    }
    release(rule, &search)
    return leaks(rule)
  }

  private mutating func protect(_ cell: Int, _ rule: DisclosureRule, _ search: inout LeakSearch) {
    if !search.isSafe(cell) { search.search(cell) }
    if !search.isSafe(cell) { giveCompany(to: cell, rule, &search) }
    if !search.isSafe(cell) { disguise(around: cell, rule, &search) }
    if !search.isSafe(cell) { clear(around: cell, rule, &search) }
  }

  /// Hides why cells are suppressed: of the totals that a cell is part of, of the cell, of all that it shares sums with.
  private mutating func disguise(around cell: Int, _ rule: DisclosureRule, _ search: inout LeakSearch) {
    let sums = system.memberships[cell]
    let totals = sums.compactMap { relation in system.relations[relation].first { $0.sign < 0 }?.cell }
    let others = sums.flatMap { relation in system.relations[relation].map(\.cell) }
    for cells in [totals, [cell], others] where !search.isSafe(cell) {
      disguise(cells, rule, &search)
      search.search(cell)
      if !search.isSafe(cell) { giveCompany(to: cell, rule, &search) }
    }
  }

  /// What was seen before still fits when an intruder knows less.
  private mutating func disguise(_ cells: [Int], _ rule: DisclosureRule, _ search: inout LeakSearch) {
    for cell in cells where releases[cell] == .primary { releases[cell] = .disguised }
    let isFirst = !blurred
    blurred = true
    for cell in isFirst ? Array(system.counts.indices) : cells { search.rooms[cell] = room(of: cell, rule) }
  }

  /// Suppresses the cheapest cells with which a cell's count could be another one.
  private mutating func giveCompany(to cell: Int, _ rule: DisclosureRule, _ search: inout LeakSearch) {
    for direction in [1.0, -1] where !search.isSafe(cell) {
      let far = search.need(cell) - (direction > 0 ? -search.seen[cell].down : search.seen[cell].up)
      guard
        let changes = system.change(of: cell, direction, atMost: far, search.rooms, atCost: true)
      else { continue }
      for each in changes where releases[each.cell] == .released {
        let room = search.rooms[each.cell]
        // Rounding alone may hide a small change.
        if each.change < room.down || each.change > room.up { suppress(each.cell, rule, &search) }
      }
      search.note(changes)
    }
  }

  /// Suppresses all around a cell, further and further.
  private mutating func clear(around cell: Int, _ rule: DisclosureRule, _ search: inout LeakSearch) {
    var ring: Set<Int> = [cell]
    var known = ring
    while !ring.isEmpty, !search.isSafe(cell) {
      let relations = Set(ring.flatMap { system.memberships[$0] })
      ring = Set(relations.flatMap { system.relations[$0].map(\.cell) }).subtracting(known)
      known.formUnion(ring)
      disguise(known.sorted(), rule, &search)
      for each in ring where releases[each] == .released { suppress(each, rule, &search) }
      search.search(cell)
    }
    for each in known.sorted() where isSensitive(each, rule) && !search.isSafe(each) { search.search(each) }
  }

  private mutating func suppress(_ cell: Int, _ rule: DisclosureRule, _ search: inout LeakSearch) {
    releases[cell] = .secondary
    search.rooms[cell] = room(of: cell, rule)
  }

  /// Releases again what nothing needs, dearest first: cells without which all others are seen to stay safe by a look
  /// at their closest surroundings.
  private mutating func release(_ rule: DisclosureRule, _ search: inout LeakSearch) {
    let secondary = releases.indices.filter { releases[$0] == .secondary }
    var candidates: [(room: AdditiveSystem.Room, cell: Int)] = []
    for cell in secondary {
      releases[cell] = .released
      candidates.append((room(of: cell, rule), cell))
      releases[cell] = .secondary
    }
    for (room, cell) in candidates.sorted(by: { ($0.room.cost, $1.cell) > ($1.room.cost, $0.cell) }) {
      var without = search
      let losers = without.narrow(cell, to: room).filter { $0 != cell && isSensitive($0, rule) }
      for loser in losers where !without.isSafe(loser) {
        without.search(loser, nearby: true)
        if !without.isSafe(loser) { break }
      }
      guard losers.allSatisfy({ without.isSafe($0) }) else { continue }
      releases[cell] = .released
      search = without
    }
  }
}
