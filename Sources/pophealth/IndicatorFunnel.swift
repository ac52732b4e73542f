import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator funnel`: areas against the limits that chance alone would keep them in.
struct IndicatorFunnel: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "funnel",
    abstract: "Funnel plots' limits, with allowance for overdispersion.",
    discussion: """
      One row a point. Limits are those of a point of its size around the
      centre: the pooled figure (a ratio: 1), or --target. --by makes one funnel
      for each of its values; where it only names the rows, all rows are one
      funnel. With --disclosure the funnel is made of the points that are
      released, and the file's other columns are left out.

      Measures: proportion (numerator of denominator), ratio (observed over
      expected), rate (events over people), dsr (--value a standardised rate,
      --numerator its events).

      --overdispersion additive adds a variance between points (DerSimonian and
      Laird), multiplicative widens by the ratio phi (Spiegelhalter 2005), after
      --trim of the --fraction of extreme points at each end; limits are turned
      back to the figures' own scale.

      Columns: those of --by, the file's other columns, then value, lower_95,
      upper_95, …, numerator, denominator, method, centre, side (low, within,
      high), outside (the highest level whose limits the point is beyond, in
      percent), score (in standard errors), status. With --polarity also
      judgement (better, similar, worse).

      Example:
        pophealth indicator funnel --data practices.csv --numerator hypertension \\
            --denominator list --measure proportion --multiplier 100 --overdispersion additive
      """)

  @Option(help: ArgumentHelp("Events, or people who have it.", valueName: "column"))
  var numerator: String

  @Option(help: ArgumentHelp("People, person-years or expected events.", valueName: "column"))
  var denominator: String?

  @Option(help: ArgumentHelp("The standardised rate of --measure dsr.", valueName: "column"))
  var value: String?

  @Option(help: ArgumentHelp("proportion, ratio, rate or dsr.", valueName: "measure"))
  var measure: FunnelMeasure

  @Option(help: ArgumentHelp("The centre, in the units of the figures.", valueName: "number"))
  var target: Double?

  @Option(help: ArgumentHelp("none, additive or multiplicative.", valueName: "method"))
  var overdispersion: OverdispersionAdjustment.Method = .none

  @Option(help: ArgumentHelp("winsorise, truncate or none. (default: winsorise)", valueName: "way"))
  var trim: OverdispersionAdjustment.Trimming?

  @Option(help: ArgumentHelp("Part of the points at each end that --trim tames. (default: 0.1)", valueName: "share"))
  var fraction: Double?

  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  static var judges: Bool { true }

  func outcome() throws -> IndicatorOutcome {
    let adjustment = try adjustment()
    let multiplier = try options.multiplier(or: measure == .rate || measure == .standardisedRate ? 100_000 : 1)
    if let target, !(target > 0 && target.isFinite) {
      throw CommandFailure.wrongCommand("--target \(shortest(target)); expected a number above 0")
    }
    let polarity = try options.checkedPolarity() ?? .none
    let levels = try options.levels()
    let threads = try options.threadCount()
    var columns = try IndicatorColumns(options)
    columns.addNumbers(numerator, option: "--numerator")
    try columns.addNumbers(secondColumn(), option: "--denominator")
    let input = try IndicatorInput(options.data, columns, carriesOthers: options.disclosure == nil, threads: threads)
    let sets = IndicatorSets(input, noun: "funnel")
    let sizes = input.numbers("--denominator")
    let released = try IndicatorReleasedPoints(options, input, sizes: sizes, measure)
    let events = released.counts
    let funnels = sets.rows.map { rows in
      funnel(
        rows.map { events[$0] }, rows.map { sizes[$0] }, multiplier, levels, adjustment, threads)
    }
    var points = IndicatorFunnelPoints(count: input.rowCount, levels: levels)
    for (funnel, rows) in zip(funnels, sets.rows) { points.place(funnel, at: rows, polarity) }
    points.suppress(released.statuses)
    var result = IndicatorResult(
      "Funnel: \(measure.rawValue) per \(grouped(multiplier)) and limits around the centre at each point's size.",
      labels: input.groups.columns(of: input.groups.codes.map(Int.init)), statuses: points.statuses)
    result.carried = input.others
    points.fill(&result, numerators: events, denominators: measure == .standardisedRate ? points.sizes : released.sizes)
    if polarity != .none { result.add("judgement", "Judgement", points.judgements) }
    result.noun = "point"
    result.notes = [sets.note].compactMap(\.self) + notes(funnels, sets) + released.notes
    result.choices = [
      ("measure", .text(measure.rawValue)), ("multiplier", .number(multiplier)), ("target", .number(target ?? .nan)),
      ("overdispersion", .text(overdispersion.rawValue)),
      ("trim", .text(overdispersion == .none ? nil : adjustment.trimming.rawValue)),
      ("fraction", .number(overdispersion == .none ? .nan : adjustment.fraction)),
      ("polarity", .text(polarity.rawValue)),
    ]
    return IndicatorOutcome(input: input, result: result)
  }

  private func funnel(
    _ events: [Double], _ sizes: [Double], _ multiplier: Double, _ levels: [ConfidenceLevel],
    _ adjustment: OverdispersionAdjustment, _ threads: Int?
  ) -> Funnel {
    switch measure {
    case .proportion:
      .proportions(
        events, of: sizes, per: multiplier, target: target, at: levels, adjustment: adjustment, threads: threads)
    case .ratio:
      .ratios(events, to: sizes, per: multiplier, target: target, at: levels, adjustment: adjustment, threads: threads)
    case .rate:
      .rates(events, of: sizes, per: multiplier, target: target, at: levels, adjustment: adjustment, threads: threads)
    case .standardisedRate:
      .standardisedRates(
        sizes, events: events, per: multiplier, target: target, at: levels, adjustment: adjustment, threads: threads)
    }
  }

  /// The column that gives points their size: the denominator, or the rate of which it follows.
  private func secondColumn() throws -> String {
    let (wanted, other) = measure == .standardisedRate ? (value, denominator) : (denominator, value)
    guard let wanted, other == nil else {
      throw CommandFailure.wrongCommand(
        measure == .standardisedRate
          ? "--measure dsr: expected --value, the rate, and --numerator, its events"
          : "--measure \(measure.rawValue): expected --numerator and --denominator")
    }
    return wanted
  }

  private func adjustment() throws -> OverdispersionAdjustment {
    if overdispersion == .none, trim != nil || fraction != nil {
      throw CommandFailure.wrongCommand("--trim and --fraction belong to --overdispersion additive or multiplicative")
    }
    let fraction = fraction ?? 0.1
    guard fraction >= 0, fraction < 0.5 else {
      throw CommandFailure.wrongCommand(
        "--fraction \(shortest(fraction)); expected at least 0 and below 0.5, such as 0.1")
    }
    return OverdispersionAdjustment(overdispersion, trimming: trim ?? .winsorise, fraction: fraction)
  }

  /// The centre of each funnel and how much its points vary, the first five.
  private func notes(_ funnels: [Funnel], _ sets: IndicatorSets) -> [String] {
    let shown = funnels.enumerated().prefix(5).map { index, funnel in
      let name = sets.name(of: index).map { "\($0): " } ?? ""
      let phi =
        funnel.overdispersion.ratio.isFinite
        ? "; variation \(FigureText.figure(funnel.overdispersion.ratio)) times that of chance (phi)" : ""
      let centre = funnel.centre.isFinite ? FigureText.figure(funnel.centre) : "none"
      return "\(name)centre \(centre)\(phi)"
    }
    return shown + (funnels.count > 5 ? ["… and \(funnels.count - 5) more funnels"] : [])
  }
}

extension FunnelMeasure: ExpressibleByArgument {}
extension OverdispersionAdjustment.Method: ExpressibleByArgument {}
extension OverdispersionAdjustment.Trimming: ExpressibleByArgument {}
