extension Matrix {
  /// The identity matrix.
  ///
  /// - Complexity: O(n²).
  public static func identity(_ size: Int) -> Matrix {
    var result = Matrix(rows: size, columns: size)
    for i in 0..<size { result[i, i] = 1 }
    return result
  }

  /// A matrix from its columns.
  ///
  /// - Precondition: The columns are equally long.
  /// - Complexity: O(rows × columns).
  public init(columns: [[Double]]) {
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "columns of unequal length")
    self.init(rows: rows, columns: columns.count, values: columns.flatMap(\.self))
  }

  /// The values of one column, from the first row to the last.
  ///
  /// - Complexity: O(1); the slice shares the matrix's storage.
  public func column(_ column: Int) -> ArraySlice<Double> { values[column * rows..<(column + 1) * rows] }

  /// The elements (0, 0), (1, 1), … as far as the matrix reaches.
  ///
  /// - Complexity: O(n).
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// The transpose.
  ///
  /// - Complexity: O(rows × columns).
  public func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for j in 0..<columns {
      for i in 0..<rows { result.values[i * columns + j] = values[j * rows + i] }
    }
    return result
  }

  /// The matrix product AB.
  ///
  /// - Precondition: A has as many columns as B has rows.
  /// - Complexity: O(rows × inner × columns).
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "factors that do not fit together")
    return BLAS.product(a, b)
  }

  /// The product Ax of a matrix and a column vector.
  ///
  /// - Precondition: A has as many columns as x has elements.
  /// - Complexity: O(rows × columns).
  public static func * (a: Matrix, x: [Double]) -> [Double] {
    precondition(a.columns == x.count, "factors that do not fit together")
    return BLAS.product(a, transposed: false, x)
  }

  /// AᵀB without forming the transpose.
  ///
  /// - Precondition: A and B have equally many rows.
  /// - Complexity: O(rows × columns of A × columns of B).
  public func transposedProduct(_ b: Matrix) -> Matrix {
    precondition(rows == b.rows, "factors that do not fit together")
    return BLAS.product(self, transposed: true, b)
  }

  /// Aᵀx without forming the transpose.
  ///
  /// - Precondition: A has as many rows as x has elements.
  /// - Complexity: O(rows × columns).
  public func transposedProduct(_ x: [Double]) -> [Double] {
    precondition(rows == x.count, "factors that do not fit together")
    return BLAS.product(self, transposed: true, x)
  }

  /// AᵀA, exactly symmetric.
  ///
  /// - Complexity: O(rows × columns²).
  public func crossProduct() -> Matrix { BLAS.crossProduct(self) }

  /// Copies the lower triangle onto the upper one.
  ///
  /// - Precondition: The matrix is square.
  /// - Complexity: O(n²).
  public mutating func mirrorLowerTriangle() {
    precondition(rows == columns, "triangles of a matrix that is not square")
    // Square by square, so that the rows that are written stay in the nearest cache.
    let side = 32
    for left in stride(from: 0, to: columns, by: side) {
      for top in stride(from: left, to: rows, by: side) {
        for j in left..<min(left + side, columns) {
          for i in max(top, j + 1)..<max(min(top + side, rows), max(top, j + 1)) {
            values[i * rows + j] = values[j * rows + i]
          }
        }
      }
    }
  }

  /// The rows and columns of the given numbers, in that order.
  ///
  /// - Complexity: O(the size of the result).
  public func selecting(rows chosenRows: [Int], columns chosenColumns: [Int]) -> Matrix {
    if chosenRows.elementsEqual(0..<rows), chosenColumns.elementsEqual(0..<columns) { return self }
    var result = Matrix(rows: chosenRows.count, columns: chosenColumns.count)
    for (j, column) in chosenColumns.enumerated() {
      for (i, row) in chosenRows.enumerated() { result[i, j] = self[row, column] }
    }
    return result
  }
}
