import LinearAlgebra

extension FitCore {
  /// The covariance of the estimable coefficients and what there is to say about it.
  ///
  /// - Throws: `model` for a cluster column that the fit does not know, for fewer than two clusters, and for a robust
  ///   covariance of a Firth fit, for which there is none in the literature.
  func covariance(
    _ kind: CovarianceKind
  ) throws(RegressionError) -> (matrix: Matrix, warnings: [FitWarning]) {
    if kind == .model { return (unscaledCovariance.scaled(by: dispersion), []) }
    if penalty == .jeffreys {
      throw .model("a robust covariance of estimates with Firth's penalty is not defined; take the model's")
    }
    if case .cluster(let columns, let adjustment) = kind {
      return try clusterCovariance(columns, adjustment)
    }
    let observations = estimate.observationCount
    var fullLeverages = 0
    let meat = try model.gram(at: coefficients) { block in
      let scores = block.scores()
      let power = kind == .hc2 ? 1 : kind == .hc3 ? 2 : 0
      let leverages = power == 0 ? [] : leverages(of: block)
      return scores.indices.map { row in
        // A row of frequency f holds f scores of s/f each.
        let square = scores[row] * scores[row] / (areFrequencies ? max(block.weights[row], .leastNormalMagnitude) : 1)
        if power == 0 { return square }
        let rest = 1 - leverages[row]
        if rest < 1e-12 {
          fullLeverages += 1
          return 0
        }
        return square / (power == 1 ? rest : rest * rest)
      }
    }
    var covariance = bread * meat * bread
    if kind == .hc1 { covariance = covariance.scaled(by: observations / (observations - Double(kept.count))) }
    return (covariance.symmetrised(), fullLeverages == 0 ? [] : [.fullLeverage(rows: fullLeverages)])
  }

  private var areFrequencies: Bool { weightsKind == .frequency }

  /// The leverages of a block's rows, h = w x′A⁻¹x; of rows that stand for f observations those of one of them.
  func leverages(of block: FittedBlock) -> [Double] {
    let weights = block.workingWeights()
    let forms = block.quadraticForms(bread)
    return forms.indices.map { row in
      guard weights[row] > 0 else { return 0 }
      return forms[row] * weights[row] / (areFrequencies ? block.weights[row] : 1)
    }
  }
}

extension Matrix {
  /// ½(A + A′).
  func symmetrised() -> Matrix {
    var result = self
    for j in 0..<columns {
      for i in 0..<j {
        let mean = (self[i, j] + self[j, i]) / 2
        result[i, j] = mean
        result[j, i] = mean
      }
    }
    return result
  }
}
