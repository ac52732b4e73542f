import ArgumentParser
import Datasets
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `pophealth datasets verify [NAME…]`.
struct DatasetsVerify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check the shipped figures: bytes, SHA-256, schema, keys and sums.",
    discussion: """
      Every check that a package declares of itself is run. What is wrong is told on standard error,
      one problem a line, and the exit code is 1. The worst difference is the one nearest to its
      tolerance.
      """)

  @Argument(help: "The packages; all of them without a name.")
  var names: [String] = []

  @OptionGroup var results: OutputOptions

  /// What became of one package.
  private struct Outcome {
    let name: String
    let verification: Verification?
    let problems: Problems?
  }

  mutating func run() throws {
    let catalogue = try Catalogue.found()
    for name in names { try catalogue.requireName(name) }
    var wanted: [String] = []
    for name in names.isEmpty ? catalogue.names : names where !wanted.contains(name) { wanted.append(name) }
    var verifier = Verifier(catalogue)
    var outcomes: [Outcome] = []
    for (index, name) in wanted.enumerated() {
      Progress.show("verifying \(index + 1) of \(wanted.count): \(name)")
      if let package = catalogue[name] {
        let verification = verifier.verify(package)
        outcomes.append(Outcome(name: name, verification: verification, problems: verification.problems))
      } else {
        let problem = catalogue.unreadable.first { $0.name == name }?.problem
        outcomes.append(Outcome(name: name, verification: nil, problems: problem.map(Problems.init)))
      }
    }
    Progress.clear()
    switch results.format {
    case .table: try results.write(Self.text(outcomes))
    case .csv: try results.write(CSVWriter.bytes(Self.table(outcomes)))
    case .json: try results.write(Self.json(outcomes))
    }
    let problems = outcomes.compactMap(\.problems)
    guard problems.isEmpty else {
      throw CommandFailure.wrongData(problems.map(\.description).joined(separator: "\n"))
    }
  }

  private static func text(_ outcomes: [Outcome]) -> String {
    var table = TextTable(columns: [
      TextTable.Column("package"), TextTable.Column("result"), TextTable.Column("checks", .right),
      TextTable.Column("worst", .right), TextTable.Column("tolerance", .right),
    ])
    for outcome in outcomes {
      let tightest = outcome.verification?.tightest
      table.add([
        outcome.name, outcome.problems == nil ? "ok" : "FAILED",
        String(outcome.verification?.checks.count ?? 0),
        tightest?.worstDifference.map(number) ?? "", tightest?.tolerance.map(number) ?? "",
      ])
    }
    let failed = outcomes.count { $0.problems != nil }
    let checks = outcomes.reduce(0) { $0 + ($1.verification?.checks.count ?? 0) }
    return table.text()
      + (failed == 0
        ? "\(outcomes.count) ok, \(checks) checks\n" : "\(failed) of \(outcomes.count) FAILED\n")
  }

  /// A difference as short as it can be read: 8, 0.25.
  private static func number(_ value: Double) -> String {
    value == value.rounded() ? grouped(value) : fixed(value, decimals: 6)
  }

  /// One row a check.
  private static func table(_ outcomes: [Outcome]) -> Table {
    var rows: [(package: String, check: Verification.Check)] = []
    for outcome in outcomes {
      for check in outcome.verification?.checks ?? [] { rows.append((outcome.name, check)) }
    }
    let unreadable = outcomes.filter { $0.verification == nil }.map(\.name)
    func filled(_ values: [String], _ value: String) -> [String] { values + unreadable.map { _ in value } }
    func numbers(_ values: [Double]) -> [Double] { values + unreadable.map { _ in .nan } }
    return Table([
      Table.Column("package", text: rows.map(\.package) + unreadable),
      Table.Column("resource", text: filled(rows.map { $0.check.resource ?? "" }, "")),
      Table.Column("check", text: filled(rows.map(\.check.kind), "description")),
      Table.Column("result", text: filled(rows.map { $0.check.isPassed ? "ok" : "FAILED" }, "FAILED")),
      Table.Column("summary", text: filled(rows.map(\.check.summary), "cannot be read")),
      Table.Column("worst_difference", numbers: numbers(rows.map { $0.check.worstDifference ?? .nan })),
      Table.Column("tolerance", numbers: numbers(rows.map { $0.check.tolerance ?? .nan })),
      Table.Column(
        "problems", numbers: rows.map { Double($0.check.problemCount) } + unreadable.map { _ in 1 }),
    ])
  }

  private static func json(_ outcomes: [Outcome]) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for outcome in outcomes {
        json.object { json in
          json.member("package", outcome.name)
          json.member("ok", outcome.problems == nil)
          json.key("checks")
          json.array { json in
            for check in outcome.verification?.checks ?? [] { write(check, to: &json) }
          }
          json.key("problems")
          json.array { json in
            for problem in outcome.problems?.kept ?? [] { json.string(problem.description) }
          }
          json.member("problem_count", outcome.problems?.total ?? 0)
        }
      }
    }
    return json.bytes
  }

  private static func write(_ check: Verification.Check, to json: inout JSONWriter) {
    json.object { json in
      json.member("resource", check.resource)
      json.member("check", check.kind)
      json.member("ok", check.isPassed)
      json.member("summary", check.summary)
      json.member("worst_difference", check.worstDifference ?? .nan)
      json.member("tolerance", check.tolerance ?? .nan)
      json.member("problems", check.problemCount)
    }
  }
}

/// One line on standard error that is written over, and only where a person sees it.
enum Progress {
  private static var isSeen: Bool { isatty(2) == 1 }

  /// Shows a line in place of the one before.
  static func show(_ text: String) {
    guard isSeen else { return }
    try? AtomicFile.write(Array("\r\u{1B}[K\(text)".utf8), to: "/dev/stderr")
  }

  /// Takes the line away.
  static func clear() { show("") }
}
