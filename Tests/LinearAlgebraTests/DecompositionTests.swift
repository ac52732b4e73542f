import LinearAlgebra
import Testing

@Suite("Eigenvalues and singular values")
struct DecompositionTests {
  @Test("VΛVᵀ = A with orthonormal V", arguments: [0, 1, 2, 7, 60])
  func eigen(n: Int) throws {
    var random = SplitMix(state: 12)
    let a = random.matrix(n + 3, n).crossProduct()
    let eigen = try SymmetricEigen(of: a)
    #expect(distance(eigen.vectors.transposedProduct(eigen.vectors), .identity(n)) < 1e-13)
    var scaled = eigen.vectors
    for j in 0..<n {
      for i in 0..<n { scaled[i, j] *= eigen.values[j] }
    }
    #expect(distance(scaled * eigen.vectors.transposed(), a) < 1e-12)
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("the second differences of 0 have the eigenvalues 2 − 2 cos(kπ/(n + 1))")
  func knownEigenvalues() throws {
    // For n = 3 they are 2 − √2, 2 and 2 + √2.
    let a = Matrix(rows: 3, columns: 3, values: [2, -1, 0, -1, 2, -1, 0, -1, 2])
    let root = 2.0.squareRoot()
    #expect(distance(try SymmetricEigen(of: a).values, [2 - root, 2, 2 + root]) < 1e-14)
  }

  @Test("USVᵀ = A both ways round", arguments: [(0, 3), (3, 0), (1, 1), (1, 6), (6, 1), (20, 8), (8, 20)])
  func singular(rows: Int, columns: Int) throws {
    var random = SplitMix(state: 13)
    let a = random.matrix(rows, columns)
    let svd = try SingularValues(of: a)
    let count = min(rows, columns)
    #expect(svd.values.count == count && svd.rank() == count)
    #expect(distance(svd.u.transposedProduct(svd.u), .identity(count)) < 1e-13)
    #expect(distance(svd.vTransposed * svd.vTransposed.transposed(), .identity(count)) < 1e-13)
    var scaled = svd.u
    for j in 0..<count {
      for i in 0..<rows { scaled[i, j] *= svd.values[j] }
    }
    #expect(distance(scaled * svd.vTransposed, a) < 1e-13)
  }

  @Test("the Hilbert matrix of order 3 has the known condition number")
  func condition() throws {
    // Todd, The condition of the finite segments of the Hilbert matrix, 1954: 524.0567775860…
    let svd = try SingularValues(of: hilbert(3))
    #expect(abs(svd.condition / 524.0567775860608 - 1) < 1e-12)
    #expect(try SingularValues(of: Matrix(rows: 2, columns: 2)).condition == .infinity)
    #expect(try SingularValues(of: Matrix(rows: 2, columns: 2, values: [1, 1, 1, 1])).rank() == 1)
  }

  @Test("the cheap estimates of the condition number are near the true one")
  func estimates() throws {
    for n in [2, 5, 7] {
      let exact = try SingularValues(of: hilbert(n)).condition
      let estimate = try PivotedQR(of: hilbert(n), tolerance: 1e-14).conditionEstimate()
      // κ₁ and κ₂ differ by at most n either way, the estimate from κ₁ by about 3.
      #expect(estimate > exact / Double(3 * n) && estimate < exact * Double(3 * n))
    }
  }

  @Test("values that are not finite are refused")
  func refusals() {
    let bad = Matrix(rows: 2, columns: 2, values: [1, .nan, .nan, 1])
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) { try SymmetricEigen(of: bad) }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) { try SingularValues(of: bad) }
    #expect(throws: LinearAlgebraError.notSquare(rows: 1, columns: 2)) {
      try SymmetricEigen(of: Matrix(rows: 1, columns: 2))
    }
  }
}
