/// The smallest whole number at which a rising condition holds, from a guess: by doubling steps to an interval, then by
/// halving it.
///
/// - Parameters:
///   - guess: where to begin; the nearer, the fewer steps.
///   - limit: the end of the support, returned where the condition holds nowhere below it.
///   - isReached: F(k) ≥ p or the like.
/// - Complexity: twice the logarithm of the guess's error.
func smallestCount(near guess: Double, upTo limit: Double, where isReached: (Double) -> Bool) -> Double {
  let origin = min(max(guess.rounded(.down), 0), min(limit, 9e15))
  var step = 1.0
  var below: Double
  var reached: Double
  if isReached(origin) {
    reached = origin
    below = origin - 1
    while below >= 0, isReached(below) {
      reached = below
      step *= 2
      below = max(reached - step, -1)
    }
  } else {
    below = origin
    reached = min(origin + 1, limit)
    while reached < limit, !isReached(reached) {
      below = reached
      step *= 2
      reached = min(below + step, limit)
    }
  }
  while reached - below > 1, reached.isFinite {
    let middle = (below + (reached - below) / 2).rounded(.down)
    if middle == below || middle == reached { break }
    if isReached(middle) { reached = middle } else { below = middle }
  }
  return reached
}

extension DiscreteDistribution {
  /// The smallest k with F(k) ≥ p or, from the upper tail, with P(X > k) ≤ p.
  ///
  /// The comparison is with this module's own tails and forgives 64 roundings, as R does: a probability that is F(k)
  /// on paper finds k though the computed F(k) may lie a rounding below.
  func smallestCount(_ p: Double, upper: Bool, skewness: Double, upTo limit: Double) -> Double {
    guard p >= 0, p <= 1, !mean.isNaN else { return .nan }
    if p == (upper ? 1 : 0) { return 0 }
    if p == (upper ? 0 : 1) { return limit }
    let z = upper ? Normal.standard.upperQuantile(p) : Normal.standard.quantile(p)
    // The first correction of Cornish and Fisher (1938).
    let guess = mean + variance.squareRoot() * (z + skewness * (z * z - 1) / 6)
    // Near 1 only what is missing from 1 is allowed for, or counts far out could not be told apart.
    let forgiven = 64 * Double.ulpOfOne * min(p, 1 - p) + p.ulp
    return Probability.smallestCount(near: guess.isFinite ? guess : 0, upTo: limit) { k in
      upper ? upperTail(k) <= p + forgiven : cumulative(k) >= p - forgiven
    }
  }
}
