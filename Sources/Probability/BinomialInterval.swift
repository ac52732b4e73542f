extension ConfidenceInterval {
  /// Wilson's (1927) score limits of the proportion x/n:
  /// (2x + z² ∓ z√(z² + 4x(1 − x/n)))/(2(n + z²)).
  ///
  /// Events need not be whole, so that x = np gives the limits within which an area of n people is expected to lie where
  /// the truth is p. No event gives a lower limit of exactly 0, events throughout an upper limit of exactly 1; both limits
  /// are within a few roundings for any n, and x/n is never outside them.
  ///
  /// - Parameters:
  ///   - events: x, from 0 to n.
  ///   - trials: n, above 0 and finite.
  ///   - level: how sure the interval is meant to be.
  /// - Returns: limits between 0 and 1; NaN for numbers outside what the parameters allow.
  /// - Complexity: O(1).
  public static func wilson(events: Double, trials: Double, at level: ConfidenceLevel) -> ConfidenceInterval {
    let proportion = events >= 0 && events <= trials && trials > 0 && trials.isFinite ? events / trials : .nan
    let (lower, upper) = wilsonLimits(events, trials, proportion, level.criticalValue)
    return ConfidenceInterval(lower: lower, upper: upper, level: level)
  }

  /// The exact limits of the proportion x/n by the binomial distribution (Clopper and Pearson, 1934).
  ///
  /// The lower one is the α/2 quantile of Beta(x, n − x + 1), 0 without events; the upper one the 1 − α/2 quantile of
  /// Beta(x + 1, n − x), 1 with events throughout. The beta distribution carries them on to events that are not whole.
  ///
  /// - Parameters:
  ///   - events: x, from 0 to n.
  ///   - trials: n, above 0 and finite.
  ///   - level: how sure the interval is meant to be.
  /// - Returns: limits between 0 and 1; NaN for numbers outside what the parameters allow.
  /// - Complexity: O(1), some 10⁻⁵ s.
  public static func clopperPearson(events: Double, trials: Double, at level: ConfidenceLevel) -> ConfidenceInterval {
    guard events >= 0, events <= trials, trials > 0, trials.isFinite else {
      return ConfidenceInterval(lower: .nan, upper: .nan, level: level)
    }
    let rest = trials - events
    let lower = events == 0 ? 0 : Beta(events, rest + 1).quantile(level.tail)
    let upper = rest == 0 ? 1 : Beta(events + 1, rest).upperQuantile(level.tail)
    return ConfidenceInterval(lower: lower, upper: upper, level: level)
  }
}

/// Wilson's limits from x, n, p = x/n and z, for loops over columns; NaN where p is NaN.
///
/// The two limits are the roots of (n + z²)q² − (2x + z²)q + xp = 0, so with S = x + z²/2 + z√(z²/4 + x(1 − p)) the upper
/// one is S/(n + z²) and the lower one xp/S, which loses no digit where both terms of a difference would be near z²/2. No
/// term overflows. Only roundings can put p outside, and those are taken back.
///
/// - Complexity: O(1): two divisions and a square root.
@inlinable
@inline(__always)
public func wilsonLimits(
  _ events: Double, _ trials: Double, _ proportion: Double, _ criticalValue: Double
) -> (lower: Double, upper: Double) {
  let square = criticalValue * criticalValue
  let root = (0.25 * square + events * (1 - proportion)).squareRoot()
  let sum = (events + 0.5 * square) + criticalValue * root
  let lower = events * proportion / sum
  let upper = sum / (trials + square)
  return (min(lower, proportion), min(max(upper, proportion), 1))
}
