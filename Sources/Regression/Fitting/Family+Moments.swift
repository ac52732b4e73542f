#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Family {
  /// The variance function V(μ): Var(y) = φ V(μ)/weight.
  ///
  /// The negative binomial takes the θ of the case; without one it is the Poisson's.
  ///
  /// - Complexity: O(1).
  public func variance(_ mean: Double) -> Double {
    switch self {
    case .gaussian: 1
    case .poisson, .quasiPoisson: mean
    case .binomial, .quasiBinomial: mean * (1 - mean)
    case .gamma: mean * mean
    case .inverseGaussian: mean * mean * mean
    case .negativeBinomial(let theta): mean + mean * mean / (theta ?? .infinity)
    }
  }

  /// The link under which expected and observed weights agree, so that scoring is Newton's method; nil where `Link` has
  /// none.
  var canonicalLink: Link? {
    switch self {
    case .negativeBinomial: nil
    default: defaultLink
    }
  }

  /// The deviance of one response of weight 1: 2(ℓ(y; y) − ℓ(y; μ)) φ.
  ///
  /// - Complexity: O(1).
  public func unitDeviance(_ y: Double, mean: Double) -> Double {
    switch self {
    case .gaussian: return (y - mean) * (y - mean)
    case .poisson, .quasiPoisson:
      return 2 * (productWithLogRatio(y, mean) - (y - mean))
    case .binomial, .quasiBinomial:
      return 2 * (productWithLogRatio(y, mean) + productWithLogRatio(1 - y, 1 - mean))
    case .gamma: return -2 * (log(y == 0 ? 1 : y / mean) - (y - mean) / mean)
    case .inverseGaussian:
      let relative = (y - mean) / mean
      return relative * relative / y
    case .negativeBinomial(let theta):
      guard let theta else { return Family.poisson.unitDeviance(y, mean: mean) }
      return 2 * (productWithLogRatio(y, mean) - productWithLogRatio(y + theta, mean + theta))
    }
  }

  /// Where the fit starts for one response: R's `mustart`.
  ///
  /// - Complexity: O(1).
  func startingMean(_ y: Double, weight: Double) -> Double {
    switch self {
    case .gaussian, .gamma, .inverseGaussian: y
    case .poisson, .quasiPoisson: y + 0.1
    case .binomial, .quasiBinomial: (weight * y + 0.5) / (weight + 1)
    case .negativeBinomial: y == 0 ? 1.0 / 6 : y
    }
  }

  /// Whether a mean is one that the family can have.
  ///
  /// - Complexity: O(1).
  public func isValid(mean: Double) -> Bool {
    switch self {
    case .gaussian: mean.isFinite
    case .poisson, .quasiPoisson, .gamma, .inverseGaussian, .negativeBinomial: mean.isFinite && mean > 0
    case .binomial, .quasiBinomial: mean > 0 && mean < 1
    }
  }

  /// What is wrong with a response, nil when nothing is.
  ///
  /// - Complexity: O(1).
  public func objection(to y: Double) -> String? {
    guard y.isFinite else { return "not a finite number" }
    switch self {
    case .gaussian: return nil
    case .poisson, .quasiPoisson, .negativeBinomial: return y < 0 ? "negative" : nil
    case .binomial, .quasiBinomial: return y < 0 || y > 1 ? "outside 0 to 1" : nil
    case .gamma, .inverseGaussian: return y <= 0 ? "not positive" : nil
    }
  }

  /// Whether a mean lies so near the edge of what is possible that R calls it numerically 0 or 1.
  ///
  /// - Complexity: O(1).
  func isAtBoundary(mean: Double) -> Bool {
    let edge = 10 * Double.ulpOfOne
    switch self {
    case .binomial, .quasiBinomial: return mean < edge || mean > 1 - edge
    case .poisson, .quasiPoisson, .negativeBinomial: return mean < edge
    case .gaussian, .gamma, .inverseGaussian: return false
    }
  }

  /// The part of the log-likelihood that hangs on the response and its weight alone; `logLikelihood` says how it is
  /// used.
  ///
  /// - Complexity: O(1).
  func saturatedTerm(_ y: Double, weight: Double) -> Double {
    guard weight > 0 else { return 0 }
    switch self {
    case .gaussian: return log(weight)
    case .poisson: return weight * ((y > 0 ? y * log(y) - y : 0) - logGamma(y + 1))
    case .binomial:
      let successes = weight * y
      let failures = weight - successes
      let choose = logGamma(weight + 1) - logGamma(successes + 1) - logGamma(failures + 1)
      return choose + (y > 0 ? successes * log(y) : 0) + (y < 1 ? failures * log(1 - y) : 0)
    case .gamma, .inverseGaussian: return weight * log(y)
    case .negativeBinomial(let theta):
      guard let theta else { return Family.poisson.saturatedTerm(y, weight: weight) }
      let constant = logGamma(theta + y) - logGamma(theta) - logGamma(y + 1)
      return weight * (constant + (y > 0 ? y * log(y / (y + theta)) : 0) + theta * log(theta / (y + theta)))
    case .quasiPoisson, .quasiBinomial: return 0
    }
  }

  /// y log y − y for the Poisson, y log y + (1 − y) log(1 − y) for the binomial: what the log-likelihood's part in the
  /// mean would be if the mean were y. 0 for the others, whose deviance is summed whole.
  ///
  /// - Complexity: O(1).
  func saturatedKernel(_ y: Double) -> Double {
    switch self {
    case .poisson, .quasiPoisson: y > 0 ? y * log(y) - y : 0
    case .binomial, .quasiBinomial: (y > 0 ? y * log(y) : 0) + (y < 1 ? (1 - y) * log(1 - y) : 0)
    case .gaussian, .gamma, .inverseGaussian, .negativeBinomial: 0
    }
  }

  /// The log-likelihood of a fit, with every constant, as R's `logLik` has it; nil for the quasi-families, which have
  /// none.
  ///
  /// Poisson, binomial, negative binomial: ℓ = Σ saturated − D/2. The others put the maximum-likelihood-like φ = D/N in
  /// place of the dispersion, as R does, with N = Σw for the gamma and the inverse Gaussian, n for the gaussian:
  /// - gaussian: ½ Σ log w − (n/2)(log(2πD/n) + 1);
  /// - gamma: with a = 1/φ, Σw (a log a − a − ln Γ(a)) − Σ w log y − aD/2;
  /// - inverse Gaussian: −½ (Σw)(log(2πφ) + 1) − (3/2) Σ w log y.
  ///
  /// - Parameters:
  ///   - saturated: Σ `saturatedTerm`.
  ///   - count: the rows with a positive weight, or the sum of frequency weights.
  /// - Complexity: O(1).
  func logLikelihood(deviance: Double, saturated: Double, count: Double, sumOfWeights: Double) -> Double? {
    switch self {
    case .poisson, .binomial, .negativeBinomial: return saturated - deviance / 2
    case .gaussian: return saturated / 2 - count / 2 * (log(2 * .pi * deviance / count) + 1)
    case .gamma:
      let shape = sumOfWeights / deviance
      return sumOfWeights * (shape * log(shape) - shape - logGamma(shape)) - saturated - shape * deviance / 2
    case .inverseGaussian:
      return -sumOfWeights / 2 * (log(2 * .pi * deviance / sumOfWeights) + 1) - 1.5 * saturated
    case .quasiPoisson, .quasiBinomial: return nil
    }
  }

  /// y log(y/μ), 0 for y = 0; near y = μ through log1p, so that the deviance, the small difference of two such terms,
  /// keeps its digits for large counts.
  private func productWithLogRatio(_ y: Double, _ mean: Double) -> Double {
    guard y > 0 else { return 0 }
    let excess = (y - mean) / mean
    return y * (abs(excess) < 0.1 ? log1p(excess) : log(y / mean))
  }

  /// ln Γ(x) for x > 0.
  private func logGamma(_ x: Double) -> Double {
    #if canImport(Musl)
      lgamma(x)
    #else
      lgamma(x).0
    #endif
  }
}
