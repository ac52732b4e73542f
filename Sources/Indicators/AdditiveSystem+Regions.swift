extension AdditiveSystem {
  /// All that a change of a cell could reach; `nil` past so many cells.
  func connected(to cell: Int, _ rooms: [Room], atCost: Bool, atMost limit: Int) -> Region? {
    var region = Region(cells: [cell], relations: [])
    var (seenCells, seenRelations): (Set<Int>, Set<Int>) = ([cell], [])
    var next = 0
    while next < region.cells.count {
      for relation in memberships[region.cells[next]] where seenRelations.insert(relation).inserted {
        region.relations.append(relation)
        for member in relations[relation] {
          let isOpen = atCost ? rooms[member.cell].isOpenAtCost : rooms[member.cell].isOpen
          if isOpen, seenCells.insert(member.cell).inserted { region.cells.append(member.cell) }
        }
        if region.cells.count > limit { return nil }
      }
      next += 1
    }
    return region
  }

  /// The cells near a cell whose relations are all near as well, so that they can change by themselves: some `rounds`
  /// of the `breadth` cheapest cells of each relation reached.
  func neighbourhood(
    of cell: Int, _ rooms: [Room], atCost: Bool, rounds: Int, breadth: Int
  ) -> Region {
    func isOpen(_ cell: Int) -> Bool { atCost ? rooms[cell].isOpenAtCost : rooms[cell].isOpen }
    var bound: [Int] = memberships[cell]
    var seen = Set(bound)
    var frontier = bound
    var candidates: [Int] = []
    for _ in 0..<rounds {
      var reached: [Int] = []
      for relation in frontier {
        let near = cheapest(breadth, of: relation, besides: cell, rooms, atCost: atCost)
        candidates += near
        for other in near.flatMap({ memberships[$0] }) where seen.insert(other).inserted { reached.append(other) }
      }
      bound += reached
      frontier = reached
    }
    // Cells between those chosen; in very long sums there are too many to look at.
    for relation in bound where relations[relation].count <= Self.longSum {
      candidates += relations[relation].lazy.map(\.cell).filter(isOpen)
    }
    var known: Set<Int> = [cell]
    var cells = [cell]
    for candidate in candidates where memberships[candidate].allSatisfy(seen.contains) {
      if known.insert(candidate).inserted { cells.append(candidate) }
    }
    return Region(cells: cells, relations: bound)
  }

  private static let longSum = 200

  /// The open cells of a relation that cost least, those of few relations first.
  private func cheapest(
    _ breadth: Int, of relation: Int, besides cell: Int, _ rooms: [Room], atCost: Bool
  ) -> [Int] {
    var chosen: [(price: Double, cell: Int)] = []
    for (other, _) in relations[relation] where other != cell {
      let room = rooms[other]
      guard atCost ? room.isOpenAtCost : room.isOpen else { continue }
      let price = (room.isOpen ? 0 : room.cost) + 0.01 * Double(memberships[other].count)
      if chosen.count == breadth, let last = chosen.last, price >= last.price { continue }
      let place = chosen.firstIndex { price < $0.price } ?? chosen.count
      chosen.insert((price, other), at: place)
      if chosen.count > breadth { chosen.removeLast() }
    }
    return chosen.map(\.cell)
  }
}
