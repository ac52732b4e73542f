import Foundation
import Measure

/// Looks after the committed times: says what the machine is, refuses to compare unlike machines, prints the table.
///
///     guard machine                        this machine as JSON
///     guard same-machine FIGURES           exit 3 with the reasons where FIGURES come from another machine
///     guard table RECORDS FIGURES          ns a unit, share of the floor and the committed figure, as Markdown
///     guard figures MACHINE RECORDS        the file of committed figures, from a machine's JSON and a run's records
@main
struct Guard {
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      switch (arguments.first, arguments.count) {
      case ("machine", 1): try print(JSON.text(Machine()))
      case ("same-machine", 2): try refuseUnlike(JSON.read(Figures.self, arguments[1]).machine)
      case ("table", 3):
        let committed = FileManager.default.fileExists(atPath: arguments[2]) ? arguments[2] : nil
        try print(
          Table(
            records: Record.middle(JSON.lines(Record.self, arguments[1])),
            committed: committed.map { try JSON.read(Figures.self, $0) }
          )
          .text)
      case ("figures", 3):
        try print(
          JSON.text(
            Figures(
              machine: JSON.read(Machine.self, arguments[1]),
              records: Record.middle(JSON.lines(Record.self, arguments[2])))))
      default:
        FileHandle.standardError.write(
          Data("usage: guard machine | same-machine FIGURES | table RECORDS FIGURES | figures MACHINE RECORDS\n".utf8))
        exit(2)
      }
    } catch {
      FileHandle.standardError.write(Data("guard: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func refuseUnlike(_ committed: Machine) {
    let differences = Machine().differences(from: committed)
    guard !differences.isEmpty else { return }
    let reasons = differences.map { "  \($0)\n" }.joined()
    FileHandle.standardError.write(
      Data("the committed thresholds are of another machine; nothing is compared with them:\n\(reasons)".utf8))
    exit(3)
  }
}

/// The figures that are committed: of which machine, and how long each case took.
struct Figures: Codable {
  let machine: Machine
  let records: [Record]
}
