/// The cells of a table that may change together without changing any sum, and the search for such changes.
struct AdditiveSystem {
  /// How far a cell may go from its true count, and what more it could if it were suppressed.
  struct Room {
    /// At most 0: how far down what an intruder sees leaves open.
    var down = 0.0
    /// At least 0: how far up.
    var up = 0.0
    /// At most 0: how much further down if the cell were suppressed.
    var extraDown = 0.0
    /// At least 0: how much further up if the cell were suppressed.
    var extraUp = 0.0
    /// What suppressing the cell costs for each unit that it moves.
    var cost = 1.0

    var isOpen: Bool { down < 0 || up > 0 }
    var isBounded: Bool { down.isFinite && up.isFinite }
    var isOpenAtCost: Bool { isOpen || extraDown < 0 || extraUp > 0 }

    /// Lets the cell go no further than a change that lies between 0 and one that was found.
    mutating func trim(to end: Double, _ found: Double) {
      if found > 0 {
        up = min(up, end)
        extraUp = max(0, min(extraUp, end - up))
      } else {
        down = max(down, end)
        extraDown = min(0, max(extraDown, end - down))
      }
    }
  }

  let counts: [Double]
  let isWhole: Bool
  /// The cells of each relation with −1 for the total and 1 for a part.
  let relations: [[(cell: Int, sign: Double)]]
  /// The relations that each cell stands in.
  let memberships: [[Int]]
  /// The sign that each cell has in each of its relations, in the same order.
  private let signs: [[Double]]

  init(counts: [Double], relations: [AdditiveRelation], isWhole: Bool) {
    self.counts = counts
    self.isWhole = isWhole
    self.relations = relations.map { relation in
      [(relation.total, -1.0)] + relation.parts.map { ($0, 1.0) }
    }
    var memberships = [[Int]](repeating: [], count: counts.count)
    var signs = [[Double]](repeating: [], count: counts.count)
    for (index, relation) in self.relations.enumerated() {
      for member in relation {
        memberships[member.cell].append(index)
        signs[member.cell].append(member.sign)
      }
    }
    (self.memberships, self.signs) = (memberships, signs)
  }

  /// Cells that could all change, and the relations that bind them.
  struct Region {
    var cells: [Int]
    var relations: [Int]
  }

  /// Tables of this many numbers and more are not searched as a whole.
  private static let largestTable = 12_000_000
  /// Regions of up to this many cells are searched as a whole at once.
  private static let smallRegion = 250

  /// A change of `cell` by at least 1 and at most `limit` in one direction that keeps every sum and stays within the
  /// rooms, as changes of cells; of several the cheapest in suppressed cells. `nil` where the search finds none, in
  /// the closest surroundings only (`nearby`) or anywhere.
  func change(
    of cell: Int, _ direction: Double, atMost limit: Double, _ rooms: [Room], atCost: Bool, nearby: Bool = false
  ) -> [(cell: Int, change: Double)]? {
    let room = rooms[cell]
    guard direction > 0 ? room.up > 0 : room.down < 0, canFollow(cell, direction, rooms, atCost) else { return nil }
    let whole = connected(to: cell, rooms, atCost: atCost, atMost: Self.smallRegion)
    if let whole { return change(of: cell, direction, limit, rooms, whole, atCost) }
    for (rounds, breadth) in nearby ? [(2, 2)] : [(2, 2), (2, 4), (3, 6)] {
      let region = neighbourhood(of: cell, rooms, atCost: atCost, rounds: rounds, breadth: breadth)
      if let found = change(of: cell, direction, limit, rooms, region, atCost) { return found }
    }
    guard !nearby, let all = connected(to: cell, rooms, atCost: atCost, atMost: .max), isSearchable(all) else {
      return nil
    }
    return change(of: cell, direction, limit, rooms, all, atCost)
  }

  /// The smallest and the largest change of a cell, where counts need not be whole; `nil` for a table too large.
  func extremes(of cell: Int, _ rooms: [Room]) -> (down: Double, up: Double)? {
    guard let region = connected(to: cell, rooms, atCost: false, atMost: .max), isSearchable(region) else { return nil }
    var ends: [Double] = []
    for direction in [-1.0, 1] {
      var (simplex, variables) = simplex(region, rooms, atCost: false)
      guard let place = variables.firstIndex(where: { $0.cell == cell }) else { return (0, 0) }
      let isBounded = simplex.maximise([(place, direction)])
      ends.append(isBounded ? simplex.x[place] : direction * .infinity)
    }
    return (ends[0], ends[1])
  }

  /// Whether each sum of a cell has room for a change of it by 1: what one look shows needs no search.
  private func canFollow(_ cell: Int, _ direction: Double, _ rooms: [Room], _ atCost: Bool) -> Bool {
    memberships[cell].allSatisfy { relation in
      let own = relations[relation].first { $0.cell == cell }?.sign ?? 0
      var most = 0.0
      for other in relations[relation] where other.cell != cell {
        let room = rooms[other.cell]
        // The others have to make up for the change: a part goes down when another goes up, a total goes along.
        let up = own * direction * other.sign < 0
        most += up ? room.up + (atCost ? room.extraUp : 0) : -room.down - (atCost ? room.extraDown : 0)
      }
      return most >= (isWhole ? 1 : 1e-6)
    }
  }

  private func isSearchable(_ region: Region) -> Bool {
    region.cells.count * max(1, region.relations.count) <= Self.largestTable
  }

  // MARK: Changes within a region

