internal import COpenBLAS

/// BLAS and LAPACK on flat arrays: the only place that calls them. Sizes are checked by the callers.
enum BLAS {
  /// A size as Fortran has it.
  static func size(_ count: Int) -> Int32 { Int32(count) }

  /// A leading dimension, which LAPACK wants positive also for empty matrices.
  static func leading(_ rows: Int) -> Int32 { Int32(max(rows, 1)) }

  /// op(A) op(B), where op transposes or not.
  static func product(_ a: Matrix, transposed ta: Bool = false, _ b: Matrix, transposed tb: Bool = false) -> Matrix {
    let m = ta ? a.columns : a.rows
    let k = ta ? a.rows : a.columns
    let n = tb ? b.rows : b.columns
    var result = Matrix(rows: m, columns: n)
    guard m > 0, n > 0, k > 0 else { return result }
    OpenBLAS.prepare()
    var (rows, columns, inner, one, zero) = (size(m), size(n), size(k), 1.0, 0.0)
    var (lda, ldb, ldc) = (leading(a.rows), leading(b.rows), leading(m))
    dgemm_(
      ta ? "T" : "N", tb ? "T" : "N", &rows, &columns, &inner, &one, a.values, &lda, b.values, &ldb, &zero,
      &result.values, &ldc, 1, 1)
    return result
  }

  /// op(A) x.
  static func product(_ a: Matrix, transposed: Bool, _ x: [Double]) -> [Double] {
    var y = [Double](repeating: 0, count: transposed ? a.columns : a.rows)
    guard a.rows > 0, a.columns > 0 else { return y }
    OpenBLAS.prepare()
    var (m, n, lda, step, one, zero) = (size(a.rows), size(a.columns), leading(a.rows), Int32(1), 1.0, 0.0)
    dgemv_(transposed ? "T" : "N", &m, &n, &one, a.values, &lda, x, &step, &zero, &y, &step, 1)
    return y
  }

  /// AᵀA, both triangles.
  static func crossProduct(_ a: Matrix) -> Matrix {
    var result = Matrix(rows: a.columns, columns: a.columns)
    guard a.rows > 0, a.columns > 0 else { return result }
    OpenBLAS.prepare()
    var (n, k, lda, ldc, one, zero) = (size(a.columns), size(a.rows), leading(a.rows), leading(a.columns), 1.0, 0.0)
    dsyrk_("L", "T", &n, &k, &one, a.values, &lda, &zero, &result.values, &ldc, 1, 1)
    result.mirrorLowerTriangle()
    return result
  }

  /// Solves op(T) x = b in place for the triangle in the leading `count` rows and columns of `triangle`.
  static func solveTriangle(
    _ triangle: Matrix, lower: Bool, transposed: Bool, count: Int, _ b: inout [Double]
  ) {
    guard count > 0 else { return }
    OpenBLAS.prepare()
    var (n, lda, step) = (size(count), leading(triangle.rows), Int32(1))
    dtrsv_(lower ? "L" : "U", transposed ? "T" : "N", "N", &n, triangle.values, &lda, &b, &step, 1, 1, 1)
  }

  /// The Cholesky factor of a positive definite matrix into its own lower triangle; false where a pivot is not positive.
  static func choleskyFactor(_ a: inout Matrix) -> Bool {
    guard a.rows > 0 else { return true }
    OpenBLAS.prepare()
    var (n, lda, info) = (size(a.rows), leading(a.rows), Int32(0))
    dpotrf_("L", &n, &a.values, &lda, &info, 1)
    return info == 0
  }

  /// The inverse of A from its lower Cholesky factor, into the lower triangle.
  static func inverseFromCholesky(_ factor: inout Matrix) {
    guard factor.rows > 0 else { return }
    OpenBLAS.prepare()
    var (n, lda, info) = (size(factor.rows), leading(factor.rows), Int32(0))
    dpotri_("L", &n, &factor.values, &lda, &info, 1)
  }

  /// An estimate of 1/κ₁ of A from its lower Cholesky factor and its 1-norm.
  static func reciprocalCondition(choleskyFactor factor: Matrix, norm: Double) -> Double {
    guard factor.rows > 0 else { return 1 }
    OpenBLAS.prepare()
    var (n, lda, norm, result, info) = (size(factor.rows), leading(factor.rows), norm, 0.0, Int32(0))
    var work = [Double](repeating: 0, count: 3 * factor.rows)
    var integers = [Int32](repeating: 0, count: factor.rows)
    dpocon_("L", &n, factor.values, &lda, &norm, &result, &work, &integers, &info, 1)
    return result
  }
}
