/// The thin singular value decomposition A = U diag(σ) Vᵀ.
///
/// LAPACK's divide and conquer (Gu and Eisenstat 1995).
public struct SingularValues: Sendable {
  /// The singular values, descending.
  public let values: [Double]

  /// The left singular vectors, one a column: rows × min(rows, columns).
  public let u: Matrix

  /// The right singular vectors, one a row: min(rows, columns) × columns.
  public let vTransposed: Matrix

  /// Decomposes a matrix.
  ///
  /// - Throws: `notFinite`, `noConvergence`.
  /// - Complexity: O(rows × columns × min(rows, columns)).
  public init(of matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.requireFinite()
    guard let result = LAPACK.singularValues(matrix) else { throw .noConvergence }
    (u, values, vTransposed) = result
  }

  /// The condition number κ₂: the largest singular value over the smallest; infinite where that is 0, 1 for an empty
  /// matrix.
  ///
  /// - Complexity: O(1).
  public var condition: Double {
    guard let largest = values.first, let smallest = values.last else { return 1 }
    return smallest == 0 ? .infinity : largest / smallest
  }

  /// How many singular values exceed `tolerance` times the largest.
  ///
  /// - Complexity: O(min(rows, columns)).
  public func rank(tolerance: Double = 1e-12) -> Int {
    values.filter { $0 > tolerance * (values.first ?? 0) }.count
  }
}
