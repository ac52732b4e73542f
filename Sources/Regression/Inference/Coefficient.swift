/// One coefficient of a fit with its inference.
public struct Coefficient: Sendable, Hashable {
  /// The column's name as R writes it.
  public let term: String

  /// The estimate; NaN where the column is aliased.
  public let estimate: Double

  /// The standard error by the fit's covariance; NaN where aliased.
  public let standardError: Double

  /// The estimate over its standard error: t where the dispersion is estimated, z otherwise.
  public let statistic: Double

  /// The two-sided probability of a statistic as far from 0.
  public let pValue: Double

  /// The lower end of the interval of the fit's confidence.
  public let lower: Double

  /// The upper end of the interval of the fit's confidence.
  public let upper: Double

  /// Whether the column is a combination of the columns before it, so that nothing can be estimated.
  public let isAliased: Bool
}
