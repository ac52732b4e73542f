import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator mean`: means with Student's t limits.
struct IndicatorMean: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "mean",
    abstract: "Means with Student's t limits.",
    discussion: """
      One row an observation. numerator and denominator of the result are the
      sum and the number of values. Fewer than two values: not_enough_points; an
      empty cell bars its group.

      Example:
        pophealth indicator mean --data waits.csv --by hospital --value days
      """)

  @Option(help: ArgumentHelp("The values.", valueName: "column"))
  var value: String

  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome {
    try options.refuseMultiplier(of: "mean")
    let levels = try options.levels()
    var columns = try IndicatorColumns(options)
    columns.addNumbers(value, option: "--value")
    let input = try IndicatorInput(options.data, columns, threads: try options.threadCount())
    var figures = means(of: input.numbers("--value"), in: input.grouping, at: levels)
    var notes: [String] = []
    if let control = try IndicatorDisclosure(options, input, counts: figures.denominators) {
      guard try options.checkedDisclosure()?.rule.roundingBase == 1 else {
        throw CommandFailure.wrongCommand("--disclosure \(options.disclosure ?? ""): means have no counts to round")
      }
      let means = figures
      (figures, notes) = try control.released(figures, counts: figures.denominators, denominators: nil) { _, levels in
        levels == means.levels
          ? means : Indicators.means(of: input.numbers("--value"), in: input.grouping, at: levels)
      }
    }
    var result = IndicatorResult(
      "Mean of \(value).", labels: input.groups.columns(), statuses: figures.statuses)
    result.add(figures, numerator: "Sum", denominator: "Values")
    if figures.statuses.contains(where: { $0 == .missingNumerator || $0 == .nonFinite }) {
      result.notes = input.remarks(on: ["--value"], areCounts: false)
    }
    result.notes += notes
    return IndicatorOutcome(input: input, result: result)
  }
}
