extension AdditiveTable {
  /// One way in which the rows of a file are divided: areas, sexes, ages.
  public struct Dimension: Sendable, Hashable {
    /// The member that each row belongs to.
    public let members: [String]
    /// The member that each member is a part of; one that is not among the keys is a part of none. Parents may have
    /// parents: district, county, region, country.
    public let parents: [String: String]

    /// A dimension from the member of each row and from what members are parts of.
    ///
    /// - Complexity: O(1).
    public init(members: [String], parents: [String: String]) {
      self.members = members
      self.parents = parents
    }

    /// A dimension in which one member is the total of all others: `Persons` of `Female` and `Male`.
    ///
    /// - Complexity: O(rows).
    public init(members: [String], total: String) {
      var parents: [String: String] = [:]
      for member in members where member != total { parents[member] = total }
      self.init(members: members, parents: parents)
    }
  }

  /// The table of the rows of a file: every total that the dimensions make among the rows is tied to its parts.
  ///
  /// A row is a total in a dimension where other rows, alike in all other dimensions, belong to parts of its member.
  /// Parts that have no row are replaced by their own parts. What a total has beyond the parts that have rows becomes
  /// a cell that is never shown: it follows from the others, and is protected with them.
  ///
  /// ```swift
  /// let table = try AdditiveTable(
  ///   counts: deaths,
  ///   dimensions: [.init(members: areas, parents: countyOf), .init(members: sexes, total: "Persons")])
  /// let safe = table.protected(by: DisclosureRule(suppressedCounts: 1...2))
  /// ```
  ///
  /// - Parameters:
  ///   - counts: one a row; NaN where missing.
  ///   - dimensions: with a member for each row.
  /// - Throws: ``DisclosureError`` for two rows of one cell, and for members that are parts of themselves.
  /// - Complexity: O(rows × dimensions).
  public init(counts: [Double], dimensions: [Dimension]) throws(DisclosureError) {
    precondition(dimensions.allSatisfy { $0.members.count == counts.count }, "a member for each row")
    var rowOf: [[String]: Int] = [:]
    for row in counts.indices {
      let key = dimensions.map { $0.members[row] }
      if let earlier = rowOf[key] { throw .duplicateCell(row: row, earlier: earlier) }
      rowOf[key] = row
    }
    var relations: [AdditiveRelation] = []
    var cells = counts
    for (index, dimension) in dimensions.enumerated() {
      let children = try Self.children(of: dimension, index)
      for row in counts.indices {
        var key = dimensions.map { $0.members[row] }
        let parts = Self.parts(of: key[index], children) { member in
          key[index] = member
          return rowOf[key]
        }
        guard !parts.isEmpty else { continue }
        let rest = parts.reduce(counts[row]) { $0 - counts[$1] }
        // Sums of fractions are off by rounding.
        let isWhole = !(rest > 1e-9 * max(1, counts[row]))
        if !isWhole { cells.append(rest) }
        relations.append(AdditiveRelation(total: row, parts: isWhole ? parts : parts + [cells.count - 1]))
      }
    }
    self.init(counts: cells, relations: relations, shown: counts.count)
  }

  private static func children(
    of dimension: Dimension, _ index: Int
  ) throws(DisclosureError) -> [String: [String]] {
    var children: [String: [String]] = [:]
    for member in dimension.parents.keys.sorted() {
      if let parent = dimension.parents[member] { children[parent, default: []].append(member) }
      var ancestor = dimension.parents[member]
      for _ in 0...dimension.parents.count {
        guard let next = ancestor else { break }
        if next == member { throw .circularParents(dimension: index, member: member) }
        ancestor = dimension.parents[next]
      }
    }
    return children
  }

  /// The rows of the parts of a member, those without a row replaced by the rows of their own parts.
  private static func parts(
    of member: String, _ children: [String: [String]], _ row: (String) -> Int?
  ) -> [Int] {
    (children[member] ?? []).flatMap { child in row(child).map { [$0] } ?? parts(of: child, children, row) }
  }
}
