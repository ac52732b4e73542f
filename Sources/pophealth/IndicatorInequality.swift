import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator sii`: slope and relative index of inequality.
struct IndicatorInequality: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "sii",
    abstract: "Slope and relative index of inequality with closed-form limits.",
    discussion: """
      One row a group and quantile, 1 the most deprived. Each figure comes with
      its 95% limits (--lower, --upper) or its standard error (--se). The line
      runs through the figures over the cumulative share of the population; sii
      is its rise from the most to the least deprived person, rii the quotient
      of its ends, intercept its most deprived end.

      --transform log (rates) or logit (proportions) draws the line through the
      transformed figures; --se is then of the transformed figure. --scale says
      that the limits are symmetric on that scale while the line stays
      untransformed, which has no closed form and is simulated. A multiplier
      below 0 turns the sign, for indicators where a high figure is bad.

      Columns: those of --by, then sii, sii_lower_95, sii_upper_95, …, rii,
      rii_lower_95, …, intercept, status.

      Example:
        pophealth indicator sii --data deciles.csv --by area,sex --quantile decile \\
            --population people --value life_expectancy --lower lower --upper upper
      """)

  @Option(help: ArgumentHelp("The quantile, 1 the most deprived.", valueName: "column"))
  var quantile: String

  @Option(help: ArgumentHelp("The people of the quantile.", valueName: "column"))
  var population: String

  @Option(help: ArgumentHelp("The figure of the quantile.", valueName: "column"))
  var value: String

  @Option(help: ArgumentHelp("Its lower 95% limit.", valueName: "column"))
  var lower: String?

  @Option(help: ArgumentHelp("Its upper 95% limit.", valueName: "column"))
  var upper: String?

  @Option(help: ArgumentHelp("Its standard error, in place of limits.", valueName: "column"))
  var se: String?

  @Option(help: ArgumentHelp("none, log or logit: what the line runs through.", valueName: "transform"))
  var transform: ValueScale = .linear

  @Option(
    help: ArgumentHelp(
      "log or logit: the scale on which the limits are symmetric, the line being untransformed.", valueName: "scale"))
  var scale: ValueScale?

  @Option(help: ArgumentHelp("Limits from so many draws in place of the closed form.", valueName: "draws"))
  var simulate: Int?

  @Option(help: ArgumentHelp("Seed of the draws. (default: 1)", valueName: "seed"))
  var seed: UInt64?

  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome {
    try options.refuseDisclosure(of: "sii")
    let model = try model()
    let levels = try options.levels()
    var columns = try IndicatorColumns(options)
    columns.addLabel(quantile, option: "--quantile")
    columns.addNumbers(population, option: "--population")
    columns.addNumbers(value, option: "--value")
    if let se { columns.addNumbers(se, option: "--se") }
    if let lower { columns.addNumbers(lower, option: "--lower") }
    if let upper { columns.addNumbers(upper, option: "--upper") }
    let threads = try options.threadCount()
    let input = try IndicatorInput(options.data, columns, threads: threads)
    let indices = slopesOfInequality(
      in: input.grouping, quantiles: try quantiles(input),
      populations: input.numbers("--population"), values: input.numbers("--value"),
      standardErrors: standardErrors(input, model.scale), by: model, at: levels, threads: threads)
    return IndicatorOutcome(input: input, result: result(indices, input, model))
  }

  private func result(_ indices: SlopeColumns, _ input: IndicatorInput, _ model: SlopeModel) -> IndicatorResult {
    let line =
      model.isTransformed ? "a line through the \(model.scale == .logit ? "logits" : "logarithms")" : "a straight line"
    let limits = indices.isSimulated ? "simulated limits" : "closed-form limits"
    var result = IndicatorResult(
      "Slope and relative index of inequality of \(value), × \(shortest(model.multiplier)): \(line), \(limits).",
      labels: input.groups.columns(), statuses: indices.statuses)
    result.add("sii", "SII", indices.slopes, .figure)
    result.addLimits(indices.levels, lower: indices.slopeLower, upper: indices.slopeUpper, prefix: "sii_")
    result.add("rii", "RII", indices.relativeIndices)
    result.addLimits(
      indices.levels, lower: indices.relativeLower, upper: indices.relativeUpper, prefix: "rii_", style: .other)
    result.add("intercept", "Intercept", indices.intercepts, .figure)
    let lacking = indices.statuses.indices.filter {
      indices.statuses[$0] == .ok && indices.relativeStatuses[$0] != .ok
    }
    result.notes = GroupNote.gathered(
      lacking.map {
        GroupNote(
          name: input.groups.name(of: $0), message: "no relative index: \(indices.relativeStatuses[$0].rawValue)")
      })
    result.choices = [
      ("multiplier", .number(model.multiplier)), ("transform", .text(transform.rawValue)),
      ("scale", .text(scale?.rawValue)), ("draws", .number(model.draws.map { Double($0.draws) } ?? .nan)),
      ("seed", .text(model.draws.map { "\($0.seed)" })),
    ]
    return result
  }

  /// The model that the options describe.
  private func model() throws -> SlopeModel {
    guard (se != nil) != (lower != nil && upper != nil), (lower == nil) == (upper == nil) else {
      throw CommandFailure.wrongCommand("expected --lower and --upper, the 95% limits of the figures, or --se")
    }
    if transform != .linear, let scale, scale != transform {
      throw CommandFailure.wrongCommand("--transform \(transform.rawValue) has the scale already; leave --scale out")
    }
    if let simulate, !(1_000...10_000_000).contains(simulate) {
      throw CommandFailure.wrongCommand("--simulate \(simulate); expected 1000 to 10000000 draws")
    }
    var model = SlopeModel()
    model.scale = transform == .linear ? scale ?? .linear : transform
    model.isTransformed = transform != .linear
    if let multiplier = options.multiplier {
      guard multiplier != 0, multiplier.isFinite else {
        throw CommandFailure.wrongCommand("--multiplier \(shortest(multiplier)); expected a number other than 0")
      }
      model.multiplier = multiplier
    }
    if let simulate { model.simulation = SlopeSimulation(draws: simulate, seed: seed ?? 1) }
    if let seed, simulate == nil {
      guard model.draws != nil else {
        throw CommandFailure.wrongCommand("--seed belongs to --simulate; the closed form draws nothing")
      }
      model.simulation = SlopeSimulation(seed: seed)
    }
    return model
  }

  private func standardErrors(_ input: IndicatorInput, _ scale: ValueScale) -> [Double] {
    guard se == nil else { return input.numbers("--se") }
    return zip(input.numbers("--lower"), input.numbers("--upper")).map {
      scale.standardError(lower: $0, upper: $1, at: .percent95)
    }
  }

  /// The number of each row's quantile.
  private func quantiles(_ input: IndicatorInput) throws -> [Int] {
    let labels = input.labels(quantile)
    var problems = ProblemCollector()
    let numbers = labels.values.enumerated().map { code, label in
      if let number = Double(label), number == number.rounded(), (1...1000).contains(number) { return Int(number) }
      if let row = labels.codes.firstIndex(of: Int32(code)) {
        problems.add(
          input.problem(
            row: row, label: quantile,
            "quantile \(quoted(label)); expected a whole number from 1, the most deprived, to 1000 at most"))
      }
      return 0
    }
    try checkingData { () throws(Problems) in try problems.throwIfAny() }
    return labels.codes.map { numbers[Int($0)] }
  }
}

extension ValueScale: ExpressibleByArgument {}
