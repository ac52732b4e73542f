internal import Demography
internal import Tables

/// The checked rows of a user's `population.csv`.
struct PopulationCells: Sendable {
  let file: String
  let areas: [String]
  let years: [Int]
  let ages: AgeScale
  let notes: [String]

  /// The position of the block of each area and year that has rows, by `area * years + year`.
  private let blocks: [Int: Int]
  /// People, `[block][sex][age]`; NaN where no row gives them.
  private let values: [Double]
  private let lines: CellLines
  /// The first line of each age.
  private let lineOfAge: [Int]
  private let columns: (area: Int?, sex: Int?, age: Int?)

  /// More people than live on Earth are a slip, and their sums would not be finite.
  static let mostPeople = 1e11

  init(file: String) throws(Problems) {
    self.file = file
    let (table, readNotes) = try Table.readInput(
      file,
      columns: [
        ColumnRequest("area", .text), ColumnRequest("year", .integer), ColumnRequest("sex", .text),
        ColumnRequest("age", .text), ColumnRequest("population", .number),
        ColumnRequest("series", .text, presence: .optional, allowsMissing: true),
      ])
    guard let area = table.text("area"), let year = table.numbers("year"),
      let sex = table.text("sex"), let age = table.text("age"), let people = table.numbers("population")
    else { throw Problems(table.problem("is not a table of people")) }
    var problems = ProblemCollector()
    let sexes = SexLabels(sex, in: table, problems: &problems)
    Self.checkCells(table, area, year, age, people, problems: &problems)
    try problems.throwIfAny()
    try Self.checkSeries(table, year: year)

    let scale = try Self.scale(of: age, in: table)
    let grid = AgeGrid(scale)
    let ageOfCode = age.values.map { try? grid.position(of: $0).get() }
    let years = Set(year.map { Int($0) }).sorted()
    let yearPosition = Dictionary(uniqueKeysWithValues: years.enumerated().map { ($1, $0) })
    let size = 2 * scale.count
    var blocks: [Int: Int] = [:]
    var blockOfRow: [Int] = []
    blockOfRow.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      let key = Int(area.codes[row]) * years.count + (yearPosition[Int(year[row])] ?? 0)
      let block = blocks[key] ?? blocks.count
      blocks[key] = block
      blockOfRow.append(block)
    }
    var values = Array(repeating: Double.nan, count: blocks.count * size)
    var lines = CellLines(count: values.count)
    var lineOfAge = Array(repeating: 0, count: scale.count)
    for row in 0..<table.rowCount {
      guard let s = sexes[row], let x = ageOfCode[Int(age.codes[row])] else { continue }
      let cell = blockOfRow[row] * size + s.index * scale.count + x
      if lines[cell] == 0 {
        values[cell] = people[row]
        lines[cell] = table.line(ofRow: row)
        if lineOfAge[x] == 0 { lineOfAge[x] = lines[cell] }
      } else {
        problems.add(
          table.problem(
            row: row, column: "age",
            "area \(quoted(area[row])), year \(Int(year[row])), \(s.rawValue), age \(quoted(age[row])) stands "
              + "twice; first on line \(lines[cell])"))
      }
    }
    try problems.throwIfAny()
    areas = area.values
    self.years = years
    ages = scale
    self.blocks = blocks
    self.values = values
    self.lines = lines
    self.lineOfAge = lineOfAge
    columns = (table.columnNumber("area"), table.columnNumber("sex"), table.columnNumber("age"))
    notes =
      readNotes
      + zip(years, years.dropFirst()).filter { $1 > $0 + 1 }.map {
        "\(file): no year between \($0) and \($1); only the base year is used"
      }
  }

  private static func checkCells(
    _ table: Table, _ area: TextColumn, _ year: [Double], _ age: TextColumn, _ people: [Double],
    problems: inout ProblemCollector
  ) {
    CalendarYears.check(year, in: table, problems: &problems)
    for (row, count) in people.enumerated() where !(0...mostPeople).contains(count) {
      problems.add(
        table.problem(
          row: row, column: "population",
          "population \(shortest(count)); expected "
            + (count < 0 ? "0 or more" : "a number of people, at most \(shortest(mostPeople))")))
    }
    if let every = area.values.firstIndex(of: "*") {
      for row in 0..<table.rowCount where Int(area.codes[row]) == every {
        problems.add(
          table.problem(
            row: row, column: "area", "area \"*\"; expected a name (\"*\" stands for every area in other files)"))
      }
    }
    let wrong = age.values.map { AgeLabel($0) == nil }
    guard wrong.contains(true) else { return }
    for row in 0..<table.rowCount where wrong[Int(age.codes[row])] {
      problems.add(
        table.problem(
          row: row, column: "age",
          "age \(quoted(age[row])); expected completed years such as 7, 5-9 or 90+"))
    }
  }

  private static func scale(of age: TextColumn, in table: Table) throws(Problems) -> AgeScale {
    switch AgeGrid.scale(of: age.values) {
    case .success(let found): return found
    case .failure(let complaint):
      let row = (0..<table.rowCount).first { age[$0] == complaint.label }
      throw Problems(
        row.map { table.problem(row: $0, column: "age", complaint.message) }
          ?? table.problem(complaint.message))
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

  /// A problem at the first row of an age group.
  func problem(atAge index: Int, _ message: String) -> Problem {
    Problem(file: file, line: lineOfAge[index], column: columns.age, message: message)
  }

  /// The first line of an area's rows of a mid-year; nil where it has none.
  func firstLine(area: Int, year: Int) -> Int? {
    cells(area: area, year: year)?.lazy.map { lines[$0] }.filter { $0 > 0 }.min()
  }

  /// All people of an area at a mid-year and the first line that counts them; nil where a cell is missing.
  func total(area: Int, year: Int) -> (people: Double, line: Int)? {
    guard let cells = cells(area: area, year: year), cells.allSatisfy({ !values[$0].isNaN }),
      let line = firstLine(area: area, year: year)
    else { return nil }
    return (cells.reduce(0) { $0 + values[$1] }, line)
  }

  /// A problem in the column `area` of a line.
  func problem(inAreaOf line: Int, _ message: String) -> Problem {
    Problem(file: file, line: line, column: columns.area, message: message)
  }

  private func cells(area: Int, year: Int) -> Range<Int>? {
    guard let y = years.firstIndex(of: year), let block = blocks[area * years.count + y] else { return nil }
    return (block * 2 * ages.count)..<((block + 1) * 2 * ages.count)
  }

  /// The people of some areas at a mid-year; a missing cell is a problem.
  func population(of labels: [String], year: Int) throws(Problems) -> Population {
    guard years.contains(year) else {
      throw Problems(Problem(file: file, message: "no year \(year); it holds \(spans(years))"))
    }
    var problems = ProblemCollector()
    var counts: [Double] = []
    for label in labels {
      guard let a = areas.firstIndex(of: label), let cells = cells(area: a, year: year) else {
        problems.add(missingYear(year, of: label))
        continue
      }
      for sex in Sex.allCases {
        let start = cells.lowerBound + sex.index * ages.count
        let row = start..<(start + ages.count)
        if let problem = missing(row, in: cells, "area \(quoted(label)), year \(year), \(sex.rawValue)") {
          problems.add(problem)
        }
        counts += values[row]
      }
    }
    try problems.throwIfAny()
    return try inFile(file) { () throws(PopulationError) in
      try Population(
        areas: labels.map { Area(code: $0) }, ages: ages, year: year, counts: counts)
    }
  }

  private func missingYear(_ year: Int, of label: String) -> Problem {
    let held = areas.firstIndex(of: label).map { a in years.filter { cells(area: a, year: $0) != nil } } ?? []
    let line = held.last.flatMap { last in
      areas.firstIndex(of: label).flatMap { cells(area: $0, year: last) }?.map { lines[$0] }.max()
    }
    return Problem(
      file: file, line: line, column: columns.area,
      message: held.isEmpty
        ? "no area \(quoted(label))"
        : "area \(quoted(label)): no row for year \(year), the base year; its rows are of \(spans(held))")
  }

  /// What is missing of a sex of an area, at the row nearest to it.
  private func missing(_ row: Range<Int>, in block: Range<Int>, _ place: String) -> Problem? {
    let gaps = row.filter { values[$0].isNaN }
    guard let first = gaps.first else { return nil }
    let near = lines.neighbour(of: first, within: [row, block])
    let isWhole = gaps.count == row.count
    return Problem(
      file: file, line: near?.line, column: isWhole ? columns.sex : columns.age,
      message: "\(place): no row for "
        + (isWhole ? "any age" : "age \(few(gaps.map { ages.label(at: $0 - row.lowerBound) }))")
        + "; expected one for every age of both sexes"
        + (isWhole || near == nil
          ? "" : " (this line has age \(ages.label(at: ((near?.cell ?? 0) - block.lowerBound) % ages.count)))"))
  }
}
