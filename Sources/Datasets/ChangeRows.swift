internal import Demography
internal import Tables

/// The checked rows of a file of changes.
struct ChangeRows {
  private(set) var names: [String] = []
  private(set) var titles: [String] = []
  /// The change of a row; `nil` where the row sets the migration window.
  private(set) var changes: [Scenario.Change?] = []
  /// The migration window that a row sets.
  private(set) var windows: [Int?] = []
  /// The line of each row.
  private(set) var lines: [Int] = []

  private let area: (String) -> String?

  init(file: String, named: Bool, area: @escaping (String) -> String? = { $0 }) throws(Problems) {
    self.area = area
    let optional = { (name: String, kind: ColumnKind) in
      ColumnRequest(name, kind, presence: .optional, allowsMissing: true)
    }
    let known =
      (named ? [ColumnRequest("scenario", .text), ColumnRequest("title", .text), optional("source", .text)] : [])
      + [
        ColumnRequest("component", .text), optional("area", .text), optional("sex", .text),
        optional("age_from", .integer), optional("age_to", .integer), optional("year_from", .integer),
        optional("year_to", .integer), ColumnRequest("operation", .text), ColumnRequest("value", .number),
      ]
    let table = try Table.read(csv: file, columns: known, others: .text)
    var problems = ProblemCollector()
    for name in table.columnNames where !known.contains(where: { $0.name == name }) {
      let near = NearestName.suggestion(for: name, in: known.map(\.name))
      problems.add(
        file: file, line: 1, column: table.columnNumber(name),
        "column \(quoted(name)) is not known; \(near ?? "expected " + known.map(\.name).joined(separator: ", "))")
    }
    try problems.throwIfAny()
    for row in 0..<table.rowCount {
      if named {
        names.append(table.text("scenario")?[row] ?? "")
        titles.append(table.text("title")?[row] ?? "")
      }
      lines.append(table.line(ofRow: row))
      changes.append(nil)
      windows.append(nil)
      read(row, of: table, problems: &problems)
    }
    try problems.throwIfAny()
  }

  private mutating func read(_ row: Int, of table: Table, problems: inout ProblemCollector) {
    func text(_ name: String) -> String? { table.text(name).map { $0[row] }.flatMap { $0.isEmpty ? nil : $0 } }
    func refuse(_ column: String, _ value: String, _ expected: String) {
      problems.add(table.problem(row: row, column: column, "\(column) \(quoted(value)); expected \(expected)"))
    }
    let value = table.numbers("value")?[row] ?? .nan
    let component = text("component") ?? ""
    if component == "migration-window" {
      guard value >= 1, value <= 100, value == value.rounded() else {
        return refuse("value", shortest(value), "a number of years, 1 to 100")
      }
      windows[row] = Int(value)
      return
    }
    guard let part = Component(rawValue: component), part != .sexRatio else {
      return refuse("component", component, "fertility, mortality, migration or migration-window")
    }
    let word = text("operation") ?? ""
    guard let operation = Scenario.Operation(rawValue: word) else {
      return refuse("operation", word, Scenario.Operation.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let sexText = text("sex")
    let sex = sexText.flatMap { Sex(rawValue: $0.lowercased()) }
    if let sexText, sex == nil { refuse("sex", sexText, "female, male or nothing") }
    let areaText = text("area")
    let code = areaText.flatMap(area)
    if let areaText, code == nil { refuse("area", areaText, "an area that is projected") }
    changes[row] = Scenario.Change(
      component: part, areas: code.map { [$0] }, sex: sex, ages: span("age", row, table, &problems),
      years: span("year", row, table, &problems), operation: operation, value: value)
  }

  private func span(
    _ name: String, _ row: Int, _ table: Table, _ problems: inout ProblemCollector
  ) -> ClosedRange<Int>? {
    func bound(_ column: String) -> Int? {
      table.numbers(column).map { $0[row] }.flatMap { $0.isNaN ? nil : Int($0) }
    }
    let from = bound("\(name)_from")
    let to = bound("\(name)_to")
    guard from != nil || to != nil else { return nil }
    let low = from ?? 0
    let high = to ?? (name == "age" ? Overrides.oldestAge : 9_999)
    guard low <= high else {
      problems.add(
        table.problem(row: row, column: "\(name)_to", "\(name)s \(low) to \(high); expected the lower one first"))
      return nil
    }
    return low...high
  }
}
