import Probability

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The spacing of doubles at 1, at which the tails of the bounded links are cut, as R cuts them.
private let epsilon = Double.ulpOfOne

/// −Φ⁻¹(2⁻⁵²), where the probit's tails are cut.
private let probitThreshold = 8.125890664701906

/// ln x; inside `Link` the name `log` is a case.
private func logarithm(_ x: Double) -> Double { log(x) }

extension Link {
  /// The linear predictor of a mean, η = g(μ).
  ///
  /// - Complexity: O(1).
  public func linearPredictor(_ mean: Double) -> Double {
    switch self {
    case .identity: mean
    case .log: logarithm(mean)
    case .logit: logarithm(mean / (1 - mean))
    case .probit: Normal.quantile(mean)
    case .complementaryLogLog: logarithm(-log1p(-mean))
    case .inverse: 1 / mean
    case .squareRoot: mean.squareRoot()
    case .inverseSquared: 1 / (mean * mean)
    }
  }

  /// The mean of a linear predictor, μ = g⁻¹(η).
  ///
  /// Probabilities stay within 2⁻⁵² of 0 and 1, the mean of the log link at or above 2⁻⁵², as in R; an estimate counts
  /// the rows that came so far (`Estimate.boundaryRows`).
  ///
  /// - Complexity: O(1).
  public func mean(_ linearPredictor: Double) -> Double {
    let eta = linearPredictor
    switch self {
    case .identity: return eta
    case .log: return max(exp(eta), epsilon)
    case .logit:
      let odds = eta < -30 ? epsilon : eta > 30 ? 1 / epsilon : exp(eta)
      return odds / (1 + odds)
    case .probit: return 0.5 * erfc(-min(max(eta, -probitThreshold), probitThreshold) * 0.5.squareRoot())
    case .complementaryLogLog: return max(min(-expm1(-exp(eta)), 1 - epsilon), epsilon)
    case .inverse: return 1 / eta
    case .squareRoot: return eta * eta
    case .inverseSquared: return 1 / eta.squareRoot()
    }
  }

  /// The slope of the mean, dμ/dη, cut away from 0 where R cuts it.
  ///
  /// - Complexity: O(1).
  public func slope(_ linearPredictor: Double) -> Double {
    let eta = linearPredictor
    switch self {
    case .identity: return 1
    case .log: return max(exp(eta), epsilon)
    case .logit:
      guard abs(eta) <= 30 else { return epsilon }
      let odds = exp(eta)
      return odds / ((1 + odds) * (1 + odds))
    case .probit:
      return max(exp(-0.5 * eta * eta) * (0.5 / Double.pi).squareRoot(), epsilon)
    case .complementaryLogLog:
      let eta = min(eta, 700)
      return max(exp(eta - exp(eta)), epsilon)
    case .inverse: return -1 / (eta * eta)
    case .squareRoot: return 2 * eta
    case .inverseSquared: return -0.5 / (eta * eta.squareRoot())
    }
  }

  /// Whether a linear predictor has a mean at all: finite, not 0 for the inverse, positive for the square root and the
  /// inverse-squared.
  ///
  /// - Complexity: O(1).
  public func isValid(linearPredictor eta: Double) -> Bool {
    switch self {
    case .identity, .log, .logit, .probit, .complementaryLogLog: eta.isFinite
    case .inverse: eta.isFinite && eta != 0
    case .squareRoot, .inverseSquared: eta.isFinite && eta > 0
    }
  }
}
