import ArgumentParser
import Datasets
import Demography
import Tables

/// `pophealth backtest`: how far off forecasts from past years would have been.
struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Forecast from a past year with what was known then, and score it beside naive rivals.",
    discussion: """
      Without arguments: all 296 districts of England from mid-2011 to mid-2021.

      The forecast (pooled) carries every district forward by one set of rules, which was chosen on the bases 2003 and \
      2006 alone. Rivals: constant (every age stays as it is), linear-5 and linear-10 (every age goes on by its mean \
      yearly change over 5 or 10 years). Errors are percentages of what happened. Shelf life: the years up to which at \
      least 80% of areas are off by less than 10% at every mid-year.

      AREA is a district's code or short name; a county, a region (london), kent-and-medway and english-districts stand \
      for their districts one by one. The forecast is always made for all 296, whose rates it pools.

      CSV: base,year,areas,forecast,group,measure,value. Measures: median_absolute_error, mean_absolute_error, bias and \
      off_by_ten (% of areas) for every year; age_structure_error (group total); at the last year coverage_80, \
      coverage_95 (% of areas), crps (% of what happened) and shelf_life (years).
      With --by-area: base,year,area,forecast,group,observed,predicted,error at the last year.
      JSON: the same rows with provenance, notes and adjustments.

      Examples:
        pophealth backtest
        pophealth backtest --base 2013 --to 2023
        pophealth backtest --base 2003 2006 2011 2013 --format csv
        pophealth backtest --areas london
        pophealth backtest --areas maidstone tunbridge-wells --by-area
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Base years that the forecasts set out from (default: 2011).", valueName: "year"))
  var base: [Int] = []

  @Option(
    help: ArgumentHelp(
      "Last year scored (default: ten years after the base, or the latest estimates).", valueName: "year"))
  var to: Int?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Districts to score (default: english-districts, all 296).", valueName: "area"),
    completion: .shellCommand(
      "echo english-districts; pophealth datasets show areas --resource areas --format csv | tail -n +2 | cut -d, -f2"))
  var areas: [String] = []

  @Flag(help: "Tell the errors of every area at the last year.")
  var byArea = false

  @Flag(help: "Draw no futures: errors alone, in a fraction of the time.")
  var withoutIntervals = false

  @Option(help: ArgumentHelp("How many futures are drawn for intervals (default: 1000).", valueName: "n"))
  var simulations: Int?

  @Option(help: ArgumentHelp("What the draws start from (default: 1).", valueName: "number"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The most threads to use (default: one a processor).", valueName: "n"))
  var threads: Int?

  @OptionGroup var output: OutputOptions

  /// The most futures: those of every district and band are held together.
  private static let mostSimulations = 10_000

  mutating func validate() throws {
    if output.output?.isEmpty == true { throw ValidationError("--output is empty; expected the path of a file") }
    if byArea || withoutIntervals, simulations != nil || seed != nil {
      throw ValidationError("--simulations and --seed do not go with --by-area and --without-intervals")
    }
    if let simulations, !(1...Self.mostSimulations).contains(simulations) {
      throw ValidationError("--simulations \(simulations): expected 1 to \(Self.mostSimulations)")
    }
    if let threads, threads < 1 { throw ValidationError("--threads \(threads): expected 1 or more") }
    var seen = Set<Int>()
    for year in bases {
      if !seen.insert(year).inserted { throw ValidationError("--base \(year) is named twice") }
      if let to, to <= year { throw ValidationError("--to \(to) is not after --base \(year)") }
    }
  }

  /// How many futures are drawn: none where errors alone are told.
  private var futures: Int? { byArea || withoutIntervals ? nil : simulations ?? 1000 }

  private var bases: [Int] { base.isEmpty ? [2011] : base }

  mutating func run() throws {
    let folder = try checkingData { () throws(Problem) in try DatasetFolder.standard() }
    Progress.show("reading the estimates")
    defer { Progress.clear() }
    let chosen = try BacktestAreas(areas, of: checkingData { () throws(Problems) in try AreaRegistry(folder) })
    let figures = try checkingData { () throws(Problems) in try BacktestFigures(folder) }
    var windows: [BacktestWindow] = []
    for base in bases {
      Progress.show("forecasting \(figures.estimates.areas.count) districts from mid-\(base)")
      windows.append(try window(figures, base: base, areas: chosen.areas))
    }
    Progress.clear()
    let report = BacktestReport(windows: windows, areas: chosen, simulations: futures, seed: seed ?? 1)
    for message in report.messages { StandardError.note(message) }
    switch output.format {
    case .table: try output.write(byArea ? report.textByArea() : report.text())
    case .csv: try output.write(CSVWriter.bytes(report.table(byArea: byArea)))
    case .json: try output.write(report.json(byArea: byArea))
    }
  }

  private func window(_ figures: BacktestFigures, base: Int, areas: [Area]) throws -> BacktestWindow {
    let end = to ?? min(base + 10, figures.estimates.years.upperBound)
    do throws(BacktestError) {
      return try figures.window(
        base: base, to: end, scoring: areas, simulations: futures, seed: seed ?? 1, threads: threads)
    } catch {
      // Years are chosen on the command line; everything else is a matter of the figures.
      switch error {
      case .base: throw CommandFailure.wrongCommand("--base: \(error.description)")
      case .end: throw CommandFailure.wrongCommand("--to: \(error.description)")
      default: throw CommandFailure.wrongData(error.description)
      }
    }
  }
}
