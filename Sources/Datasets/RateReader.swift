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

  /// Mortality: every cell must be there.
  func mortality(
    file: String, measure: MortalityMeasure, notes: inout [String]
  ) throws(Problems) -> MortalityRates {
    let rows = MortalityRates.rowCount(of: measure, ages: ages)
    let hasBirth = rows > ages.count
    let cells = try RateCells(
      file: file, columns: ["rate"], bySex: true, reader: self, birthRow: hasBirth,
      check: Self.check(measure), notes: &notes)
    let labels = (hasBirth ? ["birth"] : []) + ages.labels
    try cells.requireAll(labels: labels)
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
    let cells = try RateCells(
      file: file, columns: ["rate"], bySex: false, reader: self, birthRow: false,
      check: { value in
        value < 0
          ? "expected births per woman and year, 0 or more"
          : value > 1 ? "expected births per woman and year, at most 1 (rates per 1,000 women: divide by 1000)" : nil
      }, notes: &notes)
    try cells.requireEachStep()
    let ratios = try sexRatios(notes: &notes)
    return try inFile(file) { () throws(AssumptionError) in
      try FertilityRates(
        ages: ages, years: years, areaCount: areas.count, values: cells.filled(0), sexRatios: ratios)
    }
  }

  /// Migration: none without the file; ages left out are 0, but every step needs a row.
  func migration(notes: inout [String]) throws(Problems) -> Migration {
    let file = "\(folder)/migration.csv"
    guard try FolderListing.files(in: folder).contains("migration.csv") else {
      return .none(ages: ages, years: years, areaCount: areas.count)
    }
    let columns = try Self.migrationColumns(file)
    let cells = try RateCells(
      file: file, columns: columns, bySex: true, reader: self, birthRow: false,
      check: { value in columns.count == 2 && value < 0 ? "expected people, 0 or more" : nil },
      notes: &notes)
    try cells.requireEachStep()
    return try inFile(file) { () throws(AssumptionError) in
      columns.count == 1
        ? try .net(ages: ages, years: years, areaCount: areas.count, values: cells.filled(0))
        : try .flows(
          ages: ages, years: years, areaCount: areas.count, arrivals: cells.filled(0),
          departures: cells.filled(1))
    }
  }

  private static func migrationColumns(_ file: String) throws(Problems) -> [String] {
    let header = try Table.read(csv: file, columns: [], others: .text)
    let names = header.columnNames.map { $0.lowercased() }
    if names.contains("net"), !names.contains("in"), !names.contains("out") { return ["net"] }
    if names.contains("in"), names.contains("out"), !names.contains("net") { return ["in", "out"] }
    throw Problems(
      Problem(
        file: file, line: 1, column: 1,
        message: "columns \(names.joined(separator: ",")); expected area,year,sex,age and either net or in and out"))
  }

  private func sexRatios(notes: inout [String]) throws(Problems) -> [Double]? {
    guard try FolderListing.files(in: folder).contains("sex-ratio.csv") else { return nil }
    let file = "\(folder)/sex-ratio.csv"
    let table = try Table.read(
      csv: file, columns: [ColumnRequest("year", .integer), ColumnRequest("ratio", .number)],
      others: .skip)
    notes += table.notes.map { "\(file): \($0)" }
    var problems = ProblemCollector()
    var rowOfYear: [Int: Int] = [:]
    let year = table.numbers("year") ?? []
    let ratio = table.numbers("ratio") ?? []
    for row in year.indices {
      if !(ratio[row] > 0 && ratio[row] <= 2) {
        problems.add(
          table.problem(
            row: row, column: "ratio", "ratio \(number(ratio[row])); expected males per female at birth, such as 1.05"))
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
      problems.add(file: file, "no year \(step); every step from \(years.lowerBound) to \(years.upperBound - 1) needs its year")
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
