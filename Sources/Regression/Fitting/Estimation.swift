import LinearAlgebra

/// Fits a generalised linear model to the rows of a design by Fisher scoring.
///
/// - Parameters:
///   - layout: what stands in the design's columns.
///   - rows: where the rows come from.
///   - family: the distribution; a negative binomial needs its θ.
///   - link: the link.
///   - settings: tolerances and options.
/// - Throws: `data` for responses or weights that the family cannot have and for no rows; `model` where there are no
///   admissible starting values.
/// - Complexity: O(rows × columns²) a pass, or O(rows × (numerics² + factors)) where the columns are factors.
func estimate(
  _ layout: DesignLayout, _ rows: some RowSource, family: Family, link: Link,
  settings: EstimationSettings = EstimationSettings()
) throws(RegressionError) -> Estimate {
  if case .negativeBinomial(nil) = family { throw .model("the negative binomial needs its theta") }
  let model = ResponseModel(family: family, link: link)
  let responses = try ResponseTotals(rows, model: model, threads: settings.threads)
  let compressed = try CellCompression(layout, rows, model: model, responses: responses)
  var (start, messages) =
    compressed == nil ? try warmStart(layout, rows, model, settings) : (settings.start, [])
  var scoring = Scoring(
    model: model, settings: settings, safeStart: model.constantStart(layout, mean: responses.mean),
    rowCount: compressed?.rows.count ?? responses.rowCount, deviancePutAside: compressed?.deviance ?? 0)
  var fit: Scoring.Result
  if let compressed {
    let cells = try ResponseTotals(compressed.rows, model: model, threads: settings.threads)
    fit = try scoring.fit(
      workingPass(layout, compressed.rows, model: model, responses: cells, threads: settings.threads), start: start)
    fit.deviance += compressed.deviance
    fit.totals.pearson = compressed.pearson(layout, model: model, coefficients: fit.coefficients)
  } else {
    let pass = workingPass(layout, rows, model: model, responses: responses, threads: settings.threads)
    if let sampled = start, settings.start == nil, settings.penalty == nil {
      start = try WarmStart.refine(sampled, pass, settings: settings)
    }
    fit = try scoring.fit(pass, start: start)
  }
  let nullDeviance = try nullDeviance(layout, rows, model: model, responses: responses, settings: settings)

  let aliased = Set(fit.factor.aliased)
  let count =
    settings.weightsAreFrequencies
    ? responses.sumOfWeights : Double(responses.rowCount - responses.zeroWeightRows)
  return Estimate(
    coefficients: fit.coefficients.enumerated().map { aliased.contains($0.offset) ? .nan : $0.element },
    aliased: fit.coefficients.indices.map { aliased.contains($0) },
    unscaledCovariance: fit.factor.covariance(), deviance: fit.deviance, nullDeviance: nullDeviance,
    logLikelihood: family.logLikelihood(
      deviance: fit.deviance, saturated: responses.saturated, count: count, sumOfWeights: responses.sumOfWeights),
    pearson: fit.totals.pearson, iterations: fit.iterations, converged: fit.converged,
    stepHalvings: fit.stepHalvings, boundaryRows: fit.totals.boundaryRows, rowCount: responses.rowCount,
    zeroWeightRows: responses.zeroWeightRows, sumOfWeights: responses.sumOfWeights, observationCount: count,
    solver: fit.factor.solver, messages: messages + fit.messages)
}

/// The coefficients to start from: those of the settings, or of a fit to a sample of many rows where one pays; nil for a
/// cold start.
private func warmStart(
  _ layout: DesignLayout, _ rows: some RowSource, _ model: ResponseModel, _ settings: EstimationSettings
) throws(RegressionError) -> ([Double]?, [Estimate.Message]) {
  guard settings.start == nil, settings.warmStart, !model.isLinear, let rows = rows as? DesignRows,
    rows.count > WarmStart.fewestRows
  else { return (settings.start, []) }
  let sample = WarmStart.sample(rows)
  var rough = settings
  rough.tolerance = max(settings.tolerance, 1e-4)
  rough.maximumIterations = min(settings.maximumIterations, 15)
  do {
    let responses = try ResponseTotals(sample, model: model, threads: settings.threads)
    let pass = workingPass(layout, sample, model: model, responses: responses, threads: settings.threads)
    var scoring = Scoring(
      model: model, settings: rough, safeStart: model.constantStart(layout, mean: responses.mean),
      rowCount: responses.rowCount)
    let fit = try scoring.fit(pass)
    guard fit.converged, fit.factor.aliased.isEmpty else { return (nil, [.coldStart]) }
    return (fit.coefficients, [])
  } catch {
    return (nil, [.coldStart])
  }
}

/// The way through the rows that suits a design: by cells where it has factors that make few enough of them, by columns
/// otherwise.
func workingPass<Rows: RowSource>(
  _ layout: DesignLayout, _ rows: Rows, model: ResponseModel, responses: ResponseTotals, threads: Int?
) -> any WorkingPass {
  // A deviance of large counts is not taken as the difference of two sums.
  let step = BlockStep(model, clear: responses.largestResponse > 1e6)
  if let plan = CellPlan(layout), plan.cellCount <= max(1024, 2 * responses.rowCount) {
    return CellPass(
      layout: layout, rows: rows, step: step, saturatedDeviance: responses.saturatedDeviance, threads: threads,
      plan: plan, design: CellDesign(plan, layout))
  }
  return ColumnPass(
    layout: layout, rows: rows, step: step, saturatedDeviance: responses.saturatedDeviance, threads: threads)
}

extension ResponseModel {
  /// Coefficients that give every row the same mean: the intercept alone. Nil without an intercept.
  func constantStart(_ layout: DesignLayout, mean: Double) -> [Double]? {
    guard layout.hasIntercept else { return nil }
    // Of responses that are all 0, or all 1, the mean is one that the family cannot have.
    let inside: Double =
      switch family {
      case .gaussian: mean
      case .binomial, .quasiBinomial: min(max(mean, 1e-3), 1 - 1e-3)
      default: max(mean, 1e-3)
      }
    let eta = link.linearPredictor(inside)
    guard link.isValid(linearPredictor: eta) else { return nil }
    return [eta] + [Double](repeating: 0, count: layout.columns.count - 1)
  }
}
