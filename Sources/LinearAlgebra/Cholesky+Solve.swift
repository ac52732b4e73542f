#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Cholesky {
  /// The basic solution of Ax = b: 0 for the skipped columns, and over the kept ones the solution of their equations,
  /// improved by one step of iterative refinement against the given matrix.
  ///
  /// - Precondition: b has as many elements as the matrix has rows.
  /// - Complexity: O(rank²).
  public func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == size, "a right-hand side of another length")
    let right = kept.map { b[$0] }
    var x = solveScaled(right)
    let residual = matrix.residual(of: x, right)
    for (i, correction) in solveScaled(residual).enumerated() { x[i] += correction }
    var result = [Double](repeating: 0, count: size)
    for (i, column) in kept.enumerated() { result[column] = x[i] }
    return result
  }

  /// The inverse over the kept rows and columns, exactly symmetric; 0 in the rows and columns of the skipped ones.
  ///
  /// - Complexity: O(rank³).
  public func inverse() -> Matrix {
    var small = factor
    BLAS.inverseFromCholesky(&small)
    var result = Matrix(rows: size, columns: size)
    for (j, column) in kept.enumerated() {
      for i in j..<rank { result[kept[i], column] = small[i, j] * scale[i] * scale[j] }
    }
    result.mirrorLowerTriangle()
    return result
  }

  /// The logarithm of the determinant over the kept columns; 0 where none is kept.
  ///
  /// - Complexity: O(rank).
  public var logDeterminant: Double {
    var sum = 0.0
    for i in 0..<rank { sum += 2 * log(factor[i, i] / scale[i]) }
    return sum
  }

  /// An estimate of the condition number κ₁ of the kept columns, scaled to a unit diagonal; 1 where none is kept.
  ///
  /// Usually within a factor of 3 of the true one, never above it (Higham, Accuracy and Stability of Numerical
  /// Algorithms, 2nd ed. 2002, chapter 15).
  /// - Complexity: O(rank²).
  public func conditionEstimate() -> Double {
    var norm = 0.0
    for j in 0..<rank {
      var sum = 0.0
      for i in 0..<rank { sum += abs(matrix[i, j]) * scale[i] * scale[j] }
      norm = max(norm, sum)
    }
    return 1 / BLAS.reciprocalCondition(choleskyFactor: factor, norm: norm)
  }

  /// The solution of the kept equations by the factor alone.
  private func solveScaled(_ b: [Double]) -> [Double] {
    var x = zip(b, scale).map { $0 * $1 }
    BLAS.solveTriangle(factor, lower: true, transposed: false, count: rank, &x)
    BLAS.solveTriangle(factor, lower: true, transposed: true, count: rank, &x)
    return zip(x, scale).map { $0 * $1 }
  }
}

extension Matrix {
  /// b − Ax, each element summed with the rounding errors of all products and sums carried along (Ogita, Rump and
  /// Oishi, Accurate sum and dot product, 2005, algorithm Dot2): as exact as in twice the precision, which is what makes
  /// a refinement step gain digits.
  func residual(of x: [Double], _ b: [Double]) -> [Double] {
    var sums = b
    var errors = [Double](repeating: 0, count: b.count)
    for j in 0..<columns {
      let factor = -x[j]
      for i in 0..<rows {
        let value = values[j * rows + i]
        let product = value * factor
        let productError = (-product).addingProduct(value, factor)
        let sum = sums[i] + product
        let part = sum - sums[i]
        errors[i] += ((sums[i] - (sum - part)) + (product - part)) + productError
        sums[i] = sum
      }
    }
    return zip(sums, errors).map { $0 + $1 }
  }
}
