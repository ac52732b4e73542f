import Tables

/// What reading gives: the table's content, or what is said of the file.
struct ReadingOutcome: Equatable {
  var names: [String] = []
  var numbers: [[UInt64]] = []
  var codes: [[Int32]] = []
  var values: [[String]] = []
  var lines: [Int] = []
  var problems = ""

  init(_ table: Table) {
    names = table.columnNames
    for column in table.columns {
      switch column.cells {
      case .numbers(let cells): numbers.append(cells.map(\.bitPattern))
      case .text(let text):
        codes.append(text.codes)
        values.append(text.values)
      }
    }
    lines = (0..<table.rowCount).map { table.line(ofRow: $0) }
  }

  /// The content of tables (at least one) that follow each other; the texts are those of the last.
  init(_ tables: [Table]) {
    self.init(tables[tables.count - 1])
    let parts = tables.map { ReadingOutcome($0) }
    numbers = numbers.indices.map { column in parts.flatMap { $0.numbers[column] } }
    codes = codes.indices.map { column in parts.flatMap { $0.codes[column] } }
    lines = parts.flatMap(\.lines)
  }

  init(_ problems: Problems) { self.problems = "\(problems.total): \(problems)" }
}

/// A file of random cells, many of which are quoted and hold what separates cells and rows.
func randomFile(_ random: inout ReproducibleNumbers, faulty: Bool) -> [UInt8] {
  let fields = Int.random(in: 1...4, using: &random)
  let lineBreak = ["\n", "\r\n", "\r"][Int.random(in: 0..<3, using: &random)]
  let isQuoted = Bool.random(using: &random)
  let lateText = Int.random(in: 0..<80, using: &random)
  let plain = ["1", "25", "-3.5", "", "1e3", "12345678.25", "NA"]
  let words = [
    "a", "bb", "é", "a value of more than fifteen bytes", "\"x,y\"", "\"\"\"\"", "\"p\nq\"", "\"\r\n,\n1\n\"",
  ]
  let faults = ["a\"b", "\"a\"b", "x,y", "\n\n", "\0", "\"", "\r"]
  var text = Bool.random(using: &random) ? "\u{FEFF}" : ""
  text += (0..<fields).map { "c\($0)" }.joined(separator: ",") + lineBreak
  let rows = Int.random(in: 1...60, using: &random)
  for row in 0..<rows {
    let cells = (0..<fields).map { field in
      if faulty, Int.random(in: 0..<40, using: &random) == 0 {
        return faults[Int.random(in: 0..<faults.count, using: &random)]
      }
      let holdsText = field % 2 == 1 || (field == 2 && row >= lateText)
      let choices = holdsText ? (isQuoted ? words : Array(words.prefix(4))) : plain
      return choices[Int.random(in: 0..<choices.count, using: &random)]
    }
    let line = cells.joined(separator: ",")
    // An empty line is no row, so that a single empty cell is written with quotation marks.
    text += (line.isEmpty ? "\"\"" : line) + (row == rows - 1 && Bool.random(using: &random) ? "" : lineBreak)
  }
  return Array(text.utf8) + (faulty && Bool.random(using: &random) ? [0xFF] : [])
}
