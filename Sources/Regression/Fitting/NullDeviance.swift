#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The deviance of the model of the intercept alone, or of the offset alone where the design has no intercept, as R's
/// `glm` reports it.
///
/// - Complexity: a pass; a fit of one column where there is an offset and the family is not Poisson with log link, for
///   which sums that are known give it at once.
func nullDeviance(
  _ layout: DesignLayout, _ rows: some RowSource, model: ResponseModel, responses: ResponseTotals,
  settings: EstimationSettings
) throws(RegressionError) -> Double {
  let intercept = DesignLayout(
    factors: [], numericCount: 0,
    columns: [DesignColumn(name: "(Intercept)", term: 0, numeric: nil, codings: [])], terms: [], hasIntercept: true)
  if layout.hasIntercept {
    if let deviance = responses.nullDeviance(model) { return deviance }
    if responses.hasOffset {
      var alone = settings
      alone.penalty = nil
      alone.start = nil
      var scoring = Scoring(
        model: model, settings: alone, safeStart: model.constantStart(intercept, mean: responses.mean),
        rowCount: responses.rowCount)
      return try scoring.fit(
        workingPass(intercept, rows, model: model, responses: responses, threads: settings.threads)
      ).deviance
    }
  }
  // The mean is known: no link is needed, whose domain may not hold it.
  let known = layout.hasIntercept ? ResponseModel(family: model.family, link: .identity) : model
  let eta = layout.hasIntercept ? responses.mean : 0
  // Counts that are all 0, or proportions that are all 0 or 1, are fitted exactly.
  if layout.hasIntercept, !model.family.isValid(mean: eta) { return 0 }
  let clear = ColumnPass(
    layout: intercept, rows: rows, step: BlockStep(known, clear: model.family != .gaussian), saturatedDeviance: 0,
    threads: settings.threads)
  let totals = try clear.sums(at: .coefficients([eta]), gram: false).totals
  return totals.isValid ? totals.deviance : .nan
}

extension ResponseTotals {
  /// The null deviance from sums that are known, where the responses are so small that no digits are lost: with rates
  /// r = Σwy/Σwe for a Poisson with log link, with the mean for other counts and proportions.
  func nullDeviance(_ model: ResponseModel) -> Double? {
    guard largestResponse < 1024, weightedResponse > 0 else { return nil }
    switch model.family {
    case .poisson, .quasiPoisson:
      guard model.link == .log || !hasOffset else { return nil }
      let rate = weightedResponse / (hasOffset ? exposure : sumOfWeights)
      return saturatedDeviance - 2 * (responseOffset + weightedResponse * (log(rate) - 1))
    case .binomial, .quasiBinomial:
      guard !hasOffset, mean < 1 else { return nil }
      let failures = sumOfWeights - weightedResponse
      return saturatedDeviance - 2 * (weightedResponse * log(mean) + failures * log(1 - mean))
    default: return nil
    }
  }
}
