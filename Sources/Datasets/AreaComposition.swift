public import Tables

/// A way to make an area of areas that figures are published for.
public struct AreaComposition: Sendable, Hashable {
  /// What the area is made of.
  public enum Kind: String, Sendable, Hashable {
    /// It is published itself.
    case published
    /// Districts that make it up; of the West Kent footprint its four whole districts.
    case districts
    /// Clinical commissioning groups that make it up.
    case commissioningGroups = "commissioning-groups"
    /// A group of areas that somebody put together.
    case group
  }

  /// What it is made of.
  public let kind: Kind
  /// The units that must all be there, each with the sets of codes under which it may be published, in the order in
  /// which they are tried: its own, those of the districts that became it.
  public let units: [[[String]]]

  /// The codes under which all units are published, or nil where one is not.
  ///
  /// - Complexity: O(codes).
  func codes(where isPublished: (String) -> Bool) -> [String]? {
    var result: [String] = []
    for alternatives in units {
      guard let codes = alternatives.first(where: { $0.allSatisfy(isPublished) }) else { return nil }
      result += codes
    }
    return result
  }
}

/// How the areas of the register are made up of smaller ones.
public struct AreaHierarchy: Sendable {
  private let registry: AreaRegistry
  private let systems: [String: [String]]
  /// The districts that went into one in its latest reorganisation.
  private let merged: [String: [String]]

  /// Reads how the commissioning groups make up systems.
  ///
  /// - Throws: `Problems` of the package `areas`.
  public init(_ registry: AreaRegistry, folder: DatasetFolder) throws(Problems) {
    self.registry = registry
    let table = try Table.read(
      csv: folder.file("areas", "health.csv"),
      columns: [
        ColumnRequest("group", .text), ColumnRequest("place", .text, allowsMissing: true),
        ColumnRequest("system", .text),
      ], others: .skip)
    guard let groups = table.text("group"), let places = table.text("place"), let system = table.text("system") else {
      throw Problems(table.problem("has no groups and systems"))
    }
    // A group without a place is the whole system; those with one make it up together.
    var systems: [String: [String]] = [:]
    for row in 0..<table.rowCount {
      if places.isMissing(row) {
        systems[system[row] + "|whole", default: []].append(groups[row])
      } else {
        systems[system[row] + "|parts", default: []].append(groups[row])
      }
    }
    self.systems = systems
    let former = Dictionary(
      grouping: registry.entries.filter { $0.kind == "former-district" }, by: { $0.successor ?? "" })
    merged = former.mapValues { districts in
      let last = districts.map(\.boundaryYear).max()
      return districts.filter { $0.boundaryYear == last }.map(\.code)
    }
  }

  /// The ways in which an area's figures can be made, best first.
  ///
  /// - Complexity: O(members of the area).
  public func compositions(of area: AreaRegistry.Entry) -> [AreaComposition] {
    var result = [AreaComposition(kind: .published, units: [alternatives(area.code)])]
    let groups = [systems[area.code + "|whole"], systems[area.code + "|parts"]].compactMap(\.self)
    if !groups.isEmpty { result.append(AreaComposition(kind: .commissioningGroups, units: [groups])) }
    if let members = registry.members[area.slug] {
      result.append(AreaComposition(kind: .districts, units: members.map { alternatives($0.code) }))
    }
    return result
  }

  /// Whether one area lies wholly in another: `true` of an area and itself.
  ///
  /// - Complexity: O(areas of the register).
  public func contains(_ outer: AreaRegistry.Entry, _ inner: AreaRegistry.Entry) -> Bool {
    if outer.code == inner.code || outer.kind == "country" { return true }
    if inner.kind == "country" { return false }
    var parent = registry.entry(named: inner.parent)
    while let above = parent {
      if above.code == outer.code { return true }
      parent = above.parent.isEmpty ? nil : registry.entry(named: above.parent)
    }
    if let successor = inner.successor.flatMap({ registry.entry(named: $0) }) { return contains(outer, successor) }
    guard let wholes = registry.members[outer.slug], let parts = registry.members[inner.slug] else { return false }
    let codes = Set(wholes.filter { $0.shares == nil }.map(\.code))
    return parts.allSatisfy { codes.contains($0.code) }
  }

  /// Whether two areas share a district, or a part of one.
  ///
  /// - Complexity: O(members of the areas).
  public func overlap(_ one: AreaRegistry.Entry, _ other: AreaRegistry.Entry) -> Bool {
    func districts(_ area: AreaRegistry.Entry) -> Set<String> {
      Set(registry.members[area.slug]?.map(\.code) ?? [area.successor ?? area.code])
    }
    return !districts(one).isDisjoint(with: districts(other))
  }

  /// The sets of codes under which a district may be published: its own, those of the districts that became it.
  private func alternatives(_ code: String) -> [[String]] { [[code]] + (merged[code].map { [$0] } ?? []) }
}
