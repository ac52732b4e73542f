import ArgumentParser
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "datasets")
  mutating func run() throws {}
}
