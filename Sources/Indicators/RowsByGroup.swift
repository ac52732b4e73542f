/// The rows of each group, in the order in which they stand.
struct RowsByGroup: Sendable {
  private let starts: [Int]
  private let order: [Int]

  /// Counts the rows of every group and puts them together, in O(rows + groups).
  init(_ grouping: Grouping) {
    var starts = [Int](repeating: 0, count: grouping.count + 1)
    for code in grouping.codes { starts[Int(code) + 1] += 1 }
    for group in 0..<grouping.count { starts[group + 1] += starts[group] }
    var next = starts
    var order = [Int](repeating: 0, count: grouping.codes.count)
    for (row, code) in grouping.codes.enumerated() {
      order[next[Int(code)]] = row
      next[Int(code)] += 1
    }
    self.starts = starts
    self.order = order
  }

  subscript(group: Int) -> ArraySlice<Int> { order[starts[group]..<starts[group + 1]] }
}
