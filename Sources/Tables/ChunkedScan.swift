import Parallel

/// Scanning the rows of a CSV file in chunks of bytes, on several threads.
///
/// A chunk is scanned from where its first row seems to start; the rows before then end there, or the chunk is
/// scanned again from where they end. So the columns, lines and problems are those of a scan from beginning to
/// end, however the file is cut up and whatever its quotation marks do.
struct ChunkedScan: Sendable {
  /// Chunks and their cells stay in the second-level cache.
  static let usualChunk = 1 << 18

  let input: CSVInput

  /// Where the first row starts.
  let start: Int
  var chunkBytes = usualChunk
  var threads: Int?
  var longestRow = Int.max

  /// The starts of the rows in every chunk, when they are known from an earlier scan.
  var knownStarts: [Int]?

  /// How many chunks there are.
  var chunkCount: Int { (input.count - start + chunkBytes - 1) / chunkBytes }

  private func limits(_ chunk: Int) -> Range<Int> {
    start + chunk * chunkBytes..<min(start + (chunk + 1) * chunkBytes, input.count)
  }

  /// How far behind a chunk its window goes at first, so that its last row has room.
  private var slack: Int { min(1 << 14, chunkBytes) }

  private struct Progress: Sendable {
    var columns: CSVColumns
    var starts: [Int] = []

    /// The chunk whose rows follow those in `columns`, and later ones that are scanned already.
    var next: Int
    var waiting: [Int: ScannedChunk] = [:]

    /// Scanners that nobody uses.
    var idle: [ScannedChunk] = []
    var failure: Problem?
  }

  /// Appends the rows of `chunks` to columns that end where these begin.
  ///
  /// - Parameter scanners: Scanners for the same columns that are at hand; afterwards those that were used.
  /// - Returns: For each chunk the byte at which the first row behind its beginning starts.
  @discardableResult
  func scan(
    _ chunks: Range<Int>, appendingTo columns: inout CSVColumns, reusing scanners: inout [ScannedChunk]
  ) throws(Problem) -> [Int] {
    let start = columns.end
    let empty = CSVColumns(plan: columns.plan, start: 0, line: 0)
    let fresh = ScannedChunk(
      scanner: CSVScanner(plan: columns.plan, dictionaries: columns.knowsAllValues ? columns.dictionaries : nil))
    let shared = Guarded(Progress(columns: empty, next: chunks.lowerBound))
    // Handed over, not copied: a second owner would make the first row appended copy everything.
    shared.withLock {
      swap(&columns, &$0.columns)
      swap(&scanners, &$0.idle)
    }
    parallelFor(chunks: chunks.count, threads: threads) { index in
      let chunk = chunks.lowerBound + index
      var work: ScannedChunk? = shared.withLock { progress in
        progress.failure == nil ? progress.idle.popLast() ?? fresh : nil
      }
      if work == nil { return }
      let start = index == 0 ? start : knownStarts?[chunk]
      // What goes wrong is met again, and told with its line, when the rows are to be appended.
      try? work?.scan(input, limits(chunk), from: start, slack: slack, longestRow: longestRow)
      shared.withLock { progress in
        progress.waiting[chunk] = work.take()
        appendWaiting(&progress, last: chunks.upperBound)
      }
    }
    return try shared.withLock { (progress) throws(Problem) in
      if let failure = progress.failure { throw failure }
      swap(&columns, &progress.columns)
      swap(&scanners, &progress.idle)
      return progress.starts
    }
  }

  /// Appends the chunks whose turn it is; those that did not start where the rows before them ended are scanned
  /// again.
  private func appendWaiting(_ progress: inout Progress, last: Int) {
    while progress.failure == nil, var ready = progress.waiting.removeValue(forKey: progress.next) {
      let start = progress.columns.end
      let limits = limits(progress.next)
      progress.starts.append(start)
      progress.next += 1
      if start < limits.upperBound {
        do throws(Problem) {
          if ready.rows?.lowerBound != start {
            try ready.scan(input, limits, from: start, slack: slack, longestRow: longestRow)
          }
          try append(&ready, to: &progress.columns)
        } catch {
          progress.failure = error.moved(by: progress.columns.line)
        }
        if progress.starts.count == 1 {
          // As many rows as the first chunk lets expect, with a twentieth to spare.
          let rows = ready.scanner.rowCount * (last - progress.next)
          progress.columns.reserve(progress.columns.rowCount + rows + rows / 20)
        }
      }
      progress.idle.append(ready)
    }
  }

  private func append(_ chunk: inout ScannedChunk, to columns: inout CSVColumns) throws(Problem) {
    guard let rows = chunk.rows else { return }
    if columns.knowsAllValues,
      zip(chunk.scanner.dictionaries, columns.dictionaries).contains(where: { $0.count > $1.count })
    {
      throw OpenFile.changed(columns.plan.file)
    }
    columns.append(&chunk.scanner, end: rows.upperBound)
  }
}
