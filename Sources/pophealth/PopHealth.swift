import ArgumentParser
import Tables

/// The root command.
@main struct PopHealth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pophealth",
    abstract:
      "Population-health analytics: projections, life tables, indicators, regression and the official figures behind them.",
    discussion: """
      Examples:
        pophealth project                        West Kent to 2043, from the latest estimates
        pophealth project maidstone --to 2035 --format csv
        pophealth project --simulations 1000     West Kent with its uncertainty
        pophealth claims west-kent               what is said of its future, with probabilities
        pophealth backtest                       how far off forecasts from 2011 would have been
        pophealth project england --assumptions ons-npp-2018 --detail single --format csv
        pophealth project --inputs my-figures    your own population, rates and flows
        pophealth compare west-kent              its claims beside the figures that test them
        pophealth compare maidstone --trend      an area's health indicators beside England's
        pophealth indicator dsr --data deaths.csv --by area --numerator deaths \\
            --denominator population --age-band age --standard esp2013
        pophealth lifetable --data deaths.csv --method chiang-ii
        pophealth regress 'deaths ~ age + sex + offset(log(population))' --data deaths.csv \\
            --family poisson --exponentiate
        pophealth datasets verify                check every figure that the program ships

      Exit codes: 0 done, 1 the data are wrong, 2 the command is wrong.
      """,
    version: Version.text,
    subcommands: [
      Project.self, ClaimsCommand.self, BacktestCommand.self, CompareCommand.self, IndicatorCommand.self,
      LifeTableCommand.self, RegressCommand.self, DatasetsCommand.self,
    ])

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
    var configuration = configuration
    for word in CommandLine.arguments.dropFirst() {
      let commands = configuration.subcommands
      guard !word.hasPrefix("-"), !commands.isEmpty else { return "" }
      if let command = commands.first(where: { $0._commandName == word }) {
        configuration = command.configuration
        continue
      }
      let near = NearestName.nearest(to: word, in: commands.map { $0._commandName } + ["help"], limit: 1).first
      return near.map { $0 == word ? "" : "\nDid you mean '\($0)'?" } ?? ""
    }
    return ""
  }
}
