extension CSVScanner {
  /// Skips blank lines, which only the file's end may have.
  mutating func skipBlankLines(_ bytes: ByteView, _ start: Int) -> Int {
    let first = line
    var i = start
    while i < bytes.count, bytes[i] == UInt8(ascii: "\n") || bytes[i] == UInt8(ascii: "\r") {
      i = CSVCell.afterLineBreak(bytes, i)
      line += 1
    }
    if i < bytes.count { report.blankLine(first) }
    return i
  }

  mutating func surplusCell(_ bytes: ByteView, _ start: Int) -> Int {
    let cell = CSVCell(in: bytes, at: start)
    if cell.fault == .unterminatedQuote {
      report.unterminated(line: line, column: plan.fields.count + 1, name: nil)
    }
    line += cell.lineBreaks
    return cell.next
  }

  mutating func skippedCell(_ bytes: ByteView, _ start: Int, _ field: Int) -> Int {
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

  mutating func textCell(
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
  mutating func unusualText(
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
  mutating func number(_ bytes: ByteView, _ start: Int, _ field: Int) -> (value: Double, next: Int) {
    let (value, next) = NumberParsing.number(in: bytes, from: start, to: bytes.count)
    let isWhole = next > start && (next == bytes.count || CSVCell.endsField(bytes[next], UInt8(ascii: ",")))
    return isWhole && value.isFinite ? (value, next) : unusualNumber(bytes, start, field)
  }

  /// A cell in a column of numbers that is not simply digits up to the comma.
  @inline(never)
  mutating func unusualNumber(
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
    } else if plan.fields[field].allowsNonFinite,
      NumberComplaint.isNotFinite(String(decoding: cell.content(in: bytes), as: UTF8.self))
    {
      return (.infinity, cell.next)
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
