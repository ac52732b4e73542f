import LinearAlgebra

extension Fit {
  init(_ core: FitCore, covariance kind: CovarianceKind, confidence: Double) throws(RegressionError) {
    let (matrix, warnings) = try core.covariance(kind)
    self.init(core, kind, matrix, confidence, warnings: core.warnings + warnings)
  }

  private init(
    _ core: FitCore, _ kind: CovarianceKind, _ matrix: Matrix, _ confidence: Double, warnings: [FitWarning]
  ) {
    // The reference distribution hangs on everything but the coefficients.
    let bare = Fit(
      coefficients: [], covariance: core.expanded(matrix), covarianceKind: kind, warnings: warnings,
      confidence: confidence, core: core)
    self = Fit(
      coefficients: bare.inferredCoefficients(), covariance: bare.covariance, covarianceKind: kind,
      warnings: warnings, confidence: confidence, core: core)
  }

  private func inferredCoefficients() -> [Coefficient] {
    let reference = reference
    let quantile = reference.twoSidedQuantile(confidence: confidence)
    return layout.columns.enumerated().map { index, column in
      let estimate = core.estimate.coefficients[index]
      let error = covariance[index, index].squareRoot()
      return Coefficient(
        term: column.name, estimate: estimate, standardError: error, statistic: estimate / error,
        pValue: reference.pValue(estimate / error), lower: estimate - quantile * error,
        upper: estimate + quantile * error, isAliased: core.estimate.aliased[index])
    }
  }

  /// The same estimates with another covariance.
  ///
  /// - Throws: `model` where the covariance is not defined for the fit: unknown or single clusters, a robust one with
  ///   Firth's penalty, the model's with probability weights.
  /// - Complexity: one pass over the rows, O(rows × columns²).
  public func with(covariance kind: CovarianceKind) throws(RegressionError) -> Fit {
    if kind == .model, core.weightsKind == .probability {
      throw .model("with probability weights the model's standard errors are wrong; take a robust covariance")
    }
    return try Fit(core, covariance: kind, confidence: confidence)
  }

  /// The same fit with intervals of another confidence.
  ///
  /// - Precondition: The confidence is between 0 and 1.
  /// - Complexity: O(columns²).
  public func with(confidence: Double) -> Fit {
    precondition(confidence > 0 && confidence < 1, "a confidence outside 0 to 1")
    let bare = Fit(
      coefficients: [], covariance: covariance, covarianceKind: covarianceKind, warnings: warnings,
      confidence: confidence, core: core)
    return Fit(
      coefficients: bare.inferredCoefficients(), covariance: covariance, covarianceKind: covarianceKind,
      warnings: warnings, confidence: confidence, core: core)
  }

  /// The same fit with an account of where its rows came from.
  func from(_ source: FitSource) -> Fit {
    var core = core
    core.source = source
    // The data's warning says the same, with the rows of no trials.
    let isSaid = source.warnings.contains { if case .withoutWeight = $0 { true } else { false } }
    func isOwn(_ warning: FitWarning) -> Bool { if case .zeroWeights = warning { !isSaid } else { true } }
    let ofData = source.warnings.map { FitWarning.data($0) }
    core.warnings = ofData + core.warnings.filter(isOwn)
    return Fit(
      coefficients: coefficients, covariance: covariance, covarianceKind: covarianceKind,
      warnings: ofData + warnings.filter(isOwn), confidence: confidence, core: core)
  }
}
