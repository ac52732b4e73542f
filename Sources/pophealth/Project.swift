import ArgumentParser
import Datasets
import Demography
import Tables

/// `pophealth project`: people, births, deaths and moves of areas in the years to come.
struct Project: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project",
    abstract: "Project the population of areas by sex and age.",
    discussion: """
      Without arguments: West Kent from the latest estimates to 2043.

      AREA is an official code (E07000110) or a short name (west-kent, maidstone, kent, kent-and-medway, england); \
      english-districts stands for all 296 one by one. With --inputs it is a label of population.csv; none given \
      means all of them.

      Assumptions: local (national rates and trends calibrated to the area's own births, deaths and migration), or \
      ONS's national projections ons-npp-2018 and ons-npp-2020 (England).

      --inputs DIR reads population.csv, one of mortality-central-rates.csv, mortality-probabilities.csv and \
      survival-ratios.csv, fertility.csv, and optionally sex-ratio.csv and migration.csv. --export DIR writes the \
      districts of any run in that form, ready to be changed and read back.

      --simulations N draws N joint futures of mortality, fertility and migration about the assumptions; figures are \
      then their mean and quantiles. The same seed gives the same futures, and more simulations keep the earlier ones.

      Examples:
        pophealth project
        pophealth project maidstone sevenoaks --to 2035 --format csv
        pophealth project kent --components --format csv --output kent.csv
        pophealth project west-kent --scenario high-migration
        pophealth project west-kent --simulations 1000 --seed 1
        pophealth project england --assumptions ons-npp-2018 --detail single
        pophealth project maidstone --export my-figures
        pophealth project --inputs my-figures --strict
      """)

  @Argument(help: ArgumentHelp("Areas by code or short name.", valueName: "area"), completion: Self.areaNames)
  var areas: [String] = []

  @Option(help: ArgumentHelp("Project your own figures in this folder.", valueName: "dir"), completion: .directory)
  var inputs: String?

  @Option(help: ArgumentHelp("Base year (default: the latest).", valueName: "year"))
  var from: Int?

  @Option(help: ArgumentHelp("Last year (default: as far as the rates reach).", valueName: "year"))
  var to: Int?

  @Option(help: "How a step is taken: ons, un-even or un-end (default: the one that suits the rates).")
  var step: StepConvention?

  @Option(help: ArgumentHelp("local, ons-npp-2018 or ons-npp-2020 (default: local).", valueName: "name"))
  var assumptions: AssumptionSet?

  @Option(
    help: ArgumentHelp("A named variant, such as high-fertility or zero-net-migration.", valueName: "name"),
    completion: Self.scenarioNames)
  var scenario: String?

  @Option(
    help: ArgumentHelp(
      "Your own changes: component,sex,age_from,age_to,year_from,year_to,operation,value.", valueName: "file"),
    completion: .file())
  var overrides: String?

  @Option(
    help: ArgumentHelp("How past migration goes on: counts, rates or damped:YEARS (a half-life).", valueName: "outlook")
  )
  var migration: MigrationOutlook?

  @Option(help: ArgumentHelp("Past years that migration is averaged over (default: 10).", valueName: "years"))
  var migrationWindow: Int?

  @Flag(help: "Keep the pandemic's year (mid-2020 to mid-2021) in the migration average.")
  var keepPandemic = false

  @Option(
    help: ArgumentHelp(
      "Spread five-year ages of population.csv over single years: sprague or monotone.", valueName: "method"))
  var graduate: GraduationMethod?

  @Flag(help: "Stop where more people would leave than there are, in place of reporting it.")
  var strict = false

  @Option(help: "total, bands or single (default: bands).")
  var detail: Detail?

  @Flag(help: "Add births, deaths, net migration and adjustment to totals.")
  var components = false

  @Flag(
    name: .customLong("beside-ons"),
    help: "Set the figures beside ONS's 2018-based subnational projection (Kent, Medway, England).")
  var besideONS = false

  @Option(
    help: ArgumentHelp("Write population and assumptions as a folder for --inputs.", valueName: "dir"),
    completion: .directory)
  var export: String?

  @OptionGroup var simulation: SimulationOptions

  @OptionGroup var output: OutputOptions

  /// Names for completion come from the data packages themselves.
  private static let areaNames = CompletionKind.shellCommand(
    "echo english-districts; pophealth datasets show areas --resource areas --format csv | tail -n +2 | cut -d, -f2")
  private static let scenarioNames = CompletionKind.shellCommand(
    "pophealth datasets show scenarios --format csv | tail -n +2 | cut -d, -f1 | sort -u")

  mutating func validate() throws {
    if components, let detail, detail != .total {
      throw ValidationError("--components goes with --detail total")
    }
    if let from, let to, to <= from {
      throw ValidationError("--to \(to) is not after --from \(from)")
    }
    if inputs != nil, let assumptions {
      throw ValidationError("--assumptions \(assumptions.rawValue) does not go with --inputs, which brings its own")
    }
    if output.output?.isEmpty == true { throw ValidationError("--output is empty; expected the path of a file") }
    if besideONS, output.format != .table || components || (detail ?? .bands) != .bands {
      throw ValidationError("--beside-ons goes with --format table and --detail bands")
    }
    if simulation.simulations == nil, simulation.seed != nil || simulation.processNoise {
      throw ValidationError("--seed and --process-noise go with --simulations")
    }
    if simulation.simulations != nil, inputs != nil || besideONS {
      throw ValidationError(
        inputs != nil
          ? "--simulations does not go with --inputs: how far your own figures may be off is not known"
          : "--simulations does not go with --beside-ons, which has no intervals")
    }
    if inputs == nil, graduate != nil {
      throw ValidationError("--graduate goes with --inputs")
    }
    if let migrationWindow, migrationWindow < 1 {
      throw ValidationError("--migration-window \(migrationWindow): expected a number of years, 1 or more")
    }
    if !usesLocalAssumptions, migration != nil || migrationWindow != nil || keepPandemic {
      throw ValidationError("--migration, --migration-window and --keep-pandemic go with --assumptions local")
    }
    var seen = Set<String>()
    for area in areas where !seen.insert(area.lowercased()).inserted {
      throw ValidationError("area \(quoted(area)) is named twice")
    }
  }

  /// Whether the run rests on assumptions that are calibrated here.
  var usesLocalAssumptions: Bool { inputs == nil && (assumptions ?? .local) == .local }

  /// The options that change the figures, besides areas, years and scenario, as they were written.
  private var settings: [String] {
    [
      overrides.map { "--overrides \($0)" }, migration.map { "--migration \($0.text)" },
      migrationWindow.map { "--migration-window \($0)" }, keepPandemic ? "--keep-pandemic" : nil,
      graduate.map { "--graduate \($0.rawValue)" }, strict ? "--strict" : nil,
    ].compactMap(\.self)
  }

  mutating func run() throws {
    let changes = try AssumptionChanges(self)
    var plan = try inputs == nil ? OfficialRun(self, changes).plan() : InputsRun(self).plan()
    plan.assumptions = try changes.applied(to: plan.assumptions)
    plan.scenario = changes.scenario?.name
    plan.changes = changes
    plan.settings = settings
    let run = try plan.run(strict: strict)
    for note in run.messages { StandardError.note(note) }
    if let count = simulation.simulations {
      return try report(
        ProjectSimulation(
          run, detail: components ? .total : detail ?? .bands, components: components, simulations: count,
          options: simulation, strict: strict, forPeople: output.format == .table))
    }
    let report = ProjectReport(run: run, detail: components ? .total : detail ?? .bands, components: components)
    let comparison = try besideONS ? OfficialComparison(run) : nil
    let hasClaims =
      plan.showsClaims && run.projection.endYear >= WestKentLines.claimYear && output.format != .csv && !besideONS
    let claims = try hasClaims ? WestKentLines(run, folder: plan.folder) : nil
    if let export { try InputsExport(run).check(folder: export) }
    let bytes =
      switch output.format {
      case .table:
        Array(
          ((comparison?.text() ?? report.text() + (claims?.text() ?? "")) + report.notesText()).utf8)
      case .csv: CSVWriter.bytes(report.table())
      case .json: report.json(claims: claims)
      }
    // The result first: where it cannot be written, nothing else is.
    try output.write(bytes)
    if let export { try InputsExport(run).write(to: export) }
  }
}

