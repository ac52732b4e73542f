/// Sums of weights, of residuals and of weighted columns a cell: all that the categorical part of XᵀWX and Xᵀr needs, for
/// every factor whose level follows from the cell.
///
/// A cell's sums stand together and fill whole cache lines, so that a row costs one or two vector additions.
public struct MomentTable: Sendable {
  /// How many cells there are.
  public let cells: Int

  /// How many columns are summed beside the weights and residuals.
  public let columns: Int

  /// How many doubles a cell takes: 2 + columns, rounded up to a multiple of 8.
  public let stride: Int

  /// The sums: cell c has w at c × stride, r after it, then w times each column.
  public internal(set) var values: [Double]

  /// Sums of nothing.
  public init(cells: Int, columns: Int) {
    self.cells = cells
    self.columns = columns
    stride = (2 + columns + 7) / 8 * 8
    values = [Double](repeating: 0, count: cells * stride)
  }

  /// The sum of the weights in a cell.
  ///
  /// - Complexity: O(1).
  public func weight(cell: Int) -> Double { values[cell * stride] }

  /// The sum of the residuals in a cell.
  ///
  /// - Complexity: O(1).
  public func residual(cell: Int) -> Double { values[cell * stride + 1] }

  /// The sum of weight times a column, counted from 0, in a cell.
  ///
  /// - Complexity: O(1).
  public func weighted(cell: Int, column: Int) -> Double { values[cell * stride + 2 + column] }

  /// Adds another table of the same size.
  ///
  /// - Precondition: The sizes agree.
  /// - Complexity: O(cells × stride).
  public mutating func add(_ other: MomentTable) {
    precondition(cells == other.cells && columns == other.columns, "moment tables of unequal size")
    for index in values.indices { values[index] += other.values[index] }
  }
}
