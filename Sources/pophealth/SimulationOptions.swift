import ArgumentParser

/// How many futures are drawn, and from what.
struct SimulationOptions: ParsableArguments {
  /// The most simulations; their figures of one area must fit into memory together.
  static let most = 100_000

  @Option(help: ArgumentHelp("Draw this many joint futures: mean and quantiles (up to 100000).", valueName: "n"))
  var simulations: Int?

  @Option(help: ArgumentHelp("What the draws start from (default: 1).", valueName: "number"))
  var seed: UInt64?

  @Flag(help: "Draw the chance of single births and deaths too, and tell how much of the variance it is.")
  var processNoise = false

  mutating func validate() throws {
    if let simulations, !(1...Self.most).contains(simulations) {
      throw ValidationError("--simulations \(simulations): expected 1 to \(Self.most)")
    }
  }
}
