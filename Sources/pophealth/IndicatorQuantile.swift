import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator quantile`: quintiles, deciles and other equal groups.
struct IndicatorQuantile: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "quantile",
    abstract: "Quantile groups: quintiles, deciles.",
    discussion: """
      One row a figure. Group 1 holds the lowest figures, with --descending the
      highest. --by makes groups within each of its values (regions); where it
      only names the rows, all rows are one set.

      Rules: min-rank puts tied figures into the lowest of their groups
      (PHEindicatormethods); interpolated takes the first group whose
      interpolated upper bound is not below the figure (Fingertips). A note says
      how many rows the two put into different groups. Fewer figures than
      groups: not_enough_points.

      Columns: those of --by, the file's other columns, then value, quantile,
      status.

      Example:
        pophealth indicator quantile --data areas.csv --by region --value imd_score \\
            --groups 10 --descending
      """)

  @Option(help: ArgumentHelp("The figures.", valueName: "column"))
  var value: String

  @Option(help: ArgumentHelp("How many groups.", valueName: "count"))
  var groups: Int

  @Option(help: ArgumentHelp("min-rank or interpolated.", valueName: "rule"))
  var rule: QuantileRule = .minRank

  @Flag(help: "Group 1 holds the highest figures.")
  var descending = false

  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome {
    try options.refuseDisclosure(of: "quantile")
    guard (2...1_000_000).contains(groups) else {
      throw CommandFailure.wrongCommand("--groups \(groups); expected 2 or more")
    }
    try options.refuseMultiplier(of: "quantile")
    _ = try options.levels()
    var columns = try IndicatorColumns(options)
    columns.addNumbers(value, option: "--value")
    let input = try IndicatorInput(
      options.data, columns, carriesOthers: true, threads: try options.threadCount())
    let sets = IndicatorSets(input, noun: "set of quantiles")
    let figures = input.numbers("--value")
    func grouped(by rule: QuantileRule) -> QuantileColumns {
      quantileGroups(
        of: figures, into: groups, by: rule, order: descending ? .descending : .ascending, within: sets.grouping)
    }
    let found = grouped(by: rule)
    let elsewhere = found.disagreements(with: grouped(by: rule == .minRank ? .interpolated : .minRank)).count
    var result = IndicatorResult(
      "\(groups) quantile groups of \(value), rule \(rule.rawValue); 1 holds the \(descending ? "highest" : "lowest").",
      labels: input.groups.columns(of: input.groups.codes.map(Int.init)), statuses: found.statuses)
    result.carried = input.others
    result.add("value", "Value", zip(figures, found.statuses).map { $1 == .ok ? $0 : .nan }, .figure)
    result.add("quantile", "Quantile", zip(found.groups, found.statuses).map { $1 == .ok ? Double($0) : .nan }, .count)
    result.notes = [sets.note].compactMap(\.self)
    if elsewhere > 0 {
      result.notes.append(
        "the other rule puts \(elsewhere) \(elsewhere == 1 ? "row" : "rows") into another group (ties and bounds)")
    }
    result.choices = [
      ("groups", .number(Double(groups))), ("rule", .text(rule.rawValue)), ("descending", .flag(descending)),
    ]
    return IndicatorOutcome(input: input, result: result)
  }
}

extension QuantileRule: ExpressibleByArgument {}
