public import Demography
public import Tables

/// A folder of the user's own figures: a population, rates and flows in plain CSV.
///
/// | file | columns |
/// |---|---|
/// | `population.csv` | `area,year,sex,age,population` |
/// | one of `mortality-central-rates.csv`, `mortality-probabilities.csv`, `survival-ratios.csv` | `area,year,sex,age,rate` |
/// | `fertility.csv` | `area,year,age,rate`: births per woman and year |
/// | `sex-ratio.csv` (optional) | `year,ratio`: males per female at birth; 1.05 without it |
/// | `migration.csv` (optional) | `area,year,sex,age,net` or `…,in,out`; none without it |
///
/// Area `*` stands for every area; a row that names the area goes before it. A rate's year t is the step
/// from mid-t to mid-t+1, and every step needs its year. Ages follow the population's scale, which ends
/// open; probabilities have a row of age `birth` besides. Ages left out of fertility and migration are 0; a
/// missing cell of population or mortality is an error.
public struct UserInputs: Sendable {
  /// The folder as the user named it.
  public let path: String
  /// The labels of the areas in `population.csv`, in file order.
  public let areas: [String]
  /// The mid-years in `population.csv`, ascending.
  public let years: [Int]
  /// The ages of `population.csv`.
  public let ages: AgeScale
  /// What is measured by the mortality file.
  public let mortalityMeasure: MortalityMeasure
  /// What was read otherwise than it was written, left out or assumed, for the user to see.
  public private(set) var notes: [String]

  let cells: PopulationCells
  /// The mortality file.
  public let mortalityFile: String
  /// Its rows, or what is wrong with them: told when they are asked for, together with what is wrong elsewhere.
  private let mortalityRows: Result<RateTable, Problems>

  /// The names that a mortality file may have.
  public static var mortalityFileNames: [String] { mortalityFiles.map(\.name) }

  /// The names of the mortality files and what they measure.
  static let mortalityFiles: [(name: String, measure: MortalityMeasure)] = [
    ("mortality-central-rates.csv", .centralDeathRate),
    ("mortality-probabilities.csv", .deathProbability),
    ("survival-ratios.csv", .survivalRatio),
  ]

  /// Reads `population.csv` and finds the other files.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - packages: the official figures, against which labels that are official codes are checked: areas of
  ///     earlier boundaries, and estimates of two series side by side. Without them nothing is checked.
  /// - Throws: `Problems` with file, line, column and value of everything that is wrong.
  public init(folder path: String, packages: DatasetFolder? = nil) throws(Problems) {
    self.path = path
    let files = try FileSystem.names(in: path)
    let found = Self.mortalityFiles.filter { files.contains($0.name) }
    cells = try PopulationCells(file: "\(path)/population.csv")
    guard let mortality = found.first, found.count == 1 else {
      let names = Self.mortalityFiles.map(\.name).joined(separator: ", ")
      throw Problems(
        Problem(
          file: path,
          message: found.isEmpty
            ? "has no mortality file; expected one of \(names)"
            : "has \(found.map(\.name).joined(separator: " and ")); expected one of \(names)"))
    }
    mortalityFile = "\(path)/\(mortality.name)"
    mortalityMeasure = mortality.measure
    mortalityRows = Self.rows(ofMortality: mortalityFile)
    areas = cells.areas
    years = cells.years
    ages = cells.ages
    notes = cells.notes + Self.notesOnFiles(files, path: path)
    if let packages { notes += try OfficialLabels(cells).check(against: packages) }
  }

  /// The step that suits the mortality file: `ons` for probabilities, `un-even` otherwise.
  public var defaultStep: StepConvention { mortalityMeasure == .deathProbability ? .ons : .unEven }

  private static func rows(ofMortality file: String) -> Result<RateTable, Problems> {
    do throws(Problems) {
      return .success(try RateTable(file, bySex: true))
    } catch {
      return .failure(error)
    }
  }

