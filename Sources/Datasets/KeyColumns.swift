internal import Demography
internal import Tables

/// The sex of each row, read without regard to case.
struct SexLabels {
  private let codes: [Int32]
  private let sexes: [Sex?]

  init(_ column: TextColumn, in table: Table, problems: inout ProblemCollector) {
    codes = column.codes
    sexes = column.values.map { Sex(rawValue: $0.lowercased()) }
    guard sexes.contains(nil) else { return }
    for row in 0..<table.rowCount where self[row] == nil {
      problems.add(
        table.problem(
          row: row, column: "sex", "sex \(quoted(column[row])); expected female or male"))
    }
  }

  subscript(row: Int) -> Sex? { sexes[Int(codes[row])] }
}

/// The calendar years of a user's files.
enum CalendarYears {
  /// Years that a file may hold. Anything else is a slip of the keyboard, and the memory that the years up
  /// to it would take is no way to find out.
  static let possible: ClosedRange<Double> = 1500...2500

  /// Adds a problem for each year that is none.
  static func check(_ years: [Double], in table: Table, problems: inout ProblemCollector) {
    for (row, year) in years.enumerated() where !possible.contains(year) {
      problems.add(
        table.problem(row: row, column: "year", "year \(shortest(year)); expected a calendar year such as 2023"))
    }
  }
}

extension Table {
  /// Reads a file of the user; the second value says what was not read as written.
  ///
  /// Columns that nobody asked for are named in a note, those without a name are passed over.
  static func readInput(
    _ file: String, columns: [ColumnRequest]
  ) throws(Problems) -> (table: Table, notes: [String]) {
    let table: Table
    if let read = try? Table.read(csv: file, columns: columns, others: .text) {
      table = read
    } else {
      // Unnamed columns stop the first attempt; so does whatever stops the second, which says it.
      table = try Table.read(csv: file, columns: columns, others: .skip)
    }
    let requested = Set(columns.map(\.name))
    let others = table.columnNames.filter { !requested.contains($0) }
    var notes = table.notes.map { "\(file): \($0)" }
    if !others.isEmpty {
      notes.append("\(file):1: column\(others.count > 1 ? "s" : "") \(few(others.map { quoted($0) })) not read")
    }
    return (table, notes)
  }
}

/// The first few of many names.
func few(_ names: [String]) -> String {
  names.count <= 4
    ? names.joined(separator: ", ")
    : names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
}

/// Years as a span, `2001 to 2023`, or listed where there are gaps.
func spans(_ years: [Int]) -> String {
  guard let first = years.first, let last = years.last else { return "no years" }
  if first == last { return "\(first)" }
  if last - first == years.count - 1 { return "\(first) to \(last)" }
  return few(years.map(String.init))
}
