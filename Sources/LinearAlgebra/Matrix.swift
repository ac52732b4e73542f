/// A dense matrix of doubles, stored column by column in one array: element (i, j) is `values[j * rows + i]`.
public struct Matrix: Sendable, Hashable {
  /// How many rows.
  public let rows: Int

  /// How many columns.
  public let columns: Int

  /// The elements, column by column.
  public var values: [Double]

  /// A matrix of one value.
  public init(repeating value: Double = 0, rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: value, count: rows * columns)
  }

  /// A matrix of elements in column order.
  ///
  /// - Precondition: There are rows × columns values.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "a matrix of another size")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// The element in row `row` and column `column`, both counted from 0.
  ///
  /// - Complexity: O(1).
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { values[column * rows + row] }
    set { values[column * rows + row] = newValue }
  }
}