  private func change(
    of cell: Int, _ direction: Double, _ limit: Double, _ rooms: [Room], _ region: Region, _ atCost: Bool
  ) -> [(cell: Int, change: Double)]? {
    var limit = min(limit, direction > 0 ? rooms[cell].up : -rooms[cell].down)
    if isWhole { limit.round(.down) }
    while limit > 0 {
      var limited = rooms
      limited[cell] = Room(down: direction < 0 ? -limit : 0, up: direction > 0 ? limit : 0)
      var most = 0.0
      for dive in 0..<Self.dives {
        let found = dived(cell, direction, limited, rooms, region, atCost, dive)
        if let changes = found.changes { return changes }
        if dive == 0 { most = found.reached }
        // Sums that do not let the cell change by 1 do so in no dive.
        if most < 1 - 1e-6 { return nil }
      }
      limit = min(limit - 1, (most + 1e-6).rounded(.down))
    }
    return nil
  }

  /// How often a search is begun anew with other prices when its solution is not whole.
  private static let dives = 10

  /// One search for a whole solution: where a cell's change is not whole, it may go no further than the whole number
  /// towards 0, and the programme is solved again.
  private func dived(
    _ cell: Int, _ direction: Double, _ limited: [Room], _ rooms: [Room], _ region: Region, _ atCost: Bool, _ dive: Int
  ) -> (changes: [(cell: Int, change: Double)]?, reached: Double) {
    var limited = limited
    var reached = 0.0
    for round in 0..<40 {
      var (simplex, variables) = simplex(region, limited, atCost: atCost)
      var objective: [(variable: Int, gain: Double)] = []
      for (place, variable) in variables.enumerated() {
        let noise = dive == 0 ? 0 : Self.noise(place, dive)
        // Moving the cell is worth more than any number of suppressed ones.
        if variable.cell == cell { objective.append((place, direction * 1e6)) }
        if variable.isExtra {
          objective.append((place, -rooms[variable.cell].cost * (1 + 0.3 * noise)))
        } else if variable.cell != cell, noise != 0, limited[variable.cell].isBounded {
          objective.append((place, 0.01 * noise))
        }
      }
      guard simplex.maximise(objective) else { return (nil, reached) }
      var moves: [Int: Double] = [:]
      for (place, variable) in variables.enumerated() where simplex.x[place] != 0 {
        moves[variable.cell, default: 0] += variable.sign * simplex.x[place]
      }
      let own = abs(moves[cell] ?? 0)
      if round == 0 { reached = own }
      guard own > (isWhole ? 1 - 1e-6 : 1e-6) else { return (nil, reached) }
      if let proven = proven(moves, rooms, atCost) { return (proven, reached) }
      let broken = moves.filter { abs($0.value - $0.value.rounded()) > 1e-6 }.keys.sorted()
      guard isWhole, !broken.isEmpty else { return (nil, reached) }
      let chosen = broken[(dive + round) % broken.count]
      limited[chosen].trim(to: (moves[chosen] ?? 0).rounded(.towardZero), moves[chosen] ?? 0)
    }
    return (nil, reached)
  }

  /// A number between −1 and 1 that is the same in every run (the finaliser of SplitMix64; Steele and others, 2014).
  private static func noise(_ place: Int, _ dive: Int) -> Double {
    var z = UInt64(truncatingIfNeeded: place &* 64 &+ dive) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) / 4_503_599_627_370_496 - 1
  }

  private typealias Variable = (cell: Int, sign: Double, isExtra: Bool)

  private func simplex(_ region: Region, _ rooms: [Room], atCost: Bool) -> (BoundedSimplex, [Variable]) {
    var variables: [Variable] = []
    var (lower, upper): ([Double], [Double]) = ([], [])
    func add(_ cell: Int, _ sign: Double, isExtra: Bool, _ low: Double, _ high: Double) {
      variables.append((cell, sign, isExtra))
      lower.append(low)
      upper.append(high)
    }
    for cell in region.cells {
      let room = rooms[cell]
      if room.isOpen { add(cell, 1, isExtra: false, room.down, room.up) }
      if atCost, room.extraUp > 0 { add(cell, 1, isExtra: true, 0, room.extraUp) }
      if atCost, room.extraDown < 0 { add(cell, -1, isExtra: true, 0, -room.extraDown) }
    }
    let rowOf = Dictionary(uniqueKeysWithValues: region.relations.enumerated().map { ($1, $0) })
    var equations = [[(variable: Int, coefficient: Double)]](repeating: [], count: region.relations.count)
    for (place, variable) in variables.enumerated() {
      for (relation, sign) in zip(memberships[variable.cell], signs[variable.cell]) {
        if let row = rowOf[relation] { equations[row].append((place, sign * variable.sign)) }
      }
    }
    return (BoundedSimplex(equations: equations, lower: lower, upper: upper), variables)
  }

  /// Changes checked by themselves: whole where counts are, within the rooms, and every sum kept.
  private func proven(_ moves: [Int: Double], _ rooms: [Room], _ atCost: Bool) -> [(cell: Int, change: Double)]? {
    var changes: [Int: Double] = [:]
    for (cell, move) in moves {
      let change = isWhole ? move.rounded() : move
      guard abs(change - move) <= 1e-6 else { return nil }
      if abs(change) <= 1e-9 { continue }
      let room = rooms[cell]
      let slack = isWhole ? 0 : 1e-9
      guard
        change >= room.down + (atCost ? room.extraDown : 0) - slack,
        change <= room.up + (atCost ? room.extraUp : 0) + slack
      else { return nil }
      changes[cell] = change
    }
    var sums: [Int: Double] = [:]
    for (cell, change) in changes {
      for (relation, sign) in zip(memberships[cell], signs[cell]) { sums[relation, default: 0] += sign * change }
    }
    guard sums.values.allSatisfy({ abs($0) <= (isWhole ? 0 : 1e-6) }) else { return nil }
    return changes.map { (cell: $0.key, change: $0.value) }.sorted { $0.cell < $1.cell }
  }
}
