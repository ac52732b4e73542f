import LinearAlgebra
import Testing

@Suite("Cholesky")
struct CholeskyTests {
  @Test("the Hilbert matrix has the inverse that Choi gives in whole numbers")
  func hilbertInverse() throws {
    // M.-D. Choi, Tricks or treats with the Hilbert matrix, 1983.
    let exact = Matrix(
      rows: 4, columns: 4,
      values: [16, -120, 240, -140, -120, 1200, -2700, 1680, 240, -2700, 6480, -4200, -140, 1680, -4200, 2800])
    let inverse = try Cholesky(of: hilbert(4), relativePivot: 1e-14).inverse()
    for (value, expected) in zip(inverse.values, exact.values) {
      // The condition number is 1.6e4, so 16 digits become 11 to 12.
      #expect(abs(value / expected - 1) < 1e-11)
    }
  }

  @Test("a refined solution is exact where the matrix and the solution are whole numbers", arguments: [3, 5, 7, 8])
  func refinement(n: Int) throws {
    // The Hilbert matrix times a common multiple of its denominators, 1 to 15.
    let multiple = 360_360.0
    var matrix = Matrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<n { matrix[i, j] = multiple / Double(i + j + 1) }
    }
    let x = (1...n).map(Double.init)
    let solution = try Cholesky(of: matrix, relativePivot: 1e-15).solve(matrix * x)
    // Unrefined, n = 8 with a condition number of 1.5e10 keeps 6 digits; each step with an exact residual brings 6 more.
    #expect(distance(solution, x) < 1e-9)
  }

  @Test("a column that depends on those before it is skipped, in order, and the rest solved")
  func aliasing() throws {
    var random = SplitMix(state: 5)
    let a = random.matrix(40, 3)
    let (x, y, z) = (Array(a.column(0)), Array(a.column(1)), Array(a.column(2)))
    let zero = [Double](repeating: 0, count: 40)
    let sum = zip(x, y).map { $0 + 1000 * $1 }
    let design = Matrix(columns: [x, zero, y, sum, z, z])
    let cholesky = try Cholesky(of: design.crossProduct())
    #expect(cholesky.aliased == [1, 3, 5] && cholesky.kept == [0, 2, 4] && cholesky.rank == 3)
    let b = random.vector(40)
    let solution = cholesky.solve(design.transposedProduct(b))
    let expected = try Cholesky(of: a.crossProduct()).solve(a.transposedProduct(b))
    #expect(distance([solution[0], solution[2], solution[4]], expected) < 1e-12)
    #expect([solution[1], solution[3], solution[5]] == [0, 0, 0])
    let inverse = cholesky.inverse()
    #expect((0..<6).allSatisfy { inverse[1, $0] == 0 && inverse[$0, 3] == 0 })
    #expect(inverse == inverse.transposed())
  }

  @Test("columns of any scale keep their pivots")
  func scales() throws {
    var random = SplitMix(state: 6)
    var a = random.matrix(30, 4)
    for i in 0..<30 { (a[i, 0], a[i, 2]) = (a[i, 0] * 1e-9, a[i, 2] * 1e12) }
    let cholesky = try Cholesky(of: a.crossProduct())
    #expect(cholesky.aliased.isEmpty && cholesky.smallestPivot > 0.1 && cholesky.conditionEstimate() < 100)
  }

  @Test("skipping and LAPACK's factor agree where nothing is skipped")
  func bothPaths() throws {
    var random = SplitMix(state: 7)
    let a = random.matrix(60, 25)
    // An aliased last column forces the path that can skip.
    var columns = (0..<25).map { Array(a.column($0)) }
    columns.append(columns[3])
    let plain = try Cholesky(of: a.crossProduct())
    let skipping = try Cholesky(of: Matrix(columns: columns).crossProduct())
    #expect(skipping.aliased == [25])
    let b = random.vector(25)
    #expect(distance(plain.solve(b), Array(skipping.solve(b + [0]).prefix(25))) < 1e-12)
    #expect(abs(plain.logDeterminant - skipping.logDeterminant) < 1e-11)
  }

  @Test("sizes 0 and 1, a zero matrix and matrices that have no factor")
  func edges() throws {
    let empty = try Cholesky(of: Matrix(rows: 0, columns: 0))
    #expect(empty.rank == 0 && empty.solve([]).isEmpty && empty.inverse().values.isEmpty)
    #expect(empty.conditionEstimate() == 1 && empty.logDeterminant == 0)
    let one = try Cholesky(of: Matrix(rows: 1, columns: 1, values: [4]))
    #expect(one.solve([2]) == [0.5] && one.inverse().values == [0.25] && one.conditionEstimate() == 1)
    let zero = try Cholesky(of: Matrix(rows: 3, columns: 3))
    #expect(zero.aliased == [0, 1, 2] && zero.solve([1, 2, 3]) == [0, 0, 0])
    #expect(throws: LinearAlgebraError.notSquare(rows: 2, columns: 3)) { try Cholesky(of: Matrix(rows: 2, columns: 3)) }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) {
      try Cholesky(of: Matrix(rows: 2, columns: 2, values: [1, .nan, .nan, 1]))
    }
    #expect(throws: LinearAlgebraError.indefinite(column: 1)) {
      try Cholesky(of: Matrix(rows: 2, columns: 2, values: [1, 2, 2, 1]))
    }
    #expect(throws: LinearAlgebraError.indefinite(column: 0)) {
      try Cholesky(of: Matrix(rows: 1, columns: 1, values: [-1]))
    }
  }
}
