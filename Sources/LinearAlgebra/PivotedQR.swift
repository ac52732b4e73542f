/// The QR factorisation AP = QR of a matrix by Householder reflections, which tells the rank and solves least squares.
///
/// The error of a solution grows with the condition number of A, not with its square as with ``Cholesky`` of AᵀA.
///
/// Golub and Van Loan, Matrix Computations, 4th ed. 2013, sections 5.2 and 5.4.
public struct PivotedQR: Sendable {
  /// Which column comes next.
  public enum Pivoting: Sendable, Hashable {
    /// The columns stay in order; one whose length, after the columns before it are swept out, is below the tolerance
    /// times its length at first goes to the end. It is the strategy of LINPACK's routine as R's `lm` and `glm` use it, so
    /// the same columns are aliased (Chambers and Hastie, Statistical Models in S, 1992, section 4.4).
    case inOrder
    /// Always the longest column that is left (Businger and Golub, 1965): the safest judge of rank, in an order that
    /// follows the data.
    case longestFirst
  }

  /// How many rows the factored matrix has.
  public let rows: Int

  /// How many columns it has.
  public let columns: Int

  /// How many columns are linearly independent under the tolerance.
  public let rank: Int

  /// The column of A that stands at each place of R, counted from 0; the first `rank` are independent.
  public let order: [Int]

  /// R above the diagonal, the reflectors below it.
  let packed: Matrix
  /// The reflectors' factors, of the first `rank` at least.
  let tau: [Double]

  /// The columns that depend on others, in their order in R, counted from 0.
  public var aliased: [Int] { Array(order[rank...]) }

  /// Factorises a matrix.
  ///
  /// - Parameters:
  ///   - matrix: A.
  ///   - pivoting: the order in which columns are taken.
  ///   - tolerance: with `inOrder` the length, relative to the column's own, below which a column counts as a combination
  ///     of those before it; a column of zeros is one. With `longestFirst` the diagonal element of R, relative to the first
  ///     one, from which on the columns do not count. R's value is 1e-7.
  /// - Throws: `notFinite`.
  /// - Complexity: O(rows × columns²); with `inOrder` in LAPACK's blocked form unless a column has to move.
  public init(
    of matrix: Matrix, pivoting: Pivoting = .inOrder, tolerance: Double = 1e-7
  ) throws(LinearAlgebraError) {
    try matrix.requireFinite()
    rows = matrix.rows
    columns = matrix.columns
    var work = matrix
    switch pivoting {
    case .longestFirst:
      (tau, order) = LAPACK.householderPivoted(&work)
      let diagonal = work.diagonal.map { abs($0) }
      let first = diagonal.first ?? 0
      rank = diagonal.firstIndex { $0 <= tolerance * first } ?? diagonal.count
    case .inOrder:
      let lengths = (0..<matrix.columns).map { LAPACK.norm(matrix, column: $0, from: 0) }
      let reflectors = LAPACK.householder(&work)
      // |R(j, j)| is the length of column j after the sweep.
      if matrix.columns <= matrix.rows,
        zip(work.diagonal, lengths).allSatisfy({ abs($0) >= tolerance * $1 && $1 > 0 })
      {
        (tau, order, rank) = (reflectors, Array(0..<matrix.columns), matrix.columns)
      } else {
        work = matrix
        (tau, order, rank) = Self.sweep(&work, lengths: lengths, tolerance: tolerance)
      }
    }
    packed = work
  }

  /// Householder steps from left to right, moving a column that has become too short to the end.
  private static func sweep(
    _ a: inout Matrix, lengths: [Double], tolerance: Double
  ) -> (tau: [Double], order: [Int], rank: Int) {
    var order = Array(0..<a.columns)
    var tau: [Double] = []
    var work = [Double](repeating: 0, count: a.columns)
    var undecided = a.columns
    while tau.count < min(undecided, a.rows) {
      let k = tau.count
      let original = lengths[order[k]]
      if original == 0 || LAPACK.norm(a, column: k, from: k) < tolerance * original {
        a.moveToEnd(column: k)
        order.append(order.remove(at: k))
        undecided -= 1
      } else {
        tau.append(LAPACK.reflect(&a, at: k, work: &work))
      }
    }
    return (tau, order, tau.count)
  }
}

extension Matrix {
  /// Puts a column behind all others.
  fileprivate mutating func moveToEnd(column: Int) {
    let moved = Array(self.column(column))
    values.removeSubrange(column * rows..<(column + 1) * rows)
    values.append(contentsOf: moved)
  }
}
