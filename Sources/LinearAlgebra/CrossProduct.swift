internal import COpenBLAS

/// Adds AᵀA to the lower triangle of a matrix: the product of one of many panels of rows, for designs of some hundred
/// columns and more.
///
/// The bits depend on the numbers and the sizes alone, not on where they lie in memory.
///
/// - Parameters:
///   - panel: A, column by column.
///   - rows: how many rows A has.
///   - columns: how many columns A has.
///   - sum: a matrix of columns × columns, column by column, whose upper triangle stays as it is.
/// - Precondition: The pointers lead to rows × columns and columns × columns doubles.
/// - Complexity: O(rows × columns²/2).
public func addCrossProduct(
  of panel: UnsafePointer<Double>, rows: Int, columns: Int, to sum: UnsafeMutablePointer<Double>
) {
  guard rows > 0, columns > 0 else { return }
  OpenBLAS.prepare()
  var (n, k, one) = (BLAS.size(columns), BLAS.size(rows), 1.0)
  var (lda, ldc) = (BLAS.leading(rows), BLAS.leading(columns))
  dsyrk_("L", "T", &n, &k, &one, panel, &lda, &one, sum, &ldc, 1, 1)
}
