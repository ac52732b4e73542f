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
  func outcome(
    _ options: IndicatorOptions, _ heading: String, multiplier: Double, isProportion: Bool,
    _ make: (IndicatorInput, [ConfidenceLevel], Int?) -> StatisticColumns,
    of counted: ([Double], [Double], [ConfidenceLevel]) -> StatisticColumns
  ) throws -> IndicatorOutcome {
    let levels = try options.levels()
    let threads = try options.threadCount()
    var columns = try IndicatorColumns(options)
    columns.addNumbers(numerator, option: "--numerator")
    columns.addNumbers(denominator, option: "--denominator")
    let input = try IndicatorInput(options.data, columns, threads: threads)
    var figures = make(input, levels, threads)
    var notes: [String] = []
    if let control = try IndicatorDisclosure(options, input, counts: figures.numerators) {
      let people = figures.denominators
      (figures, notes) = try control.released(figures, counts: figures.numerators, denominators: people) {
        counted($0, people, $1)
      }
    }
    var result = IndicatorResult(heading, labels: input.groups.columns(), statuses: figures.statuses)
    result.add(figures, numerator: "Numerator", denominator: "Denominator")
    if input.groups.names.isEmpty, input.rowCount > 1 {
      result.notes.append("no --by: the \(grouped(Double(input.rowCount))) rows are summed into one figure")
    }
    if figures.statuses.contains(where: { $0 != .ok }) {
      result.notes += input.remarks(
        on: ["--numerator", "--denominator"], above: isProportion ? ("--numerator", "--denominator") : nil)
    }
    result.notes += notes
    result.choices = [("multiplier", .number(multiplier))]
    return IndicatorOutcome(input: input, result: result)
  }
}

extension IndicatorInput {
  /// The groups of `--by` as the statistics take them.
  var grouping: Grouping { Grouping(codes: groups.codes, count: groups.count) }
}
