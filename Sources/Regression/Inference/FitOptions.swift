/// What a fit is asked for beyond formula, data, family and link.
public struct FitOptions: Sendable, Hashable {
  /// The column of the weights; nil weighs all rows alike. Of use with a table only.
  public var weights: String?

  /// What the weights mean.
  public var weightsKind: WeightsKind

  /// The column of the number of trials of a binomial, whose response is then a proportion. Of use with a table only.
  public var trials: String?

  /// The column of an offset on the scale of the linear predictor. Of use with a table only; adds to `offset(…)` in
  /// the formula.
  public var offset: String?

  /// How columns are coded as factors that the formula names without `factor()`, by column. Of use with a table only.
  public var factors: [String: FactorOptions]

  /// The covariance of the coefficients; nil takes that of the model, and HC1 where the weights are those of a sample.
  public var covariance: CovarianceKind?

  /// The probability content of all intervals.
  public var confidence: Double

  /// Where the dispersion comes from.
  public var dispersion: DispersionSource

  /// The ridge penalty λ on the scaled columns, as in R's `lm.ridge`; nil for none.
  public var ridge: Double?

  /// Whether the likelihood is penalised by Jeffreys' prior (Firth 1993); for binomial and Poisson fits.
  public var firth: Bool

  /// The relative change of the deviance at which the iterations end.
  public var tolerance: Double

  /// The share of a column's own length below which what the columns before it leave of it counts as nothing, so that
  /// the column is aliased, as R's `tol`; nil takes 1e-11. Above 1e-3 it has no effect.
  public var rankTolerance: Double?

  /// The most iterations. Most fits need 4 to 10; a link that is not the family's own may need a hundred.
  public var maximumIterations: Int

  /// The most threads; nil takes as many as there are processors. The result does not depend on it.
  public var threads: Int?

  /// Options with defaults that suit most fits.
  public init(
    weights: String? = nil, weightsKind: WeightsKind = .analytic, trials: String? = nil, offset: String? = nil,
    factors: [String: FactorOptions] = [:], covariance: CovarianceKind? = nil, confidence: Double = 0.95,
    dispersion: DispersionSource = .family,
    ridge: Double? = nil, firth: Bool = false, tolerance: Double = 1e-8, rankTolerance: Double? = nil,
    maximumIterations: Int = 200, threads: Int? = nil
  ) {
    self.weights = weights
    self.weightsKind = weightsKind
    self.trials = trials
    self.offset = offset
    self.factors = factors
    self.covariance = covariance
    self.confidence = confidence
    self.dispersion = dispersion
    self.ridge = ridge
    self.firth = firth
    self.tolerance = tolerance
    self.rankTolerance = rankTolerance
    self.maximumIterations = maximumIterations
    self.threads = threads
  }
}

/// What a weight says about its row.
public enum WeightsKind: String, Sendable, Hashable, CaseIterable, Codable {
  /// A row of weight f stands for f equal observations: n, degrees of freedom and standard errors count them all.
  case frequency
  /// A row of weight w has variance φV(μ)/w, as R's `weights`; the number of observations is that of the rows.
  case analytic
  /// A row was drawn with probability proportional to 1/w; standard errors must be robust.
  case probability
}

/// Where the dispersion φ of a fit comes from.
public enum DispersionSource: Sendable, Hashable {
  /// 1 where the family fixes it (Poisson, binomial, negative binomial), else estimated.
  case family
  /// Pearson's χ² over the residual degrees of freedom, whatever the family; t takes the place of z.
  case estimated
  /// A known value; z throughout.
  case fixed(Double)
}
