/// A CSV file whose header is read and matched with what the caller asked for.
struct CSVFile: Sendable {
  let input: CSVInput
  let name: String

  /// What is done with each field of a row.
  private(set) var fields: [ScanPlan.Field]

  /// What was taken to be meant though it was not written so.
  let notes: [String]

  /// Where the first row starts, and in which line.
  let firstRow: Int
  let firstLine: Int

  /// How many bytes a header or a row may have.
  let longestRow: Int

  /// Rows that are read to see which columns cannot be numbers.
  private static let rowsToProbe = 100

  /// Opens the file at `path` and reads its header and enough rows to see which columns cannot be numbers.
  ///
  /// - Parameter inParts: Whether what cannot be read in parts and more than once is a problem.
  init(
    path: String, columns: [ColumnRequest], others: OtherColumns, inParts: Bool = false,
    longestRow: Int = .max
  ) throws(Problems) {
    let input = try Problems.of { () throws(Problem) in try CSVInput(path: path, inParts: inParts) }
    try self.init(input, named: path, columns: columns, others: others, longestRow: longestRow)
  }

  /// Reads the header and enough rows to see which columns cannot be numbers.
  init(
    _ input: CSVInput, named name: String, columns requests: [ColumnRequest], others: OtherColumns,
    longestRow: Int = .max
  ) throws(Problems) {
    self.input = input
    self.name = name
    self.longestRow = longestRow
    let (header, matches, notes) = try Self.header(input, name, requests, longestRow)
    self.notes = notes
    firstRow = header.next
    firstLine = header.nextLine
    fields = header.names.map { name in
      ScanPlan.Field(name: name, use: ScanPlan.FieldUse(others), allowsMissing: true)
    }
    for (request, match) in zip(requests, matches) {
      guard let field = match else { continue }
      fields[field] = ScanPlan.Field(
        name: request.name, use: ScanPlan.FieldUse(request.kind), allowsMissing: request.allowsMissing,
        allowsNonFinite: request.allowsNonFinite)
    }
    try checkNames()
    try Problems.of { () throws(Problem) in try probe() }
  }

  private typealias MatchedHeader = (header: CSVHeader, fields: [Int?], notes: [String])

  /// The header and which of its fields each request takes, from the file's first bytes: as many as it has.
  private static func header(
    _ input: CSVInput, _ name: String, _ requests: [ColumnRequest], _ longest: Int
  ) throws(Problems) -> MatchedHeader {
    var size = min(1 << 16, input.count)
    var buffer: [UInt8] = []
    while true {
      let result = try Problems.of { () throws(Problem) in
        try input.withWindow(0..<size, buffer: &buffer) { bytes in
          size == input.count || CSVHeader.isWhole(in: bytes)
            ? Result { () throws(Problems) in try header(bytes, name, requests) } : nil
        }
      }
      if let result { return try result.get() }
      guard size < longest else {
        throw Problems(
          Problem(
            file: name, line: 1,
            message: "the header is longer than \(longest >> 20) MB; is a quotation mark never closed?"))
      }
      size = min(4 * size, input.count)
    }
  }

  private static func header(
    _ bytes: ByteView, _ name: String, _ requests: [ColumnRequest]
  ) throws(Problems) -> MatchedHeader {
    let header = try CSVHeader(bytes, file: name)
    do throws(Problems) {
      let (fields, notes) = try header.match(requests, file: name)
      return (header, fields, notes)
    } catch {
      guard let word = CSVHeader.foreignSeparator(bytes, lacking: requests, file: name) else { throw error }
      throw Problems(Problem(file: name, line: 1, message: "is separated by \(word); expected commas"))
    }
  }

  /// A column that is kept needs a name, and its own.
  private func checkNames() throws(Problems) {
    var problems = ProblemCollector()
    var seen: [String: Int] = [:]
    for (index, field) in fields.enumerated() where field.use != .skip {
      if field.name.isEmpty {
        problems.add(file: name, line: 1, column: index + 1, "the header has no name for this column")
      } else if let earlier = seen.updateValue(index, forKey: field.name) {
        problems.add(
          file: name, line: 1, column: index + 1,
          "column \(quoted(field.name)) is there twice, first as column \(earlier + 1)")
      }
    }
    try problems.throwIfAny()
  }

  /// Makes those fields text of which the first rows show that they cannot be numbers.
  private mutating func probe() throws(Problem) {
    guard fields.contains(where: { $0.use == .probe }) else { return }
    var probe = ScannedChunk(scanner: CSVScanner(plan: plan))
    var size = 1 << 16
    while true {
      let limit = size < input.count - firstRow ? firstRow + size : input.count
      do throws(Problem) {
        try probe.scan(
          input, from: firstRow, before: limit, slack: 0, mostRows: Self.rowsToProbe, longestRow: longestRow)
      } catch {
        throw error.moved(by: firstLine)
      }
      if probe.scanner.rowCount == Self.rowsToProbe || limit == input.count { break }
      size *= 4
    }
    for field in probe.scanner.disproved { fields[field].use = .text }
  }

  /// How the rows are scanned.
  var plan: ScanPlan { ScanPlan(file: name, fields: fields) }

  /// The same file with these fields read as text and no others.
  func only(asText chosen: Set<Int>) -> CSVFile {
    var file = self
    for index in fields.indices { file.fields[index].use = chosen.contains(index) ? .text : .skip }
    return file
  }

  /// The same file with only the fields that are not decided.
  var onlyProbes: CSVFile {
    var file = self
    for index in fields.indices where fields[index].use != .probe { file.fields[index].use = .skip }
    return file
  }

  /// The same file with these of the undecided fields read as text and the others as numbers.
  func decided(asText chosen: Set<Int>) -> CSVFile {
    var file = self
    for index in fields.indices where fields[index].use == .probe {
      file.fields[index].use = chosen.contains(index) ? .text : .number
    }
    return file
  }

  /// Throws what is wrong with the rows, be it that there are none.
  func check(_ columns: CSVColumns) throws(Problems) {
    try columns.problems.throwIfAny()
    if columns.totalRowCount == 0 { throw Problems(Problem(file: name, message: "has a header but no rows")) }
  }

  /// A table of cells that were read, by field.
  func table(_ cells: [Int: Table.Cells], rowCount: Int, lines: LineNumbers) -> Table {
    let columns = fields.indices.compactMap { index in
      cells[index].map { Table.Column(fields[index].name, $0, number: index + 1) }
    }
    return Table(file: name, columns: columns, rowCount: rowCount, notes: notes, lines: lines)
  }
}

extension ScanPlan.FieldUse {
  init(_ kind: ColumnKind) {
    switch kind {
    case .text: self = .text
    case .number: self = .number
    case .integer: self = .integer
    }
  }

  init(_ others: OtherColumns) {
    switch others {
    case .skip: self = .skip
    case .text: self = .text
    case .number: self = .number
    case .infer: self = .probe
    }
  }
}
