import LinearAlgebra

/// A model and what is asked for: on its way to a fit.
struct FitRequest {
  let layout: DesignLayout
  let rows: any RowSource
  let family: Family
  let link: Link
  let options: FitOptions
  let clusters: [Clusters]

  /// The estimate with the account of how it was reached.
  struct Outcome {
    var estimate: Estimate
    /// The family with θ filled in.
    var family: Family
    var thetaStandardError: Double?
    var isThetaEstimated = false
    var penalty = FitCore.Penalty.none
    var warnings: [FitWarning] = []
  }

  var settings: EstimationSettings {
    var settings = EstimationSettings()
    settings.tolerance = options.tolerance
    if let rankTolerance = options.rankTolerance { settings.rankTolerance = rankTolerance }
    settings.maximumIterations = options.maximumIterations
    settings.threads = options.threads
    settings.weightsAreFrequencies = options.weightsKind == .frequency
    return settings
  }

  /// The estimate of a family whose parameters are known.
  func estimated(family: Family, settings: EstimationSettings) throws(RegressionError) -> Estimate {
    try estimate(layout, rows, family: family, link: link, settings: settings)
  }

  /// The rows under the columns that could be estimated.
  func model(_ estimate: Estimate, family: Family) -> ModelRows {
    ModelRows(
      layout: layout.keeping(columns: estimate.kept), rows: rows, family: family, link: link,
      threads: options.threads)
  }

  /// Estimates, and turns the estimate into a fit.
  func fit() throws(RegressionError) -> Fit {
    let outcome: Outcome
    if case .negativeBinomial(nil) = family {
      outcome = try negativeBinomialOutcome()
    } else if options.firth {
      outcome = try firthOutcome()
    } else if let lambda = options.ridge {
      outcome = try ridgeOutcome(lambda)
    } else {
      outcome = Outcome(estimate: try estimated(family: family, settings: settings), family: family)
    }
    return try fit(of: outcome)
  }

  private func fit(of outcome: Outcome) throws(RegressionError) -> Fit {
    let estimate = outcome.estimate
    let kept = estimate.kept
    guard !kept.isEmpty else { throw .model("no column of the model can be estimated") }
    let model = model(estimate, family: outcome.family)
    let bread = estimate.unscaledCovariance.selecting(rows: kept, columns: kept)
    var unscaled = bread
    var parameters = Double(kept.count)
    var ridge: RidgeSummary?
    if case .ridge(let penalties) = outcome.penalty {
      let shrinkage = Shrinkage(bread: bread, penalties: penalties)
      unscaled = shrinkage.covariance
      parameters = shrinkage.effectiveParameters
      ridge = RidgeSummary(
        lambda: options.ridge ?? 0, effectiveParameters: parameters, deviance: estimate.deviance,
        observations: estimate.observationCount, hasIntercept: layout.hasIntercept)
    }
    let (dispersion, isEstimated) = options.dispersion.value(
      family: outcome.family, pearson: estimate.pearson, degreesOfFreedom: estimate.observationCount - parameters)
    var warnings = outcome.warnings + estimate.fitWarnings(layout)
    if isEstimated, dispersion.isNaN { warnings.append(.saturated) }
    // What rounding leaves of a deviance is 1e-32 of that of the null model a row and column.
    if isEstimated, dispersion.isFinite, estimate.deviance <= 1e-24 * estimate.nullDeviance {
      warnings.append(.exactFit)
    }
    if outcome.penalty == .none {
      let search = try SeparationSearch(model: model, layout: layout, estimate: estimate)
      if let separation = try search.separation() {
        warnings = warnings.compactMap { $0.without(aliased: search.wronglyAliased) }
        warnings.append(.separation(separation))
      }
    }
    let core = FitCore(
      layout: layout, model: model, estimate: estimate, bread: bread, unscaledCovariance: unscaled,
      dispersion: dispersion, isDispersionEstimated: isEstimated, parameters: parameters,
      thetaStandardError: outcome.thetaStandardError, isThetaEstimated: outcome.isThetaEstimated,
      penalty: outcome.penalty, ridge: ridge, weightsKind: options.weightsKind, clusters: clusters,
      warnings: warnings, settings: settings)
    return try Fit(core, covariance: options.chosenCovariance, confidence: options.confidence)
  }
}

extension DispersionSource {
  /// φ and whether it was estimated; NaN where no degree of freedom is left for it.
  func value(family: Family, pearson: Double, degreesOfFreedom: Double) -> (dispersion: Double, isEstimated: Bool) {
    switch self {
    case .fixed(let value): return (value, false)
    case .family where family.hasFixedDispersion: return (1, false)
    case .family, .estimated: return (degreesOfFreedom > 0 ? pearson / degreesOfFreedom : .nan, true)
    }
  }
}

extension Estimate {
  /// The columns that were estimated.
  var kept: [Int] { aliased.indices.filter { !aliased[$0] } }

  /// What the estimation has to say, for the fit's reader.
  func fitWarnings(_ layout: DesignLayout) -> [FitWarning] {
    var warnings: [FitWarning] = []
    if !converged { warnings.append(.notConverged(iterations: iterations)) }
    if stepHalvings > 0 { warnings.append(.stepsHalved(stepHalvings)) }
    if messages.contains(.boundary) { warnings.append(.boundary) }
    if rank < aliased.count {
      warnings.append(.aliased(terms: aliased.indices.filter { aliased[$0] }.map { layout.columns[$0].name }))
    }
    if zeroWeightRows > 0 { warnings.append(.zeroWeights(rows: zeroWeightRows)) }
    return warnings
  }
}

extension FitWarning {
  /// The warning less some aliased columns; nil where nothing is left of it.
  fileprivate func without(aliased names: [String]) -> FitWarning? {
    guard case .aliased(let terms) = self else { return self }
    let others = terms.filter { !names.contains($0) }
    return others.isEmpty ? nil : .aliased(terms: others)
  }
}
