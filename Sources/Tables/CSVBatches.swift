import Parallel

/// What passes over one file tell those after them.
final class Survey: Sendable {
  struct Values: Sendable {
    let dictionaries: [TextDictionary]
    let texts: [[String]]
    let rowCount: Int
  }

  private let known = Guarded<(starts: [Int]?, values: Values?)>((nil, nil))

  /// Where the first row of every chunk of the file starts.
  var starts: [Int]? {
    get { known.withLock { $0.starts } }
    set { known.withLock { $0.starts = newValue } }
  }

  /// The texts of every column.
  var values: Values? {
    get { known.withLock { $0.values } }
    set { known.withLock { $0.values = newValue } }
  }
}

/// The rows of a CSV file as they are scanned batch after batch of its chunks.
struct CSVBatches: Sendable {
  /// The rows that were scanned and not yet taken.
  var columns: CSVColumns

  private var scan: ChunkedScan
  private let survey: Survey

  /// Whether the texts are to be kept for later passes, if the file turns out to be without fault.
  private let keepsValues: Bool

  private let chunksPerBatch: Int
  private var nextChunk = 0
  private var starts: [Int] = []
  private var scanners: [ScannedChunk] = []

  /// Batches from the file's first row on, with the help of what `survey` knows of it.
  init(_ file: CSVFile, _ scan: ChunkedScan, _ survey: Survey, keepsValues: Bool) {
    self.scan = scan
    self.scan.knownStarts = survey.starts
    self.survey = survey
    self.keepsValues = keepsValues
    // Enough for the threads to be done at about the same time.
    chunksPerBatch = 8 * (scan.threads ?? processorCount)
    columns =
      if keepsValues, let values = survey.values {
        CSVColumns(
          plan: file.plan, start: file.firstRow, line: file.firstLine, dictionaries: values.dictionaries,
          values: values.texts)
      } else {
        CSVColumns(plan: file.plan, start: file.firstRow, line: file.firstLine)
      }
  }

  /// Scans the next batch, if there is one.
  ///
  /// - Throws: ``Problem``, when the file cannot be read, was changed or has too long a row; there is no next
  ///   batch then.
  mutating func scanBatch() throws(Problem) -> Bool {
    let chunks = nextChunk..<min(nextChunk + chunksPerBatch, scan.chunkCount)
    if chunks.isEmpty { return false }
    nextChunk = scan.chunkCount
    columns.removeTaken()
    starts += try scan.scan(chunks, appendingTo: &columns, reusing: &scanners)
    try scan.input.checkUnchanged()
    nextChunk = chunks.upperBound
    if nextChunk == scan.chunkCount { tellSurvey() }
    return true
  }

  private func tellSurvey() {
    if survey.starts == nil { survey.starts = starts }
    if keepsValues, survey.values == nil, columns.problems.isEmpty {
      survey.values = Survey.Values(
        dictionaries: columns.dictionaries, texts: columns.dictionaries.map { $0.values() },
        rowCount: columns.totalRowCount)
    }
  }
}
