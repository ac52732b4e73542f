/// A CSV file that is read as one table after another, for files that do not fit into memory.
///
/// ```swift
/// let chunks = try CSVChunks(csv: "registry.csv", columns: [ColumnRequest("age", .number)])
/// var pass = chunks.pass()
/// while let table = try pass.next() {
///   // at most `chunks.rowsPerChunk` rows
/// }
/// ```
/// The tables are the rows of ``Table/read(csv:columns:others:threads:)`` in order, cut after every ``rowsPerChunk``
/// rows, the same in every pass and for any number of threads. A text has the same code in every table and every
/// pass, and `values` of a later table begins with those of the earlier ones, so that the last table of a pass has
/// all of them. ``Table/line(ofRow:)`` counts from the file's beginning.
///
/// In memory are a table, some hundred kilobytes a thread, eight bytes for every 256 kB of the file and the
/// distinct texts of the columns, which grow with the file only where a column's values do.
///
/// The first pass that comes to its end keeps where rows start and which texts there are; those after it neither
/// guess nor gather. Passes may run side by side.
public struct CSVChunks: Sendable {
  /// The rows of a table when the caller has no wish: 13 columns of numbers are 10 MB.
  public static let usualRows = 100_000

  /// A row that is longer, in bytes, is a problem, because a quotation mark that is never closed would make the
  /// rest of the file one row.
  public static let longestRow = 1 << 26

  /// How many rows every table but the last has.
  public let rowsPerChunk: Int

  /// What the reader took to be meant though it was not written so, as ``Table/notes``.
  public var notes: [String] { file.notes }

  /// The names of the tables' columns.
  public var columnNames: [String] { file.fields.filter { $0.use != .skip }.map(\.name) }

  /// How many rows the file has; nil before a pass has come to its end.
  public var rowCount: Int? { survey.values?.rowCount }

  let file: CSVFile
  let scan: ChunkedScan
  let survey = Survey()

  /// Opens a file and reads its header; the parameters are those of ``Table/read(csv:columns:others:threads:)``.
  ///
  /// The file stays open until nobody holds the value or one of its passes.
  ///
  /// - Parameters:
  ///   - path: A file, not a pipe, since every pass reads it anew.
  ///   - columns: The columns that the caller expects.
  ///   - others: What happens to columns that no request names. With ``OtherColumns/infer`` the whole file is read
  ///     now if the first 100 rows leave a column that may be numbers, since a late row can make it text.
  ///   - rowsPerChunk: How many rows a table has.
  ///   - threads: The most threads to use, by default as many as there are processors.
  /// - Throws: ``Problems`` of the header, and when the file cannot be read.
  /// - Precondition: `rowsPerChunk` is positive.
  /// - Complexity: O(header), with columns to infer O(bytes).
  public init(
    csv path: String, columns: [ColumnRequest] = [], others: OtherColumns = .skip, rowsPerChunk: Int = usualRows,
    threads: Int? = nil
  ) throws(Problems) {
    let file = try CSVFile(
      path: path, columns: columns, others: others, inParts: true, longestRow: Self.longestRow)
    try self.init(file, rowsPerChunk: rowsPerChunk, threads: threads, chunkBytes: ChunkedScan.usualChunk)
  }

  init(_ file: CSVFile, rowsPerChunk: Int, threads: Int?, chunkBytes: Int) throws(Problems) {
    precondition(rowsPerChunk > 0, "a table of no rows")
    self.rowsPerChunk = rowsPerChunk
    scan = ChunkedScan(
      input: file.input, start: file.firstRow, chunkBytes: chunkBytes, threads: threads,
      longestRow: file.longestRow)
    guard file.fields.contains(where: { $0.use == .probe }) else {
      self.file = file
      return
    }
    var batches = CSVBatches(file.onlyProbes, scan, survey, keepsValues: false)
    try Problems.of { () throws(Problem) in
      while try batches.scanBatch() { batches.columns.removeRows() }
    }
    self.file = file.decided(asText: batches.columns.textAfterAll())
  }

  /// A pass over the file from its first row on.
  ///
  /// - Complexity: O(1).
  public func pass() -> Pass { Pass(self) }

  /// One pass over the file.
  public struct Pass: ~Copyable, Sendable {
    private let chunks: CSVChunks
    private var batches: CSVBatches
    private var isFinished = false

    init(_ chunks: CSVChunks) {
      self.chunks = chunks
      batches = CSVBatches(chunks.file, chunks.scan, chunks.survey, keepsValues: true)
    }

    /// The next rows of the file; nil behind the last.
    ///
    /// - Throws: ``Problems``: what ``Table/read(csv:columns:others:threads:)`` says of the whole file, as soon as the
    ///   pass comes to the first problem (the rest of the file is then only checked); also that a row is longer than
    ///   ``CSVChunks/longestRow``, and that the file was changed since it was opened. The pass is then at its end.
    /// - Complexity: O(bytes of the rows), on average.
    public mutating func next() throws(Problems) -> Table? {
      if isFinished { return nil }
      // Whatever is thrown below ends the pass.
      isFinished = true
      try Problems.of { () throws(Problem) in
        while batches.columns.rowCount < chunks.rowsPerChunk, try batches.scanBatch() {}
      }
      if !batches.columns.problems.isEmpty {
        try Problems.of { () throws(Problem) in while try batches.scanBatch() {} }
      }
      try chunks.file.check(batches.columns)
      let count = min(chunks.rowsPerChunk, batches.columns.rowCount)
      if count == 0 { return nil }
      isFinished = false
      let (cells, lines) = batches.columns.take(count)
      return chunks.file.table(cells, rowCount: count, lines: lines)
    }
  }
}
