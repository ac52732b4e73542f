import Probability

/// The proportion x/n with Wilson's (1927) limits.
///
/// ```swift
/// let share = proportion(of: 793, having: 76)
/// share.value                                  // 0.0958…
/// share.interval(at: .percent95)               // 0.0773… to 0.1183…
/// ```
///
/// Status, the first that fits: `missing_numerator`, `missing_denominator` (NaN), `non_finite`, `negative`,
/// `zero_denominator`, `numerator_exceeds_denominator`.
///
/// - Parameters:
///   - denominator: n, the people.
///   - numerator: x, those among them who have it; whole or not.
///   - multiplier: what the proportion is stated per: 1, or 100 for percentages. Above 0 and finite.
///   - levels: the levels of the limits.
/// - Complexity: O(the number of levels).
public func proportion(
  of denominator: Double, having numerator: Double, per multiplier: Double = 1,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> Statistic {
  precondition(multiplier > 0 && multiplier.isFinite, "a multiplier above 0")
  let status = ResultStatus.ofCell(events: numerator, people: denominator, limitedByPeople: true)
  guard status == .ok else { return .barred(status, numerator: numerator, denominator: denominator) }
  let intervals = levels.map { level in
    ConfidenceInterval.wilson(events: numerator, trials: denominator, at: level).mapped { $0 * multiplier }
  }
  return .finite(
    numerator / denominator * multiplier, intervals, numerator: numerator, denominator: denominator, method: .wilson)
}