extension Project {
  /// Writes a simulated run.
  fileprivate func report(_ simulated: ProjectSimulation) throws {
    for note in simulated.messages { StandardError.note(note) }
    if let export { try InputsExport(simulated.run).check(folder: export) }
    let bytes =
      switch output.format {
      case .table: Array(simulated.text().utf8)
      case .csv: CSVWriter.bytes(simulated.table())
      case .json: simulated.json()
      }
    try output.write(bytes)
    if let export { try InputsExport(simulated.run).write(to: export) }
  }
}

/// Sets of assumptions that the program brings.
enum AssumptionSet: String, ExpressibleByArgument, CaseIterable {
  case local
  case onsNPP2018 = "ons-npp-2018"
  case onsNPP2020 = "ons-npp-2020"

  /// The national edition, where it is one.
  var edition: NationalProjection.Edition? {
    switch self {
    case .local: nil
    case .onsNPP2018: .based2018
    case .onsNPP2020: .based2020
    }
  }
}

/// How finely people are shown.
enum Detail: String, ExpressibleByArgument, CaseIterable {
  case total, bands, single
}

extension StepConvention: ExpressibleByArgument {}
extension GraduationMethod: ExpressibleByArgument {}

/// `counts`, `rates` or `damped:YEARS`.
struct MigrationOutlook: ExpressibleByArgument {
  let value: ResidualMigration.Outlook
  /// As it was written.
  let text: String

  init?(argument: String) {
    text = argument
    switch argument.split(separator: ":", maxSplits: 1).map(String.init) {
    case ["counts"]: value = .counts
    case ["rates"]: value = .rates
    case let parts where parts.count == 2 && parts[0] == "damped":
      guard let years = Double(parts[1]), years > 0, years.isFinite else { return nil }
      value = .damped(halfLife: years)
    default: return nil
    }
  }

  static let allValueStrings = ["counts", "rates", "damped:YEARS"]
}
