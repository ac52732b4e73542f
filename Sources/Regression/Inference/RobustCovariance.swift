import LinearAlgebra
import Synchronization

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
    let power = kind == .hc2 ? 1 : kind == .hc3 ? 2 : 0
    let fullLeverages = Atomic<Int>(0)
    // HC0 and HC1 ask for no leverage.
    let forms = power == 0 ? nil : quadraticForms()
    let meat = try crossProduct(
      model.layout, model.rows, coefficients: coefficients, family: model.family, link: model.link,
      threads: model.threads
    ) { block in
      let leverages =
        forms.map { self.leverages($0, rows: block.rows, range: block.range, workingWeights: block.weights) } ?? []
      var squares = block.scores
      for row in squares.indices where block.weights[row] > 0 {
        squares[row] *= squares[row]
        // A row of frequency f holds f scores of s/f each.
        if weightsKind == .frequency { squares[row] /= block.rows.weights?[block.range.lowerBound + row] ?? 1 }
        guard power > 0 else { continue }
        let rest = 1 - leverages[row]
        if rest < 1e-12 {
          fullLeverages.add(1, ordering: .relaxed)
          squares[row] = 0
        } else {
          squares[row] /= power == 1 ? rest : rest * rest
        }
      }
      return squares
    }
    var covariance = (bread * meat * bread).symmetrised()
    let observations = estimate.observationCount
    if kind == .hc1 { covariance = covariance.scaled(by: observations / (observations - Double(kept.count))) }
    let left = fullLeverages.load(ordering: .relaxed)
    return (covariance, left == 0 ? [] : [.fullLeverage(rows: left)])
  }

  /// x′A⁻¹x of any rows.
  func quadraticForms() -> QuadraticForms { QuadraticForms(model.layout, covariance: bread) }

  /// The leverages of some rows, h = w x′A⁻¹x with the working weights; of rows that stand for f observations those of
  /// one of them.
  func leverages(
    _ forms: QuadraticForms, rows: DesignRows, range: Range<Int>, workingWeights: [Double]
  ) -> [Double] {
    var leverages = forms(rows: rows, range: range)
    for row in leverages.indices {
      leverages[row] *= workingWeights[row]
      if weightsKind == .frequency, workingWeights[row] > 0 {
        leverages[row] /= rows.weights?[range.lowerBound + row] ?? 1
      }
    }
    return leverages
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
