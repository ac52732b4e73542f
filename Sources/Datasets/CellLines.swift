/// The line of the file that filled each cell, so that a missing one can be shown beside its neighbours.
struct CellLines: Sendable {
  /// The line of each cell; 0 where no row fills it.
  private var lines: [Int32]

  init(count: Int) { lines = Array(repeating: 0, count: count) }

  subscript(cell: Int) -> Int {
    get { Int(lines[cell]) }
    set { lines[cell] = Int32(truncatingIfNeeded: newValue) }
  }

  /// The filled cell nearest to a missing one: the last one before it in the narrowest of the ranges that
  /// holds any, else the first one behind it.
  func neighbour(of cell: Int, within ranges: [Range<Int>]) -> (cell: Int, line: Int)? {
    for range in ranges {
      let middle = min(max(cell, range.lowerBound), range.upperBound)
      let found =
        (range.lowerBound..<middle).last { lines[$0] > 0 }
        ?? (middle..<range.upperBound).first { lines[$0] > 0 }
      if let found { return (found, Int(lines[found])) }
    }
    return nil
  }
}
