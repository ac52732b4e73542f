import ArgumentParser
import Indicators
import Probability
import Tables

/// Events and people, one of each a row.
struct IndicatorCountOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Events, or people who have it; 0 and 1 for single people.", valueName: "column"))
  var numerator: String

  @Option(help: ArgumentHelp("People or person-years.", valueName: "column"))
  var denominator: String

  /// Reads the counts and makes the figure of each group.
  func outcome(_ options: IndicatorOptions, _ measure: CountMeasure) throws -> IndicatorOutcome {
    let multiplier = try options.multiplier(or: measure.usualMultiplier)
    let levels = try options.levels()
    let threads = try options.threadCount()
    var columns = try IndicatorColumns(options)
    columns.addNumbers(numerator, option: "--numerator")
    columns.addNumbers(denominator, option: "--denominator")
    let input = try IndicatorInput(options.data, columns, threads: threads)
    var figures = measure.figures(
      input.numbers("--numerator"), input.numbers("--denominator"), in: input.grouping, per: multiplier, at: levels,
      threads: threads)
    var notes: [String] = []
    if let control = try IndicatorDisclosure(options, input, counts: figures.numerators) {
      let people = figures.denominators
      (figures, notes) = try control.released(figures, counts: figures.numerators, denominators: people) {
        measure.figures(ofRounded: $0, people, per: multiplier, at: $1)
      }
    }
    var result = IndicatorResult(
      "\(measure.title) per \(grouped(multiplier)).", labels: input.groups.columns(), statuses: figures.statuses)
    result.add(figures, numerator: "Numerator", denominator: "Denominator")
    if input.groups.names.isEmpty, input.rowCount > 1 {
      result.notes.append("no --by: the \(grouped(Double(input.rowCount))) rows are summed into one figure")
    }
    if figures.statuses.contains(where: { $0 != .ok }) {
      result.notes += input.remarks(
        on: ["--numerator", "--denominator"], above: measure == .proportion ? ("--numerator", "--denominator") : nil)
    }
    result.notes += notes
    result.choices = [("multiplier", .number(multiplier))]
    return IndicatorOutcome(input: input, result: result)
  }
}

/// What is made of events and people.
enum CountMeasure {
  case proportion, rate

  var title: String { self == .proportion ? "Proportion" : "Crude rate" }
  var usualMultiplier: Double { self == .proportion ? 1 : 100_000 }

  /// The figure of the summed counts of each group.
  func figures(
    _ counts: [Double], _ people: [Double], in groups: Grouping, per multiplier: Double,
    at levels: [ConfidenceLevel], threads: Int?
  ) -> StatisticColumns {
    switch self {
    case .proportion:
      proportions(of: people, having: counts, in: groups, per: multiplier, at: levels, threads: threads)
    case .rate: crudeRates(of: counts, among: people, in: groups, per: multiplier, at: levels, threads: threads)
    }
  }

  /// The figures of counts that have been rounded, which may have lifted one above its people.
  func figures(
    ofRounded counts: [Double], _ people: [Double], per multiplier: Double, at levels: [ConfidenceLevel]
  ) -> StatisticColumns {
    switch self {
    case .proportion:
      proportions(
        of: people, having: zip(counts, people).map { $0 > $1 && $0 - $1 < 5 ? $1 : $0 }, per: multiplier, at: levels)
    case .rate: crudeRates(of: counts, among: people, per: multiplier, at: levels)
    }
  }
}

extension IndicatorInput {
  /// The groups of `--by` as the statistics take them.
  var grouping: Grouping { Grouping(codes: groups.codes, count: groups.count) }
}
