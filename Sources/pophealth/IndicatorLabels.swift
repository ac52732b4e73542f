import Tables

/// A column of labels, each distinct one kept once.
struct IndicatorLabels {
  /// For each row the index into ``values``; −1 for a missing cell.
  let codes: [Int32]
  /// The distinct labels in the order of their first row.
  let values: [String]

  init(codes: [Int32], values: [String]) {
    self.codes = codes
    self.values = values
  }

  /// The column's labels, each row so many times in turn.
  init(_ column: TextColumn, repeating count: Int = 1) {
    values = column.values
    guard count > 1 else {
      codes = column.codes
      return
    }
    var codes: [Int32] = []
    codes.reserveCapacity(column.codes.count * count)
    for code in column.codes { for _ in 0..<count { codes.append(code) } }
    self.codes = codes
  }

  /// The labels of some rows.
  func rows(_ rows: some Sequence<Int>) -> TextColumn {
    TextColumn(recoding: rows.map { codes[$0] }, of: values)
  }

  /// The label of a row, empty where it is missing.
  subscript(row: Int) -> String { codes[row] < 0 ? "" : values[Int(codes[row])] }
}

/// The groups that the columns of `--by` make of the rows, in the order of their first row.
struct IndicatorGroups {
  /// The columns' names.
  let names: [String]
  /// The group of each row.
  let codes: [Int32]
  /// The first row of each group.
  let firstRows: [Int]
  private let labels: [IndicatorLabels]

  /// How many groups there are.
  var count: Int { firstRows.count }

  /// Groups of rows; without columns all rows are one.
  ///
  /// - Complexity: O(rows × columns).
  init(_ columns: [(name: String, labels: IndicatorLabels)], rowCount: Int) {
    names = columns.map(\.name)
    labels = columns.map(\.labels)
    var codes = labels.first?.codes ?? [Int32](repeating: 0, count: rowCount)
    var count = labels.first?.values.count ?? 1
    for column in labels.dropFirst() {
      (codes, count) = Self.combined(codes, count, column)
    }
    self.codes = codes
    var firstRows = [Int](repeating: -1, count: count)
    var left = count
    for (row, code) in codes.enumerated() where firstRows[Int(code)] < 0 {
      firstRows[Int(code)] = row
      left -= 1
      if left == 0 { break }
    }
    self.firstRows = firstRows
  }

  /// Codes of the pairs in the order of their first row: through a table where one of all pairs is small.
  private static func combined(
    _ codes: [Int32], _ count: Int, _ other: IndicatorLabels
  ) -> (codes: [Int32], count: Int) {
    let width = max(other.values.count, 1)
    var next: Int32 = 0
    var result = codes
    if count <= (1 << 22) / width {
      var known = [Int32](repeating: -1, count: count * width)
      for row in codes.indices {
        let pair = Int(codes[row]) * width + Int(other.codes[row])
        if known[pair] < 0 {
          known[pair] = next
          next += 1
        }
        result[row] = known[pair]
      }
    } else {
      var known: [Int64: Int32] = [:]
      for row in codes.indices {
        let pair = Int64(codes[row]) << 32 | Int64(other.codes[row])
        if let code = known[pair] {
          result[row] = code
        } else {
          known[pair] = next
          result[row] = next
          next += 1
        }
      }
    }
    return (result, Int(next))
  }

  /// How messages call a group; nil where there is only the whole file.
  func name(of group: Int) -> String? {
    labels.isEmpty ? nil : labels.map { $0[firstRows[group]] }.joined(separator: ", ")
  }

  /// The labels of groups, one column for each of `--by`: of all groups, or of those given, which may repeat.
  func columns(of groups: [Int]? = nil) -> [Table.Column] {
    let rows = groups.map { $0.map { firstRows[$0] } } ?? firstRows
    return zip(names, labels).map { name, labels in Table.Column(name, text: labels.rows(rows)) }
  }

  /// The label that a group has in a column of `--by`.
  func label(_ column: Int, of group: Int) -> String { labels[column][firstRows[group]] }

  /// The rows of each group, in file order.
  ///
  /// - Complexity: O(rows).
  func rows() -> [[Int]] {
    var rows = [[Int]](repeating: [], count: count)
    for (row, code) in codes.enumerated() { rows[Int(code)].append(row) }
    return rows
  }
}
