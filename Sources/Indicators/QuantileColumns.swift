import Probability

/// The quantile group of each of many figures; element i of both columns belongs to figure i.
public struct QuantileColumns: Sendable, Hashable {
  /// The group of each figure, from 1 to ``groupCount``; 0 where the status bars it.
  public let groups: [Int]
  /// Why a figure has no group, or that it may be used.
  public let statuses: [ResultStatus]
  /// How many groups there are.
  public let groupCount: Int
  /// How the groups were made.
  public let rule: QuantileRule

  /// The group of a figure; nil where its status bars it.
  ///
  /// - Complexity: O(1).
  public subscript(row: Int) -> Int? { statuses[row] == .ok ? groups[row] : nil }

  /// The rows that another way of grouping puts elsewhere.
  ///
  /// Bounds fall between ranks where N is no multiple of k, and under ties: of 1, 2, 2, 3, 4 in three groups the figure 3 is
  /// in the second by rank and in the third by bounds.
  ///
  /// - Complexity: O(figures).
  public func disagreements(with other: QuantileColumns) -> [Int] {
    precondition(groups.count == other.groups.count, "the same figures")
    return groups.indices.filter { groups[$0] != other.groups[$0] }
  }
}

/// The quantile groups of figures: quintiles, deciles.
///
/// ```swift
/// quantileGroups(of: [4, 8, 15, 16, 23, 42], into: 3).groups      // [1, 1, 2, 2, 3, 3]
/// ```
///
/// Status: `missing_numerator` for a figure that is NaN and `non_finite` for an infinite one, which count in no group;
/// `not_enough_points` for all others of a parent area that has fewer figures than groups.
///
/// - Parameters:
///   - figures: one figure an area.
///   - groupCount: k, how many groups; at least 2.
///   - rule: by rank or by interpolated bounds.
///   - order: whether the lowest or the highest figures are group 1.
///   - parents: the parent area (region) of each figure; groups are made within each. nil makes one of all.
/// - Complexity: O(*n* log *n*).
public func quantileGroups(
  of figures: [Double], into groupCount: Int, by rule: QuantileRule = .minRank, order: QuantileOrder = .ascending,
  within parents: Grouping? = nil
) -> QuantileColumns {
  precondition(groupCount >= 2, "at least two groups")
  precondition(parents.map { $0.codes.count == figures.count } ?? true, "a parent for each figure")
  var groups = [Int](repeating: 0, count: figures.count)
  var statuses = figures.map { $0.isNaN ? ResultStatus.missingNumerator : $0.isFinite ? .ok : .nonFinite }
  // Both orders run upwards: the figures of a descending one with their signs turned.
  let sign = order == .ascending ? 1.0 : -1.0
  let rows = RowsByGroup(parents ?? .oneGroup(rows: figures.count))
  for parent in 0..<(parents?.count ?? 1) {
    let sorted = rows[parent].filter { statuses[$0] == .ok }.sorted { sign * figures[$0] < sign * figures[$1] }
    if sorted.count < groupCount {
      for row in sorted { statuses[row] = .notEnoughPoints }
    } else {
      let ordered = sorted.map { sign * figures[$0] }
      let found = rule == .minRank ? rankGroups(ordered, groupCount) : boundGroups(ordered, groupCount)
      for (row, group) in zip(sorted, found) { groups[row] = group }
    }
  }
  return QuantileColumns(groups: groups, statuses: statuses, groupCount: groupCount, rule: rule)
}

/// The upper bounds of all groups but the last, interpolated, and the highest figure as that of the last.
///
/// - Parameters:
///   - figures: at least one, all finite, in any order.
///   - groupCount: how many groups; at least 2.
/// - Returns: `groupCount` bounds, rising; NaN without a figure or where one is not finite.
/// - Complexity: O(*n* log *n*).
public func quantileBounds(of figures: [Double], into groupCount: Int) -> [Double] {
  precondition(groupCount >= 2, "at least two groups")
  guard !figures.isEmpty, figures.allSatisfy(\.isFinite) else {
    return [Double](repeating: .nan, count: groupCount)
  }
  return bounds(figures.sorted(), groupCount)
}

/// Whole-number arithmetic, so that no rounding moves a figure over a bound.
private func rankGroups(_ ordered: [Double], _ groupCount: Int) -> [Int] {
  let count = ordered.count
  var rank = 1
  return ordered.indices.map { i in
    if i > 0, ordered[i] > ordered[i - 1] { rank = i + 1 }
    let above = ((count + 1 - rank) * groupCount + count - 1) / count
    return max(groupCount + 1 - above, 1)
  }
}

private func boundGroups(_ ordered: [Double], _ groupCount: Int) -> [Int] {
  let limits = bounds(ordered, groupCount)
  var group = 1
  return ordered.map { figure in
    while group < groupCount, figure > limits[group - 1] { group += 1 }
    return group
  }
}

/// The place (N − 1)·i/k in whole numbers: a bound that falls on a figure is that figure, without a rounding.
private func bounds(_ ordered: [Double], _ groupCount: Int) -> [Double] {
  (1...groupCount).map { i in
    let (place, rest) = ((ordered.count - 1) * i).quotientAndRemainder(dividingBy: groupCount)
    guard rest > 0 else { return ordered[place] }
    let share = Double(rest) / Double(groupCount)
    return (1 - share) * ordered[place] + share * ordered[place + 1]
  }
}
