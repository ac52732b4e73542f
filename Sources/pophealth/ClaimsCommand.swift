import ArgumentParser
import Datasets
import Demography
import Tables

/// `pophealth claims`: what is said of an area's people beside the figures, with intervals and probabilities.
struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract: "What the West Kent partnership says of its people, with figures, intervals and probabilities.",
    discussion: """
      Claims about the future are held against simulations: the ratio of people at the claimed year to those of \
      mid-2018 and of the base year, its median and 80% and 95% intervals, and the share of simulations in which the \
      claim comes true. Claims about the present are held against the mid-year estimates, which have no interval here. \
      Health and life expectancy: `pophealth compare west-kent`.

      CSV: claim,statement,year,reference_year,claimed,mean,p2_5,p10,p50,p90,p97_5,probability,standard_error,note. \
      Claims of ageing are ratios.

      Examples:
        pophealth claims west-kent
        pophealth claims west-kent --simulations 10000 --seed 7 --format csv
      """)

  @Argument(help: ArgumentHelp("west-kent.", valueName: "area"))
  var area: String

  @OptionGroup var simulation: SimulationOptions

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard area.lowercased() == "west-kent" else {
      throw ValidationError("no claims about \(quoted(area)) are held; expected west-kent")
    }
    if output.output?.isEmpty == true { throw ValidationError("--output is empty; expected the path of a file") }
  }

  mutating func run() throws {
    // A claim is about the assumptions that the program takes by itself.
    let project = try Project.parse(["west-kent", "--to", "\(WestKentLines.claimYear)"])
    let plan = try OfficialRun(project, AssumptionChanges(project)).plan()
    let run = try plan.run(strict: false)
    let simulated = try ProjectSimulation(
      run, detail: .total, components: false, simulations: simulation.simulations ?? 1000, options: simulation,
      strict: false, forPeople: false)
    let present = try PresentClaims(plan)
    for note in simulated.messages { StandardError.note(note) }
    let report = ClaimsReport(odds: simulated.odds, present: present.lines, notes: simulated.allNotes)
    switch output.format {
    case .table: try output.write(report.text())
    case .csv: try output.write(CSVWriter.bytes(report.table()))
    case .json: try output.write(JSONWriter.bytes(report.table()))
    }
  }
}
