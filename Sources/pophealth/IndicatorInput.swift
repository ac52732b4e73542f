import Tables

/// The rows that a command reads, in long form: wide columns have become rows.
struct IndicatorInput {
  /// The file as the command names it.
  let path: String
  private let file: IndicatorFile
  /// How many rows there are.
  let rowCount: Int
  /// What was read otherwise than it was written.
  let notes: [String]
  /// The groups of `--by`.
  let groups: IndicatorGroups
  /// The columns that no option names, in file order; empty unless they were asked for.
  let others: [Table.Column]
  /// The rows as the file has them.
  private let table: Table
  private let layout: IndicatorLayout
  private let roles: [IndicatorColumns.Role]

  /// Reads the columns that an indicator needs, and those beside them where rows are carried through.
  ///
  /// - Throws: `CommandFailure`: exit code 2 for a column that the file does not have, 1 for what is wrong in it.
  init(_ path: String, _ columns: IndicatorColumns, carriesOthers: Bool = false, threads: Int?) throws {
    let source = path == "-" ? "/dev/stdin" : path
    let file = try checkingData { () throws(Problem) in try IndicatorFile(source) }
    let names = try checkingData { () throws(Problems) in try file.columnNames() }
    let layout = try IndicatorLayout(columns, names: names)
    let request = try IndicatorRequest(columns, layout, names: names, carriesOthers: carriesOthers)
    Progress.show("reading \(path)")
    let table: Table
    do throws(Problems) {
      table = try file.read(request.columns, threads: threads)
    } catch {
      Progress.clear()
      throw Self.failure(error, naming: request.columns.map(\.name))
    }
    Progress.clear()
    if table.rowCount > Self.rowsWithoutProgress {
      StandardError.write("progress: \(grouped(Double(table.rowCount))) rows of \(path) read")
    }
    self.path = source
    self.table = table
    self.layout = layout
    self.file = file
    roles = columns.numbers
    rowCount = table.rowCount * layout.variants.count
    notes = table.notes + request.notes
    others = request.carried.compactMap { name in
      table.column(name).map { layout.repeated($0) }
    }
    let by = columns.labels.filter { $0.option == "--by" }.map(\.text)
    groups = IndicatorGroups(
      by.map { ($0, Self.labels($0, table, layout)) }, rowCount: rowCount)
  }

  /// The most rows that are read without a word about it.
  private static let rowsWithoutProgress = 1_000_000

  /// SHA-256 of the file; nil for a pipe.
  var digest: String? { file.digest }

  /// The numbers of a role; NaN is a missing cell, infinity one that says `nan` or `inf`.
  ///
  /// - Complexity: O(1) in long input, O(rows) in wide.
  func numbers(_ option: String) -> [Double] {
    guard let index = roles.firstIndex(where: { $0.option == option }) else { return [] }
    let columns = layout.columns[index].map { table.numbers($0) ?? [] }
    guard layout.variants.count > 1 else { return columns.first ?? [] }
    var numbers: [Double] = []
    numbers.reserveCapacity(rowCount)
    for row in 0..<table.rowCount {
      for variant in layout.variants.indices { numbers.append(columns[columns.count == 1 ? 0 : variant][row]) }
    }
    return numbers
  }

  /// The labels of a column.
  func labels(_ name: String) -> IndicatorLabels { Self.labels(name, table, layout) }

  /// A problem with a cell of a role.
  func problem(row: Int, option: String, _ message: String) -> Problem {
    let index = roles.firstIndex { $0.option == option }
    let columns = index.map { layout.columns[$0] } ?? []
    let variant = row % layout.variants.count
    let column = columns.isEmpty ? "" : columns[columns.count == 1 ? 0 : variant]
    return table.problem(row: row / layout.variants.count, column: column, message)
  }

  /// A problem with a label of a row.
  func problem(row: Int, label name: String, _ message: String) -> Problem {
    table.problem(row: row / layout.variants.count, column: name, message)
  }

  /// Where the cells of a role are that bar results, one remark for each way: how many there are and where the first is.
  func remarks(
    on options: [String], areCounts: Bool = true, above limit: (numerator: String, denominator: String)? = nil
  ) -> [String] {
    var remarks: [String] = []
    func add(_ option: String, _ fault: String, _ isFaulty: (Int) -> Bool) {
      var count = 0
      var first = 0
      for row in 0..<rowCount where isFaulty(row) {
        if count == 0 { first = row }
        count += 1
      }
      guard count > 0 else { return }
      let more = count > 1 ? " and \(grouped(Double(count - 1))) more" : ""
      remarks.append("\(problem(row: first, option: option, "\(option) \(fault)").description)\(more)")
    }
    for option in options {
      let numbers = numbers(option)
      add(option, "is missing") { numbers[$0].isNaN }
      add(option, "is not a finite number") { numbers[$0].isInfinite }
      if areCounts { add(option, "is negative") { numbers[$0] < 0 } }
    }
    if let limit {
      let (numerators, denominators) = (numbers(limit.numerator), numbers(limit.denominator))
      add(limit.numerator, "is above \(limit.denominator)") {
        numerators[$0] > denominators[$0] && denominators[$0] >= 0 && numerators[$0].isFinite
      }
    }
    return remarks
  }

  private static func labels(_ name: String, _ table: Table, _ layout: IndicatorLayout) -> IndicatorLabels {
    if name == layout.across {
      let variants = layout.variants.indices.map { Int32($0) }
      return IndicatorLabels(codes: (0..<table.rowCount).flatMap { _ in variants }, values: layout.variants)
    }
    guard let column = table.text(name) else { return IndicatorLabels(codes: [], values: []) }
    return IndicatorLabels(column, repeating: layout.variants.count)
  }

  /// A missing column that an option names is a mistake of the command; everything else one of the file.
  private static func failure(_ problems: Problems, naming names: [String]) -> CommandFailure {
    let isWrongCommand = problems.kept.allSatisfy { problem in
      names.contains { problem.message.hasPrefix("has no column \(quoted($0))") }
    }
    return isWrongCommand ? .wrongCommand(problems.description) : .wrongData(problems.description)
  }
}

extension IndicatorLayout {
  /// A column of text with each row so many times as there are variants.
  func repeated(_ column: Table.Column) -> Table.Column {
    guard variants.count > 1, case .text(let text) = column.cells else { return column }
    let labels = IndicatorLabels(text, repeating: variants.count)
    return Table.Column(column.name, text: labels.rows(labels.codes.indices))
  }
}
