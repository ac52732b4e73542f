internal import LinearAlgebra

/// The first singular value of a table over years and ages: table(t, x) ≈ index(t)·response(x), Σ response² = 1.
struct LeadingFactor {
  let response: [Double]
  let index: [Double]
  /// σ₁², what the factor tells of the sum of squares.
  let square: Double
  /// The sum of squares of the table.
  let total: Double

  /// - Parameter table: `[year][age]`.
  init(_ table: [Double], years: Int) throws(MortalityModelError) {
    // Column-major, one column a year.
    let matrix = Matrix(rows: table.count / years, columns: years, values: table)
    guard let decomposition = try? SingularValues(of: matrix) else { throw .noConvergence(iterations: 0) }
    let largest = decomposition.values[0]
    response = Array(decomposition.u.column(0))
    index = (0..<years).map { decomposition.vTransposed[0, $0] * largest }
    square = largest * largest
    total = decomposition.values.reduce(0) { $0 + $1 * $1 }
  }
}
