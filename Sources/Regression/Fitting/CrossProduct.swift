internal import CKernels
import LinearAlgebra

/// X′ diag(w) X for weights that hang on the fit, as robust covariances need it.
///
/// - Parameters:
///   - coefficients: one a column; NaN counts as 0.
///   - weights: the weight of each row of a block.
/// - Complexity: one pass.
func crossProduct(
  _ layout: DesignLayout, _ rows: some RowSource, coefficients: [Double], family: Family, link: Link,
  threads: Int? = nil, weights: @Sendable (WorkingBlock) -> [Double]
) throws(RegressionError) -> Matrix {
  let p = layout.columns.count
  var product = Matrix(rows: p, columns: p)
  var scratch = [Double](repeating: 0, count: ph_weighted_gram_scratch(p, DenseBlock.length))
  try forEachWorkingBlock(layout, rows, coefficients: coefficients, family: family, link: link) { block in
    let x = layout.expand(rows: block.rows, range: block.range)
    let w = weights(block)
    precondition(w.count == x.rows, "weights of another length than the block")
    x.values.withUnsafeBufferPointer { values in
      let columns = (0..<p).map { column in values.baseAddress.map { $0 + column * x.rows } }
      ph_weighted_gram(columns, p, w, x.rows, &product.values, &scratch)
    }
  }
  product.mirrorLowerTriangle()
  return product
}

extension DesignLayout {
  /// x′Vx of every row of a block: times the working weight the leverage, times φ the variance of the linear predictor.
  ///
  /// - Parameter covariance: V; NaN counts as 0, as aliased columns have it.
  /// - Complexity: O(rows × columns²).
  func quadraticForms(rows: DesignRows, range: Range<Int>, covariance: Matrix) -> [Double] {
    let x = expand(rows: rows, range: range)
    var known = covariance
    known.values = known.values.map { $0.isNaN ? 0 : $0 }
    let xv = x * known
    var forms = [Double](repeating: 0, count: range.count)
    for j in columns.indices {
      for i in 0..<range.count { forms[i] += x[i, j] * xv[i, j] }
    }
    return forms
  }
}
