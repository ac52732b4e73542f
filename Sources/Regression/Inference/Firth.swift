import LinearAlgebra

extension FitRequest {
  /// The estimate with Jeffreys' prior: finite whatever the data, and nearly unbiased.
  ///
  /// Firth, Bias reduction of maximum likelihood estimates, 1993; Heinze and Schemper, A solution to the problem of
  /// separation in logistic regression, 2002. The covariance is the inverse of X′WX at the estimates; intervals and
  /// tests for small samples come from the penalised likelihood (`Fit.profileInterval`).
  func firthOutcome() throws(RegressionError) -> Outcome {
    // The maximum-likelihood fit settles which columns are aliased, but for those that only its vanishing weights made
    // look so; its estimates may be infinite and are not used.
    var estimate = try estimated(family: family, settings: settings)
    let search = try SeparationSearch(model: model(estimate, family: family), layout: layout, estimate: estimate)
    let (kept, model) = (search.columns, search.model)
    for column in kept { estimate.aliased[column] = false }
    var start = [Double](repeating: 0, count: kept.count)
    if model.layout.hasIntercept { start[0] = try interceptOfTheMean() }
    let likelihood = PenalisedLikelihood(model: model, jeffreys: true)
    let state = try likelihood.maximise(from: start)
    guard let factor = try? Cholesky(of: state.information.matrix, relativePivot: 1e-14), factor.aliased.isEmpty else {
      throw .model("the information of the penalised fit is singular")
    }
    let covariance = factor.inverse()
    for (j, column) in kept.enumerated() {
      estimate.coefficients[column] = state.coefficients[j]
      for (i, row) in kept.enumerated() { estimate.unscaledCovariance[row, column] = covariance[i, j] }
    }
    if let logLikelihood = estimate.logLikelihood {
      estimate.logLikelihood = logLikelihood - (state.information.deviance - estimate.deviance) / 2
    }
    estimate.deviance = state.information.deviance
    estimate.pearson = try model.pearson(at: state.coefficients)
    estimate.iterations = state.iterations
    estimate.stepHalvings = state.halvings
    estimate.converged = state.converged
    estimate.messages = []
    return Outcome(estimate: estimate, family: family, penalty: .jeffreys)
  }

  /// The intercept at which all rows of the model without other columns have the mean of the data: a start that no
  /// separation can move.
  private func interceptOfTheMean() throws(RegressionError) -> Double {
    var responses = 0.0
    var total = 0.0
    try rows.forEachChunk { chunk in
      for row in 0..<chunk.count {
        let weight = chunk.weights?[row] ?? 1
        let exposure = link == .log ? link.mean(chunk.offset?[row] ?? 0) : 1
        responses += weight * chunk.response[row]
        total += weight * exposure
      }
    }
    // Half an event more on either side keeps the link finite.
    let mean = family == .binomial ? (responses + 0.5) / (total + 1) : (responses + 0.5) / total
    return link.linearPredictor(mean)
  }
}

extension ModelRows {
  /// Pearson's Σ w(y − μ)²/V(μ).
  ///
  /// - Complexity: O(rows × columns).
  func pearson(at coefficients: [Double]) throws(RegressionError) -> Double {
    var sum = 0.0
    try forEachBlock(at: coefficients) { block in
      for row in 0..<block.count where block.weights[row] > 0 {
        let residual = block.response[row] - block.mean[row]
        sum += block.weights[row] * residual * residual / block.variance[row]
      }
    }
    return sum
  }
}
