import ArgumentParser
import Datasets
import Tables

/// `pophealth datasets fit`: what is fitted to the figures, made anew.
struct DatasetsFit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit the package local-processes anew to the estimates of all districts.",
    discussion: """
      Writes pools.csv, levels.csv and age-pattern.csv, the same bytes for the same estimates on the same machine: \
      the autocorrelations and variances of fertility and net migration that simulations draw from, for every base \
      year. `python3 datasets/fit.py PROGRAM` calls it and writes the package.
      """)

  @Option(help: ArgumentHelp("The folder to write to; it must be there.", valueName: "folder"))
  var output: String

  mutating func validate() throws {
    if output.isEmpty { throw ValidationError("--output is empty; expected the path of a folder") }
  }

  mutating func run() throws {
    let folder = try checkingData { () throws(Problem) in try DatasetFolder.standard() }
    let pools = try checkingData { () throws(Problems) in try LocalPools(fitting: folder) }
    for (file, table) in pools.tables {
      let path = "\(output)/\(file)"
      try checkingCommand { () throws(Problem) in try AtomicFile.write(CSVWriter.bytes(table), to: path) }
    }
  }
}
