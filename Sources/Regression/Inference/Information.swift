import LinearAlgebra

/// What one pass over the rows tells about the likelihood at some coefficients.
struct Information {
  /// X′WX with expected weights.
  var matrix: Matrix
  /// X′r, the derivative of the log-likelihood times φ.
  var score: [Double]
  /// The deviance.
  var deviance: Double
}

extension ModelRows {
  /// One pass: X′WX, score and deviance.
  ///
  /// - Complexity: O(rows × columns²).
  func information(at coefficients: [Double]) throws(RegressionError) -> Information {
    let count = columnCount
    var sums = Information(
      matrix: Matrix(rows: count, columns: count), score: [Double](repeating: 0, count: count), deviance: 0)
    try forEachBlock(at: coefficients) { block in
      sums.matrix += block.gram(weights: block.workingWeights())
      sums.score.add(block.columns.transposedProduct(block.scores()))
      for row in 0..<block.count where block.weights[row] != 0 {
        sums.deviance += block.weights[row] * family.unitDeviance(block.response[row], mean: block.mean[row])
      }
    }
    return sums
  }
}

extension FittedBlock {
  /// X′ diag(weights) X.
  ///
  /// - Precondition: No weight is negative.
  func gram(weights: [Double]) -> Matrix {
    var scaled = columns
    let roots = weights.map { $0.squareRoot() }
    for column in 0..<scaled.columns {
      let start = column * count
      for row in 0..<count { scaled.values[start + row] *= roots[row] }
    }
    return scaled.crossProduct()
  }
}

extension Matrix {
  /// Adds another matrix of the same size.
  static func += (sum: inout Matrix, other: Matrix) {
    for index in sum.values.indices { sum.values[index] += other.values[index] }
  }

  /// The matrix times a number.
  func scaled(by factor: Double) -> Matrix { Matrix(rows: rows, columns: columns, values: values.map { $0 * factor }) }

  /// x′Ay.
  func form(_ x: [Double], _ y: [Double]) -> Double { zip(x, self * y).reduce(0) { $0 + $1.0 * $1.1 } }
}

extension [Double] {
  /// Adds another vector of the same length.
  mutating func add(_ other: [Double]) {
    for index in indices { self[index] += other[index] }
  }

  /// The scalar product with a vector of the same length.
  func dot(_ other: [Double]) -> Double { zip(self, other).reduce(0) { $0 + $1.0 * $1.1 } }
}
