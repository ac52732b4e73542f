/// The columns of a CSV file as they grow, run of rows after run of rows in file order.
struct CSVColumns: Sendable {
  let plan: ScanPlan
  private(set) var numbers: [[Double]]
  private(set) var codes: [[Int32]]
  private(set) var dictionaries: [TextDictionary]

  /// The values of the dictionaries, as far as tables were already made of them.
  private(set) var values: [[String]]

  /// Whether the dictionaries were full from the beginning, so that scanners can use them.
  let knowsAllValues: Bool
  private(set) var lines = LineNumbers()

  /// How many rows were taken from the beginning, and how many there are behind them.
  private var taken = 0
  private(set) var rowCount = 0

  /// How many rows there were in all, taken and faulty ones included.
  private(set) var totalRowCount = 0

  /// The byte and the line in which the next row starts.
  private(set) var end: Int
  private(set) var line: Int

  /// Everything wrong so far, in file order.
  private(set) var problems = ProblemCollector()

  /// Fields that were probed as numbers and are not, and slots in which a number was found.
  private(set) var disproved: Set<Int> = []
  private var slotsWithNumbers: Set<Int> = []

  /// Columns without rows; the first will start at the byte `start` of the file, in `line`.
  init(plan: ScanPlan, start: Int, line: Int) {
    self.init(
      plan: plan, start: start, line: line,
      dictionaries: Array(repeating: TextDictionary(), count: plan.textColumns),
      values: Array(repeating: [], count: plan.textColumns), knowsAllValues: false)
  }

  /// Columns without rows of a file all values of which are known.
  init(plan: ScanPlan, start: Int, line: Int, dictionaries: [TextDictionary], values: [[String]]) {
    self.init(
      plan: plan, start: start, line: line, dictionaries: dictionaries, values: values, knowsAllValues: true)
  }

  private init(
    plan: ScanPlan, start: Int, line: Int, dictionaries: [TextDictionary], values: [[String]],
    knowsAllValues: Bool
  ) {
    self.plan = plan
    self.dictionaries = dictionaries
    self.values = values
    self.knowsAllValues = knowsAllValues
    numbers = Array(repeating: [], count: plan.numberColumns)
    codes = Array(repeating: [], count: plan.textColumns)
    end = start
    self.line = line
  }

  /// Appends what a scanner found in the rows up to the byte `end`; once there are problems, only these.
  ///
  /// - Complexity: O(rows + distinct values).
  mutating func append(_ scanner: inout CSVScanner, end: Int) {
    problems.add(scanner.problems, lineOffset: line)
    disproved.formUnion(scanner.disproved)
    // A row of the wrong length has no cells in some columns.
    if problems.isEmpty { appendCells(&scanner) }
    totalRowCount += scanner.rowCount
    line += scanner.line
    self.end = end
  }

  private mutating func appendCells(_ scanner: inout CSVScanner) {
    for slot in numbers.indices {
      let cells = scanner.numbers(slot)
      if !slotsWithNumbers.contains(slot), cells.contains(where: { !$0.isNaN }) { slotsWithNumbers.insert(slot) }
      numbers[slot].append(contentsOf: cells)
    }
    for slot in codes.indices {
      if !knowsAllValues { scanner.recode(slot, dictionaries[slot].merge(scanner.dictionaries[slot])) }
      codes[slot].append(contentsOf: scanner.codes(slot))
    }
    lines.append(0..<scanner.rowCount, of: scanner.lines, offset: line)
    rowCount += scanner.rowCount
  }

  /// Makes room for so many rows in all.
  mutating func reserve(_ rows: Int) {
    for slot in numbers.indices where numbers[slot].capacity < rows {
      numbers[slot].reserveCapacity(rows)
      SystemCalls.adviseLargePages(for: &numbers[slot])
    }
    for slot in codes.indices where codes[slot].capacity < rows {
      codes[slot].reserveCapacity(rows)
      SystemCalls.adviseLargePages(for: &codes[slot])
    }
  }

  /// All rows, by field.
  ///
  /// - Complexity: O(distinct values).
  func cells() -> [Int: Table.Cells] {
    cells {
      numbers[$0]
    } text: { slot in
      TextColumn(codes: codes[slot], values: dictionaries[slot].values())
    }
  }

  private func cells(
    numbers: (Int) -> [Double], text: (Int) -> TextColumn
  ) -> [Int: Table.Cells] {
    var cells: [Int: Table.Cells] = [:]
    for (index, field) in plan.fields.enumerated() {
      switch field.use {
      case .skip: continue
      case .text: cells[index] = .text(text(field.slot))
      case .number, .integer, .probe: cells[index] = .numbers(numbers(field.slot))
      }
    }
    return cells
  }

  /// Takes the first rows out, by field, with their lines.
  ///
  /// - Precondition: There are so many.
  /// - Complexity: O(cells + new distinct values).
  mutating func take(_ count: Int) -> (cells: [Int: Table.Cells], lines: LineNumbers) {
    precondition(count <= rowCount, "fewer rows")
    for slot in values.indices where values[slot].count < dictionaries[slot].count {
      values[slot] += dictionaries[slot].values(from: values[slot].count)
    }
    let rows = taken..<taken + count
    var lines = LineNumbers()
    lines.append(rows, of: self.lines, offset: 0)
    taken += count
    rowCount -= count
    let cells = cells {
      Array(numbers[$0][rows])
    } text: { slot in
      TextColumn(codes: Array(codes[slot][rows]), values: values[slot])
    }
    return (cells, lines)
  }

  /// Gives up the room of the rows that were taken.
  ///
  /// - Complexity: O(cells).
  mutating func removeTaken() {
    let rows = taken..<taken + rowCount
    for slot in numbers.indices { numbers[slot].removeFirst(taken) }
    for slot in codes.indices { codes[slot].removeFirst(taken) }
    var rest = LineNumbers()
    rest.append(rows, of: lines, offset: 0)
    lines = rest
    taken = 0
  }

  /// Drops all rows and keeps everything else.
  mutating func removeRows() {
    taken += rowCount
    rowCount = 0
    removeTaken()
  }

  /// The probed fields that turned out to be text: a cell is no number, or no cell holds anything.
  func textAfterAll() -> Set<Int> {
    var late = disproved
    for (index, field) in plan.fields.enumerated()
    where field.use == .probe && !slotsWithNumbers.contains(field.slot) {
      late.insert(index)
    }
    return late
  }
}
