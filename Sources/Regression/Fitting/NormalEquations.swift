import LinearAlgebra

/// X′WX, factored: the equations that each scoring step solves.
struct NormalEquations {
  /// The columns that are linear combinations of those before them, as column numbers.
  let aliased: [Int]

  private let cholesky: Cholesky
  private let size: Int

  /// Factors X′WX, with the penalty added to its diagonal.
  ///
  /// - Parameter aliased: the columns that are known to be aliased; nil to find them.
  init(_ gram: Matrix, settings: EstimationSettings, aliased known: [Int]? = nil) throws(RegressionError) {
    var gram = gram
    if let penalty = settings.penalty {
      for j in 0..<gram.rows { gram[j, j] += penalty[j] }
    }
    // A row and column of zeros is skipped by the factorisation.
    for j in known ?? [] {
      for i in 0..<gram.rows {
        gram[i, j] = 0
        gram[j, i] = 0
      }
    }
    do {
      cholesky = try Cholesky(of: gram, relativePivot: known == nil ? 1e-10 : 0)
    } catch {
      throw .model("the weighted cross-products of the design are not finite or not positive: \(error)")
    }
    aliased = cholesky.aliased
    size = gram.rows
  }

  /// The solution of X′WX δ = s; 0 for aliased columns.
  func solve(_ score: [Double]) -> [Double] { cholesky.solve(score) }

  /// (X′WX)⁻¹, NaN in the rows and columns of aliased columns.
  func covariance() -> Matrix {
    var inverse = cholesky.inverse()
    for j in aliased {
      for i in 0..<size {
        inverse[i, j] = .nan
        inverse[j, i] = .nan
      }
    }
    return inverse
  }
}
