import LinearAlgebra

/// What a fit rests on, whatever covariance its coefficients are then given.
struct FitCore: Sendable {
  /// All columns.
  let layout: DesignLayout
  /// The rows and the estimable columns; θ is in the family.
  let model: ModelRows
  let estimate: Estimate
  /// A⁻¹ over the estimable columns, with A = X′WX of the last iteration and the ridge penalty in it.
  let bread: Matrix
  /// The covariance over φ: A⁻¹, and A⁻¹ X′WX A⁻¹ under a ridge penalty.
  let unscaledCovariance: Matrix
  let dispersion: Double
  let isDispersionEstimated: Bool
  let parameters: Double
  let thetaStandardError: Double?
  let isThetaEstimated: Bool
  let penalty: Penalty
  let ridge: RidgeSummary?
  let weightsKind: WeightsKind
  /// The clusters of the rows, as far as the caller named any.
  let clusters: [Clusters]
  /// What the estimation had to say.
  var warnings: [FitWarning]
  let settings: EstimationSettings
  /// Where the rows came from.
  var source = FitSource()

  /// The penalty of the likelihood.
  enum Penalty: Sendable, Hashable {
    case none
    case jeffreys
    /// λ of each estimable column.
    case ridge([Double])
  }

  /// Where the estimable columns stand in the whole layout.
  var kept: [Int] { estimate.kept }

  /// The coefficients of the estimable columns.
  var coefficients: [Double] { kept.map { estimate.coefficients[$0] } }

  /// The likelihood that the coefficients maximise.
  var likelihood: PenalisedLikelihood {
    switch penalty {
    case .none: PenalisedLikelihood(model: model)
    case .jeffreys: PenalisedLikelihood(model: model, jeffreys: true)
    case .ridge(let penalties): PenalisedLikelihood(model: model, ridge: penalties)
    }
  }

  /// A matrix over the estimable columns as one over all, NaN elsewhere.
  func expanded(_ matrix: Matrix) -> Matrix {
    if matrix.rows == layout.columns.count { return matrix }
    var whole = Matrix(repeating: .nan, rows: layout.columns.count, columns: layout.columns.count)
    let kept = kept
    for (j, column) in kept.enumerated() {
      for (i, row) in kept.enumerated() { whole[row, column] = matrix[i, j] }
    }
    return whole
  }
}

/// Where the rows of a fit came from.
struct FitSource: Sendable {
  var formula: String?
  var droppedRows = 0
  /// How new data become rows; nil for a fit of arrays.
  var recipe: DesignRecipe?
  var warnings: [DesignWarning] = []
}
