import ArgumentParser
import Indicators
import Probability
import Tables

/// Options that every kind of indicator shares.
struct IndicatorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The figures, a CSV file with a header (- for standard input).", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var data: String

  @Option(
    help: ArgumentHelp(
      "Columns that tell one result from the next, such as area,sex. Without it the whole file is one group.",
      valueName: "column[,column]"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "Wide input: what the * in column names stands for, such as year. The file is then read as if it had a column of "
        + "that name and a row for each of its values.", valueName: "name"))
  var across: String?

  @Option(help: ArgumentHelp("Levels of the intervals, each at least 0.9 and below 1.", valueName: "level[,level]"))
  var confidence = "0.95,0.998"

  // A number below 0 looks like an option.
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What the figure is given per, such as 100000.", valueName: "number"))
  var multiplier: Double?

  @Option(
    help: ArgumentHelp(
      "lowIsGood, highIsGood or none: what better means where figures are judged. (default: none)",
      valueName: "polarity"))
  var polarity: String?

  @Option(
    help: ArgumentHelp(
      "Suppress and round small numbers: ons-deaths (1 and 2), ons-deaths-1-4, nhs-hes (1 to 7, others to the nearest 5) "
        + "or nchs (rates that are not reliable).", valueName: "preset"))
  var disclosure: String?

  @Option(
    help: ArgumentHelp(
      "Which labels of --by are parts of which, for --disclosure: a CSV file with the columns part and whole. Without it "
        + "totals are found by their names and sums.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var parts: String?

  @Flag(help: "Any status but ok (suppression aside) ends the command with exit code 1, and nothing is written.")
  var strict = false

  @Option(
    help: ArgumentHelp("The most threads; results do not depend on it. (default: all processors)", valueName: "count"))
  var threads: Int?
}

extension IndicatorOptions {
  /// The columns of `--by`.
  func byColumns() throws -> [String] {
    guard let by else { return [] }
    return try IndicatorOptions.list(by, option: "--by")
  }

  /// The levels of `--confidence`, in their order.
  func levels() throws -> [ConfidenceLevel] {
    var levels: [ConfidenceLevel] = []
    for part in try Self.list(confidence, option: "--confidence") {
      guard let number = Double(part) else {
        throw CommandFailure.wrongCommand("--confidence \(quoted(part)); expected levels such as 0.95,0.998")
      }
      let level = try checkingCommand("--confidence: ") { () throws(ConfidenceLevelError) in
        try ConfidenceLevel(number)
      }
      guard !levels.contains(where: { $0.columnPart == level.columnPart }) else {
        throw CommandFailure.wrongCommand("--confidence \(confidence): \(part) is there twice")
      }
      levels.append(level)
    }
    return levels
  }

  /// The multiplier, or what the kind of indicator takes without one.
  func multiplier(or usual: Double) throws -> Double {
    let value = multiplier ?? usual
    guard value > 0, value.isFinite else {
      throw CommandFailure.wrongCommand("--multiplier \(shortest(value)); expected a number above 0, such as 100000")
    }
    return value
  }

  /// Refuses a multiplier where a figure has units of its own.
  func refuseMultiplier(of kind: String) throws {
    guard multiplier == nil else {
      throw CommandFailure.wrongCommand("--multiplier does not belong to \(kind), which keeps the units of the input")
    }
  }

  /// The number of threads, checked.
  func threadCount() throws -> Int? {
    if let threads, threads < 1 {
      throw CommandFailure.wrongCommand("--threads \(threads); expected 1 or more")
    }
    return threads
  }

  /// The parts of a list that commas separate, blanks around them left out.
  static func list(_ text: String, option: String) throws -> [String] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      var part = part
      while part.first == " " { part.removeFirst() }
      while part.last == " " { part.removeLast() }
      return String(part)
    }
    guard parts.allSatisfy({ !$0.isEmpty }) else {
      throw CommandFailure.wrongCommand("\(option) \(quoted(text)): a name is empty between the commas")
    }
    if let twice = parts.indices.first(where: { parts[..<$0].contains(parts[$0]) }) {
      throw CommandFailure.wrongCommand("\(option) \(quoted(text)): \(quoted(parts[twice])) is there twice")
    }
    return parts
  }
}

extension ConfidenceLevel {
  /// The level in percent: `95`, `99.8`.
  var percent: String { shortest((probability * 1e10).rounded() / 1e8) }
  /// The level as a part of a column's name: `95`, `99_8`.
  var columnPart: String { String(percent.map { $0 == "." ? "_" : $0 }) }
}

extension IndicatorOptions {
  /// What `--polarity` says; nil without it.
  func checkedPolarity() throws -> Polarity? {
    guard let polarity else { return nil }
    return try namedChoice(
      polarity, of: Polarity.allCases.map { ($0.rawValue, $0) }, option: "--polarity", noun: "polarity")
  }
}
