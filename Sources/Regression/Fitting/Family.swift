/// The distribution of the response about its mean, which gives the variance function and the deviance.
///
/// McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, section 2.2; Venables and Ripley, Modern Applied
/// Statistics with S, 4th ed. 2002, section 7.4 (negative binomial).
public enum Family: Sendable, Hashable {
  /// Var(y) = φ.
  case gaussian
  /// Var(y) = μ.
  case poisson
  /// Var(y) = μ(1 − μ)/m for a proportion of m trials.
  case binomial
  /// Var(y) = φμ².
  case gamma
  /// Var(y) = φμ³.
  case inverseGaussian
  /// Var(y) = μ + μ²/θ; θ is estimated by maximum likelihood where it is nil.
  case negativeBinomial(theta: Double?)
  /// Var(y) = φμ.
  case quasiPoisson
  /// Var(y) = φμ(1 − μ)/m.
  case quasiBinomial

  /// The link that R takes where none is named: identity, log, logit, inverse, inverse-squared, and log for the negative
  /// binomial.
  public var defaultLink: Link {
    switch self {
    case .gaussian: .identity
    case .poisson, .quasiPoisson, .negativeBinomial: .log
    case .binomial, .quasiBinomial: .logit
    case .gamma: .inverse
    case .inverseGaussian: .inverseSquared
    }
  }

  /// Whether the dispersion φ is 1 by definition; otherwise it is estimated and t takes the place of z.
  ///
  /// The negative binomial counts as fixed, as `MASS::summary.negbin` has it, also where θ is given.
  public var hasFixedDispersion: Bool {
    switch self {
    case .poisson, .binomial, .negativeBinomial: true
    case .gaussian, .gamma, .inverseGaussian, .quasiPoisson, .quasiBinomial: false
    }
  }
}
