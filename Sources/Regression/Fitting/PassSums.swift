import LinearAlgebra

/// What one pass over the rows gives: everything that a scoring step needs.
struct PassSums: Sendable {
  /// X′WX, both triangles; nil where it was not asked for.
  var gram: Matrix?
  /// X′r.
  var score: [Double]
  /// Deviance, Pearson's χ² and whether the point was admissible.
  var totals = WorkingTotals()
}

/// A way through all rows of a design.
protocol WorkingPass {
  associatedtype Rows: RowSource

  var layout: DesignLayout { get }
  var rows: Rows { get }
  var model: ResponseModel { get }
  var threads: Int? { get }

  /// X′WX, X′r and the totals at a point.
  ///
  /// - Parameter gram: whether X′WX is wanted.
  func sums(at point: ScoringPoint, gram: Bool) throws(RegressionError) -> PassSums

  /// The same pass over one block of rows in so many only; nil where a pass has none.
  func thinned(to every: Int) -> Self?
}

extension WorkingPass {
  func thinned(to every: Int) -> Self? { nil }

  /// The triangle of [√W X, r/√W] at a point.
  func triangle(at point: ScoringPoint) throws(RegressionError) -> OrthogonalTriangle {
    try OrthogonalTriangle(layout, rows, model: model, at: point, threads: threads)
  }

  /// Σ (Xc)² over the rows of positive weight.
  func squaredLength(of combination: [Double]) throws(RegressionError) -> Double {
    try sums(at: .combination(combination), gram: false).totals.deviance
  }
}
