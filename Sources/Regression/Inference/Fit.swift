import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A fitted regression: estimates, their uncertainty, how well they fit, and what went wrong on the way.
///
/// A fit keeps its rows (they share storage with the table that they came from), so that diagnostics, profile intervals,
/// tests by term and adjusted means can be asked of it afterwards:
/// ```swift
/// let fit = try Regression.fit("deaths ~ age + offset(log(person_years))", to: table, family: .poisson)
/// fit["ageold"]?.estimate
/// try fit.with(covariance: .hc1).coefficients
/// ```
public struct Fit: Sendable {
  /// The coefficients in the order of the design's columns.
  public let coefficients: [Coefficient]

  /// The covariance of the coefficients, by ``covarianceKind``; NaN in the rows and columns of aliased ones.
  public let covariance: Matrix

  /// How the covariance was estimated.
  public let covarianceKind: CovarianceKind

  /// What a reader must know.
  public let warnings: [FitWarning]

  /// The probability content of the intervals.
  public let confidence: Double

  /// What all this rests on.
  let core: FitCore

  /// The formula as R writes it; nil for a fit of arrays.
  public var formula: String? { core.source.formula }

  /// How many rows of the data were left out because a value was missing.
  public var droppedRows: Int { core.source.droppedRows }

  /// The family; of a negative binomial with the θ that was used, the Poisson where θ is infinite.
  public var family: Family { core.model.family }

  /// The link.
  public var link: Link { core.model.link }

  /// The columns of the design.
  public var layout: DesignLayout { core.layout }

  /// The deviance, −2φ times the log-likelihood over that of the saturated model.
  public var deviance: Double { core.estimate.deviance }

  /// The deviance of the model with intercept and offset only (with the offset only, where there is no intercept).
  public var nullDeviance: Double { core.estimate.nullDeviance }

  /// Pearson's χ², Σ w(y − μ)²/V(μ).
  public var pearsonChiSquared: Double { core.estimate.pearson }

  /// The dispersion φ: 1 where the family fixes it, else Pearson's χ² over the residual degrees of freedom, NaN where
  /// none are left.
  public var dispersion: Double { core.dispersion }

  /// Whether the dispersion was estimated from these data, so that t and F take the places of z and χ².
  public var isDispersionEstimated: Bool { core.isDispersionEstimated }

  /// How many observations: rows of positive weight, or the sum of frequency weights.
  public var observations: Double { core.estimate.observationCount }

  /// How many rows took part, whatever their weights.
  public var rowCount: Int { core.estimate.rowCount }

  /// How many coefficients were estimated; with a ridge penalty the effective number, tr((X′WX + Λ)⁻¹X′WX).
  public var parameters: Double { core.parameters }

  /// θ of a negative binomial, infinite where the data are no more variable than Poisson's.
  public var theta: Double? {
    if case .negativeBinomial(let theta) = family { return theta }
    return core.isThetaEstimated ? .infinity : nil
  }

  /// The standard error of θ from the observed information at fixed means; nil where θ was given or is infinite.
  public var thetaStandardError: Double? { core.thetaStandardError }

  /// How many iterations it took.
  public var iterations: Int { core.estimate.iterations }

  /// Whether the iterations converged.
  public var converged: Bool { core.estimate.converged }

  /// The ridge penalty's account; nil without one.
  public var ridge: RidgeSummary? { core.ridge }

  /// The residual degrees of freedom, n − parameters.
  public var dfResidual: Double { observations - parameters }

  /// The residual degrees of freedom of the null model.
  public var dfNull: Double { observations - (layout.hasIntercept ? 1 : 0) }

  /// The log-likelihood with all its constants, the dispersion of gaussian, gamma and inverse Gaussian fits at
  /// deviance/n as R has it; NaN for quasi families. Of a fit with a penalty that of the data alone.
  public var logLikelihood: Double {
    if case .gaussian = family, core.weightsKind == .frequency {
      return -observations / 2 * (log(2 * .pi * deviance / observations) + 1)
    }
    return core.estimate.logLikelihood ?? .nan
  }

  /// Akaike's criterion, −2 log L + 2(parameters + 1 where the likelihood has a dispersion or an estimated θ).
  public var aic: Double { -2 * logLikelihood + 2 * likelihoodParameters }

  /// Schwarz's criterion, −2 log L + log(n)(parameters as in ``aic``).
  public var bic: Double { -2 * logLikelihood + log(observations) * likelihoodParameters }

  private var likelihoodParameters: Double {
    switch family {
    case .gaussian, .gamma, .inverseGaussian: parameters + 1
    case .negativeBinomial, .poisson: parameters + (core.isThetaEstimated ? 1 : 0)
    case .binomial, .quasiPoisson, .quasiBinomial: parameters
    }
  }

  /// The coefficient of a column, by R's name of it.
  ///
  /// - Complexity: O(columns).
  public subscript(term: String) -> Coefficient? { coefficients.first { $0.term == term } }

  /// What the statistics are compared with: t with the residual degrees of freedom where the dispersion is estimated
  /// (with clusters: the smallest number of clusters less 1, as Cameron and Miller 2015 advise), the normal otherwise.
  public var reference: ReferenceDistribution {
    guard isDispersionEstimated else { return .normal }
    if case .cluster(let columns, _) = covarianceKind,
      let smallest = core.clusters.filter({ columns.contains($0.name) }).map({ $0.sizes.count { $0 > 0 } }).min()
    {
      return .studentT(degreesOfFreedom: Double(smallest - 1))
    }
    return .studentT(degreesOfFreedom: dfResidual)
  }
}
