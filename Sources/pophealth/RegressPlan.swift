import Regression
import Tables

/// What the command asks for, understood and checked before any file is read.
struct RegressPlan {
  let formula: Formula
  /// The formula as it was written.
  let text: String
  let data: String
  let family: Family
  let link: Link
  let options: FitOptions
  let exponentiate: Bool
  /// Whether the rows are read again at every pass rather than held in memory.
  let streams: Bool
  let predict: String?
  let keep: [String]

  /// Checks the command.
  ///
  /// - Throws: `CommandFailure.wrongCommand`.
  init(_ command: RegressCommand) throws {
    let model = command.model
    text = command.formula
    formula = try checkingCommand { () throws(FormulaError) in try Formula(command.formula) }
    data = command.data == "-" ? "/dev/stdin" : command.data
    family = try RegressChoices.family(model.family, theta: model.theta)
    link = try model.link.map(RegressChoices.link) ?? family.defaultLink
    if formula.responseKind == .counts { try Self.checkCounts(model, family) }
    options = try Self.options(command, family)
    exponentiate = command.exponentiate
    streams = model.stream
    guard !exponentiate || [.log, .logit].contains(link) else {
      throw CommandFailure.wrongCommand(
        "--exponentiate: exp(β) means nothing under the \(link.rawValue) link; it goes with log (ratios) and logit "
          + "(odds ratios)")
    }
    predict = command.prediction.predict
    keep = try Self.names(command.prediction.keep, of: "--keep")
    if predict == nil, !keep.isEmpty {
      throw CommandFailure.wrongCommand("--keep belongs to --predict")
    }
  }

  /// Refuses cbind(successes, failures) where it means nothing.
  private static func checkCounts(_ model: RegressModelOptions, _ family: Family) throws {
    guard family == .binomial || family == .quasiBinomial else {
      throw CommandFailure.wrongCommand("cbind(successes, failures) belongs to --family binomial or quasi-binomial")
    }
    if model.weights != nil, try weightsKind(model) == .frequency {
      throw CommandFailure.wrongCommand(
        "--weights-kind frequency: goes with no cbind(successes, failures); multiply both counts by the frequencies")
    }
    if model.trials != nil {
      throw CommandFailure.wrongCommand("cbind(successes, failures) has its trials; expected no --trials")
    }
  }

  /// The names between commas.
  private static func names(_ text: String?, of option: String) throws -> [String] {
    guard let text else { return [] }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard names.allSatisfy({ !$0.isEmpty }), Set(names).count == names.count else {
      throw CommandFailure.wrongCommand("\(option) \(text): expected names with commas between them, each once")
    }
    return names
  }

  private static func options(_ command: RegressCommand, _ family: Family) throws -> FitOptions {
    let model = command.model
    let kind = try weightsKind(model)
    let covariance = try command.inference.se.map(RegressChoices.covariance)
    try check(command, family: family, kind: kind, covariance: covariance)
    return FitOptions(
      weights: model.weights, weightsKind: kind ?? .analytic, trials: model.trials, offset: model.offset,
      covariance: covariance, confidence: try confidence(command.inference.confidence), ridge: model.ridge,
      firth: model.firth, tolerance: model.tolerance, threads: model.threads)
  }

  private static func weightsKind(_ model: RegressModelOptions) throws -> WeightsKind? {
    guard let name = model.weightsKind else { return nil }
    guard model.weights != nil else { throw CommandFailure.wrongCommand("--weights-kind belongs to --weights") }
    return try namedChoice(
      name, of: WeightsKind.allCases.map { ($0.rawValue, $0) }, option: "--weights-kind", noun: "kind of weights")
  }

  private static func check(
    _ command: RegressCommand, family: Family, kind: WeightsKind?, covariance: CovarianceKind?
  ) throws {
    let model = command.model
    let isBinomial = family == .binomial || family == .quasiBinomial
    if model.trials != nil, !isBinomial {
      throw CommandFailure.wrongCommand("--trials belongs to --family binomial or quasi-binomial")
    }
    if model.trials != nil, kind == .frequency {
      throw CommandFailure.wrongCommand("--trials and --weights-kind frequency: multiply the trials by the frequencies")
    }
    if model.firth { try checkFirth(command, family: family, kind: kind, covariance: covariance) }
    if model.ridge != nil, family == .negativeBinomial(theta: nil) {
      throw CommandFailure.wrongCommand("--ridge with --family negative-binomial needs --theta")
    }
    if let ridge = model.ridge, !(ridge >= 0 && ridge.isFinite) {
      throw CommandFailure.wrongCommand("--ridge \(shortest(ridge)); expected a penalty of 0 or more")
    }
    guard model.tolerance > 0, model.tolerance < 1 else {
      throw CommandFailure.wrongCommand(
        "--tolerance \(shortest(model.tolerance)); expected a small number such as 1e-8")
    }
    if let threads = model.threads, threads < 1 {
      throw CommandFailure.wrongCommand("--threads \(threads); expected 1 or more")
    }
    if kind == .probability, covariance == .model {
      throw CommandFailure.wrongCommand(
        "--se model does not hold with weights of a sample; expected hc0 to hc3 or cluster:COLUMN")
    }
  }

  private static func checkFirth(
    _ command: RegressCommand, family: Family, kind: WeightsKind?, covariance: CovarianceKind?
  ) throws {
    let link = try command.model.link.map(RegressChoices.link) ?? family.defaultLink
    guard (family == .binomial && link == .logit) || (family == .poisson && link == .log) else {
      throw CommandFailure.wrongCommand("--firth belongs to --family binomial (logit link) or poisson (log link)")
    }
    if command.model.ridge != nil {
      throw CommandFailure.wrongCommand("--firth and --ridge are two penalties; expected one of them")
    }
    if kind == .probability || (covariance ?? .model) != .model {
      throw CommandFailure.wrongCommand(
        "--firth has the model's standard errors only; expected no other --se or weights")
    }
  }

  private static func confidence(_ level: Double) throws -> Double {
    guard level > 0, level < 1 else {
      let meant = level >= 50 && level < 100 ? "; did you mean \(shortest(level / 100))?" : ""
      throw CommandFailure.wrongCommand(
        "--confidence \(shortest(level)); expected a level between 0 and 1, such as 0.95\(meant)")
    }
    return level
  }
}
