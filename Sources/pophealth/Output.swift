import ArgumentParser
import Tables

/// How results are written.
enum Format: String, ExpressibleByArgument, CaseIterable {
  case table, csv, json
}

/// Where results go and in what form: options that every command with results shares.
struct OutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Form of the result: table (for people), csv or json (full precision).", valueName: "format"))
  var format: Format = .table

  @Option(help: ArgumentHelp("Write to a file, whole or not at all, in place of standard output.", valueName: "file"))
  var output: String?

  /// Writes the finished result.
  func write(_ bytes: [UInt8]) throws {
    try checkingCommand { () throws(Problem) in
      try AtomicFile.write(bytes, to: output ?? "/dev/stdout")
    }
  }

  /// Writes text.
  func write(_ text: String) throws { try write(Array(text.utf8)) }
}
