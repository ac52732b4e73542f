/// Scans the rows of a CSV file into flat columns, block by block.
///
/// A scanner works on any run of whole rows of which it knows the first line's number, keeps its own columns,
/// dictionaries and problems, and so is the unit of which several could work side by side on one file.
struct CSVScanner {
  /// Rows a block: the block's cells (8 bytes a number, 4 a code) should stay in the second-level cache.
  static let blockRows = 1024

  let plan: ScanPlan
  private(set) var numbers: [[Double]]
  private(set) var codes: [[Int32]]
  private(set) var dictionaries: [TextDictionary]
  private(set) var lines = LineNumbers()
  private(set) var rowCount = 0

  /// Fields that were probed as numbers and are not.
  private(set) var disproved: Set<Int> = []

  private var uses: [ScanPlan.FieldUse]
  private var report: RowReport
  private var position: Int
  private var line: Int

  /// Everything wrong that was met, in file order.
  var problems: ProblemCollector { report.problems }

  /// A scanner that starts at the byte `start`, which is the first of a row in `line`.
  init(plan: ScanPlan, from start: Int, line: Int) {
    self.plan = plan
    numbers = Array(repeating: [], count: plan.numberColumns)
    codes = Array(repeating: [], count: plan.textColumns)
    dictionaries = Array(repeating: TextDictionary(), count: plan.textColumns)
    uses = plan.fields.map(\.use)
    report = RowReport(file: plan.file)
    position = start
    self.line = line
  }

  /// Scans to the end of `bytes` or until `mostRows` rows are read.
  ///
  /// - Complexity: O(bytes).
  mutating func scan(_ bytes: ByteView, mostRows: Int = .max) {
    var numberBlock = [Double](repeating: 0, count: plan.numberColumns * Self.blockRows)
    var codeBlock = [Int32](repeating: 0, count: plan.textColumns * Self.blockRows)
    let start = position
    while position < bytes.count, rowCount < mostRows {
      let limit = min(Self.blockRows, mostRows - rowCount)
      let rows = scanBlock(bytes, limit, &numberBlock, &codeBlock)
      for slot in numbers.indices {
        let first = slot * Self.blockRows
        numbers[slot].append(contentsOf: numberBlock[first..<first + rows])
      }
      for slot in codes.indices {
        let first = slot * Self.blockRows
        codes[slot].append(contentsOf: codeBlock[first..<first + rows])
      }
      if rowCount == 0, rows == Self.blockRows { reserve(bytes.count - start, perBlock: position - start) }
      rowCount += rows
    }
  }

  /// Makes room for as many rows as the first block lets expect, with a twentieth to spare.
  private mutating func reserve(_ bytes: Int, perBlock: Int) {
    let rows = (bytes / perBlock + 1) * (Self.blockRows + Self.blockRows / 20)
    for slot in numbers.indices { numbers[slot].reserveCapacity(rows) }
    for slot in codes.indices { codes[slot].reserveCapacity(rows) }
  }

