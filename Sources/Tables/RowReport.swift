/// What is wrong in the row that is being scanned, held back until its number of fields is known: in a row of
/// the wrong length the cells may stand in the wrong columns, so that only the length is reported.
struct RowReport: Sendable {
  let file: String
  private(set) var problems = ProblemCollector()
  private var pending: [Problem] = []
  private var unseen = 0
  private var isCutShort = false

  init(file: String) { self.file = file }

  /// Adds a problem of a cell in the current row.
  mutating func add(line: Int, column: Int, _ message: () -> String) {
    if problems.isFull {
      unseen += 1
    } else {
      pending.append(Problem(file: file, line: line, column: column, message: message()))
    }
  }

  /// Whether a cell is delimited as it should be and holds text; adds what is wrong when not.
  mutating func accepts(
    _ cell: CSVCell, _ bytes: ByteView, _ line: Int, _ index: Int, _ field: ScanPlan.Field
  ) -> Bool {
    if let fault = cell.fault {
      if fault == .unterminatedQuote {
        unterminated(line: line, column: index + 1, name: quoted(field.name))
      } else {
        add(line: line, column: index + 1) { "column \(quoted(field.name)) has \(fault.description)" }
      }
    } else if cell.hasNUL {
      add(line: line, column: index + 1) { "column \(quoted(field.name)) holds a NUL byte; expected text" }
    } else if !cell.isText(in: bytes) {
      add(line: line, column: index + 1) {
        "column \(quoted(field.name)) holds bytes that are not valid UTF-8; save the file as UTF-8"
      }
    } else {
      return true
    }
    return false
  }

  /// Adds that a cell is empty which must not be.
  mutating func addEmpty(_ line: Int, _ index: Int, _ field: ScanPlan.Field) {
    let expectation =
      switch field.use {
      case .text, .skip: "text"
      case .number, .probe: "a number"
      case .integer: "a whole number"
      }
    add(line: line, column: index + 1) { "column \(quoted(field.name)) is empty; expected \(expectation)" }
  }

  /// Adds that a cell is not the number that is expected, for the given reason or one found in its text.
  mutating func refuse(
    _ cell: CSVCell, _ bytes: ByteView, _ line: Int, _ index: Int, _ field: ScanPlan.Field, _ reason: String?
  ) {
    add(line: line, column: index + 1) {
      let value = String(decoding: cell.content(in: bytes), as: UTF8.self)
      let complaint = reason ?? NumberComplaint.about(value)
      return "\(quoted(value)) in column \(quoted(field.name)) \(complaint)"
    }
  }

  /// A quote that runs to the file's end: the row's length then says nothing.
  mutating func unterminated(line: Int, column: Int, name: String?) {
    isCutShort = true
    add(line: line, column: column) {
      let place = name.map { "column \($0) has" } ?? "the row has"
      return "\(place) a quotation mark that is never closed"
    }
  }

  /// A blank line with rows behind it.
  mutating func blankLine(_ line: Int) {
    problems.add(file: file, line: line, "is a blank line between rows")
  }

  /// Ends the row that started in `line`.
  @inline(__always)
  mutating func endRow(line: Int, fields: Int, expected: Int) {
    if fields == expected && pending.isEmpty && unseen == 0 { return }
    endFaultyRow(line: line, fields: fields, expected: expected)
  }

  @inline(never)
  private mutating func endFaultyRow(line: Int, fields: Int, expected: Int) {
    if fields != expected, !isCutShort {
      // The column is that of the first field that is missing or too many.
      problems.add(
        file: file, line: line, column: min(fields, expected) + 1,
        "expected \(expected) fields, found \(fields)"
          + (fields > expected
            ? "; a comma inside a field needs quotation marks, and numbers are written without separators" : ""))
    } else {
      for problem in pending { problems.add(problem) }
      problems.addUnseen(unseen)
    }
    pending.removeAll(keepingCapacity: true)
    unseen = 0
    isCutShort = false
  }
}
