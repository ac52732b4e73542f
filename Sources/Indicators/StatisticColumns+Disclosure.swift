import Probability

extension StatisticColumns {
  /// The figures without those whose counts are suppressed: value, limits and events go, since any of them would give
  /// the count back. The people stay.
  ///
  /// Under a rule that rounds, first work the figures out from ``ProtectedTable/counts``: a rate of unrounded events
  /// tells them to anyone who knows the people.
  ///
  /// - Parameter safe: the table of the events of the same rows.
  /// - Complexity: O(figures × levels).
  public func suppressed(as safe: ProtectedTable) -> StatisticColumns {
    precondition(safe.statuses.count == count, "a cell for each figure")
    var columns = self
    for row in 0..<count {
      guard safe.statuses[row] == .suppressedPrimary || safe.statuses[row] == .suppressedSecondary else { continue }
      columns.statuses[row] = safe.statuses[row]
      columns.methods[row] = .none
      columns.values[row] = .nan
      columns.numerators[row] = .nan
      for level in levels.indices {
        columns.lower[level][row] = .nan
        columns.upper[level][row] = .nan
      }
    }
    return columns
  }

  /// (upper − lower)/value of each figure at a level, as a rule of ``DisclosureRule/widestRelativeInterval`` looks at
  /// it; NaN where the level was not asked for or the figure is barred, infinite for a figure of 0.
  ///
  /// - Complexity: O(figures).
  public func relativeWidths(at level: ConfidenceLevel) -> [Double] {
    guard let place = levels.firstIndex(of: level) else { return [Double](repeating: .nan, count: count) }
    return (0..<count).map { (upper[place][$0] - lower[place][$0]) / values[$0] }
  }
}
