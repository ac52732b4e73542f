import ArgumentParser
import Regression
import Tables

/// `pophealth regress`: a linear or generalised linear model of the user's own rows.
struct RegressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regress",
    abstract: "Linear and generalised linear models: rates, proportions, counts, costs.",
    discussion: """
      FORMULA is written as in R, in quotes: RESPONSE ~ TERMS.
        a + b   a:b   a*b   a/b   (a+b)^2   -a   0   1   .   terms, interactions
        I(a^2)   log(a)   exp(a)   sqrt(a)                   arithmetic
        poly(a, 2)   ns(a, df = 4)   bs(a, df = 6)           curves
        factor(a)   factor(a, ref = "x")                     categories
        offset(log(person_years))                            what is at risk
        cbind(cases, controls) ~ …                           two counts
      Text is a category. Levels are sorted, capitals before small letters; the
      first is the reference.
      Names with blanks stand in backticks.

      FILE is a CSV file with a header, one row an observation; only the columns
      that the model names are read. Rows with a missing value (an empty cell, or
      NA among numbers) are left out and counted.

      Families (usual link): gaussian (identity), poisson (log), binomial (logit),
      gamma (inverse), inverse-gaussian (inverse-squared), negative-binomial (log),
      quasi-poisson (log), quasi-binomial (logit). A binomial response is 0 or 1,
      two words of which the second in order is the success, cbind(successes,
      failures), or with --trials a proportion.

      Examples:
        pophealth regress 'I(hypertension / list) ~ imd_score + share_65' \\
            --data datasets/practices-2022-23/practices.csv --trials list \\
            --family quasi-binomial --exponentiate

      rate ratios:
        pophealth regress 'deaths ~ age + sex + offset(log(person_years))' \\
            --data deaths.csv --family poisson --exponentiate

      odds ratios, patients of a practice correlated:
        pophealth regress 'admitted ~ age * imd' --data people.csv \\
            --family binomial --se cluster:practice --exponentiate

      risk ratios (modified Poisson, Zou 2004):
        pophealth regress 'died ~ smoker + ns(age, df = 4)' --data cohort.csv \\
            --family poisson --se hc0 --exponentiate

      predictions:
        pophealth regress 'cost ~ age + sex' --data costs.csv \\
            --predict next-year.csv --keep id --format csv

      Columns: term, estimate, std_error, statistic, p_value, lower, upper,
      aliased. With --exponentiate estimate, lower and upper are exp(β); std_error
      stays that of β. With --predict the table and JSON hold the predictions too,
      CSV in place of the coefficients: line, the columns of --keep, prediction,
      std_error, lower, upper, and for a linear model prediction_lower and
      prediction_upper of a single observation.
      """)

  @Argument(help: ArgumentHelp("The model: RESPONSE ~ TERMS, as in R.", valueName: "formula"))
  var formula: String

  @Option(
    help: ArgumentHelp("The rows, a CSV file (- for standard input).", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var data: String

  @OptionGroup(title: "Model") var model: RegressModelOptions

  @OptionGroup(title: "Inference") var inference: RegressInferenceOptions

  @OptionGroup(title: "Prediction") var prediction: RegressPredictionOptions

  @OptionGroup(title: "Output") var results: OutputOptions

  @Flag(help: "Show exp(β): rate ratios, odds ratios.")
  var exponentiate = false

  mutating func run() throws {
    try keepFiles()
    let plan = try RegressPlan(self)
    let run = try RegressRun(plan)
    let report = RegressReport(run)
    switch results.format {
    case .table: try results.write(report.text)
    case .csv: try results.write(CSVWriter.bytes(report.table))
    case .json: try results.write(report.json)
    }
    // The table for people holds its notes itself; elsewhere they must not be missed.
    if results.format != .table || results.output != nil {
      for note in report.notes { StandardError.note(note) }
    }
  }

  /// Refuses a result that would take the place of the rows it is made from.
  private func keepFiles() throws {
    guard let output = results.output else { return }
    for (option, path) in [("--data", data), ("--predict", prediction.predict)] where path == output {
      throw CommandFailure.wrongCommand("--output \(output): is the file of \(option); expected another file")
    }
  }
}

/// What is fitted.
struct RegressModelOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Distribution of the response.", valueName: "family"))
  var family = "gaussian"

  @Option(
    help: ArgumentHelp(
      "identity, log, logit, probit, cloglog, inverse, sqrt or inverse-squared; the family's usual one without it.",
      valueName: "link"))
  var link: String?

  @Option(
    help: ArgumentHelp(
      "A column added to the linear predictor as it is, such as the logarithm of the person-years.",
      valueName: "column"))
  var offset: String?

  @Option(
    help: ArgumentHelp("The number of trials; the response is then the proportion of successes.", valueName: "column"))
  var trials: String?

  @Option(help: ArgumentHelp("Weights of the rows.", valueName: "column"))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "frequency (a row stands for so many equal ones), analytic (variance φV/w) or probability (of a sample; robust "
        + "standard errors). (default: analytic)", valueName: "kind"))
  var weightsKind: String?

  @Option(
    help: ArgumentHelp("The negative binomial's θ, variance μ + μ²/θ; estimated without it.", valueName: "theta"))
  var theta: Double?

  @Option(
    help: ArgumentHelp(
      "Ridge penalty on the coefficients of the columns scaled to variance 1, as R's lm.ridge.", valueName: "lambda"))
  var ridge: Double?

  @Flag(help: "Firth's penalty: finite estimates under separation (binomial and Poisson).")
  var firth = false

  @Option(help: ArgumentHelp("Relative change of the deviance at which the iterations end.", valueName: "number"))
  var tolerance = 1e-8

  @Flag(
    help: ArgumentHelp(
      "Read the file again at every pass in place of holding its rows in memory: for files larger than it."))
  var stream = false

  @Option(
    help: ArgumentHelp("The most threads; results do not depend on it. (default: all processors)", valueName: "count"))
  var threads: Int?
}

/// How sure the figures are.
struct RegressInferenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "model, hc0, hc1, hc2, hc3, or cluster:COLUMN[,COLUMN] for rows that are correlated. (default: model)",
      valueName: "kind"))
  var se: String?

  @Option(help: ArgumentHelp("Confidence level of the intervals.", valueName: "level"))
  var confidence = 0.95
}

/// New rows to predict.
struct RegressPredictionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "New rows, a CSV file with the model's columns; the response may be missing.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var predict: String?

  @Option(
    help: ArgumentHelp("Columns of the new rows to write beside their predictions.", valueName: "column[,column]"))
  var keep: String?
}
