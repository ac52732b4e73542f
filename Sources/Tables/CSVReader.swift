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
  /// - Throws: ``Problems``, each with line and column: missing, ambiguous or repeated headers, rows of the
  ///   wrong length, broken quoting, text that is not UTF-8, missing or malformed cells, a file without rows.
  /// - Complexity: O(bytes); the file is mapped, not copied. Columns to infer cost a second pass when their
  ///   first 100 rows hold numbers and a later one does not.
  public static func read(
    csv path: String, columns: [ColumnRequest] = [], others: OtherColumns = .skip
  ) throws(Problems) -> Table {
    let file: MappedFile
    do throws(Problem) {
      file = try MappedFile(path: path, expected: "a CSV file")
    } catch {
      throw Problems(error)
    }
    return try file.withBytes { (bytes) throws(Problems) in
      try read(bytes, named: path, columns: columns, others: others)
    }
  }

  /// Reads CSV from memory; `name` stands for the file in problems.
  ///
  /// - Throws: ``Problems`` as ``read(csv:columns:others:)`` does.
  public static func read(
    csvBytes bytes: [UInt8], named name: String, columns: [ColumnRequest] = [], others: OtherColumns = .skip
  ) throws(Problems) -> Table {
    try ByteView.lend(bytes) { (view) throws(Problems) in
      try read(view, named: name, columns: columns, others: others)
    }
  }

  private static func read(
    _ bytes: ByteView, named file: String, columns requests: [ColumnRequest], others: OtherColumns
  ) throws(Problems) -> Table {
    let header = try CSVHeader(bytes, file: file)
    let (matches, notes) = try match(header, requests, bytes, file)
    var fields = header.names.map { name in
      ScanPlan.Field(name: name, use: otherUse(others), allowsMissing: true)
    }
    for (request, match) in zip(requests, matches) {
      guard let field = match else { continue }
      fields[field] = ScanPlan.Field(
        name: request.name, use: use(request.kind), allowsMissing: request.allowsMissing)
    }
    try checkNames(fields, file)
    let first = try inferred(fields, header, bytes, file, mostRows: 100)
    var scanner = CSVScanner(
      plan: ScanPlan(file: file, fields: first), from: header.next, line: header.nextLine)
    scanner.scan(bytes)
    try scanner.problems.throwIfAny()
    guard scanner.rowCount > 0 else {
      throw Problems(Problem(file: file, message: "has a header but no rows"))
    }
    var cells = scanner.cells()
    let late = scanner.textAfterAll()
    if !late.isEmpty {
      // Numbers at first, text further down: these columns alone are read once more.
      let again = first.enumerated().map { index, field in
        ScanPlan.Field(name: field.name, use: late.contains(index) ? .text : .skip, allowsMissing: true)
      }
      var second = CSVScanner(
        plan: ScanPlan(file: file, fields: again), from: header.next, line: header.nextLine)
      second.scan(bytes)
      for (index, column) in second.cells() { cells[index] = column }
    }
    let columns = first.indices.compactMap { index in
      cells[index].map { Column(first[index].name, $0, number: index + 1) }
    }
    return Table(
      file: file, columns: columns, rowCount: scanner.rowCount, notes: notes, lines: scanner.lines)
  }

  private static func match(
    _ header: CSVHeader, _ requests: [ColumnRequest], _ bytes: ByteView, _ file: String
  ) throws(Problems) -> (fields: [Int?], notes: [String]) {
    do throws(Problems) {
      return try header.match(requests, file: file)
    } catch {
      guard let word = CSVHeader.foreignSeparator(bytes, lacking: requests, file: file) else { throw error }
      throw Problems(Problem(file: file, line: 1, message: "is separated by \(word); expected commas"))
    }
  }

  /// A column that is kept needs a name, and its own.
  private static func checkNames(_ fields: [ScanPlan.Field], _ file: String) throws(Problems) {
    var problems = ProblemCollector()
    var seen: [String: Int] = [:]
    for (index, field) in fields.enumerated() where field.use != .skip {
      if field.name.isEmpty {
        problems.add(file: file, line: 1, column: index + 1, "the header has no name for this column")
      } else if let earlier = seen.updateValue(index, forKey: field.name) {
        problems.add(
          file: file, line: 1, column: index + 1,
          "column \(quoted(field.name)) is there twice, first as column \(earlier + 1)")
      }
    }
    try problems.throwIfAny()
  }

  /// The fields with those to infer decided by the first rows, as far as these can.
  private static func inferred(
    _ fields: [ScanPlan.Field], _ header: CSVHeader, _ bytes: ByteView, _ file: String, mostRows: Int
  ) throws(Problems) -> [ScanPlan.Field] {
    guard fields.contains(where: { $0.use == .probe }) else { return fields }
    var probe = CSVScanner(
      plan: ScanPlan(file: file, fields: fields), from: header.next, line: header.nextLine)
    probe.scan(bytes, mostRows: mostRows)
    var decided = fields
    for index in probe.disproved { decided[index].use = .text }
    return decided
  }

  private static func use(_ kind: ColumnKind) -> ScanPlan.FieldUse {
    switch kind {
    case .text: .text
    case .number: .number
    case .integer: .integer
    }
  }

  private static func otherUse(_ others: OtherColumns) -> ScanPlan.FieldUse {
    switch others {
    case .skip: .skip
    case .text: .text
    case .number: .number
    case .infer: .probe
    }
  }
}

extension CSVScanner {
  /// The columns that were read, by field.
  func cells() -> [Int: Table.Cells] {
    var cells: [Int: Table.Cells] = [:]
    for (index, field) in plan.fields.enumerated() {
      switch field.use {
      case .skip: continue
      case .text:
        cells[index] = .text(TextColumn(codes: codes[field.slot], values: dictionaries[field.slot].values))
      case .number, .integer, .probe:
        cells[index] = .numbers(numbers[field.slot])
      }
    }
    return cells
  }

  /// The probed fields that turned out to be text: a cell is no number, or no cell holds anything.
  func textAfterAll() -> Set<Int> {
    var late = disproved
    for (index, field) in plan.fields.enumerated() where field.use == .probe && !late.contains(index) {
      if numbers[field.slot].allSatisfy(\.isNaN) { late.insert(index) }
    }
    return late
  }
}
