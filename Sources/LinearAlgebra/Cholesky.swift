/// The Cholesky factorisation of a symmetric positive semi-definite matrix in column order: DAD = LLᵀ over the columns
/// that are linearly independent of those before them, with D = diag(A)^(−½).
///
/// Columns are taken from left to right. Scaled so, the pivot of a column is 1 − R² of its regression on the columns kept
/// before it; a column whose pivot is at most `relativePivot` is skipped and listed in ``aliased``. The order of the
/// columns decides which one of a dependent set goes, and R's `lm` and `glm` choose alike.
///
/// Golub and Van Loan, Matrix Computations, 4th ed. 2013, section 4.2.
public struct Cholesky: Sendable {
  /// How many rows and columns the factored matrix has.
  public let size: Int

  /// The columns that were skipped, in order, counted from 0.
  public let aliased: [Int]

  /// The columns that were kept, in order, counted from 0.
  public let kept: [Int]

  /// The smallest pivot among the kept columns, 1 at best (1 where none is kept): 1 − R² of the column that is closest
  /// to a linear combination of those before it.
  public let smallestPivot: Double

  /// The kept rows and columns of the matrix, of which only the lower triangle counts.
  let matrix: Matrix
  /// 1/√(diagonal) of the kept columns.
  let scale: [Double]
  /// L, in the lower triangle.
  let factor: Matrix

  /// How many columns are linearly independent.
  public var rank: Int { kept.count }

  /// Factorises a matrix, of which only the lower triangle is read.
  ///
  /// - Parameters:
  ///   - matrix: A.
  ///   - relativePivot: the pivot, relative to the column's diagonal element, up to which a column counts as a
  ///     combination of those before it. It acts on the square of lengths: 1e-10 here is about 1e-5 in a QR of the
  ///     design.
  /// - Throws: `notSquare`; `notFinite`; `indefinite` where a relative pivot is below −1e-8 (and below −`relativePivot`),
  ///   which no rounding explains.
  /// - Complexity: O(n³/3).
  public init(of matrix: Matrix, relativePivot: Double = 1e-10) throws(LinearAlgebraError) {
    try matrix.requireSquare()
    try matrix.requireFiniteLowerTriangle()
    let n = matrix.rows
    let scales = matrix.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    if let column = matrix.diagonal.firstIndex(where: { $0 < 0 }) { throw .indefinite(column: column) }
    var whole = matrix.lowerTriangle(scaledBy: scales)
    if BLAS.choleskyFactor(&whole), whole.diagonal.allSatisfy({ $0 * $0 > relativePivot }) {
      kept = Array(0..<n)
      factor = whole
    } else {
      (kept, factor) = try Self.factorSkipping(
        matrix.lowerTriangle(scaledBy: scales), relativePivot: relativePivot)
    }
    size = n
    aliased = Set(0..<n).subtracting(kept).sorted()
    smallestPivot = factor.diagonal.map { $0 * $0 }.min() ?? 1
    scale = kept.map { scales[$0] }
    self.matrix = matrix.selecting(rows: kept, columns: kept)
  }

  /// The columns to keep and their factor, column by column (left-looking).
  static func factorSkipping(
    _ scaled: Matrix, relativePivot: Double
  ) throws(LinearAlgebraError) -> (kept: [Int], factor: Matrix) {
    let n = scaled.rows
    var kept: [Int] = []
    // Row i of L, as far as it is known, lies contiguously.
    var rows = [[Double]](repeating: [], count: n)
    for j in 0..<n {
      var pivot = scaled[j, j]
      for value in rows[j] { pivot -= value * value }
      if pivot < -max(relativePivot, 1e-8) { throw .indefinite(column: j) }
      guard pivot > relativePivot else { continue }
      let root = pivot.squareRoot()
      let pivotRow = rows[j]
      for i in (j + 1)..<max(n, j + 1) {
        var value = scaled[i, j]
        for k in 0..<kept.count { value -= rows[i][k] * pivotRow[k] }
        rows[i].append(value / root)
      }
      rows[j].append(root)
      kept.append(j)
    }
    var factor = Matrix(rows: kept.count, columns: kept.count)
    for (i, row) in kept.enumerated() {
      for k in 0...i { factor[i, k] = rows[row][k] }
    }
    return (kept, factor)
  }
}

extension Matrix {
  /// The lower triangle with row i and column i multiplied by the i-th factor, ones on the diagonal where that is not 0;
  /// zeros above it.
  fileprivate func lowerTriangle(scaledBy factors: [Double]) -> Matrix {
    var result = Matrix(rows: rows, columns: columns)
    for j in 0..<columns {
      for i in j..<rows { result.values[j * rows + i] = values[j * rows + i] * factors[i] * factors[j] }
      // Exact, where the product above may be off by rounding.
      if factors[j] > 0 { result.values[j * rows + j] = 1 }
    }
    return result
  }

  /// Throws for the first value of the lower triangle that is not finite.
  func requireFiniteLowerTriangle() throws(LinearAlgebraError) {
    for j in 0..<columns {
      for i in j..<rows where !values[j * rows + i].isFinite { throw .notFinite(row: i, column: j) }
    }
  }
}
