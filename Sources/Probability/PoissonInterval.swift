extension ConfidenceInterval {
  /// From how many events on ``poisson(count:at:)`` takes Byar's approximation: 10, as the official English methods do.
  public static let fewestEventsForByar = 10.0

  /// The limits of a Poisson count by the official English rule: exact below ten events, Byar's approximation from ten on.
  ///
  /// The count itself decides, so 9.999 events have exact limits.
  ///
  /// - Parameters:
  ///   - count: O, at least 0 and finite, whole or not.
  ///   - level: how sure the interval is meant to be.
  /// - Returns: limits around O; NaN for a count that is negative, infinite or not a number.
  /// - Complexity: O(1), some 10⁻⁵ s below ten events and 10⁻⁸ s from there on.
  public static func poisson(count: Double, at level: ConfidenceLevel) -> ConfidenceInterval {
    count < fewestEventsForByar ? exactPoisson(count: count, at: level) : byar(count: count, at: level)
  }

  /// The exact limits of a Poisson count (Garwood, 1936): χ²⁻¹(α/2, 2O)/2 and χ²⁻¹(1 − α/2, 2O + 2)/2.
  ///
  /// No event gives a lower limit of exactly 0. For expected events E in the place of O they are the control limits
  /// around a benchmark.
  ///
  /// - Parameters:
  ///   - count: O, at least 0 and finite, whole or not.
  ///   - level: how sure the interval is meant to be.
  /// - Returns: limits around O; NaN for a count that is negative, infinite or not a number.
  /// - Complexity: O(1), some 10⁻⁵ s.
  public static func exactPoisson(count: Double, at level: ConfidenceLevel) -> ConfidenceInterval {
    guard count >= 0, count.isFinite else { return ConfidenceInterval(lower: .nan, upper: .nan, level: level) }
    let lower = count == 0 ? 0 : Gamma(shape: count).quantile(level.tail)
    let upper = Gamma(shape: count + 1).upperQuantile(level.tail)
    return ConfidenceInterval(lower: min(lower, count), upper: max(upper, count), level: level)
  }

  /// Byar's approximation to the exact limits (Rothman and Boice, 1979; Breslow and Day, 1987, p. 69):
  /// O(1 − 1/(9O) − z/(3√O))³ and (O + 1)(1 − 1/(9(O + 1)) + z/(3√(O + 1)))³.
  ///
  /// At 95% it is within 0.1% of the exact limits from ten events on.
  ///
  /// - Parameters:
  ///   - count: O, above 0 and finite, whole or not.
  ///   - level: how sure the interval is meant to be.
  /// - Returns: limits, the lower one at least 0; NaN for a count that is not above 0, infinite or not a number.
  /// - Complexity: O(1).
  public static func byar(count: Double, at level: ConfidenceLevel) -> ConfidenceInterval {
    let proper = count > 0 && count.isFinite ? count : .nan
    let (lower, upper) = byarLimits(proper, level.criticalValue)
    return ConfidenceInterval(lower: lower, upper: upper, level: level)
  }
}

/// Byar's limits of a count above 0, for loops over columns; NaN where the count is NaN.
///
/// - Complexity: O(1): two square roots and four divisions.
@inlinable
@inline(__always)
public func byarLimits(_ count: Double, _ criticalValue: Double) -> (lower: Double, upper: Double) {
  let next = count + 1
  let below = 1 - 1 / (9 * count) - criticalValue / (3 * count.squareRoot())
  let above = 1 - 1 / (9 * next) + criticalValue / (3 * next.squareRoot())
  // A cube below 0 would be a count below 0; it is met below some eight events only.
  let lower = below < 0 ? 0 : count * (below * below * below)
  return (min(lower, count), max(next * (above * above * above), count))
}