  /// Scans at most `limit` rows into the blocks and returns how many.
  private mutating func scanBlock(
    _ bytes: ByteView, _ limit: Int, _ numberBlock: inout [Double], _ codeBlock: inout [Int32]
  ) -> Int {
    let expected = plan.fields.count
    let end = bytes.count
    let uses = uses
    let places = plan.fields.map { $0.slot * Self.blockRows }
    let disprovedBefore = disproved.count
    var numberCells = numberBlock.mutableSpan
    var codeCells = codeBlock.mutableSpan
    var i = position
    var row = 0
    // A probe that fails changes what is done with its field, from the next row on.
    while row < limit, i < end, disproved.count == disprovedBefore {
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

  /// Skips blank lines, which only the file's end may have.
  private mutating func skipBlankLines(_ bytes: ByteView, _ start: Int) -> Int {
    let first = line
    var i = start
    while i < bytes.count, bytes[i] == UInt8(ascii: "\n") || bytes[i] == UInt8(ascii: "\r") {
      i = CSVCell.afterLineBreak(bytes, i)
      line += 1
    }
    if i < bytes.count { report.blankLine(first) }
    return i
  }

  private mutating func surplusCell(_ bytes: ByteView, _ start: Int) -> Int {
    let cell = CSVCell(in: bytes, at: start)
    if cell.fault == .unterminatedQuote {
      report.unterminated(line: line, column: plan.fields.count + 1, name: nil)
    }
    line += cell.lineBreaks
    return cell.next
  }

  private mutating func skippedCell(_ bytes: ByteView, _ start: Int, _ field: Int) -> Int {
    var i = start
    while i < bytes.count {
      if i &+ 8 <= bytes.count {
        let count = ByteWord(bytes, at: i).countBefore(belowOrNotASCII: UInt8(ascii: "-"))
        i &+= count
        if count == 8 { continue }
      }
      let byte = bytes[i]
      if byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == 0 {
        let cell = CSVCell(in: bytes, at: start)
        _ = report.accepts(cell, bytes, line, field, plan.fields[field])
        line += cell.lineBreaks
        return cell.next
      }
      if CSVCell.endsField(byte, UInt8(ascii: ",")) { break }
      i &+= 1
    }
    return i
  }

  private mutating func textCell(
    _ bytes: ByteView, _ start: Int, _ field: Int
  ) -> (code: Int32, next: Int) {
    var i = start
    while true {
      if i &+ 8 <= bytes.count {
        let count = ByteWord(bytes, at: i).countBefore(below: UInt8(ascii: "-"))
        i &+= count
        if count == 8 { continue }
      } else if i >= bytes.count {
        break
      }
      let byte = bytes[i]
      if CSVCell.endsField(byte, UInt8(ascii: ",")) { break }
      if byte == UInt8(ascii: "\"") || byte == 0 { return unusualText(bytes, start, field) }
      i &+= 1
    }
    if i == start {
      if !plan.fields[field].allowsMissing { report.addEmpty(line, field, plan.fields[field]) }
      return (-1, i)
    }
    if let code = dictionaries[plan.fields[field].slot].code(for: bytes, from: start, to: i) {
      return (code, i)
    }
    return unusualText(bytes, start, field)
  }

  @inline(never)
  private mutating func unusualText(
    _ bytes: ByteView, _ start: Int, _ field: Int
  ) -> (code: Int32, next: Int) {
    let cell = CSVCell(in: bytes, at: start)
    let slot = plan.fields[field].slot
    var code: Int32 = -1
    if report.accepts(cell, bytes, line, field, plan.fields[field]) {
      if cell.start == cell.end {
        if !plan.fields[field].allowsMissing { report.addEmpty(line, field, plan.fields[field]) }
      } else if cell.hasEscapes {
        let content = cell.content(in: bytes)
        code = ByteView.lend(content) { dictionaries[slot].code(for: $0, from: 0, to: content.count) ?? -1 }
      } else {
        code = dictionaries[slot].code(for: bytes, from: cell.start, to: cell.end) ?? -1
      }
    }
    line += cell.lineBreaks
    return (code, cell.next)
  }

  /// A cell in a column of numbers.
  @inline(never)
  private mutating func number(_ bytes: ByteView, _ start: Int, _ field: Int) -> (value: Double, next: Int) {
    let (value, next) = NumberParsing.number(in: bytes, from: start, to: bytes.count)
    let isWhole = next > start && (next == bytes.count || CSVCell.endsField(bytes[next], UInt8(ascii: ",")))
    return isWhole && value.isFinite ? (value, next) : unusualNumber(bytes, start, field)
  }

  /// A cell in a column of numbers that is not simply digits up to the comma.
  @inline(never)
  private mutating func unusualNumber(
    _ bytes: ByteView, _ start: Int, _ field: Int
  ) -> (value: Double, next: Int) {
    let cell = CSVCell(in: bytes, at: start)
    defer { line += cell.lineBreaks }
    guard report.accepts(cell, bytes, line, field, plan.fields[field]) else { return (.nan, cell.next) }
    var first = cell.start
    var last = cell.end
    while first < last, Self.isBlank(bytes[first]) { first += 1 }
    while first < last, Self.isBlank(bytes[last - 1]) { last -= 1 }
    let isNA = last - first == 2 && bytes[first] == UInt8(ascii: "N") && bytes[first + 1] == UInt8(ascii: "A")
    if first == last || (isNA && plan.fields[field].allowsMissing) {
      if !plan.fields[field].allowsMissing { report.addEmpty(line, field, plan.fields[field]) }
      return (.nan, cell.next)
    }
    let (value, next) = NumberParsing.number(in: bytes, from: first, to: last)
    if next == last, value.isFinite {
      if uses[field] == .integer, let complaint = NumberComplaint.aboutInteger(value) {
        report.refuse(cell, bytes, line, field, plan.fields[field], complaint)
      }
      return (value, cell.next)
    }
    if uses[field] == .probe {
      disproved.insert(field)
      uses[field] = .skip
    } else {
      report.refuse(
        cell, bytes, line, field, plan.fields[field], next == last ? "is too large for a number" : nil)
    }
    return (.nan, cell.next)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
