import ArgumentParser
import Tables

/// `pophealth lifetable`: life tables of the user's own deaths, rates or probabilities.
struct LifeTableCommand: ParsableCommand {
  /// How m becomes a life table.
  enum Method: String, ExpressibleByArgument, CaseIterable {
    case standard
    case chiangII = "chiang-ii"
  }

  static let configuration = CommandConfiguration(
    commandName: "lifetable",
    abstract: "Life tables from deaths and population, death rates or probabilities.",
    discussion: """
      FILE is a CSV file with a header, one row an age group:
        area, sex    optional; sex is female, male or persons
        age          0, 1-4, 5-9, …, 90+; or the first age of each group: 0, 1, 5, …, 90,
                     the last of which is open. Areas may differ in their groups.
      and one of
        deaths and population   (also exposure, person_years or pop)
        m                       deaths per person-year (also rate or mx)
        q                       probability of dying in the group (also qx). The last q is 1 or
                                empty, with m of the open group in a column m. Without m the last
                                group must be closed (110, or 105-109): its people live half of it.
      Deaths and population go before m, and m before q where it is given for every row.

      Methods:
        standard    q = n m / (1 + (n - a) m); a below age 5 after Coale and Demeny (1983), else n/2
        chiang-ii   Chiang (1984) as England's public health indicators use it, with confidence
                    limits; needs deaths and population. Areas of 5,000 people or fewer, and ages
                    whose 95% interval is wider than 20 years, get a status in place of a figure.

      Columns: area, sex, age, m, q, a, l, d, L, T, e, e_lower, e_upper, status, as far as they
      apply. l starts at 100,000.
      """)

  @Option(
    help: ArgumentHelp("The figures, a CSV file (- for standard input).", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var data: String

  @Option(help: ArgumentHelp("standard or chiang-ii.", valueName: "method"))
  var method: Method = .standard

  @Option(help: ArgumentHelp("Confidence level of chiang-ii's limits. (default: 0.95)", valueName: "level"))
  var confidence: Double?

  @OptionGroup var results: OutputOptions

  mutating func run() throws {
    let level = try checkedConfidence()
    let path = data == "-" ? "/dev/stdin" : data
    let needsCounts = method == .chiangII
    let input = try checkingData { () throws(Problems) in
      try LifeTableInput(path: path, needsCounts: needsCounts)
    }
    let tables = try input.groups.map { group in
      do throws(Problem) {
        return try LifeTableRows(of: group, method: method, confidence: level, file: path)
      } catch { throw CommandFailure.wrongData(error.description) }
    }
    let report = LifeTableReport(
      tables: tables, method: method, confidence: level, input: path,
      hasArea: input.hasArea, hasSex: input.hasSex,
      notes: input.notes + GroupNote.gathered(tables.flatMap(\.notes)))
    switch results.format {
    case .table: try results.write(report.text)
    case .csv: try results.write(CSVWriter.bytes(report.table))
    case .json: try results.write(report.json)
    }
    for note in report.notes { StandardError.note(note) }
  }

  /// The level asked for; 0.95 without one.
  private func checkedConfidence() throws -> Double {
    guard let confidence else { return 0.95 }
    guard method == .chiangII else {
      throw CommandFailure.wrongCommand(
        "--confidence belongs to --method chiang-ii; the standard method has no limits")
    }
    guard confidence > 0, confidence < 1 else {
      let meant = confidence >= 50 && confidence < 100 ? "; did you mean \(confidence / 100)?" : ""
      throw CommandFailure.wrongCommand(
        "--confidence \(confidence); expected a level between 0 and 1, such as 0.95\(meant)")
    }
    return confidence
  }
}
