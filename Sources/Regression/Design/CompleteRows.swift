import Tables

/// Which rows of a table have every value that a model needs.
struct CompleteRows: Sendable {
  /// The complete rows; nil where all are.
  let rows: [Int]?

  /// How many rows the table has.
  let total: Int

  /// In how many rows each column is missing; columns that are never missing are not listed.
  let missing: [String: Int]

  /// How many rows are complete.
  var count: Int { rows?.count ?? total }

  /// Looks for missing cells in the columns of a table, and for values that are none of a factor's levels.
  ///
  /// - Complexity: O(rows × columns).
  init(_ table: Table, columns: [String], factors: [FactorValues] = []) {
    var isIncomplete: [Bool] = []
    var missing: [String: Int] = [:]
    func mark(_ name: String, _ isMissing: (Int) -> Bool) {
      if isIncomplete.isEmpty { isIncomplete = [Bool](repeating: false, count: table.rowCount) }
      for row in isIncomplete.indices where isMissing(row) {
        isIncomplete[row] = true
        missing[name, default: 0] += 1
      }
    }
    for name in columns {
      switch table.column(name)?.cells {
      case .numbers(let values): if Self.holdsNaN(values) { mark(name) { values[$0].isNaN } }
      case .text(let text): if text.codes.contains(where: { $0 < 0 }) { mark(name) { text.codes[$0] < 0 } }
      case nil: break
      }
    }
    for factor in factors {
      guard let isOutside = factor.outsideLevels() else { continue }
      mark(factor.name) { isOutside[$0] }
    }
    total = table.rowCount
    self.missing = missing
    rows = isIncomplete.contains(true) ? isIncomplete.indices.filter { !isIncomplete[$0] } : nil
  }

  private static func holdsNaN(_ values: [Double]) -> Bool {
    // A sum of zeros and NaNs: no branch in the loop.
    var sum = 0.0
    for value in values { sum += value * 0 }
    return sum.isNaN && values.contains { $0.isNaN }
  }

  /// The values of the complete rows; the array itself where all are.
  ///
  /// - Complexity: O(rows) where some are not, else O(1).
  func gather<Value>(_ values: [Value]) -> [Value] { rows.map { $0.map { values[$0] } } ?? values }

  /// Calls `body` with each complete row.
  func forEach(_ body: (Int) -> Void) {
    if let rows {
      for row in rows { body(row) }
    } else {
      for row in 0..<total { body(row) }
    }
  }

  /// The table's row of a complete row.
  func source(of index: Int) -> Int { rows?[index] ?? index }
}
