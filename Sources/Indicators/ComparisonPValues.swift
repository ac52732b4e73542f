import Probability

/// The two-sided p-value of x events among n where the truth is p: 2Φ(−|x − np|/√(np(1 − p))), the score test, whose
/// acceptance region is Wilson's interval.
///
/// - Parameters:
///   - events: x, from 0 to n.
///   - trials: n, above 0.
///   - probability: p, from 0 to 1. At 0 and 1 any other x is impossible: p-value 0.
/// - Returns: NaN for numbers outside what the parameters allow.
/// - Complexity: O(1).
public func scorePValue(events: Double, trials: Double, probability: Double) -> Double {
  // Figures per 100 come back to shares and counts a rounding off the ends of their range.
  let slack = 1e-12
  guard trials > 0, trials.isFinite, events >= -slack * trials, events <= (1 + slack) * trials else { return .nan }
  guard probability >= -slack, probability <= 1 + slack else { return .nan }
  let truth = min(max(probability, 0), 1)
  let distance = abs(events - trials * truth)
  if distance <= slack * events { return 1 }
  return 2 * Normal.standard.upperTail(distance / (trials * truth * (1 - truth)).squareRoot())
}

/// The two-sided p-value of O events where E are expected: twice the smaller exact Poisson tail, at most 1.
///
/// Its acceptance region is the exact interval of O: E lies outside it at level c where the p-value is below 1 − c. The
/// tails are P(X ≥ O) = P(O, E) and P(X ≤ O) = Q(O + 1, E), regularised gamma functions, for counts that are not whole too.
///
/// - Parameters:
///   - count: O, at least 0.
///   - expected: E, at least 0. At 0 any event is impossible: p-value 0.
/// - Returns: NaN for numbers outside what the parameters allow.
/// - Complexity: O(1), some 10⁻⁶ s.
public func poissonPValue(count: Double, expected: Double) -> Double {
  guard count >= 0, count.isFinite, expected >= 0, expected.isFinite else { return .nan }
  if expected == 0 { return count == 0 ? 1 : 0 }
  let atMost = Gamma(shape: count + 1).upperTail(expected)
  let atLeast = count == 0 ? 1 : Gamma(shape: count).cumulative(expected)
  return min(1, 2 * min(atMost, atLeast))
}
