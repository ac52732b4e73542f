import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator dsr`: directly standardised rates.
struct IndicatorDirect: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "dsr",
    abstract: "Directly standardised rates with Dobson's or gamma limits.",
    discussion: """
      One row a group and age band. Bands are joined to the standard by name
      ("0-4", "00-04" and "0 to 4 years" are one band), never by position. A
      band that is missing, twice or not in the standard bars the rate of its
      group (bands_incomplete, bands_duplicate) and is named. Fewer than ten
      events: count_below_10. numerator and denominator are the events and the
      population of all bands.

      Standards: esp2013 (European 2013: 0-4, …, 90+; under 1 and 1-4 where the
      data have them), who (World 2000-2025: 0-4, …, 100+), or a CSV file with
      the age band and a column weight. A standard that goes further than the
      data's open band is added up to it.

      Events that are not independent (one person, several admissions): a row
      for each number of events a person had, named by --event-frequency; the
      numerator is then the persons.

      Examples:
        pophealth indicator dsr --data deaths.csv --by area,sex --numerator deaths \\
            --denominator population --age-band age --standard esp2013
        pophealth indicator dsr --data wide.csv --by area --across age --age-band age \\
            --numerator 'deaths_*' --denominator 'people_*' --standard who
      """)

  @OptionGroup(title: "Figures") var bands: IndicatorBandOptions

  @Option(help: ArgumentHelp("esp2013, who or a CSV file. (default: esp2013)", valueName: "standard"))
  var standard: String?

  @Option(
    help: ArgumentHelp("Weights of the standard in the data, the same for a band everywhere.", valueName: "column"))
  var standardColumn: String?

  @Option(help: ArgumentHelp("dobson, fay-feuer or tiwari.", valueName: "method"))
  var interval: StandardisedRateInterval = .dobson

  @Option(
    help: ArgumentHelp("How many events each person of the row had; the numerator is the persons.", valueName: "column")
  )
  var eventFrequency: String?

  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome {
    if standard != nil, standardColumn != nil {
      throw CommandFailure.wrongCommand("--standard and --standard-column are two standards; expected one")
    }
    let multiplier = try options.multiplier(or: 100_000)
    let levels = try options.levels()
    let threads = try options.threadCount()
    var columns = try bands.columns(options)
    if let standardColumn { columns.addNumbers(standardColumn, option: "--standard-column") }
    if let eventFrequency { columns.addNumbers(eventFrequency, option: "--event-frequency") }
    let input = try IndicatorInput(options.data, columns, threads: threads)
    let ages = input.labels(bands.ageBand)
    let weights =
      if let standardColumn {
        try IndicatorStandard(
          column: standardColumn, ageBand: ages, weights: input.numbers("--standard-column"), path: input.path)
      } else {
        try IndicatorStandard(standard ?? "esp2013", ageBand: bands.ageBand, labels: ages.values)
      }
    let (events, people) = (input.numbers("--numerator"), input.numbers("--denominator"))
    let frequencies = eventFrequency == nil ? nil : input.numbers("--event-frequency")
    let bandOfRow = Grouping(codes: ages.codes, names: ages.values)
    func rates(of events: [Double], at levels: [ConfidenceLevel]) -> StandardisedFigures {
      directlyStandardisedRates(
        of: events, among: people, ages: bandOfRow, in: input.grouping, standard: weights.population, per: multiplier,
        interval: interval, frequencies: frequencies, at: levels, threads: threads)
    }
    let found = rates(of: events, at: levels)
    var figures = found.figures
    var notes: [String] = []
    let totals = figures.numerators
    if let control = try IndicatorDisclosure(options, input, counts: totals) {
      (figures, notes) = try control.released(figures, counts: totals, denominators: figures.denominators) {
        rates(of: input.scaled(events, from: totals, to: $0), at: $1).figures
      }
    }
    var result = IndicatorResult(
      "Directly standardised rate per \(grouped(multiplier)); standard: \(weights.population.name).",
      labels: input.groups.columns(), statuses: figures.statuses)
    result.add(figures, numerator: "Events", denominator: "Population")
    result.notes = weights.notes + IndicatorBandOptions.notes(found.bandProblems, input) + notes
    result.choices = [
      ("multiplier", .number(multiplier)), ("standard", .text(weights.population.name)),
      ("interval", .text(interval.rawValue)), ("event_frequency", .text(eventFrequency)),
    ]
    return IndicatorOutcome(input: input, result: result, files: weights.path.map { [("standard", $0)] } ?? [])
  }
}

extension StandardisedRateInterval: ExpressibleByArgument {}

/// Counts by age band, as both ways of standardising need them.
struct IndicatorBandOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Events.", valueName: "column"))
  var numerator: String

  @Option(help: ArgumentHelp("People or person-years.", valueName: "column"))
  var denominator: String

  @Option(help: ArgumentHelp("The age band's name.", valueName: "column"))
  var ageBand: String

  /// The columns of the options.
  func columns(_ options: IndicatorOptions) throws -> IndicatorColumns {
    var columns = try IndicatorColumns(options)
    columns.addLabel(ageBand, option: "--age-band")
    columns.addNumbers(numerator, option: "--numerator")
    columns.addNumbers(denominator, option: "--denominator")
    return columns
  }

  /// Which bands of which groups do not fit.
  static func notes(_ problems: [AgeBandProblem], _ input: IndicatorInput) -> [String] {
    let notes =
      input.remarks(on: ["--numerator", "--denominator"])
      + GroupNote.gathered(
        problems.map { GroupNote(name: input.groups.name(of: $0.group), message: $0.description) })
    guard problems.contains(where: { $0.kind == .duplicate }) else { return notes }
    return notes + [
      "a column that tells the rows of one band apart belongs in --by, or their counts must be added first"
    ]
  }
}

extension IndicatorInput {
  /// Events of rows multiplied so that those of each group add up to other totals: rounded ones.
  func scaled(_ events: [Double], from totals: [Double], to others: [Double]) -> [Double] {
    zip(events, groups.codes).map { event, group in
      let (total, other) = (totals[Int(group)], others[Int(group)])
      return total == other || !(total > 0) ? event : event * (other / total)
    }
  }
}
