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

  /// Appends a run of rows of `other`, whose lines lie `offset` lines higher there.
  ///
  /// - Complexity: O(log b + breaks in the run) where b counts the breaks of `other`.
  mutating func append(_ rows: Range<Int>, of other: LineNumbers, offset: Int) {
    guard let first = rows.first, let last = rows.last else { return }
    let line = other[first] + offset
    if line != nextLine { note(line) }
    var index = other.breaks(upTo: first)
    while index < other.rows.count, other.rows[index] <= last {
      self.rows.append(nextRow + other.rows[index] - first)
      lines.append(other.lines[index] + offset)
      index += 1
    }
    nextRow += rows.count
    nextLine = other[last] + offset + 1
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
    let count = breaks(upTo: row)
    return count == 0 ? row + 2 : lines[count - 1] + (row - rows[count - 1])
  }

  /// How many breaks there are up to a row.
  private func breaks(upTo row: Int) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] <= row { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