  private static func notesOnFiles(_ files: [String], path: String) -> [String] {
    let known =
      ["population.csv", "fertility.csv", "sex-ratio.csv", "migration.csv"]
      + mortalityFiles.map(\.name)
    var notes: [String] = []
    for file in files where file.hasSuffix(".csv") && !known.contains(file) {
      let nearest = NearestName.nearest(to: file, in: known, limit: 1).first
      notes.append(
        "\(path)/\(file): not read" + (nearest.map { "; did you mean \($0)?" } ?? ""))
    }
    if !files.contains("migration.csv") { notes.append("\(path): no migration.csv; no migration assumed") }
    if !files.contains("sex-ratio.csv") {
      notes.append("\(path): no sex-ratio.csv; \(FertilityRates.onsSexRatio) boys to a girl assumed")
    }
    return notes
  }

  /// The people of some areas at a mid-year.
  ///
  /// - Throws: `Problems` for a cell that is missing.
  public func population(of labels: [String], year: Int) throws(Problems) -> Population {
    try cells.population(of: labels, year: year)
  }

  /// The last year that the mortality file has rates of for some areas, and the row that gives it.
  public struct LastRate: Sendable, Hashable {
    /// The year: of the step from its middle to the next.
    public let year: Int
    /// The line and column of its last row.
    public let line: Int, column: Int?
  }

  /// The last year that the mortality file has rates of for some areas; nil where it has none for any.
  ///
  /// - Throws: `Problems` of the file.
  public func lastRate(of labels: [String]) throws(Problems) -> LastRate? {
    // Where a rate cannot be read, the years still can: ``assumptions(of:ages:years:)`` tells of the rates.
    let table =
      switch mortalityRows {
      case .success(let rates): rates.table
      case .failure:
        try Table.read(
          csv: mortalityFile, columns: [ColumnRequest("area", .text), ColumnRequest("year", .integer)],
          others: .skip)
      }
    guard let area = table.text("area"), let year = table.numbers("year") else { return nil }
    var problems = ProblemCollector()
    CalendarYears.check(year, in: table, problems: &problems)
    try problems.throwIfAny()
    let wanted = Set(labels + ["*"])
    let isWanted = area.values.map(wanted.contains)
    let rows = year.indices.filter { isWanted[Int(area.codes[$0])] }
    guard let last = rows.max(by: { (year[$0], $0) < (year[$1], $1) }) else { return nil }
    return LastRate(
      year: Int(year[last]), line: table.line(ofRow: last), column: table.columnNumber("year"))
  }

  /// A problem at the first row of `population.csv` that has an age group of ``ages``.
  public func problem(atAge index: Int, _ message: String) -> Problem {
    cells.problem(atAge: index, message)
  }

  /// The rates and flows of some areas for the steps `years`, on the ages given (those of the population, or
  /// the single years that it was graduated to).
  ///
  /// - Throws: `Problems` with every cell that is missing, doubled or out of range.
  public func assumptions(
    of labels: [String], ages: AgeScale, years: Range<Int>
  ) throws(Problems) -> (assumptions: Assumptions, notes: [String]) {
    let reader = RateReader(
      folder: path, areas: labels, known: areas, grid: AgeGrid(ages), years: years)
    var collector = ProblemCollector()
    var notes: [String] = []
    let mortality = collect(&collector) { () throws(Problems) in
      try reader.mortality(mortalityRows.get(), measure: mortalityMeasure, notes: &notes)
    }
    let fertility = collect(&collector) { () throws(Problems) in try reader.fertility(notes: &notes) }
    let migration = collect(&collector) { () throws(Problems) in try reader.migration(notes: &notes) }
    try collector.throwIfAny()
    guard let mortality, let fertility, let migration else {
      throw Problems(Problem(file: path, message: "cannot be read"))
    }
    let made = try inFile(path) { () throws(AssumptionError) in
      try Assumptions(
        areas: labels.map { Area(code: $0) }, mortality: mortality, fertility: fertility,
        migration: migration, notes: ["Rates and flows of \(path)"])
    }
    return (made, notes)
  }

  private func collect<Value>(
    _ collector: inout ProblemCollector, _ read: () throws(Problems) -> Value
  ) -> Value? {
    do throws(Problems) { return try read() } catch {
      collector.add(error)
      return nil
    }
  }
}
