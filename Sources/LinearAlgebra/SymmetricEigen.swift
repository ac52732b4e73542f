/// The eigenvalues and eigenvectors of a symmetric matrix: A = VΛVᵀ.
///
/// LAPACK's divide and conquer (Cuppen 1981; Gu and Eisenstat 1995).
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, ascending.
  public let values: [Double]

  /// The orthonormal eigenvectors, one a column, in the order of the values; their signs are arbitrary.
  public let vectors: Matrix

  /// Decomposes a matrix, of which only the lower triangle is read.
  ///
  /// - Throws: `notSquare`, `notFinite`, `noConvergence`.
  /// - Complexity: O(n³).
  public init(of matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.requireSquare()
    try matrix.requireFiniteLowerTriangle()
    var work = matrix
    work.mirrorLowerTriangle()
    guard let eigenvalues = LAPACK.symmetricEigen(&work) else { throw .noConvergence }
    (values, vectors) = (eigenvalues, work)
  }
}
