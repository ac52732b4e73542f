internal import Demography
internal import Tables

/// Reads a user's files of rates and flows onto the axes of a projection.
struct RateReader {
  let folder: String
  /// The areas to project, in order.
  let areas: [String]
  /// Every area of `population.csv`.
  let known: [String]
  let grid: AgeGrid
  /// The steps needed.
  let years: Range<Int>

  private var ages: AgeScale { grid.ages }

  /// The position of a year among the steps, or nil where it is none of them.
  func step(_ year: Double) -> Int? {
    guard year >= Double(years.lowerBound), year < Double(years.upperBound) else { return nil }
    return Int(year) - years.lowerBound
  }

  /// Mortality: every cell must be there.
  func mortality(
    _ table: RateTable, measure: MortalityMeasure, notes: inout [String]
  ) throws(Problems) -> MortalityRates {
    let file = table.table.file
    let rows = MortalityRates.rowCount(of: measure, ages: ages)
    let hasBirth = rows > ages.count
    let check = Self.check(measure)
    let cells = try RateCells(
      table, reader: self, birthRow: hasBirth, check: { check($1) }, notes: &notes)
    try cells.requireAll(labels: (hasBirth ? ["birth"] : []) + ages.labels)
    if measure == .centralDeathRate {
      try cells.checkOpenGroup {
        $0 > 0 ? nil : "expected more than 0 in the open group, which nobody would leave otherwise"
      }
    }
    let rates = try inFile(file) { () throws(AssumptionError) in
      try MortalityRates(
        measure: measure, ages: ages, years: years, areaCount: areas.count, values: cells.values[0])
    }
    guard measure == .centralDeathRate else { return rates }
    // Central rates go through a life table: what that refuses is an error of the file.
    _ = try inFile(file) { () throws(AssumptionError) in
      try rates.deathProbabilitiesByOrigin(for: .unEven)
    }
    return rates
  }

  /// Fertility and the sex ratio: ages left out are 0, but every step needs a row.
  func fertility(notes: inout [String]) throws(Problems) -> FertilityRates {
    let file = "\(folder)/fertility.csv"
    var collector = ProblemCollector()
    var cells: RateCells?
    do throws(Problems) {
      let read = try RateCells(
        RateTable(file, bySex: false), reader: self, birthRow: false,
        check: { _, value in
          value < 0
            ? "expected births per woman and year, 0 or more"
            : value > 1
              ? "expected births per woman and year, at most 1 (rates per 1,000 women: divide by 1000)" : nil
        }, notes: &notes)
      try read.requireEachStep()
      cells = read
    } catch { collector.add(error) }
    var ratios: [Double]?
    do throws(Problems) { ratios = try sexRatios(notes: &notes) } catch { collector.add(error) }
    try collector.throwIfAny()
    let values = cells?.filled(0) ?? []
    return try inFile(file) { () throws(AssumptionError) in
      try FertilityRates(
        ages: ages, years: years, areaCount: areas.count, values: values, sexRatios: ratios)
    }
  }

  /// Migration: none without the file; ages left out are 0, but every step needs a row.
  func migration(notes: inout [String]) throws(Problems) -> Migration {
    let file = "\(folder)/migration.csv"
    guard try FileSystem.names(in: folder).contains("migration.csv") else {
      return .none(ages: ages, years: years, areaCount: areas.count)
    }
    let cells = try RateCells(
      RateTable(file, alternatives: [["net"], ["in", "out"]], bySex: true), reader: self, birthRow: false,
      check: { column, value in
        if column != "net", value < 0 { return "expected people, 0 or more" }
        return value.magnitude > PopulationCells.mostPeople
          ? "expected people, at most \(shortest(PopulationCells.mostPeople))" : nil
      }, notes: &notes)
    try cells.requireEachStep()
    return try inFile(file) { () throws(AssumptionError) in
      cells.columns.count == 1
        ? try .net(ages: ages, years: years, areaCount: areas.count, values: cells.filled(0))
        : try .flows(
          ages: ages, years: years, areaCount: areas.count, arrivals: cells.filled(0),
          departures: cells.filled(1))
    }
  }

  private func sexRatios(notes: inout [String]) throws(Problems) -> [Double]? {
    guard try FileSystem.names(in: folder).contains("sex-ratio.csv") else { return nil }
    let file = "\(folder)/sex-ratio.csv"
    let (table, readNotes) = try Table.readInput(
      file, columns: [ColumnRequest("year", .integer), ColumnRequest("ratio", .number)])
    notes += readNotes
    var problems = ProblemCollector()
    var rowOfYear: [Int: Int] = [:]
    let year = table.numbers("year") ?? []
    CalendarYears.check(year, in: table, problems: &problems)
    let ratio = table.numbers("ratio") ?? []
    for row in year.indices {
      if !(ratio[row] > 0 && ratio[row] <= 2) {
        problems.add(
          table.problem(
            row: row, column: "ratio", "ratio \(shortest(ratio[row])); expected males per female at birth, such as 1.05"
          ))
      }
      if let first = rowOfYear[Int(year[row])] {
        problems.add(
          table.problem(
            row: row, column: "year",
            "year \(Int(year[row])) stands twice; first on line \(table.line(ofRow: first))"))
      }
      rowOfYear[Int(year[row])] = row
    }
    for step in years where rowOfYear[step] == nil {
      let earlier = rowOfYear.keys.filter { $0 < step }.max() ?? rowOfYear.keys.min()
      problems.add(
        file: file, line: earlier.flatMap { rowOfYear[$0] }.map(table.line(ofRow:)),
        column: table.columnNumber("year"),
        "no row for year \(step); every step from \(years.lowerBound) to \(years.upperBound - 1) needs its year")
    }
    try problems.throwIfAny()
    return years.map { step in rowOfYear[step].map { ratio[$0] } ?? FertilityRates.onsSexRatio }
  }

  /// Why a value of a measure is out of its range.
  private static func check(_ measure: MortalityMeasure) -> @Sendable (Double) -> String? {
    switch measure {
    case .centralDeathRate:
      // A central rate above 10 would mean less than five weeks of life expectancy.
      { value in
        value < 0
          ? "expected deaths per person-year, 0 or more"
          : value > 10
            ? "expected deaths per person-year, at most 10 (rates per 1,000 or 100,000: divide first)" : nil
      }
    case .deathProbability:
      { (0...1).contains($0) ? nil : "expected a probability, 0 to 1" }
    case .survivalRatio:
      { (0...1).contains($0) ? nil : "expected a survival ratio, 0 to 1" }
    }
  }
}
