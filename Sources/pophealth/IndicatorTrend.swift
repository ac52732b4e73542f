import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator trend`: whether the last five points rise or fall.
struct IndicatorTrend: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "trend",
    abstract: "Recent trend of the last five points, as in Fingertips.",
    discussion: """
      One row a group and period. A trend is told when chi-squared (1 degree of
      freedom) is above 9.5495 and the slopes without each of the five points
      all have one sign. Proportions come as --numerator and --denominator; any
      other figure as --value with its 95% limits --lower and --upper, by a
      weighted line.

      --time index counts the points 1 to 5, the official way; --time years
      takes the years themselves. They differ where a year is missing, which a
      note tells.

      One result a group. Columns: those of --by, the last period, then value
      (of that period), trend (Increasing, Decreasing, No significant change,
      Cannot be calculated), judgement (by --polarity), chi_squared, slope,
      reason (why it cannot be calculated), status.

      Example:
        pophealth indicator trend --data smoking.csv --by area --period year \\
            --numerator smokers --denominator asked --polarity lowIsGood
      """)

  @Option(help: ArgumentHelp("The period; numbers, years and dates are put in order.", valueName: "column"))
  var period: String

  @Option(help: ArgumentHelp("People who have it.", valueName: "column"))
  var numerator: String?

  @Option(help: ArgumentHelp("People.", valueName: "column"))
  var denominator: String?

  @Option(help: ArgumentHelp("The figure, where there are no counts.", valueName: "column"))
  var value: String?

  @Option(help: ArgumentHelp("Its lower 95% limit.", valueName: "column"))
  var lower: String?

  @Option(help: ArgumentHelp("Its upper 95% limit.", valueName: "column"))
  var upper: String?

  @Option(help: ArgumentHelp("index or years.", valueName: "time"))
  var time: TrendTime = .index

  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  private var hasCounts: Bool { numerator != nil }

  static var judges: Bool { true }

  func outcome() throws -> IndicatorOutcome {
    try options.refuseDisclosure(of: "trend")
    let isCounts = numerator != nil && denominator != nil && value == nil && lower == nil && upper == nil
    let isFigures = numerator == nil && denominator == nil && value != nil && lower != nil && upper != nil
    guard isCounts || isFigures else {
      throw CommandFailure.wrongCommand(
        "expected --numerator and --denominator, or --value, --lower and --upper")
    }
    let polarity = try options.checkedPolarity() ?? .none
    _ = try options.levels()
    if isFigures { try options.refuseMultiplier(of: "trend of figures") }
    let multiplier = try options.multiplier(or: 1)
    var columns = try IndicatorColumns(options)
    columns.addLabel(period, option: "--period")
    for (name, option) in [
      (numerator, "--numerator"), (denominator, "--denominator"), (value, "--value"), (lower, "--lower"),
      (upper, "--upper"),
    ] {
      if let name { columns.addNumbers(name, option: option) }
    }
    let threads = try options.threadCount()
    let input = try IndicatorInput(options.data, columns, threads: threads)
    let periods = IndicatorPeriods(input.labels(period), column: period)
    let figures: TrendFigures =
      isCounts
      ? .proportions(numerators: input.numbers("--numerator"), denominators: input.numbers("--denominator"))
      : .figures(values: input.numbers("--value"), lower: input.numbers("--lower"), upper: input.numbers("--upper"))
    let trends = recentTrends(
      of: figures, in: input.grouping,
      periods: try periods.times(asYears: time == .years), time: time, threads: threads)
    let values =
      isCounts
      ? zip(input.numbers("--numerator"), input.numbers("--denominator")).map { $0 / $1 * multiplier }
      : input.numbers("--value")
    return IndicatorOutcome(input: input, result: result(trends, input, periods, values, polarity))
  }

  private func result(
    _ trends: TrendColumns, _ input: IndicatorInput, _ periods: IndicatorPeriods, _ values: [Double],
    _ polarity: Polarity
  ) -> IndicatorResult {
    let last = input.groups.rows().map { periods.sorted($0).last ?? 0 }
    let all = (0..<trends.count).map { trends[$0] }
    var result = IndicatorResult(
      "Recent trend of the last five points"
        + (polarity == .none ? "." : "; \(polarity == .lowIsGood ? "low" : "high") is good."),
      labels: input.groups.columns() + [Table.Column(period, text: last.map { periods.labels[$0] })],
      statuses: all.map(\.status))
    result.add("value", "Value", last.map { values[$0].isFinite ? values[$0] : .nan }, .figure)
    result.add("trend", "Trend", all.map(\.direction.rawValue))
    if polarity != .none {
      result.add(
        "judgement", "Judgement", all.map { $0.judgement(polarity) == .none ? "" : $0.judgement(polarity).rawValue })
    }
    result.add("chi_squared", "Chi-squared", all.map(\.chiSquared))
    result.add("slope", "Slope", all.map(\.slope))
    result.add("reason", "Reason", all.map { $0.obstacle?.rawValue ?? "" }, .hidden)
    result.noun = "trend"
    let gaps = trends.hasGap.indices.filter { trends.hasGap[$0] && trends.obstacles[$0] == nil }
    result.notes =
      [periods.note].compactMap(\.self)
      + GroupNote.gathered(
        gaps.map {
          GroupNote(
            name: input.groups.name(of: $0),
            message: "periods are missing among the last five; --time index and --time years differ there")
        })
      + GroupNote.gathered(
        all.indices.compactMap { group in
          all[group].obstacle.map { GroupNote(name: input.groups.name(of: group), message: $0.rawValue) }
        })
    result.choices = [("polarity", .text(polarity.rawValue)), ("time", .text(time.rawValue))]
    return result
  }
}

extension TrendTime: ExpressibleByArgument {}
