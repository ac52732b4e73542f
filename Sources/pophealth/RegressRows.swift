import Regression
import Tables

/// The columns of a file that a model needs, and nothing else of it.
struct RegressRows {
  /// What a column is needed for.
  enum Use {
    /// It must hold numbers.
    case number
    /// It must be text, because it was so in the data of the fit.
    case text
    /// Numbers, or text, which then is a category. Numbers with a few words among them are a mistake.
    case either
    /// Whatever it holds.
    case category
  }

  let file: RegressFile
  private let uses: [String: Use]
  private let requests: [ColumnRequest]
  /// What to ask for where columns that may hold numbers or text are no numbers after all.
  private let fallback: [ColumnRequest]
  /// The first rows, everything as text.
  private let sample: Table

  /// Looks at the file's first rows. Where the use leaves it open, a column's first cells say whether it holds numbers.
  ///
  /// - Parameters:
  ///   - path: A CSV file, or a pipe.
  ///   - uses: What each column is needed for.
  ///   - readsAll: Whether the other columns are needed too (`.` in the formula).
  ///   - namedByCommand: The columns whose absence is a mistake of the command rather than of the file.
  /// - Throws: `CommandFailure` with all that is wrong.
  init(path: String, uses: [String: Use], readsAll: Bool = false, namedByCommand: Set<String>) throws {
    let file = try checkingData { () throws(Problem) in try RegressFile(path) }
    let names = uses.keys.sorted()
    let asText = names.map { ColumnRequest($0, .text, allowsMissing: true) }
    let sample: Table
    do {
      sample = try file.readBeginning(asText, others: readsAll ? .text : .skip)
    } catch let problems {
      let isWrongCommand = problems.kept.allSatisfy { problem in
        namedByCommand.contains { problem.message.hasPrefix("has no column \(quoted($0))") }
      }
      throw isWrongCommand ? CommandFailure.wrongCommand(problems.description) : .wrongData(problems.description)
    }
    var requests: [ColumnRequest] = []
    var second: [ColumnRequest] = []
    for column in sample.columns {
      let use = uses[column.name] ?? .either
      let holds = Self.content(column)
      let isNumber = use == .number || (use != .text && holds != .text)
      requests.append(ColumnRequest(column.name, isNumber ? .number : .text, allowsMissing: true))
      let isFirm = use == .number || (use == .either && holds != .nothing)
      second.append(ColumnRequest(column.name, isNumber && isFirm ? .number : .text, allowsMissing: true))
    }
    self.file = file
    self.uses = uses
    self.sample = sample
    self.requests = requests
    fallback = second
  }

  /// The rows in memory.
  ///
  /// - Throws: `CommandFailure` with all that is wrong in the columns.
  func table() throws -> Table {
    let table: Table
    do {
      table = try file.read(requests, others: .skip)
    } catch let problems {
      guard fallback != requests else { throw CommandFailure.wrongData(problems.description) }
      table = try checkingData { () throws(Problems) in try file.read(fallback, others: .skip) }
    }
    try Self.checkWords(in: table, uses)
    return table
  }

  /// The rows piece by piece, read again at every pass.
  ///
  /// - Throws: `CommandFailure`: a pipe, and what is wrong in the header and the first rows.
  func chunks(threads: Int?) throws -> CSVChunks {
    guard !file.isPipe else {
      throw CommandFailure.wrongCommand("--stream reads the file again at every pass, which a pipe does not allow")
    }
    try Self.checkWords(in: sample, uses)
    return try checkingData { () throws(Problems) in
      try CSVChunks(csv: file.path, columns: requests, threads: threads)
    }
  }

  /// The columns that are read as numbers where the rows come in pieces.
  var numericNames: Set<String> { Set(requests.filter { $0.kind == .number }.map(\.name)) }

  /// The names of all columns that are read.
  var names: [String] { requests.map(\.name) }

  private enum Content { case numbers, text, nothing }

  private static func content(_ column: Table.Column) -> Content {
    guard case .text(let cells) = column.cells else { return .numbers }
    let values = cells.values.filter { $0 != "NA" }
    if values.isEmpty { return .nothing }
    return values.allSatisfy(isNumber) ? .numbers : .text
  }

  private static func isNumber(_ text: String) -> Bool {
    let trimmed = text.drop { $0 == " " }
    return Double(trimmed)?.isFinite ?? false
  }

  /// Refuses a column of numbers that a few words would turn into a category of hundreds of levels.
  private static func checkWords(in table: Table, _ uses: [String: Use]) throws {
    var problems = ProblemCollector()
    for column in table.columns where uses[column.name] ?? .either == .either {
      guard case .text(let cells) = column.cells else { continue }
      let isWord = cells.values.map { !isNumber($0) && $0 != "NA" }
      let words = cells.codes.count { $0 >= 0 && isWord[Int($0)] }
      let numbers = cells.codes.count { $0 >= 0 } - words
      guard numbers > words else { continue }
      for (row, code) in cells.codes.enumerated() where code >= 0 && isWord[Int(code)] {
        problems.add(
          table.problem(
            row: row, column: column.name,
            "\(quoted(cells.values[Int(code)])) in column \(quoted(column.name)) is not a number; leave the cell empty "
              + "where the value is missing, or write factor(\(column.name)) for a category"))
      }
    }
    try checkingData { () throws(Problems) in try problems.throwIfAny() }
  }
}
