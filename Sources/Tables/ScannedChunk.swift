/// The rows that start in one chunk of a CSV file, scanned from where the first of them starts or seems to.
struct ScannedChunk: Sendable {
  var scanner: CSVScanner

  /// The bytes at which the first row starts and behind the last; nil when no start was found or the rows went
  /// on too long for a guess.
  private(set) var rows: Range<Int>?

  private var buffer: [UInt8] = []

  init(scanner: CSVScanner) { self.scanner = scanner }

  /// Scans the rows that start in the chunk `limits`, of which the first starts at `start` or where it seems
  /// to.
  ///
  /// - Throws: ``Problem`` as the two functions below do.
  mutating func scan(
    _ input: CSVInput, _ limits: Range<Int>, from start: Int?, slack: Int, longestRow: Int
  ) throws(Problem) {
    rows = nil
    if let start {
      if start < limits.upperBound {
        try scan(input, from: start, before: limits.upperBound, slack: slack, longestRow: longestRow)
      }
    } else {
      try scan(input, guessingIn: limits, slack: slack)
    }
  }

  /// Scans the rows that start at the byte `start` and behind it, before `limit`.
  ///
  /// A window that begins at `start` and goes `slack` bytes beyond `limit` is read; where a row goes on
  /// further, a larger one is.
  ///
  /// - Parameter longestRow: How far beyond `limit` a row may go.
  /// - Throws: ``Problem``, when the file cannot be read or a row is too long.
  mutating func scan(
    _ input: CSVInput, from start: Int, before limit: Int, slack: Int, mostRows: Int = .max,
    longestRow: Int = .max
  ) throws(Problem) {
    var slack = slack
    rows = nil
    while true {
      let end = slack < input.count - limit ? limit + slack : input.count
      let isWhole = try input.withWindow(start..<end, buffer: &buffer) { bytes in
        scanner.scan(bytes, from: 0, before: limit - start, mostRows: mostRows)
        return scanner.position < bytes.count || end == input.count
      }
      if isWhole {
        rows = start..<start + scanner.position
        return
      }
      guard slack < longestRow else {
        let row = scanner.lines[max(scanner.rowCount - 1, 0)]
        throw Problem(
          file: scanner.plan.file, line: row,
          message: "a row is longer than \(longestRow >> 20) MB; is a quotation mark never closed?")
      }
      slack = min(max(2 * slack, end - start), longestRow)
    }
  }

  /// Scans the rows that seem to start in the chunk `limits`, and gives up where one goes on too long: for as
  /// many bytes as the chunk has.
  mutating func scan(_ input: CSVInput, guessingIn limits: Range<Int>, slack: Int) throws(Problem) {
    // The byte before tells whether a row starts with the chunk.
    let start = limits.lowerBound - 1
    var slack = slack
    rows = nil
    while true {
      let end = min(limits.upperBound + slack, input.count)
      let isSettled = try input.withWindow(start..<end, buffer: &buffer) { bytes in
        guard let first = RowStart.guess(in: bytes, fields: scanner.plan.fields.count) else { return true }
        scanner.scan(bytes, from: first, before: limits.upperBound - start)
        guard scanner.position < bytes.count || end == input.count else { return false }
        rows = start + first..<start + scanner.position
        return true
      }
      if isSettled || slack >= limits.count { return }
      slack = min(4 * slack, limits.count)
    }
  }
}
