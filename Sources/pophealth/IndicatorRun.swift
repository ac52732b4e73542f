import ArgumentParser
import Indicators
import Probability
import Tables

/// One kind of indicator: what it reads and what it makes of it.
protocol IndicatorKind: ParsableCommand {
  /// The options of all kinds.
  var options: IndicatorOptions { get }
  /// Where the result goes.
  var results: OutputOptions { get }
  /// Whether the kind judges figures, for which `--polarity` matters.
  static var judges: Bool { get }
  /// Calculates the result.
  func outcome() throws -> IndicatorOutcome
}

/// What an indicator's calculation hands over for writing.
struct IndicatorOutcome {
  let input: IndicatorInput
  var result: IndicatorResult
  /// Other files that were read: what they are for and where they are.
  var files: [(name: String, path: String)] = []
}

extension IndicatorKind {
  static var judges: Bool { false }

  /// Reads, calculates, checks and writes.
  mutating func run() throws {
    try keepFiles([("--data", options.data)])
    if let parts = options.parts { try keepFiles([("--parts", parts)]) }
    let polarity = try options.checkedPolarity()
    let outcome = try outcome()
    try keepFiles(outcome.files.map { ("--\($0.name)", $0.path) })
    let result = outcome.result
    if options.strict { try refuseBarred(result, outcome.input) }
    var notes: [String] = []
    let idle = polarity == nil || Self.judges ? [] : ["--polarity: nothing is judged here; see funnel, trend and spc"]
    for note in outcome.input.notes + result.renamingNotes + result.notes + Self.statusNotes(result) + idle
    where !notes.contains(note) {
      notes.append(note)
    }
    let report = IndicatorReport(
      kind: Self._commandName, result: result, options: options,
      inputs: [("input", outcome.input.path, results.format == .json ? outcome.input.digest : nil)]
        + outcome.files.map { ($0.name, $0.path, results.format == .json ? try? SHA256.hex(ofFile: $0.path) : nil) },
      notes: notes)
    switch results.format {
    case .table: try results.write(report.text)
    case .csv: try results.write(CSVWriter.bytes(result.table))
    case .json: try results.write(report.json)
    }
    // The table for people holds its notes itself; elsewhere they must not be missed.
    if results.format != .table || results.output != nil {
      for note in notes { StandardError.note(note) }
    }
  }

  /// Refuses a result that would take the place of the rows it is made from.
  private func keepFiles(_ files: [(option: String, path: String)]) throws {
    guard let output = results.output else { return }
    for (option, path) in files where path == output {
      throw CommandFailure.wrongCommand("--output \(output): is the file of \(option); expected another file")
    }
  }

  /// How many results are not given and why.
  private static func statusNotes(_ result: IndicatorResult) -> [String] {
    let barred = result.barred
    guard !barred.isEmpty else { return [] }
    let count = barred.reduce(0) { $0 + $1.count }
    let total = result.statuses.count
    let reasons = barred.map { "\($0.status.rawValue) \(grouped(Double($0.count)))" }.joined(separator: ", ")
    return [
      "\(grouped(Double(count))) of \(grouped(Double(total))) \(result.noun)\(total == 1 ? "" : "s") not ok: \(reasons)"
    ]
  }

  /// Exit code 1 with the rows that have no figure, the first twenty by name.
  private func refuseBarred(_ result: IndicatorResult, _ input: IndicatorInput) throws {
    let rows = result.statuses.indices.filter { row in
      switch result.statuses[row] {
      case .ok, .suppressedPrimary, .suppressedSecondary: false
      default: true
      }
    }
    guard !rows.isEmpty else { return }
    let names = result.labels.map(\.cells)
    var lines = rows.prefix(20).map { row in
      let label = names.map { cells in
        switch cells {
        case .numbers(let numbers): shortest(numbers[row])
        case .text(let text): text[row]
        }
      }.joined(separator: ", ")
      return "\(input.path): \(label.isEmpty ? "" : label + ": ")\(result.statuses[row].rawValue)"
    }
    if rows.count > 20 { lines.append("… and \(grouped(Double(rows.count - 20))) more") }
    throw CommandFailure.wrongData(lines.joined(separator: "\n"))
  }
}
