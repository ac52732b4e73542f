internal import Tables

/// Rows with the same values in some columns, numbered from 0 in the order of their first row.
struct RowGroups {
  /// The group of each row.
  let ids: [Int]
  /// The first row of each group.
  let firstRows: [Int]

  /// How many groups there are.
  var count: Int { firstRows.count }

  /// One column's values as small numbers: rows with the same value have the same one.
  struct Codes {
    let values: [Int]
    /// All values lie below this.
    let limit: Int
  }

  /// Groups the rows of a table; without columns all rows are one group.
  ///
  /// - Complexity: O(rows × columns).
  init(of table: Table, by columns: [String]) {
    self.init(columns.compactMap { Self.codes(of: table, $0) }, rowCount: table.rowCount)
  }

  /// Groups rows by their codes.
  init(_ columns: [Codes], rowCount: Int) {
    var ids = [Int](repeating: 0, count: rowCount)
    var firstRows = rowCount > 0 ? [0] : []
    for column in columns {
      var known: [Int: Int] = [:]
      var next: [Int] = []
      // A sorted file repeats the value of the row above.
      var last = (pair: -1, id: -1)
      for row in 0..<rowCount {
        let pair = ids[row] * column.limit + column.values[row]
        if pair != last.pair {
          let id = known[pair] ?? next.count
          if id == next.count {
            known[pair] = id
            next.append(row)
          }
          last = (pair, id)
        }
        ids[row] = last.id
      }
      firstRows = next
    }
    self.ids = ids
    self.firstRows = firstRows
  }

  /// The codes of a column; nil where the table has none of that name.
  static func codes(of table: Table, _ name: String) -> Codes? {
    switch table.column(name)?.cells {
    case .text(let column)?:
      // A missing cell is −1.
      return Codes(values: column.codes.map { Int($0) + 1 }, limit: column.values.count + 1)
    case .numbers(let numbers)?:
      var known: [UInt64: Int] = [:]
      let values = numbers.map { number in
        let bits = number.bitPattern
        if let code = known[bits] { return code }
        let code = known.count
        known[bits] = code
        return code
      }
      return Codes(values: values, limit: max(1, known.count))
    case nil: return nil
    }
  }
}

extension Table {
  /// A cell as the file writes it.
  func cellText(_ name: String, row: Int) -> String {
    switch column(name)?.cells {
    case .text(let column)?: column[row]
    case .numbers(let numbers)?: plainNumber(numbers[row])
    case nil: ""
    }
  }

  /// What tells a row's group from the others, such as `area E07000110, sex male`.
  func groupName(_ columns: [String], row: Int) -> String {
    columns.map { "\($0) \(cellText($0, row: row))" }.joined(separator: ", ")
  }
}

/// A number without a trailing `.0`; empty for a missing one.
func plainNumber(_ value: Double) -> String {
  guard !value.isNaN else { return "" }
  // Above 2⁵³ not every whole number is a Double.
  guard value == value.rounded(), value.magnitude < 0x1p53 else { return value.description }
  return String(Int(value))
}
