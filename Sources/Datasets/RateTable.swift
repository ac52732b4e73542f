internal import Tables

/// A user's file of rates or flows as it was read: its cells are numbers and words, but nothing else is checked.
struct RateTable: Sendable {
  /// The cells.
  let table: Table
  /// What was not read as written.
  let notes: [String]
  /// Whether the rows tell women from men.
  let isBySex: Bool
  /// The sets of value columns, of which the file must have exactly one.
  private let alternatives: [[String]]

  /// The columns that a row is known by.
  var keys: [String] { isBySex ? ["area", "year", "sex", "age"] : ["area", "year", "age"] }

  /// Reads a file.
  ///
  /// - Throws: `Problems` with line and column of everything that cannot be read.
  init(_ file: String, alternatives: [[String]] = [["rate"]], bySex: Bool) throws(Problems) {
    self.alternatives = alternatives
    isBySex = bySex
    let keys = bySex ? ["area", "year", "sex", "age"] : ["area", "year", "age"]
    (table, notes) = try Table.readInput(
      file,
      columns: keys.map { ColumnRequest($0, $0 == "year" ? .integer : .text) }
        + alternatives.joined().map {
          ColumnRequest($0, .number, presence: alternatives.count > 1 ? .optional : .required)
        })
  }

  /// The value columns that the file has.
  ///
  /// - Throws: `Problems` where they are none of the alternatives.
  func valueColumns() throws(Problems) -> [String] {
    let present = Set(alternatives.joined().filter { table.numbers($0) != nil })
    if let found = alternatives.first(where: { Set($0) == present }) { return found }
    let wanted = alternatives.map { $0.joined(separator: " and ") }.joined(separator: " or ")
    throw Problems(
      Problem(
        file: table.file, line: 1, column: 1,
        message: "columns \(table.columnNames.prefix(12).map { quoted($0) }.joined(separator: ", ")); "
          + "expected \(keys.joined(separator: ", ")) and either \(wanted)"))
  }
}
