import ArgumentParser
import Tables

/// The root command.
@main struct PopHealth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pophealth",
    abstract: "Population-health analytics: projections, life tables, regression and the official figures behind them.",
    discussion: """
      Examples:
        pophealth project                        West Kent to 2043, from the latest estimates
        pophealth project maidstone --to 2035 --format csv
        pophealth project england --assumptions ons-npp-2018 --detail single --format csv
        pophealth project --inputs my-figures    your own population, rates and flows
        pophealth lifetable --data deaths.csv --method chiang-ii
        pophealth regress 'deaths ~ age + sex + offset(log(population))' --data deaths.csv \\
            --family poisson --exponentiate
        pophealth datasets verify                check every figure that the program ships

      Exit codes: 0 done, 1 the data are wrong, 2 the command is wrong.
      """,
    version: Version.text,
    subcommands: [Project.self, LifeTableCommand.self, RegressCommand.self, DatasetsCommand.self])

  /// Parses, runs and ends the program with one of three exit codes.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as CommandFailure {
      failure.exit()
    } catch {
      end(with: error)
    }
  }

  /// Help and version end with 0 on standard output; everything else that the parser refuses is a wrong
  /// command.
  private static func end(with error: any Error) -> Never {
    guard exitCode(for: error) != .success else { exit(withError: error) }
    CommandFailure.wrongCommand(fullMessage(for: error) + suggestion()).exit()
  }

  /// "Did you mean" for the name of a subcommand, which the parser does not offer itself.
  private static func suggestion() -> String {
    guard let first = CommandLine.arguments.dropFirst().first, !first.hasPrefix("-") else { return "" }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard !names.contains(first), let near = NearestName.nearest(to: first, in: names, limit: 1).first
    else { return "" }
    return "\nDid you mean '\(near)'?"
  }
}
