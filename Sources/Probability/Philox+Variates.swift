extension Philox {
  /// A standard normal number: Φ⁻¹ of the first uniform at the counter.
  ///
  /// - Complexity: O(1).
  public func normal(at counter: SIMD4<UInt64>) -> Double { -NormalQuantile.upper(uniforms(at: counter).x) }

  /// An exponential number of mean 1: −log of the first uniform at the counter.
  ///
  /// - Complexity: O(1).
  public func exponential(at counter: SIMD4<UInt64>) -> Double { -logarithm(uniforms(at: counter).x) }

  /// A gamma variate with scale 1; NaN unless the shape is positive and finite.
  ///
  /// Rejection by Marsaglia and Tsang (2000), nearly always in one round; a shape a below 1 is a + 1 times U^(1/a).
  ///
  /// - Complexity: O(1) expected.
  public func gamma(shape: Double, at counter: SIMD4<UInt64>) -> Double {
    guard shape > 0, shape.isFinite else { return .nan }
    let d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    var trial = counter
    while true {
      let uniform = uniforms(at: trial)
      trial.w &+= 1
      let x = -NormalQuantile.upper(uniform.x)
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if logarithm(uniform.y) < 0.5 * x * x + d * (1 - v + logarithm(v)) {
        return shape < 1 ? d * v * power(uniform.z, 1 / shape) : d * v
      }
    }
  }

  /// A Poisson variate; NaN unless the mean is finite and not below 0.
  ///
  /// Below a mean of 10 by inversion of the first uniform; above by Hörmann's (1993) transformed rejection PTRS with the
  /// exact log probability.
  ///
  /// - Complexity: O(1) expected.
  public func poisson(mean: Double, at counter: SIMD4<UInt64>) -> Double {
    let distribution = Poisson(mean: mean)
    guard !distribution.mean.isNaN else { return .nan }
    if mean < 10 {
      return inverted(uniforms(at: counter).x, first: Probability.exponential(-mean)) { k in mean / k }
    }
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let accepted = 0.9277 - 3.6224 / (b - 2)
    return transformed(counter, a: a, b: b, centre: mean + 0.43, limit: .infinity, accepted: accepted) { k, v in
      logarithm(v * inverseAlpha) <= distribution.logProbability(of: k)
    }
  }

  /// A binomial variate; NaN unless `trials` is a whole number from 0 and 0 ≤ p ≤ 1.
  ///
  /// Below ten expected events (or non-events) by inversion of the first uniform; above by Hörmann's (1993) transformed
  /// rejection BTRS with the exact log probability.
  ///
  /// - Complexity: O(1) expected.
  public func binomial(trials: Double, probability: Double, at counter: SIMD4<UInt64>) -> Double {
    if probability > 0.5 {
      return trials - binomial(trials: trials, probability: 1 - probability, at: counter)
    }
    let distribution = Binomial(trials: trials, probability: probability)
    guard !distribution.trials.isNaN else { return .nan }
    if trials * probability < 10 {
      let odds = probability / (1 - probability)
      let first = Probability.exponential(trials * logarithm1p(-probability))
      return inverted(uniforms(at: counter).x, first: first) { k in (trials - k + 1) / k * odds }
    }
    let spread = distribution.variance.squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * probability
    let alpha = (2.83 + 5.1 / b) * spread
    let mode = ((trials + 1) * probability).rounded(.down)
    return transformed(
      counter, a: a, b: b, centre: distribution.mean + 0.5, limit: trials, accepted: 0.92 - 4.2 / b
    ) { k, v in
      logarithm(v * alpha) <= distribution.logProbability(of: k) - distribution.logProbability(of: mode)
    }
  }

  /// The first k at which the summed probabilities reach u, each from the one before by `ratio(k)`.
  private func inverted(_ u: Double, first: Double, ratio: (Double) -> Double) -> Double {
    var k = 0.0
    var term = first
    var rest = u - term
    // The terms end by underflow; the sum may stay a rounding short of the largest uniform.
    while rest > 0, term > 0 {
      k += 1
      term *= ratio(k)
      rest -= term
    }
    return k
  }

  /// Transformed rejection with squeeze: k = ⌊(2a/s + b)u + centre⌋, s = ½ − |u|; `isBelow(k, v)` is the exact test.
  private func transformed(
    _ counter: SIMD4<UInt64>, a: Double, b: Double, centre: Double, limit: Double, accepted: Double,
    isBelow: (_ k: Double, _ v: Double) -> Bool
  ) -> Double {
    var trial = counter
    while true {
      let uniform = uniforms(at: trial)
      trial.w &+= 1
      let u = uniform.x - 0.5
      let s = 0.5 - abs(u)
      let k = ((2 * a / s + b) * u + centre).rounded(.down)
      if k < 0 || k > limit { continue }
      if s >= 0.07, uniform.y <= accepted { return k }
      if isBelow(k, uniform.y / (a / (s * s) + b)) { return k }
    }
  }
}
