import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator isr`: indirectly standardised ratios.
struct IndicatorIndirect: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "isr",
    abstract: "Indirectly standardised ratios: events observed over expected.",
    discussion: """
      One row a group and age band. The reference is a CSV file with the same
      three columns, one row a band; expected events are the population times
      its rates, joined by the band's name. numerator and denominator of the
      result are observed and expected events. No event expected: expected_zero.

      Example:
        pophealth indicator isr --data deaths.csv --by area --numerator deaths \\
            --denominator population --age-band age --reference england.csv --multiplier 100
      """)

  @OptionGroup(title: "Figures") var indirect: IndicatorIndirectOptions
  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome { try indirect.outcome(options, measure: .ratio) }
}

/// `pophealth indicator isr-rate`: indirectly standardised rates.
struct IndicatorIndirectRate: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "isr-rate",
    abstract: "Indirectly standardised rates: the ratio times the reference's crude rate.",
    discussion: """
      As isr, times all events of the reference over all its people, times the
      multiplier.

      Example:
        pophealth indicator isr-rate --data deaths.csv --by area --numerator deaths \\
            --denominator population --age-band age --reference england.csv
      """)

  @OptionGroup(title: "Figures") var indirect: IndicatorIndirectOptions
  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome { try indirect.outcome(options, measure: .rate) }
}

/// Counts by age band and the reference whose rates say what is expected.
struct IndicatorIndirectOptions: ParsableArguments {
  @OptionGroup var bands: IndicatorBandOptions

  @Option(
    help: ArgumentHelp("The reference's counts by age band, a CSV file with the same column names.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var reference: String

  /// Reads both files and standardises.
  func outcome(_ options: IndicatorOptions, measure: IndirectMeasure) throws -> IndicatorOutcome {
    let multiplier = try options.multiplier(or: measure == .ratio ? 1 : 100_000)
    let levels = try options.levels()
    let threads = try options.threadCount()
    let input = try IndicatorInput(options.data, try bands.columns(options), threads: threads)
    let (rates, notes) = try referenceRates()
    let ages = input.labels(bands.ageBand)
    let (events, people) = (input.numbers("--numerator"), input.numbers("--denominator"))
    func standardised(_ events: [Double], at levels: [ConfidenceLevel]) -> StandardisedFigures {
      indirectlyStandardisedFigures(
        of: events, among: people, ages: Grouping(codes: ages.codes, names: ages.values), in: input.grouping,
        reference: rates, measure: measure, per: multiplier, at: levels, threads: threads)
    }
    let found = standardised(events, at: levels)
    var figures = found.figures
    var protection: [String] = []
    let totals = figures.numerators
    if let control = try IndicatorDisclosure(options, input, counts: totals) {
      (figures, protection) = try control.released(figures, counts: totals, denominators: nil) {
        standardised(input.scaled(events, from: totals, to: $0), at: $1).figures
      }
    }
    let crude = "\(FigureText.figure(rates.crudeRate * 100_000)) per 100,000"
    let heading =
      measure == .ratio
      ? "Indirectly standardised ratio, observed / expected, × \(grouped(multiplier))."
      : "Indirectly standardised rate per \(grouped(multiplier)): observed / expected × the reference's crude rate."
    var result = IndicatorResult(
      heading, labels: input.groups.columns(), statuses: figures.statuses)
    result.add(figures, numerator: "Observed", denominator: "Expected")
    result.notes =
      notes + IndicatorBandOptions.notes(found.bandProblems, input) + protection
      + (measure == .rate ? ["crude rate of the reference: \(crude)"] : [])
    result.choices = [
      ("multiplier", .number(multiplier)), ("reference_crude_rate", .number(rates.crudeRate)),
    ]
    return IndicatorOutcome(input: input, result: result, files: [("reference", reference)])
  }

  private func referenceRates() throws -> (ReferenceRates, [String]) {
    let names = try checkingData { () throws(Problems) in try Table.columnNames(ofCSV: reference) }
    var columns = IndicatorColumns()
    columns.addLabel(bands.ageBand, option: "--age-band")
    for (name, option) in [(bands.numerator, "--numerator"), (bands.denominator, "--denominator")] {
      guard !name.contains("*"), !name.contains(",") else {
        throw CommandFailure.wrongCommand("\(option) \(quoted(name)): wide input does not go with --reference")
      }
      columns.addNumbers(name, option: option)
    }
    let request = try IndicatorRequest(
      columns, try IndicatorLayout(columns, names: names), names: names, carriesOthers: false)
    let table = try checkingData { () throws(Problems) in try Table.read(csv: reference, columns: request.columns) }
    let labels = (table.text(bands.ageBand)?.cells ?? []).map { AgeBandLabel($0) }
    let rates = try checkingData("\(reference): ") { () throws(ReferenceRatesError) in
      try ReferenceRates(
        of: table.numbers(bands.numerator) ?? [], among: table.numbers(bands.denominator) ?? [], ages: labels)
    }
    return (rates, table.notes)
  }
}
