internal import COpenBLAS

/// The orthogonal factorisations and decompositions of LAPACK on flat arrays. Sizes are checked by the callers.
enum LAPACK {
  /// Calls a routine twice: first to ask how much workspace it wants, then with that much.
  private static func withWorkspace(_ call: (_ work: inout [Double], _ length: inout Int32) -> Void) {
    OpenBLAS.prepare()
    var wanted = [0.0]
    var query = Int32(-1)
    call(&wanted, &query)
    var work = [Double](repeating: 0, count: max(1, Int(wanted[0])))
    var length = Int32(work.count)
    call(&work, &length)
  }

  /// Householder QR in LAPACK's packed form, which replaces `a`; gives the reflectors' factors.
  static func householder(_ a: inout Matrix) -> [Double] {
    var tau = [Double](repeating: 0, count: min(a.rows, a.columns))
    guard !tau.isEmpty else { return tau }
    var (m, n, lda, info) = (Int32(a.rows), Int32(a.columns), BLAS.leading(a.rows), Int32(0))
    withWorkspace { dgeqrf_(&m, &n, &a.values, &lda, &tau, &$0, &$1, &info) }
    return tau
  }

  /// Householder QR with column pivoting; gives the reflectors' factors and the order of the columns, counted from 0.
  static func householderPivoted(_ a: inout Matrix) -> (tau: [Double], order: [Int]) {
    var tau = [Double](repeating: 0, count: min(a.rows, a.columns))
    guard !tau.isEmpty else { return (tau, Array(0..<a.columns)) }
    var order = [Int32](repeating: 0, count: a.columns)
    var (m, n, lda, info) = (Int32(a.rows), Int32(a.columns), BLAS.leading(a.rows), Int32(0))
    withWorkspace { dgeqp3_(&m, &n, &a.values, &lda, &order, &tau, &$0, &$1, &info) }
    return (tau, order.map { Int($0) - 1 })
  }

  /// The length of the part of a column from `row` on.
  static func norm(_ a: Matrix, column: Int, from row: Int) -> Double {
    OpenBLAS.prepare()
    var (count, step) = (Int32(a.rows - row), Int32(1))
    return a.values.withUnsafeBufferPointer { values in
      values.baseAddress.map { dnrm2_(&count, $0 + (column * a.rows + row), &step) } ?? 0
    }
  }

  /// One step of Householder QR: the reflector that clears column `k` below row `k` is stored there and applied to the
  /// columns after it; gives its factor.
  ///
  /// - Precondition: `work` has room for a number a column.
  static func reflect(_ a: inout Matrix, at k: Int, work: inout [Double]) -> Double {
    OpenBLAS.prepare()
    let rows = a.rows
    let rest = a.columns - k - 1
    return a.values.withUnsafeMutableBufferPointer { values in
      guard let start = values.baseAddress.map({ $0 + (k * rows + k) }) else { return 0 }
      var (length, step, lda, tau) = (Int32(rows - k), Int32(1), BLAS.leading(rows), 0.0)
      dlarfg_(&length, start, start + (length > 1 ? 1 : 0), &step, &tau)
      guard rest > 0, tau != 0 else { return tau }
      // The reflector is I − τvvᵀ with v₁ = 1, which R's diagonal element overlays.
      let diagonal = start.pointee
      start.pointee = 1
      let next = start + rows
      var (n, one, zero, minusTau) = (Int32(rest), 1.0, 0.0, -tau)
      dgemv_("T", &length, &n, &one, next, &lda, start, &step, &zero, &work, &step, 1)
      dger_(&length, &n, &minusTau, start, &step, work, &step, next, &lda)
      start.pointee = diagonal
      return tau
    }
  }

  /// Qb or Qᵀb, in place, for the Q of packed reflectors.
  static func applyQ(_ packed: Matrix, tau: [Double], transposed: Bool, to b: inout [Double]) {
    guard !tau.isEmpty, packed.rows > 0 else { return }
    var (m, n, k, lda, info) = (Int32(packed.rows), Int32(1), Int32(tau.count), BLAS.leading(packed.rows), Int32(0))
    withWorkspace {
      dormqr_("L", transposed ? "T" : "N", &m, &n, &k, packed.values, &lda, tau, &b, &m, &$0, &$1, &info, 1, 1)
    }
  }

