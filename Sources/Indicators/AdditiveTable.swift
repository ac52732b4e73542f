import Probability

/// A total and the parts that make it up, by the places of their cells.
public struct AdditiveRelation: Sendable, Hashable {
  /// The cell of the total.
  public let total: Int
  /// The cells of the parts, each once, the total not among them.
  public let parts: [Int]

  /// A total of parts.
  ///
  /// - Complexity: O(1).
  public init(total: Int, parts: [Int]) {
    self.total = total
    self.parts = parts
  }
}

/// Counts that are tied by sums: the cells of one or of several tables with their margins, of areas and the areas
/// that contain them.
///
/// ```swift
/// // Women and men of two areas, and of both.
/// let table = AdditiveTable(
///   counts: [1, 9, 10, 7, 5, 12, 8, 14, 22],
///   relations: [
///     .init(total: 2, parts: [0, 1]), .init(total: 5, parts: [3, 4]), .init(total: 8, parts: [6, 7]),
///     .init(total: 6, parts: [0, 3]), .init(total: 7, parts: [1, 4]), .init(total: 8, parts: [2, 5]),
///   ])
/// ```
public struct AdditiveTable: Sendable, Hashable {
  /// The counts; NaN for one that is missing.
  public let counts: [Double]
  /// Which are sums of which.
  public let relations: [AdditiveRelation]
  /// How many of the first cells are shown. The others are known to nobody but follow from the shown ones: what a total
  /// has beyond the parts that a file holds. They are protected as well.
  public let shown: Int

  /// A table from its cells and relations.
  ///
  /// - Parameters:
  ///   - counts: at least 0 and finite, or NaN for one that is missing; others are taken for missing.
  ///   - relations: over the places of the counts.
  ///   - shown: how many of the first cells are shown; all by default.
  /// - Complexity: O(the size of the relations).
  public init(counts: [Double], relations: [AdditiveRelation], shown: Int? = nil) {
    precondition(
      relations.allSatisfy { relation in
        counts.indices.contains(relation.total) && relation.parts.allSatisfy(counts.indices.contains)
          && Set(relation.parts + [relation.total]).count == relation.parts.count + 1
      }, "relations over different cells of the table")
    precondition(shown.map { (0...counts.count).contains($0) } ?? true, "no more cells shown than there are")
    self.counts = counts
    self.relations = relations
    self.shown = shown ?? counts.count
  }

  /// The relations, by their places, whose parts do not add up to their total; relations with a missing cell are not
  /// among them.
  ///
  /// - Complexity: O(the size of the relations).
  public var relationsThatDoNotAdd: [Int] {
    relations.indices.filter { index in
      let sum = relations[index].parts.reduce(0) { $0 + counts[$1] }
      let total = counts[relations[index].total]
      // Sums of counts are exact; sums of fractions are not.
      return abs(sum - total) > 1e-9 * max(1, abs(total))
    }
  }
}
