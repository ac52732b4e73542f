internal import Demography
internal import Tables

/// The checked rows of a file of rates or flows, spread over areas, steps, sexes and ages.
///
/// A row of area `*` fills every area that has no row of its own for the cell.
struct RateCells {
  let file: String
  /// For each value column `[area][step][sex][row]`; NaN where no row gives a value.
  private(set) var values: [[Double]]

  private let reader: RateReader
  private let sexes: Int
  private let rows: Int

  init(
    file: String, columns: [String], bySex: Bool, reader: RateReader, birthRow: Bool,
    check: (Double) -> String?, notes: inout [String]
  ) throws(Problems) {
    self.file = file
    self.reader = reader
    sexes = bySex ? 2 : 1
    rows = reader.grid.ages.count + (birthRow ? 1 : 0)
    let table = try Table.read(
      csv: file,
      columns: [ColumnRequest("area", .text), ColumnRequest("year", .integer)]
        + (bySex ? [ColumnRequest("sex", .text)] : []) + [ColumnRequest("age", .text)]
        + columns.map { ColumnRequest($0, .number) }, others: .skip)
    notes += table.notes.map { "\(file): \($0)" }
    guard let area = table.text("area"), let year = table.numbers("year"), let age = table.text("age")
    else { throw Problems(table.problem("is not a table of rates")) }
    var problems = ProblemCollector()
    let sex = table.text("sex").map { SexLabels($0, in: table, problems: &problems) }
    let position = Self.agePositions(age, grid: reader.grid, birthRow: birthRow)
    let known = Set(reader.known)
    let place = area.values.map { label in reader.areas.firstIndex(of: label) }
    let isEvery = area.values.map { $0 == "*" }
    let numbers = columns.map { table.numbers($0) ?? [] }
    var every = Sheet(count: reader.years.count * sexes * rows, columns: columns.count)
    var own = Sheet(count: reader.areas.count * every.count, columns: columns.count)
    var strangers: Set<String> = []
    for row in 0..<table.rowCount {
      for (c, column) in columns.enumerated() {
        if let complaint = check(numbers[c][row]) {
          problems.add(
            table.problem(row: row, column: column, "\(column) \(number(numbers[c][row])); \(complaint)"))
        }
      }
      let x: Int
      switch position[Int(age.codes[row])] {
      case .success(let found): x = found
      case .failure(let complaint):
        problems.add(table.problem(row: row, column: "age", complaint.message))
        continue
      }
      let code = Int(area.codes[row])
      if !isEvery[code], !known.contains(area.values[code]) { strangers.insert(area.values[code]) }
      let step = Int(year[row]) - reader.years.lowerBound
      guard reader.years.indices.contains(Int(year[row])), isEvery[code] || place[code] != nil else { continue }
      if sex != nil, sex?[row] == nil { continue }
      let s = sex?[row]?.index ?? 0
      let cell = (step * sexes + s) * rows + x
      let first =
        isEvery[code]
        ? every.set(cell, row, numbers)
        : own.set((place[code] ?? 0) * every.count + cell, row, numbers)
      if let first {
        problems.add(
          table.problem(
            row: row, column: "age",
            "area \(quoted(area[row])), year \(Int(year[row])), age \(quoted(age[row])) stands twice; "
              + "first on line \(table.line(ofRow: first))"))
      }
    }
    try problems.throwIfAny()
    values = own.values.indices.map { column in
      own.values[column].indices.map { cell in
        let value = own.values[column][cell]
        return value.isNaN ? every.values[column][cell % every.count] : value
      }
    }
    if !strangers.isEmpty {
      let names = strangers.sorted()
      notes.append("\(file): rows of \(few(names.map { quoted($0) })) not used; population.csv has no such area")
    }
  }

  private static func agePositions(
    _ age: TextColumn, grid: AgeGrid, birthRow: Bool
  ) -> [Result<Int, AgeComplaint>] {
    age.values.map { label in
      if birthRow, label.lowercased() == "birth" { return .success(0) }
      return grid.position(of: label).map { $0 + (birthRow ? 1 : 0) }
    }
  }

  /// The values of a column with the missing ones filled with zero.
  func filled(_ column: Int) -> [Double] { values[column].map { $0.isNaN ? 0 : $0 } }

  /// Every cell must have a value.
  func requireAll(labels: [String]) throws(Problems) {
    var problems = ProblemCollector()
    eachBlock { area, year, sex, block in
      let missing = labels.indices.filter { values[0][block + $0].isNaN }
      guard !missing.isEmpty else { return }
      problems.add(
        file: file,
        "area \(quoted(area)), year \(year), \(sex.rawValue): no rate for "
          + (missing.count == labels.count ? "any age" : "age \(few(missing.map { labels[$0] }))")
          + "; the step from mid-\(year) needs every age\(labels.first == "birth" ? " and birth" : "")")
    }
    try problems.throwIfAny()
  }

  /// Every area and step must have at least one value.
  func requireEachStep() throws(Problems) {
    var problems = ProblemCollector()
    let block = sexes * rows
    for (a, area) in reader.areas.enumerated() {
      for (s, year) in reader.years.enumerated() {
        let start = (a * reader.years.count + s) * block
        if values[0][start..<(start + block)].allSatisfy(\.isNaN) {
          problems.add(
            file: file,
            "area \(quoted(area)): no row for year \(year); every step from \(reader.years.lowerBound) to "
              + "\(reader.years.upperBound - 1) needs its year (write 0 where there is nothing)")
        }
      }
    }
    try problems.throwIfAny()
  }

  private func eachBlock(_ body: (String, Int, Sex, Int) -> Void) {
    for (a, area) in reader.areas.enumerated() {
      for (s, year) in reader.years.enumerated() {
        for sex in Sex.allCases.prefix(sexes) {
          body(area, year, sex, ((a * reader.years.count + s) * sexes + sex.index) * rows)
        }
      }
    }
  }
}

/// Cells with the row that filled each.
private struct Sheet {
  let count: Int
  private(set) var values: [[Double]]
  private var rowOfCell: [Int32]

  init(count: Int, columns: Int) {
    self.count = count
    values = Array(repeating: Array(repeating: .nan, count: count), count: columns)
    rowOfCell = Array(repeating: -1, count: count)
  }

  /// Fills a cell from a row; returns the row that had filled it before.
  mutating func set(_ cell: Int, _ row: Int, _ numbers: [[Double]]) -> Int? {
    guard rowOfCell[cell] < 0 else { return Int(rowOfCell[cell]) }
    rowOfCell[cell] = Int32(row)
    for column in values.indices { values[column][cell] = numbers[column][row] }
    return nil
  }
}