  /// The first `count` columns of Q.
  static func columnsOfQ(_ packed: Matrix, tau: [Double], count: Int) -> Matrix {
    var q = Matrix(rows: packed.rows, columns: count, values: Array(packed.values.prefix(packed.rows * count)))
    guard count > 0 else { return q }
    var (m, k, lda, info) = (Int32(packed.rows), Int32(count), BLAS.leading(packed.rows), Int32(0))
    withWorkspace { dorgqr_(&m, &k, &k, &q.values, &lda, tau, &$0, &$1, &info) }
    return q
  }

  /// The inverse of an upper triangle in place; it has no zero on its diagonal.
  static func invertUpperTriangle(_ r: inout Matrix) {
    guard r.rows > 0 else { return }
    OpenBLAS.prepare()
    var (n, lda, info) = (Int32(r.rows), BLAS.leading(r.rows), Int32(0))
    dtrtri_("U", "N", &n, &r.values, &lda, &info, 1, 1)
  }

  /// An estimate of 1/κ₁ of an upper triangle.
  static func reciprocalCondition(upperTriangle r: Matrix) -> Double {
    guard r.rows > 0 else { return 1 }
    OpenBLAS.prepare()
    var (n, lda, result, info) = (Int32(r.rows), BLAS.leading(r.rows), 0.0, Int32(0))
    var work = [Double](repeating: 0, count: 3 * r.rows)
    var integers = [Int32](repeating: 0, count: r.rows)
    dtrcon_("1", "U", "N", &n, r.values, &lda, &result, &work, &integers, &info, 1, 1, 1)
    return result
  }

  /// Eigenvalues, ascending, and eigenvectors, which replace `a`, of a symmetric matrix by its lower triangle; nil where
  /// the iteration fails.
  static func symmetricEigen(_ a: inout Matrix) -> [Double]? {
    var eigenvalues = [Double](repeating: 0, count: a.rows)
    guard a.rows > 0 else { return eigenvalues }
    var (n, info, query, wantedIntegers) = (Int32(a.rows), Int32(0), Int32(-1), Int32(0))
    OpenBLAS.prepare()
    var wanted = 0.0
    dsyevd_(
      "V", "L", &n, &a.values, &n, &eigenvalues, &wanted, &query, &wantedIntegers, &query, &info, 1, 1)
    var work = [Double](repeating: 0, count: max(1, Int(wanted)))
    var integers = [Int32](repeating: 0, count: max(1, Int(wantedIntegers)))
    var (length, integerLength) = (Int32(work.count), Int32(integers.count))
    dsyevd_(
      "V", "L", &n, &a.values, &n, &eigenvalues, &work, &length, &integers, &integerLength, &info, 1, 1)
    return info == 0 ? eigenvalues : nil
  }

  /// The thin singular value decomposition; nil where the iteration fails.
  static func singularValues(_ matrix: Matrix) -> (u: Matrix, values: [Double], vt: Matrix)? {
    let count = min(matrix.rows, matrix.columns)
    var u = Matrix(rows: matrix.rows, columns: count)
    var vt = Matrix(rows: count, columns: matrix.columns)
    var values = [Double](repeating: 0, count: count)
    guard count > 0 else { return (u, values, vt) }
    var a = matrix.values
    var (m, n, lda, ldvt, info) = (
      Int32(matrix.rows), Int32(matrix.columns), BLAS.leading(matrix.rows), BLAS.leading(count), Int32(0)
    )
    var integers = [Int32](repeating: 0, count: 8 * count)
    withWorkspace {
      dgesdd_("S", &m, &n, &a, &lda, &values, &u.values, &lda, &vt.values, &ldvt, &$0, &$1, &integers, &info, 1)
    }
    return info == 0 ? (u, values, vt) : nil
  }
}
