import LinearAlgebra

/// What a ridge penalty did to a fit.
public struct RidgeSummary: Sendable, Hashable {
  /// λ on the scaled columns.
  public let lambda: Double
  /// tr((X′WX + Λ)⁻¹X′WX), the intercept counted.
  public let effectiveParameters: Double
  /// Generalised cross-validation as R's `lm.ridge` has it: deviance/(n − effective parameters without the
  /// intercept)². Golub, Heath and Wahba 1979.
  public let generalisedCrossValidation: Double

  init(lambda: Double, effectiveParameters: Double, deviance: Double, observations: Double, hasIntercept: Bool) {
    self.lambda = lambda
    self.effectiveParameters = effectiveParameters
    let left = observations - effectiveParameters + (hasIntercept ? 1 : 0)
    generalisedCrossValidation = deviance / (left * left)
  }
}

/// The frequentist covariance of penalised estimates, A⁻¹ X′WX A⁻¹ with A = X′WX + Λ, over φ. It is the variance about
/// the estimates' own, shrunken, expectation: their bias is not in it.
struct Shrinkage {
  let covariance: Matrix
  let effectiveParameters: Double

  /// X′WX A⁻¹ = I − ΛA⁻¹, so that nothing but A⁻¹ is needed.
  init(bread: Matrix, penalties: [Double]) {
    var share = Matrix.identity(bread.rows)
    for column in 0..<bread.columns {
      for row in 0..<bread.rows { share[row, column] -= penalties[row] * bread[row, column] }
    }
    covariance = (bread * share).symmetrised()
    effectiveParameters = share.diagonal.reduce(0, +)
  }
}

extension FitRequest {
  /// The estimate under ½λ Σ s²β², s² the variance (divisor n, weighted) of each column, the intercept free: R's
  /// `lm.ridge` for the gaussian, the same penalty of the log-likelihood for the other families.
  ///
  /// Hoerl and Kennard 1970; le Cessie and van Houwelingen 1992 for generalised linear models.
  func ridgeOutcome(_ lambda: Double) throws(RegressionError) -> Outcome {
    let penalties = try columnVariances().map { lambda * $0 }
    var settings = settings
    settings.penalty = penalties
    let estimate = try estimated(family: family, settings: settings)
    return Outcome(estimate: estimate, family: family, penalty: .ridge(estimate.kept.map { penalties[$0] }))
  }

  /// The variance of each column about its mean by the prior weights, divisor Σw; about 0 in a model without intercept,
  /// 0 for the intercept itself.
  private func columnVariances() throws(RegressionError) -> [Double] {
    let means = layout.hasIntercept ? try weightedMeans { _, value in value } : layout.columns.map { _ in 0 }
    var variances = try weightedMeans { column, value in (value - means[column]) * (value - means[column]) }
    if layout.hasIntercept { variances[0] = 0 }
    return variances
  }

  private func weightedMeans(_ value: (Int, Double) -> Double) throws(RegressionError) -> [Double] {
    var sums = layout.columns.map { _ in 0.0 }
    var total = 0.0
    try rows.forEachChunk { chunk throws(RegressionError) in
      for start in stride(from: 0, to: chunk.count, by: ModelRows.blockRows) {
        let range = start..<min(start + ModelRows.blockRows, chunk.count)
        let block = layout.expand(rows: chunk, range: range)
        for row in range { total += chunk.weights?[row] ?? 1 }
        for column in sums.indices {
          for (row, cell) in zip(range, block.column(column)) {
            sums[column] += (chunk.weights?[row] ?? 1) * value(column, cell)
          }
        }
      }
    }
    return sums.map { $0 / total }
  }
}
