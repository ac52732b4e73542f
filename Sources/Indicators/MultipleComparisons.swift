import Probability

/// A sheet of many comparisons: how many differ, and how many would by chance alone.
public struct ComparisonSummary: Sendable, Hashable {
  /// The level of the comparisons.
  public let level: ConfidenceLevel
  /// How many comparisons were made; those that could not be do not count.
  public let compared: Int
  /// How many differ at the level.
  public let different: Int
  /// How many would differ by chance if none did in truth: Σ 2Φ(−z·strictness), one in twenty at 95% but for interval against
  /// interval. Comparisons with limits in whole counts differ a little less often.
  public let expectedByChance: Double
  /// How many areas are part of their benchmark, which understates their differences.
  public let insideBenchmark: Int

  /// What a sheet of comparisons comes to at a level.
  ///
  /// - Complexity: O(comparisons).
  public init(of comparisons: some Sequence<Comparison>, at level: ConfidenceLevel) {
    var (compared, different, inside) = (0, 0, 0)
    var chance = 0.0
    for each in comparisons where each.obstacle == nil && each.method != .target {
      compared += 1
      if let reached = each.level, reached >= level { different += 1 }
      if each.containment == .inside { inside += 1 }
      chance +=
        each.strictness == 1
        ? 2 * level.tail : 2 * Normal.standard.upperTail(level.criticalValue * each.strictness)
    }
    self.level = level
    self.compared = compared
    self.different = different
    expectedByChance = chance
    insideBenchmark = inside
  }
}

/// The p-values adjusted by Benjamini and Hochberg (1995): those of at most q mark differences of which in the long run a
/// share of at most q is false.
///
/// Of m p-values p₍₁₎ ≤ … ≤ p₍ₘ₎ the i-th becomes the least of p₍ⱼ₎·m/j over j ≥ i, at most 1. It holds for independent
/// comparisons and for those that go together, as areas with a common benchmark do.
///
/// - Parameter pValues: p-values between 0 and 1; NaN where no comparison was made, which counts for nothing.
/// - Returns: the adjusted p-values in the same order, NaN where NaN was.
/// - Complexity: O(*n* log *n*).
public func benjaminiHochberg(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] > pValues[$1] }
  var adjusted = [Double](repeating: .nan, count: pValues.count)
  var least = 1.0
  for (place, row) in order.enumerated() {
    least = min(least, pValues[row] * Double(order.count) / Double(order.count - place))
    adjusted[row] = least
  }
  return adjusted
}
