/// The line in which each row starts.
///
/// Rows mostly follow each other line by line, so only the rows at which that breaks (after a line break
/// inside quotes or a blank line) are stored.
struct LineNumbers: Sendable {
  private var rows: [Int] = []
  private var lines: [Int] = []

  /// The line that a row would start in if nothing breaks before it; row 0 follows a header of one line.
  private var nextRow = 0
  private var nextLine = 2

  /// Appends the next row.
  @inline(__always) mutating func append(line: Int) {
    if line != nextLine { note(line) }
    nextRow += 1
    nextLine += 1
  }

  private mutating func note(_ line: Int) {
    rows.append(nextRow)
    lines.append(line)
    nextLine = line
  }

  /// The line of a row.
  ///
  /// - Complexity: O(log b) for b breaks.
  subscript(row: Int) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] <= row { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? row + 2 : lines[low - 1] + (row - rows[low - 1])
  }
}
