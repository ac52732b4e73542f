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
  /// How many columns the design has.
  var columnCount: Int { get }

  /// X′WX, X′r and the totals at a point.
  ///
  /// - Parameter gram: whether X′WX is wanted.
  func sums(at point: ScoringPoint, gram: Bool) throws(RegressionError) -> PassSums
}
