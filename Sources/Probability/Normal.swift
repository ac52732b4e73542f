internal import CBoostMath

/// The standard normal distribution.
///
/// Boost.Math 1.74 does the arithmetic; the error is below 1e-14 relative, the far tails included.
public enum Normal {
  /// Φ(x), the probability of a value of at most `x`.
  ///
  /// - Complexity: O(1).
  public static func cumulative(_ x: Double) -> Double { ph_normal_cumulative(x) }

  /// Φ⁻¹(p), the value that is exceeded with probability 1 − p; NaN where p is outside 0...1.
  ///
  /// - Complexity: O(1).
  public static func quantile(_ probability: Double) -> Double { ph_normal_quantile(probability) }

  /// z = Φ⁻¹(1 − (1 − c)/2), the half-width in standard errors of a two-sided interval at
  /// confidence `c` (0.95 gives 1.959963984540054), never rounded.
  ///
  /// Taken from the lower tail, −Φ⁻¹((1 − c)/2), so that nothing is lost near c = 1.
  ///
  /// - Complexity: O(1).
  public static func twoSidedQuantile(confidence: Double) -> Double {
    -ph_normal_quantile((1 - confidence) / 2)
  }
}
