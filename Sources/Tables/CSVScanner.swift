/// Scans a run of rows of a CSV file into flat columns.
///
/// A scanner knows nothing of what lies before its rows: it counts lines from 0 and keeps its own columns,
/// dictionaries and problems, so that several can work side by side on one file. It is used again and again, so
/// that its columns, once large enough, are never allocated anew.
struct CSVScanner: Sendable {
  let plan: ScanPlan

  /// The numbers, column after column, each with ``room`` for its rows; likewise the codes.
  private var numberCells: [Double]
  private var codeCells: [Int32]
  private var room = 64

  private(set) var rowCount = 0

  /// The index behind the last row that was scanned, and how many lines were passed.
  private(set) var position = 0
  var line = 0

  private(set) var lines = LineNumbers()
  var dictionaries: [TextDictionary]

  /// Fields that were probed as numbers and are not.
  var disproved: Set<Int> = []

  var uses: [ScanPlan.FieldUse]
  var report: RowReport
  private let knownDictionaries: [TextDictionary]

  /// Everything wrong that was met, in file order.
  var problems: ProblemCollector { report.problems }

  /// A scanner that gives values which `dictionaries` (one a text column) hold their codes, and others codes
  /// behind these.
  init(plan: ScanPlan, dictionaries: [TextDictionary]? = nil) {
    self.plan = plan
    numberCells = Array(repeating: 0, count: plan.numberColumns * room)
    codeCells = Array(repeating: 0, count: plan.textColumns * room)
    knownDictionaries = dictionaries ?? Array(repeating: TextDictionary(), count: plan.textColumns)
    self.dictionaries = knownDictionaries
    uses = plan.fields.map(\.use)
    report = RowReport(file: plan.file)
  }

  /// The numbers that were scanned into a column.
  func numbers(_ slot: Int) -> ArraySlice<Double> { numberCells[slot * room..<slot * room + rowCount] }

  /// The codes that were scanned into a column.
  func codes(_ slot: Int) -> ArraySlice<Int32> { codeCells[slot * room..<slot * room + rowCount] }

  /// Puts `codes[c]` for each code c of a column; −1, a missing cell, stays.
  mutating func recode(_ slot: Int, _ codes: [Int32]) {
    let table = [-1] + codes
    let range = slot * room..<slot * room + rowCount
    var cells = codeCells.mutableSpan
    for i in range { cells[i] = table[Int(cells[i]) + 1] }
  }

  /// Scans the rows of `bytes` that start from `start` on and before `limit`, or the first `mostRows` of them;
  /// what was scanned before is forgotten.
  ///
  /// - Complexity: O(bytes).
  mutating func scan(_ bytes: ByteView, from start: Int, before limit: Int, mostRows: Int = .max) {
    position = start
    line = 0
    rowCount = 0
    lines = LineNumbers()
    dictionaries = knownDictionaries
    disproved = []
    uses = plan.fields.map(\.use)
    report = RowReport(file: plan.file)
    while position < limit, rowCount < mostRows {
      if rowCount == room { makeRoom() }
      rowCount += scanBlock(bytes, before: limit, mostRows: min(room, mostRows) - rowCount)
    }
  }

  private mutating func makeRoom() {
    numberCells = Self.spread(numberCells, columns: plan.numberColumns, rows: room)
    codeCells = Self.spread(codeCells, columns: plan.textColumns, rows: room)
    room *= 2
  }

  /// The same columns with room for twice as many rows.
  private static func spread<Cell: Numeric>(_ cells: [Cell], columns: Int, rows: Int) -> [Cell] {
    var result: [Cell] = []
    result.reserveCapacity(2 * cells.count)
    for column in 0..<columns {
      result += cells[column * rows..<(column + 1) * rows]
      result += repeatElement(0, count: rows)
    }
    return result
  }

  /// Scans at most `mostRows` rows and returns how many.
  private mutating func scanBlock(_ bytes: ByteView, before limit: Int, mostRows: Int) -> Int {
    let expected = plan.fields.count
    let end = bytes.count
    let uses = uses
    let places = plan.fields.map { $0.slot * room + rowCount }
    let disprovedBefore = disproved.count
    // Taken out while they are written to, so that the functions for unusual cells can have the rest.
    var numbers: [Double] = []
    var codes: [Int32] = []
    swap(&numbers, &numberCells)
    swap(&codes, &codeCells)
    defer {
      swap(&numbers, &numberCells)
      swap(&codes, &codeCells)
    }
    var numberCells = numbers.mutableSpan
    var codeCells = codes.mutableSpan
    var i = position
    var row = 0
    // A probe that fails changes what is done with its field, from the next row on.
    while row < mostRows, i < limit, disproved.count == disprovedBefore {
      if bytes[i] == UInt8(ascii: "\n") || bytes[i] == UInt8(ascii: "\r") {
        i = skipBlankLines(bytes, i)
        continue
      }
      lines.append(line: line)
      let rowLine = line
      var field = 0
      while true {
        if field >= expected {
          i = surplusCell(bytes, i)
        } else {
          switch uses[field] {
          case .number, .probe:
            let place = places[field] &+ row
            if i &+ 16 <= end {
              let (value, next) = NumberParsing.shortNumber(in: bytes, from: i)
              if next > i, CSVCell.endsField(bytes[next], UInt8(ascii: ",")) {
                numberCells[place] = value
                i = next
                break
              }
            }
            let (value, next) = number(bytes, i, field)
            numberCells[place] = value
            i = next
          case .integer:
            if i &+ 16 <= end {
              let (value, next) = NumberParsing.shortNumber(in: bytes, from: i)
              if next > i, CSVCell.endsField(bytes[next], UInt8(ascii: ",")),
                value == value.rounded(.towardZero)
              {
                numberCells[places[field] &+ row] = value
                i = next
                break
              }
            }
            let (value, next) = unusualNumber(bytes, i, field)
            numberCells[places[field] &+ row] = value
            i = next
          case .text:
            let (code, next) = textCell(bytes, i, field)
            codeCells[places[field] &+ row] = code
            i = next
          case .skip:
            i = skippedCell(bytes, i, field)
          }
        }
        field &+= 1
        if i >= end { break }
        if bytes[i] == UInt8(ascii: ",") {
          i &+= 1
          continue
        }
        i = CSVCell.afterLineBreak(bytes, i)
        line &+= 1
        break
      }
      report.endRow(line: rowLine, fields: field, expected: expected)
      row &+= 1
    }
    position = i
    return row
  }
}
