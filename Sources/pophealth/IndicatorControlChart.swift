import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator spc`: statistical process control charts.
struct IndicatorControlChart: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "spc",
    abstract: "Control charts (XmR, p, u, c, g) with the rules of Making Data Count.",
    discussion: """
      One row a group and period. xmr plots --value: mean ± 2.66 × the average
      moving range, ranges of 3.267 times the average and more left out once. c
      and g plot --value as counts and gaps between rare events; p and u plot
      --numerator over --denominator.

      Signals: above_limit, below_limit; shift_high, shift_low (7 points on one
      side); trend_up, trend_down (7 points, 6 moves); two_of_three_high,
      two_of_three_low (beyond two sigma). A missing point is passed over and
      splits no rule.

      --rebase begins new limits at these periods. --target with --improvement
      says whether the process as it is will pass, fail, or hit and miss.

      Rows come by group and period. Columns: those of --by, the period, the
      file's other columns, then value, centre, lower_limit, upper_limit,
      signals, variation (common_cause, improvement, concern, neutral_high,
      neutral_low), with a target assurance, then status.

      Example:
        pophealth indicator spc --data waits.csv --by trust --period month --value median_days \\
            --improvement decrease --target 42 --rebase 2023-04
      """)

  /// Which way is better.
  enum Improvement: String, ExpressibleByArgument, CaseIterable {
    case increase, decrease, none

    var polarity: Polarity {
      switch self {
      case .increase: .highIsGood
      case .decrease: .lowIsGood
      case .none: .none
      }
    }
  }

  @Option(help: ArgumentHelp("The period; numbers, years and dates are put in order.", valueName: "column"))
  var period: String

  @Option(help: ArgumentHelp("The values of xmr, c and g.", valueName: "column"))
  var value: String?

  @Option(help: ArgumentHelp("The events of p and u.", valueName: "column"))
  var numerator: String?

  @Option(help: ArgumentHelp("The people or exposure of p and u.", valueName: "column"))
  var denominator: String?

  @Option(help: ArgumentHelp("xmr, p, u, c or g.", valueName: "chart"))
  var chart: ControlChartKind = .individuals

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What is to be reached, in the units of the chart.", valueName: "number"))
  var target: Double?

  @Option(help: ArgumentHelp("Periods from which on new limits hold.", valueName: "period[,period]"))
  var rebase: String?

  @Option(help: ArgumentHelp("increase, decrease or none: which way is better. (default: none)", valueName: "way"))
  var improvement: Improvement?

  @Flag(help: "Keep large moving ranges in the limits of xmr.")
  var noScreening = false

  @Option(
    help: ArgumentHelp(
      "beyond_two_sigma (since 2023) or between_two_and_three_sigma (before): how two of three is read.",
      valueName: "reading"))
  var twoOfThree: ControlChartRules.TwoOfThree = .beyondTwoSigma

  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  static var judges: Bool { true }

  func outcome() throws -> IndicatorOutcome {
    try options.refuseDisclosure(of: "spc")
    let polarity = try polarity()
    if let target, !target.isFinite { throw CommandFailure.wrongCommand("--target: expected a number") }
    var columns = try IndicatorColumns(options)
    columns.addLabel(period, option: "--period")
    for (name, option) in try measures() { columns.addNumbers(name, option: option) }
    let input = try IndicatorInput(
      options.data, columns, carriesOthers: true, threads: try options.threadCount())
    let periods = IndicatorPeriods(input.labels(period), column: period)
    return IndicatorOutcome(input: input, result: try result(input, periods, polarity))
  }

  private func result(
    _ input: IndicatorInput, _ periods: IndicatorPeriods, _ polarity: Polarity
  ) throws -> IndicatorResult {
    let rebased = try rebasedPeriods(periods)
    var numbers: [String: [Double]] = [:]
    for (_, option) in try measures() { numbers[option] = input.numbers(option) }
    var plotted = IndicatorChartRows(input, options: self)
    for (group, unsorted) in input.groups.rows().enumerated() {
      let rows = periods.sorted(unsorted)
      let places = rebased.compactMap { code in rows.firstIndex { periods.labels.codes[$0] == code } }
      if let repeated = periods.repeated(in: rows) {
        plotted.bar(rows, group: group, repeating: repeated)
      } else {
        plotted.add(try chart(of: rows, numbers, polarity, rebasing: places), rows, group: group)
      }
    }
    let labels = plotted.rows.map { Int(input.groups.codes[$0]) }
    let column = Table.Column(period, text: plotted.rows.map { periods.labels[$0] })
    var result = IndicatorResult(
      heading(polarity), labels: input.groups.columns(of: labels) + [column], statuses: plotted.statuses)
    result.carried = input.others.map { $0.reordered(plotted.rows) }
    result.add("value", "Value", plotted.values, .figure)
    result.add("centre", "Centre", plotted.centres, .figure)
    result.add("lower_limit", "Lower", plotted.lower, .figure)
    result.add("upper_limit", "Upper", plotted.upper, .figure)
    result.add("signals", "Signals", plotted.signals)
    result.add("variation", "Variation", plotted.variations)
    if target != nil { result.add("assurance", "Assurance", plotted.assurances) }
    result.noun = "point"
    result.notes = [periods.note].compactMap(\.self) + GroupNote.gathered(plotted.notes)
    result.choices = [
      ("chart", .text(chart.rawValue)), ("improvement", .text((improvement ?? .none).rawValue)),
      ("target", .number(target ?? .nan)), ("rebase", .text(rebase)), ("screening", .flag(!noScreening)),
      ("two_of_three", .text(twoOfThree.rawValue)), ("multiplier", .number(options.multiplier ?? 1)),
    ]
    return result
  }

  private func heading(_ polarity: Polarity) -> String {
    let better =
      switch polarity {
      case .highIsGood: "a rise is an improvement"
      case .lowIsGood: "a fall is an improvement"
      case .none: "neither way is better"
      }
    return "Control chart (\(chart.rawValue)), limits at three sigma; \(better)."
  }

  /// The chart of a group's rows.
  private func chart(
    of rows: [Int], _ numbers: [String: [Double]], _ polarity: Polarity, rebasing: [Int]
  ) throws -> ControlChart {
    let rules = ControlChartRules(twoOfThree: twoOfThree)
    func cells(_ option: String) -> [Double] {
      let column = numbers[option] ?? []
      return rows.map { column[$0] }
    }
    let multiplier = try options.multiplier(or: 1)
    switch chart {
    case .individuals:
      return .individuals(
        cells("--value"), polarity: polarity, rebasing: rebasing, target: target, rules: rules, screening: !noScreening)
    case .proportions:
      return .proportions(
        cells("--numerator"), of: cells("--denominator"), per: multiplier, polarity: polarity, rebasing: rebasing,
        target: target, rules: rules)
    case .rates:
      return .rates(
        cells("--numerator"), of: cells("--denominator"), per: multiplier, polarity: polarity, rebasing: rebasing,
        target: target, rules: rules)
    case .counts:
      return .counts(cells("--value"), polarity: polarity, rebasing: rebasing, target: target, rules: rules)
    case .gaps:
      return .gaps(cells("--value"), polarity: polarity, rebasing: rebasing, target: target, rules: rules)
    }
  }

  /// The columns that the chart plots.
  private func measures() throws -> [(name: String, option: String)] {
    switch chart {
    case .proportions, .rates:
      guard let events = numerator ?? value, let denominator, numerator == nil || value == nil else {
        throw CommandFailure.wrongCommand("--chart \(chart.rawValue): expected --numerator and --denominator")
      }
      return [(events, "--numerator"), (denominator, "--denominator")]
    case .individuals, .counts, .gaps:
      guard let value, numerator == nil, denominator == nil else {
        throw CommandFailure.wrongCommand("--chart \(chart.rawValue): expected --value alone")
      }
      guard options.multiplier == nil else {
        throw CommandFailure.wrongCommand("--multiplier belongs to --chart p and --chart u")
      }
      return [(value, "--value")]
    }
  }

  private func polarity() throws -> Polarity {
    let polarity = try options.checkedPolarity()
    guard let improvement else { return polarity ?? .none }
    guard polarity == nil || polarity == improvement.polarity else {
      throw CommandFailure.wrongCommand("--improvement \(improvement.rawValue) and --polarity do not go together")
    }
    return improvement.polarity
  }

  /// The codes of the periods of `--rebase`.
  private func rebasedPeriods(_ periods: IndicatorPeriods) throws -> [Int32] {
    guard let rebase else { return [] }
    return try IndicatorOptions.list(rebase, option: "--rebase").map { name in
      guard let code = periods.labels.values.firstIndex(of: name) else {
        let advice = NearestName.suggestion(for: name, in: periods.labels.values) ?? "expected a period of the file"
        throw CommandFailure.wrongCommand("--rebase: no period \(quoted(name)); \(advice)")
      }
      return Int32(code)
    }
  }
}

extension ControlChartKind: ExpressibleByArgument {}
extension ControlChartRules.TwoOfThree: ExpressibleByArgument {}
