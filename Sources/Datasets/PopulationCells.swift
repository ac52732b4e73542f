internal import Demography
internal import Tables

/// The checked rows of a user's `population.csv`.
struct PopulationCells: Sendable {
  let file: String
  let areas: [String]
  let years: [Int]
  let ages: AgeScale
  let notes: [String]

  /// People, `[area][year][sex][age]`; NaN where no row gives them.
  private let values: [Double]

  init(file: String) throws(Problems) {
    self.file = file
    let table = try Table.read(
      csv: file,
      columns: [
        ColumnRequest("area", .text), ColumnRequest("year", .integer), ColumnRequest("sex", .text),
        ColumnRequest("age", .text), ColumnRequest("population", .number),
        ColumnRequest("series", .text, presence: .optional, allowsMissing: true),
      ], others: .skip)
    guard let area = table.text("area"), let year = table.numbers("year"),
      let sex = table.text("sex"), let age = table.text("age"), let people = table.numbers("population")
    else { throw Problems(table.problem("is not a table of people")) }

    var problems = ProblemCollector()
    let sexes = SexLabels(sex, in: table, problems: &problems)
    for (row, count) in people.enumerated() where count < 0 {
      problems.add(
        table.problem(row: row, column: "population", "population \(number(count)); expected 0 or more"))
    }
    Self.checkAgeLabels(age, in: table, problems: &problems)
    try problems.throwIfAny()
    let scale: AgeScale
    switch AgeGrid.scale(of: age.values) {
    case .success(let found): scale = found
    case .failure(let complaint): throw Problems(Problem(file: file, message: complaint.message))
    }
    try Self.checkSeries(table, year: year)

    let grid = AgeGrid(scale)
    let ageOfCode = age.values.map { try? grid.position(of: $0).get() }
    let years = Set(year.map { Int($0) }).sorted()
    let yearPosition = Dictionary(uniqueKeysWithValues: years.enumerated().map { ($1, $0) })
    let block = 2 * scale.count
    var values = Array(repeating: Double.nan, count: area.values.count * years.count * block)
    var firstRow: [Int: Int] = [:]
    for row in 0..<table.rowCount {
      guard let s = sexes[row], let x = ageOfCode[Int(age.codes[row])],
        let y = yearPosition[Int(year[row])]
      else { continue }
      let cell = ((Int(area.codes[row]) * years.count + y) * 2 + s.index) * scale.count + x
      if values[cell].isNaN {
        values[cell] = people[row]
        firstRow[cell] = row
      } else {
        problems.add(
          table.problem(
            row: row, column: "age",
            "area \(quoted(area[row])), year \(years[y]), \(s.rawValue), age \(quoted(age[row])) stands twice; "
              + "first on line \(table.line(ofRow: firstRow[cell] ?? row))"))
      }
    }
    try problems.throwIfAny()
    areas = area.values
    self.years = years
    ages = scale
    self.values = values
    let gaps = zip(years, years.dropFirst()).filter { $1 > $0 + 1 }
    notes =
      table.notes.map { "\(file): \($0)" }
      + gaps.map { "\(file): no year between \($0) and \($1); only the base year is used" }
  }

  private static func checkAgeLabels(
    _ age: TextColumn, in table: Table, problems: inout ProblemCollector
  ) {
    let wrong = age.values.map { AgeLabel($0) == nil }
    guard wrong.contains(true) else { return }
    for row in 0..<table.rowCount where wrong[Int(age.codes[row])] {
      problems.add(
        table.problem(
          row: row, column: "age",
          "age \(quoted(age[row])); expected completed years such as 7, 5-9 or 90+"))
    }
  }

  /// Rebased and original estimates do not meet in one year.
  private static func checkSeries(_ table: Table, year: [Double]) throws(Problems) {
    guard let series = table.text("series") else { return }
    var seriesOfYear: [Int: (code: Int32, row: Int)] = [:]
    for row in 0..<table.rowCount {
      let y = Int(year[row])
      guard let first = seriesOfYear[y] else {
        seriesOfYear[y] = (series.codes[row], row)
        continue
      }
      guard first.code != series.codes[row] else { continue }
      throw Problems(
        table.problem(
          row: row, column: "series",
          "series \(quoted(series[row])), but \(quoted(series[first.row])) on line \(table.line(ofRow: first.row)); "
            + "estimates of different series do not mix: expected one series in year \(y)"))
    }
  }

  /// The people of some areas at a mid-year; a missing cell is a problem.
  func population(of labels: [String], year: Int) throws(Problems) -> Population {
    guard let y = years.firstIndex(of: year) else {
      throw Problems(Problem(file: file, message: "no year \(year); it holds \(spans(years))"))
    }
    var problems = ProblemCollector()
    var counts: [Double] = []
    for label in labels {
      guard let a = areas.firstIndex(of: label) else {
        throw Problems(Problem(file: file, message: "no area \(quoted(label))"))
      }
      for sex in Sex.allCases {
        let start = ((a * years.count + y) * 2 + sex.index) * ages.count
        let row = values[start..<(start + ages.count)]
        let missing = row.indices.filter { row[$0].isNaN }.map { ages.label(at: $0 - start) }
        if !missing.isEmpty {
          problems.add(
            file: file,
            "area \(quoted(label)), year \(year): \(sex.rawValue) has no row for "
              + (missing.count == ages.count ? "any age" : "age \(few(missing))")
              + "; expected one for every age of both sexes")
        }
        counts += row
      }
    }
    try problems.throwIfAny()
    return try inFile(file) { () throws(PopulationError) in
      try Population(
        areas: labels.map { Area(code: $0) }, ages: ages, year: year, counts: counts)
    }
  }
}

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

/// A number as a message shows it, without a trailing `.0`.
func number(_ value: Double) -> String {
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
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
