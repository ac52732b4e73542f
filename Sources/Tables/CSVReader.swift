extension Table {
  /// Reads a CSV file (RFC 4180; UTF-8 with or without byte-order mark; lines end in LF, CR LF or CR).
  ///
  /// Headers are matched without regard to case, surrounding blanks and which of blank, hyphen and underscore
  /// separates words; ``notes`` names each that was not written exactly as requested. An empty field, quoted
  /// or not, is a missing cell, and so is `NA` in a column of numbers that allows missing cells. Numbers are
  /// decimal and correctly rounded; blanks around them are ignored, text is kept to the byte. Blank lines are
  /// allowed at the end only.
  ///
  /// - Parameters:
  ///   - path: The file; also the name that problems give it. `/dev/stdin` and other pipes can be read.
  ///   - columns: The columns that the caller expects.
  ///   - others: What happens to columns that no request names.
  ///   - threads: The most threads to use, by default as many as there are processors. The table and the
  ///     problems are the same for any number.
  /// - Throws: ``Problems``, each with line and column: missing, ambiguous or repeated headers, rows of the
  ///   wrong length, broken quoting, text that is not UTF-8, missing or malformed cells, a file without rows.
  /// - Complexity: O(bytes); of the file a few hundred kilobytes a thread are in memory at a time. Columns to infer
  ///   cost a second pass when their first 100 rows hold numbers and a later one does not.
  public static func read(
    csv path: String, columns: [ColumnRequest] = [], others: OtherColumns = .skip,
    threads: Int? = nil
  ) throws(Problems) -> Table {
    let file = try CSVFile(path: path, columns: columns, others: others)
    return try read(file, threads: threads, chunkBytes: ChunkedScan.usualChunk)
  }

  /// Reads CSV from memory; `name` stands for the file in problems.
  ///
  /// - Throws: ``Problems`` as ``read(csv:columns:others:threads:)`` does.
  public static func read(
    csvBytes bytes: [UInt8], named name: String, columns: [ColumnRequest] = [], others: OtherColumns = .skip,
    threads: Int? = nil
  ) throws(Problems) -> Table {
    let file = try CSVFile(.memory(bytes), named: name, columns: columns, others: others)
    return try read(file, threads: threads, chunkBytes: ChunkedScan.usualChunk)
  }

  static func read(_ file: CSVFile, threads: Int?, chunkBytes: Int) throws(Problems) -> Table {
    let all = try columns(file, threads, chunkBytes)
    try file.check(all)
    var cells = all.cells()
    let late = all.textAfterAll()
    if !late.isEmpty {
      // Numbers at first, text further down: these columns alone are read once more.
      let again = try columns(file.only(asText: late), threads, chunkBytes)
      for (field, column) in again.cells() { cells[field] = column }
    }
    return file.table(cells, rowCount: all.rowCount, lines: all.lines)
  }

  private static func columns(
    _ file: CSVFile, _ threads: Int?, _ chunkBytes: Int
  ) throws(Problems) -> CSVColumns {
    let scan = ChunkedScan(
      input: file.input, start: file.firstRow, chunkBytes: chunkBytes, threads: threads,
      longestRow: file.longestRow)
    var columns = CSVColumns(plan: file.plan, start: file.firstRow, line: file.firstLine)
    var scanners: [ScannedChunk] = []
    try Problems.of { () throws(Problem) in
      try scan.scan(0..<scan.chunkCount, appendingTo: &columns, reusing: &scanners)
      try file.input.checkUnchanged()
    }
    return columns
  }
}
