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
  try forEachWorkingBlock(layout, rows, coefficients: coefficients, family: family, link: link) { block in
    let x = layout.expand(rows: block.rows, range: block.range)
    let w = weights(block)
    for j in 0..<p {
      for k in 0...j {
        var sum = 0.0
        for i in 0..<w.count { sum += w[i] * x[i, j] * x[i, k] }
        product[j, k] += sum
      }
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
