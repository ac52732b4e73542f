import LinearAlgebra
import Testing

@Suite("QR")
struct PivotedQRTests {
  static let shapes = [(1, 1), (5, 1), (1, 5), (8, 8), (40, 6), (6, 9), (300, 70)]

  @Test("QR = A in the order of the columns, and Q is orthonormal", arguments: shapes)
  func factors(rows: Int, columns: Int) throws {
    var random = SplitMix(state: 8)
    let a = random.matrix(rows, columns)
    for pivoting in [PivotedQR.Pivoting.inOrder, .longestFirst] {
      let qr = try PivotedQR(of: a, pivoting: pivoting)
      #expect(qr.rank == min(rows, columns) && qr.order.sorted() == Array(0..<columns))
      let q = qr.q()
      #expect(distance(q.transposedProduct(q), .identity(qr.rank)) < 1e-13)
      #expect(distance(q * qr.r, a.selecting(rows: Array(0..<rows), columns: Array(qr.order.prefix(qr.rank)))) < 1e-12)
      #expect(abs(qr.leverages().reduce(0, +) - Double(qr.rank)) < 1e-11)
    }
  }

  @Test("dependent columns go to the end in the order in which they stand")
  func aliasing() throws {
    var random = SplitMix(state: 9)
    let a = random.matrix(50, 3)
    let (x, y, z) = (Array(a.column(0)), Array(a.column(1)), Array(a.column(2)))
    let zero = [Double](repeating: 0, count: 50)
    let design = Matrix(columns: [x, zero, y, zip(x, y).map { $0 - 3 * $1 }, z, zip(x, z).map { $0 + $1 }])
    let qr = try PivotedQR(of: design)
    #expect(qr.rank == 3 && qr.order == [0, 2, 4, 1, 3, 5] && qr.aliased == [1, 3, 5])
    let b = random.vector(50)
    let alone = try PivotedQR(of: a)
    let solution = qr.solve(b)
    #expect(distance([solution[0], solution[2], solution[4]], alone.solve(b)) < 1e-13)
    #expect(distance(qr.leverages(), alone.leverages()) < 1e-13)
    #expect(distance(qr.residuals(of: b), alone.residuals(of: b)) < 1e-13)
    let inverse = qr.inverseCrossProduct()
    #expect(inverse == inverse.transposed() && (0..<6).allSatisfy { inverse[1, $0] == 0 })
    #expect(try PivotedQR(of: design, pivoting: .longestFirst).rank == 3)
  }

  @Test("the tolerance decides which column counts as dependent")
  func tolerance() throws {
    var random = SplitMix(state: 10)
    let x = random.vector(30)
    let noise = random.vector(30)
    let design = Matrix(columns: [x, zip(x, noise).map { $0 + 1e-8 * $1 }])
    #expect(try PivotedQR(of: design).aliased == [1])
    #expect(try PivotedQR(of: design, tolerance: 1e-11).aliased.isEmpty)
  }

  @Test("least squares with a Vandermonde matrix of whole numbers gives back its polynomial")
  func wampler() throws {
    // NIST StRD Wampler1: y = 1 + x + … + x⁵ at x = 0, …, 20, exact coefficients 1.
    let x = (0...20).map(Double.init)
    let powers = (0...5).map { power in x.map { value in (0..<power).reduce(1.0) { product, _ in product * value } } }
    let y = x.indices.map { i in powers.reduce(0.0) { $0 + $1[i] } }
    for pivoting in [PivotedQR.Pivoting.inOrder, .longestFirst] {
      let qr = try PivotedQR(of: Matrix(columns: powers), pivoting: pivoting, tolerance: 1e-12)
      #expect(distance(qr.solve(y), [1, 1, 1, 1, 1, 1]) < 1e-8)
    }
  }

  @Test("residuals, effects and covariance are those of the normal equations")
  func leastSquares() throws {
    var random = SplitMix(state: 11)
    let a = random.matrix(60, 7)
    let b = random.vector(60)
    let qr = try PivotedQR(of: a)
    let cholesky = try Cholesky(of: a.crossProduct())
    #expect(distance(qr.solve(b), cholesky.solve(a.transposedProduct(b))) < 1e-13)
    #expect(distance(qr.inverseCrossProduct(), cholesky.inverse()) < 1e-14)
    let residuals = qr.residuals(of: b)
    #expect((a.transposedProduct(residuals).map { abs($0) }.max() ?? 1) < 1e-13)
    let beyond = qr.effects(of: b).dropFirst(7).reduce(0) { $0 + $1 * $1 }
    #expect(abs(beyond - residuals.reduce(0) { $0 + $1 * $1 }) < 1e-13)
  }

  @Test("empty matrices, zero matrices and values that are not finite")
  func edges() throws {
    for (rows, columns) in [(0, 0), (0, 3), (3, 0)] {
      for pivoting in [PivotedQR.Pivoting.inOrder, .longestFirst] {
        let qr = try PivotedQR(of: Matrix(rows: rows, columns: columns), pivoting: pivoting)
        let b = [Double](repeating: 1, count: rows)
        #expect(qr.rank == 0 && qr.solve(b) == [Double](repeating: 0, count: columns) && qr.residuals(of: b) == b)
        #expect(qr.leverages() == [Double](repeating: 0, count: rows) && qr.conditionEstimate() == 1)
      }
    }
    let zero = Matrix(rows: 4, columns: 2)
    #expect(try PivotedQR(of: zero).rank == 0 && PivotedQR(of: zero, pivoting: .longestFirst).rank == 0)
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 1)) {
      try PivotedQR(of: Matrix(rows: 2, columns: 2, values: [1, 2, .infinity, 3]))
    }
  }
}
