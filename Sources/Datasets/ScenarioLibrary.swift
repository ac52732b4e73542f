public import Demography
public import Tables

/// Named scenarios as data: one row a change.
///
/// Columns: `scenario,title` (not in a user's own file of overrides), `component` (`fertility`, `mortality`,
/// `migration`, or `migration-window` for the number of past years), `sex,age_from,age_to,year_from,year_to`
/// (empty means all; `area`, a code or label, may stand besides), `operation` (`multiply`, `add`, `set`,
/// `add-share-of-magnitude`) and `value`.
public enum ScenarioLibrary {
  /// The scenarios of the package `scenarios`, in file order.
  ///
  /// - Throws: `Problems` of its file.
  public static func scenarios(_ folder: DatasetFolder) throws(Problems) -> [Scenario] {
    let rows = try ChangeRows(file: folder.file("scenarios", "scenarios.csv"), named: true)
    var order: [String] = []
    var rowsOf: [String: [Int]] = [:]
    for row in rows.names.indices {
      if rowsOf[rows.names[row]] == nil { order.append(rows.names[row]) }
      rowsOf[rows.names[row], default: []].append(row)
    }
    return order.map { name in
      let own = rowsOf[name] ?? []
      return Scenario(
        name: name, title: own.first.map { rows.titles[$0] } ?? name,
        changes: own.compactMap { rows.changes[$0] },
        migrationWindow: own.compactMap { rows.windows[$0] }.last)
    }
  }

  /// A user's own changes.
  ///
  /// - Throws: `Problems` with file, line, column and value of everything that is wrong.
  public static func overrides(file: String) throws(Problems) -> Scenario {
    let rows = try ChangeRows(file: file, named: false)
    return Scenario(
      name: file, title: "\(rows.changes.count) changes of \(file)",
      changes: rows.changes.compactMap(\.self), migrationWindow: rows.windows.compactMap(\.self).last)
  }
}

/// The rows of a file of changes.
private struct ChangeRows {
  var names: [String] = []
  var titles: [String] = []
  /// The change of a row; `nil` where the row sets the migration window.
  var changes: [Scenario.Change?] = []
  var windows: [Int?] = []

  init(file: String, named: Bool) throws(Problems) {
    let optional = { (name: String, kind: ColumnKind) in
      ColumnRequest(name, kind, presence: .optional, allowsMissing: true)
    }
    let table = try Table.read(
      csv: file,
      columns: (named ? [ColumnRequest("scenario", .text), ColumnRequest("title", .text)] : [])
        + [
          ColumnRequest("component", .text), optional("area", .text), optional("sex", .text),
          optional("age_from", .integer), optional("age_to", .integer),
          optional("year_from", .integer), optional("year_to", .integer),
          ColumnRequest("operation", .text), ColumnRequest("value", .number),
        ], others: .skip)
    var problems = ProblemCollector()
    for row in 0..<table.rowCount {
      if named {
        names.append(table.text("scenario")?[row] ?? "")
        titles.append(table.text("title")?[row] ?? "")
      }
      read(row, of: table, problems: &problems)
    }
    try problems.throwIfAny()
  }

  private mutating func read(_ row: Int, of table: Table, problems: inout ProblemCollector) {
    func text(_ name: String) -> String? { table.text(name).map { $0[row] }.flatMap { $0.isEmpty ? nil : $0 } }
    func integer(_ name: String) -> Int? {
      table.numbers(name).map { $0[row] }.flatMap { $0.isNaN ? nil : Int($0) }
    }
    let value = table.numbers("value")?[row] ?? .nan
    let component = text("component") ?? ""
    if component == "migration-window" {
      if value < 1 || value != value.rounded() {
        problems.add(
          table.problem(row: row, column: "value", "\(number(value)); expected a number of years, 1 or more"))
      }
      changes.append(nil)
      windows.append(Int(max(1, min(value, 100))))
      return
    }
    windows.append(nil)
    guard let part = Component(rawValue: component), part != .sexRatio else {
      problems.add(
        table.problem(
          row: row, column: "component",
          "\(quoted(component)); expected fertility, mortality, migration or migration-window"))
      changes.append(nil)
      return
    }
    let word = text("operation") ?? ""
    guard let operation = Scenario.Operation(rawValue: word) else {
      problems.add(
        table.problem(
          row: row, column: "operation",
          "\(quoted(word)); expected \(Scenario.Operation.allCases.map(\.rawValue).joined(separator: ", "))"))
      changes.append(nil)
      return
    }
    let sexText = text("sex")
    let sex = sexText.flatMap { Sex(rawValue: $0.lowercased()) }
    if let sexText, sex == nil {
      problems.add(table.problem(row: row, column: "sex", "sex \(quoted(sexText)); expected female, male or nothing"))
    }
    changes.append(
      Scenario.Change(
        component: part, areas: text("area").map { [$0] }, sex: sex,
        ages: span("age", integer, row, table, &problems),
        years: span("year", integer, row, table, &problems), operation: operation, value: value))
  }

  private func span(
    _ name: String, _ integer: (String) -> Int?, _ row: Int, _ table: Table,
    _ problems: inout ProblemCollector
  ) -> ClosedRange<Int>? {
    let from = integer("\(name)_from")
    let to = integer("\(name)_to")
    guard from != nil || to != nil else { return nil }
    let low = from ?? 0
    let high = to ?? 9_999
    guard low <= high else {
      problems.add(
        table.problem(row: row, column: "\(name)_to", "\(name)s \(low) to \(high); expected the lower one first"))
      return nil
    }
    return low...high
  }
}
