/// The one row of every cell of a table, groups down and columns (age bands, quantiles) across, for rows in any order.
struct RowTable: Sendable {
  /// The row of each cell, group by group; row 0 where there is none.
  private(set) var rows: [Int32]
  /// The rows that belong to none of the columns.
  private(set) var strays: [Int] = []
  /// The rows whose cell has another row before them.
  private(set) var repeats: [Int] = []
  /// The cells without a row.
  private(set) var gaps: [Int] = []

  /// Finds the rows.
  ///
  /// - Parameter columnOf: the column of a row, below 0 for none.
  /// - Complexity: O(rows + cells).
  @inline(__always)
  init(_ groups: Grouping, columns: Int, columnOf: (Int) -> Int) {
    let cells = groups.count * columns
    rows = [Int32](repeating: -1, count: cells)
    for (row, group) in groups.codes.enumerated() {
      let column = columnOf(row)
      guard column >= 0 else {
        strays.append(row)
        continue
      }
      let cell = Int(group) * columns + column
      if rows[cell] < 0 {
        rows[cell] = Int32(row)
      } else {
        repeats.append(row)
      }
    }
    guard groups.codes.count - strays.count - repeats.count < cells else { return }
    for cell in 0..<cells where rows[cell] < 0 {
      gaps.append(cell)
      rows[cell] = 0
    }
  }
}
