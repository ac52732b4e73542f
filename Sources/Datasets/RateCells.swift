internal import Demography
internal import Tables

/// The checked rows of a file of rates or flows, spread over areas, steps, sexes and ages.
///
/// A row of area `*` fills every area that has no row of its own for the cell.
struct RateCells {
  let file: String
  /// The value columns that the file has.
  let columns: [String]
  /// For each value column `[area][step][sex][row]`; NaN where no row gives a value.
  let values: [[Double]]

  private let reader: RateReader
  private let sexes: Int
  private let rows: Int
  private let lines: CellLines
  private let columnNumbers: [String: Int]

  /// Checks the rows of a file.
  ///
  /// - Parameters:
  ///   - check: why a value of a column is out of its range.
  init(
    _ rates: RateTable, reader: RateReader, birthRow: Bool, check: (String, Double) -> String?,
    notes: inout [String]
  ) throws(Problems) {
    let (table, bySex) = (rates.table, rates.isBySex)
    notes += rates.notes
    guard let area = table.text("area"), let year = table.numbers("year"), let age = table.text("age")
    else { throw Problems(table.problem("is not a table of rates")) }
    let columns = try rates.valueColumns()
    let numbers = columns.map { table.numbers($0) ?? [] }
    var problems = ProblemCollector()
    if !bySex, let others = table.text("sex") {
      for row in 0..<table.rowCount where others[row].lowercased() != "female" {
        problems.add(
          table.problem(
            row: row, column: "sex",
            "sex \(quoted(others[row])); fertility is that of women: expected female or no column sex"))
      }
    }
    let sex = (bySex ? table.text("sex") : nil).map { SexLabels($0, in: table, problems: &problems) }
    CalendarYears.check(year, in: table, problems: &problems)
    let size = reader.grid.ages.count + (birthRow ? 1 : 0)
    let sexCount = bySex ? 2 : 1
    let position = Self.agePositions(age, grid: reader.grid, birthRow: birthRow)
    let place = area.values.map { label in reader.areas.firstIndex(of: label) }
    let isEvery = area.values.map { $0 == "*" }
    var every = Sheet(count: reader.years.count * sexCount * size, columns: columns.count)
    var own = Sheet(count: reader.areas.count * every.count, columns: columns.count)
    for row in 0..<table.rowCount {
      for (c, column) in columns.enumerated() {
        if let complaint = check(column, numbers[c][row]) {
          problems.add(
            table.problem(row: row, column: column, "\(column) \(shortest(numbers[c][row])); \(complaint)"))
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
      guard let step = reader.step(year[row]), isEvery[code] || place[code] != nil else { continue }
      if sex != nil, sex?[row] == nil { continue }
      let s = sex?[row]
      let cell = (step * sexCount + (s?.index ?? 0)) * size + x
      let first =
        isEvery[code]
        ? every.set(cell, row, numbers)
        : own.set((place[code] ?? 0) * every.count + cell, row, numbers)
      if let first {
        problems.add(
          table.problem(
            row: row, column: "age",
            "area \(quoted(area[row])), year \(Int(year[row])), " + (s.map { "\($0.rawValue), " } ?? "")
              + "age \(quoted(age[row])) stands twice; first on line \(table.line(ofRow: first))"))
      }
    }
    try problems.throwIfAny()
    notes += Self.strangers(area, in: table, known: reader.known)
    file = table.file
    self.columns = columns
    self.reader = reader
    sexes = sexCount
    rows = size
    values = own.values.indices.map { column in
      own.values[column].indices.map { cell in
        own.row(cell) == nil ? every.values[column][cell % every.count] : own.values[column][cell]
      }
    }
    var lines = CellLines(count: own.count)
    for cell in 0..<own.count {
      lines[cell] = (own.row(cell) ?? every.row(cell % every.count)).map(table.line(ofRow:)) ?? 0
    }
    self.lines = lines
    columnNumbers = Dictionary(
      uniqueKeysWithValues: (rates.keys + columns).compactMap { name in
        table.columnNumber(name).map { (name, $0) }
      })
  }

  private static func agePositions(
    _ age: TextColumn, grid: AgeGrid, birthRow: Bool
  ) -> [Result<Int, AgeComplaint>] {
    age.values.map { label in
      if birthRow, label.lowercased() == "birth" { return .success(0) }
      return grid.position(of: label).map { $0 + (birthRow ? 1 : 0) }
    }
  }

  /// Notes on areas that the population does not have, at their first rows.
  private static func strangers(_ area: TextColumn, in table: Table, known: [String]) -> [String] {
    let held = Set(known + ["*"])
    let codes = area.values.indices.filter { !held.contains(area.values[$0]) }
    var notes = codes.prefix(3).map { code in
      let label = area.values[code]
      let line = (0..<table.rowCount).first { Int(area.codes[$0]) == code }.map(table.line(ofRow:)) ?? 1
      let near = NearestName.suggestion(for: label, in: known, limit: 1).map { "; \($0)" } ?? ""
      return "\(table.file):\(line):\(table.columnNumber("area") ?? 1): area \(quoted(label)) is not in "
        + "population.csv; its rows are not used\(near)"
    }
    if codes.count > 3 { notes.append("\(table.file): rows of \(codes.count - 3) more areas are not used") }
    return notes
  }

  /// The values of a column with the missing ones filled with zero.
  func filled(_ column: Int) -> [Double] { values[column].map { $0.isNaN ? 0 : $0 } }

  /// Every cell must have a value.
  func requireAll(labels: [String]) throws(Problems) {
    try requireEachStep()
    var problems = ProblemCollector()
    let need = "every age of the population" + (labels.first == "birth" ? " and birth" : "")
    for (s, year) in reader.years.enumerated() {
      for sex in Sex.allCases {
        let starts = reader.areas.indices.map { block($0, s).lowerBound + sex.index * rows }
        let missing = starts.map { start in (0..<rows).filter { values[0][start + $0].isNaN } }
        // What every area lacks, a file of `*` lacks once.
        let isCommon = missing.count > 1 && missing.allSatisfy { $0 == missing[0] }
        for (a, gaps) in (isCommon ? missing.prefix(1) : missing[...]).enumerated() {
          guard let first = gaps.first else { continue }
          let row = starts[a]..<(starts[a] + rows)
          let near = lines.neighbour(of: starts[a] + first, within: [row, block(a, s)])
          let isWhole = gaps.count == rows
          problems.add(
            file: file, line: near?.line, column: columnNumbers[isWhole ? "sex" : "age"],
            (isCommon ? "every area" : "area \(quoted(reader.areas[a]))")
              + ", year \(year), \(sex.rawValue): no rate for "
              + (isWhole ? "any age" : "age \(few(gaps.map { labels[$0] }))")
              + "; the step from mid-\(year) needs \(need)"
              + (isWhole || near == nil
                ? "" : " (this line has age \(labels[((near?.cell ?? 0) - starts[a]) % rows]))"))
        }
      }
    }
    try problems.throwIfAny()
  }

  /// Every area and step must have at least one value.
  func requireEachStep() throws(Problems) {
    var problems = ProblemCollector()
    for (s, year) in reader.years.enumerated() {
      let lacking = reader.areas.indices.filter { a in block(a, s).allSatisfy { values[0][$0].isNaN } }
      // A file of `*` lacks the year once, not once an area.
      let shown = lacking.count == reader.areas.count ? lacking.prefix(1) : lacking[...]
      for a in shown {
        let cells = block(a, 0).lowerBound..<block(a, reader.years.count - 1).upperBound
        let near = lines.neighbour(of: block(a, s).lowerBound, within: [cells])
        let steps =
          reader.years.count == 1
          ? "the step from \(year)" : "every step from \(reader.years.lowerBound) to \(reader.years.upperBound - 1)"
        problems.add(
          file: file, line: near?.line, column: columnNumbers["year"],
          (lacking.count > 1 && shown.count == 1 ? "" : "area \(quoted(reader.areas[a])): ")
            + "no row for year \(year); \(steps) needs its year"
            + (columns == ["rate"] && sexes == 2 ? "" : " (write 0 where there is nothing)"))
      }
    }
    try problems.throwIfAny()
  }

  /// Adds a problem for each value of the last age that a check refuses.
  func checkOpenGroup(_ check: (Double) -> String?) throws(Problems) {
    var problems = ProblemCollector()
    var seen = Set<Int>()
    eachBlock { _, _, _, start in
      let cell = start + rows - 1
      guard let complaint = check(values[0][cell]), seen.insert(lines[cell]).inserted else { return }
      problems.add(
        file: file, line: lines[cell], column: columnNumbers[columns[0]],
        "\(columns[0]) \(shortest(values[0][cell])); \(complaint)")
    }
    try problems.throwIfAny()
  }

  /// The cells of an area and step.
  private func block(_ area: Int, _ step: Int) -> Range<Int> {
    let size = sexes * rows
    let start = (area * reader.years.count + step) * size
    return start..<(start + size)
  }

  /// The cells of the area and step that a cell lies in.
  private func step(of cell: Int) -> Range<Int> {
    let size = sexes * rows
    return (cell / size * size)..<((cell / size + 1) * size)
  }

  private func eachBlock(_ body: (String, Int, Sex, Int) -> Void) {
    for (a, area) in reader.areas.enumerated() {
      for (s, year) in reader.years.enumerated() {
        for sex in Sex.allCases.prefix(sexes) {
          body(area, year, sex, block(a, s).lowerBound + sex.index * rows)
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

  /// The row that filled a cell.
  func row(_ cell: Int) -> Int? { rowOfCell[cell] < 0 ? nil : Int(rowOfCell[cell]) }

  /// Fills a cell from a row; returns the row that had filled it before.
  mutating func set(_ cell: Int, _ row: Int, _ numbers: [[Double]]) -> Int? {
    guard rowOfCell[cell] < 0 else { return Int(rowOfCell[cell]) }
    rowOfCell[cell] = Int32(row)
    for column in values.indices { values[column][cell] = numbers[column][row] }
    return nil
  }
}
