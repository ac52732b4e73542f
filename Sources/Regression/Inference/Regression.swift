import Tables

/// Fits regressions: linear, logistic, Poisson and the other generalised linear models.
///
/// ```swift
/// let fit = try Regression.fit(
///   "deaths ~ age_band * sex + imd + offset(log(person_years))", to: table, family: .poisson)
/// ```
/// A **risk ratio** comes from a modified Poisson fit (Zou 2004): Poisson on 0/1 data with a robust covariance,
/// `Regression.fit("ill ~ exposed", to: table, family: .poisson, options: FitOptions(covariance: .hc0))`, or from a
/// log-binomial one (`family: .binomial, link: .log`), which may lie on the boundary of what is possible and then says so.
public enum Regression {
  /// Fits a formula, given as text, to the columns of a table.
  ///
  /// - Parameters:
  ///   - formula: the model in R's language.
  ///   - table: the data; rows with a missing value in a column of the model are left out and counted.
  ///   - family: the distribution of the response.
  ///   - link: the link; nil takes the family's own.
  ///   - options: weights, covariance, penalties and tolerances.
  /// - Throws: `data` for what is wrong with columns or cells, `model` for a formula that cannot be read (with the
  ///   offending character) or a model that cannot be fitted.
  /// - Complexity: O(iterations × rows × columns²).
  public static func fit(
    _ formula: String, to table: Table, family: Family = .gaussian, link: Link? = nil,
    options: FitOptions = FitOptions()
  ) throws(RegressionError) -> Fit {
    let parsed: Formula
    do {
      parsed = try Formula(formula)
    } catch {
      throw RegressionError(error)
    }
    return try fit(parsed, to: table, family: family, link: link, options: options)
  }

  /// Fits a design that the caller made: rows in memory, or a source that is read again at every pass.
  ///
  /// - Parameters:
  ///   - layout: the columns.
  ///   - rows: the rows with response, prior weights and offset. A binomial's weights are the numbers of trials.
  ///   - family: the distribution of the response.
  ///   - link: the link; nil takes the family's own.
  ///   - options: covariance, penalties and tolerances; its columns of weights, trials and offset are not looked at.
  ///   - clusters: the clusters that a covariance by clusters names, in the order of the rows.
  ///   - formula: what the fit calls its model.
  /// - Throws: `model` for a model that cannot be fitted, and what the source of the rows throws.
  /// - Complexity: O(iterations × rows × columns²).
  public static func fit(
    _ layout: DesignLayout, _ rows: any RowSource, family: Family = .gaussian, link: Link? = nil,
    options: FitOptions = FitOptions(), clusters: [Clusters] = [], formula: String? = nil
  ) throws(RegressionError) -> Fit {
    try options.check(family: family, link: link ?? family.defaultLink)
    let request = FitRequest(
      layout: layout, rows: rows, family: family, link: link ?? family.defaultLink, options: options,
      clusters: clusters)
    return try request.fit().from(FitSource(formula: formula))
  }
}

extension FitOptions {
  /// Throws for options that contradict each other, the family or the link.
  func check(family: Family, link: Link) throws(RegressionError) {
    guard confidence > 0, confidence < 1 else { throw .model("a confidence of \(confidence) is not between 0 and 1") }
    guard tolerance > 0, tolerance < 1 else { throw .model("a tolerance of \(tolerance) is not between 0 and 1") }
    guard maximumIterations > 0 else { throw .model("no iteration is allowed") }
    if let ridge, !(ridge >= 0 && ridge.isFinite) {
      throw .model("a ridge penalty of \(ridge) is not a number from 0 up")
    }
    if case .fixed(let value) = dispersion, !(value > 0 && value.isFinite) {
      throw .model("a dispersion of \(value) is not a positive number")
    }
    if case .negativeBinomial(let theta?) = family, !(theta > 0 && theta.isFinite) {
      throw .model("a theta of \(theta) is not a positive number")
    }
    if firth {
      switch (family, link) {
      case (.binomial, .logit), (.poisson, .log): break
      default: throw .model("Firth's penalty is for the binomial with logit link and the Poisson with log link")
      }
      if ridge != nil { throw .model("Firth's penalty and a ridge penalty exclude each other") }
      if covariance != nil, covariance != .model {
        throw .model("a robust covariance of estimates with Firth's penalty is not defined; take the model's")
      }
    }
    if case .negativeBinomial(nil) = family, ridge != nil {
      throw .model("with a ridge penalty the negative binomial needs a given theta")
    }
    if weightsKind == .probability {
      if firth { throw .model("Firth's penalty with probability weights is not defined") }
      if covariance == .model {
        throw .model("with probability weights the model's standard errors are wrong; take a robust covariance")
      }
    }
    if weightsKind == .frequency, trials != nil {
      throw .model("frequency weights cannot stand beside a number of trials; multiply the trials by the frequencies")
    }
  }

  /// The covariance that is asked for or, without a request, the right one for the weights.
  var chosenCovariance: CovarianceKind { covariance ?? (weightsKind == .probability ? .hc1 : .model) }
}
