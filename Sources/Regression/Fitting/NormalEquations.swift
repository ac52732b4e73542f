import LinearAlgebra

/// The equations of one scoring step, X′WX δ = X′r, factored.
struct NormalEquations {
  /// The columns that are linear combinations of those before them, as column numbers.
  let aliased: [Int]

  /// How the equations were factored.
  var solver: Estimate.Solver {
    switch factor {
    case .cholesky: .cholesky
    case .triangle: .qr
    }
  }

  private enum Factor {
    case cholesky(Cholesky)
    /// The QR decomposition of R, and the right-hand side that came with it.
    case triangle(PivotedQR, [Double])
  }

  private let factor: Factor
  private let size: Int

  /// The relative pivot below which Cholesky's decomposition calls a column aliased.
  private static let relativePivot = 1e-10

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
      let cholesky = try Cholesky(of: gram, relativePivot: known == nil ? Self.relativePivot : 0)
      aliased = cholesky.aliased
      factor = .cholesky(cholesky)
    } catch {
      throw .model("the weighted cross-products of the design are not finite or not positive: \(error)")
    }
    size = gram.rows
  }

  /// Factors the triangle of [√W X, r/√W].
  ///
  /// - Parameter aliased: the columns that are known to be aliased; nil to find them.
  init(
    _ triangle: OrthogonalTriangle, rankTolerance: Double, aliased known: [Int]? = nil
  ) throws(RegressionError) {
    let n = triangle.size
    let p = n - 1
    var r = Matrix(rows: p, columns: p)
    let skipped = Set(known ?? [])
    // A column of zeros is skipped whatever the tolerance.
    for j in 0..<p where !skipped.contains(j) {
      for i in 0...j { r[i, j] = triangle.values[j * n + i] }
    }
    do {
      let qr = try PivotedQR(of: r, pivoting: .inOrder, tolerance: known == nil ? rankTolerance : 0)
      aliased = qr.aliased.sorted()
      factor = .triangle(qr, Array(triangle.values[p * n..<p * n + p]))
    } catch {
      throw .model("the weighted design is not finite: \(error)")
    }
    size = p
  }

  /// How close the closest column comes to a combination of those before it: 1 − R², 1 at best. Only Cholesky's
  /// decomposition, which loses that many digits, tells.
  var smallestPivot: Double {
    switch factor {
    case .cholesky(let cholesky): cholesky.smallestPivot
    case .triangle: 1
    }
  }

  /// An estimate of the condition number of X′WX, scaled to a unit diagonal; nil where it was not factored itself.
  var condition: Double? {
    switch factor {
    case .cholesky(let cholesky): cholesky.conditionEstimate()
    case .triangle: nil
    }
  }

  /// The step and its Newton decrement s′δ; the triangle has its own right-hand side.
  func step(_ score: [Double]) -> (step: [Double], decrement: Double) {
    switch factor {
    case .cholesky(let cholesky):
      let step = cholesky.solve(score)
      return (step, zip(step, score).reduce(0) { $0 + $1.0 * $1.1 })
    case .triangle(let qr, let right):
      let effects = qr.effects(of: right).prefix(qr.rank)
      return (qr.solve(right), effects.reduce(0) { $0 + $1 * $1 })
    }
  }

  /// The combination of the kept columns that an aliased column is, with −1 for the column itself.
  func combination(of column: Int, gram: Matrix) -> [Double] {
    guard case .cholesky(let cholesky) = factor else { return [] }
    var combination = cholesky.solve(Array(gram.column(column)))
    combination[column] = -1
    return combination
  }

  /// (X′WX)⁻¹, NaN in the rows and columns of aliased columns.
  func covariance() -> Matrix {
    var inverse =
      switch factor {
      case .cholesky(let cholesky): cholesky.inverse()
      case .triangle(let qr, _): qr.inverseCrossProduct()
      }
    for j in aliased {
      for i in 0..<size {
        inverse[i, j] = .nan
        inverse[j, i] = .nan
      }
    }
    return inverse
  }
}
