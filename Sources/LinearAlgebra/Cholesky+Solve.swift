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
    let residual = matrix.symmetricResidual(of: x, right)
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
    var sums = [Double](repeating: 0, count: rank)
    for j in 0..<rank {
      sums[j] += 1
      for i in (j + 1)..<max(rank, j + 1) {
        let size = abs(matrix.values[j * rank + i]) * scale[i] * scale[j]
        sums[i] += size
        sums[j] += size
      }
    }
    return 1 / BLAS.reciprocalCondition(choleskyFactor: factor, norm: sums.max() ?? 0)
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
  /// b − Ax for the symmetric A whose lower triangle the matrix has, each element summed with the rounding errors of all products and sums carried along (Ogita, Rump and
  /// Oishi, Accurate sum and dot product, 2005, algorithm Dot2): as exact as in twice the precision, which is what makes
  /// a refinement step gain digits.
  func symmetricResidual(of x: [Double], _ b: [Double]) -> [Double] {
    var sums = zip(b, x).map { CompensatedSum(value: $0, factor: -$1) }
    for j in 0..<columns {
      var own = sums[j]
      own.add(values[j * rows + j], own.factor)
      for i in (j + 1)..<max(rows, j + 1) {
        let value = values[j * rows + i]
        own.add(value, sums[i].factor)
        sums[i].add(value, own.factor)
      }
      sums[j] = own
    }
    return sums.map { $0.value + $0.error }
  }
}

/// A sum of products with the rounding errors of all of them.
private struct CompensatedSum {
  var value: Double
  var error = 0.0
  /// −x of the row, beside its sum because both are wanted at once.
  let factor: Double

  init(value: Double, factor: Double) {
    self.value = value
    self.factor = factor
  }

  @inline(__always)
  mutating func add(_ a: Double, _ b: Double) {
    let product = a * b
    let productError = (-product).addingProduct(a, b)
    let sum = value + product
    let part = sum - value
    error += ((value - (sum - part)) + (product - part)) + productError
    value = sum
  }
}
