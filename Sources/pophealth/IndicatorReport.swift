import Probability
import Tables

/// A result as `pophealth indicator` writes it.
struct IndicatorReport {
  let kind: String
  let result: IndicatorResult
  let options: IndicatorOptions
  /// The files that the result is made from: what they are for, their paths and digests.
  let inputs: [(name: String, path: String, digest: String?)]
  /// How the files were read, and what the result warns of.
  let notes: [String]

  /// The rows with where they came from.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.provenance { json in
        json.member("indicator", kind)
        for input in inputs {
          json.member(input.name, input.path)
          json.member("\(input.name)_sha256", input.digest)
        }
        json.key("options")
        json.object { json in
          json.member("by", options.by)
          json.member("across", options.across)
          json.member("confidence", options.confidence)
          for (name, choice) in result.choices {
            switch choice {
            case .text(let text): json.member(name, text)
            case .number(let number): json.member(name, number)
            case .flag(let flag): json.member(name, flag)
            }
          }
          json.member("disclosure", options.disclosure)
        }
      }
      json.key("rows")
      json.rows(of: result.table)
      json.key("notes")
      json.array { json in for note in notes { json.string(note) } }
    }
    return json.bytes
  }

  /// A table for people.
  var text: String {
    var text = paragraph(result.heading) + "\n" + tableText
    if let methods { text += "\n" + paragraph(methods) }
    let hidden = result.carried.count - shownOthers
    let notes =
      notes
      + (hidden > 0
        ? ["--format csv and json have \(hidden) more \(hidden == 1 ? "column" : "columns") of the file"] : [])
    if !notes.isEmpty {
      text += "\nNotes\n"
      for note in notes { text += paragraph(note, indent: 2, first: "- ") }
    }
    return text
  }

  /// The labels, a few of the file's other columns, the figures, the status where one is not ok, and the counts.
  private var tableText: String {
    let labels = result.labels + result.carried.prefix(shownOthers)
    let figures = result.columns.filter { $0.style != .hidden && $0.style != .count }
    let counts = result.columns.filter { $0.style == .count }
    let isBarred = result.statuses.contains { $0 != .ok }
    func titles(_ columns: [IndicatorResult.Column]) -> [TextTable.Column] {
      columns.map { TextTable.Column($0.title, $0.style == .label ? .left : .right) }
    }
    var table = TextTable(
      columns: labels.map { TextTable.Column($0.name) } + titles(figures)
        + (isBarred ? [TextTable.Column("Status")] : []) + titles(counts),
      repeating: max(result.labels.count, 1))
    let before = labels.map { words($0.cells) } + figures.map(words)
    let behind = counts.map(words)
    for row in result.statuses.indices {
      table.add(
        before.map { $0(row) } + (isBarred ? [result.statuses[row].rawValue] : []) + behind.map { $0(row) })
    }
    return table.text(width: 80)
  }

  /// How many of the file's other columns people see: three columns in all say what a row is.
  private var shownOthers: Int { min(result.carried.count, max(0, 3 - result.labels.count)) }

  private func words(_ cells: Table.Cells) -> (Int) -> String {
    switch cells {
    case .numbers(let numbers): { shortest(numbers[$0]) }
    case .text(let text): { text[$0] }
    }
  }

  /// A column's cells for people: figures with decimals in common, counts whole where they are.
  private func words(_ column: IndicatorResult.Column) -> (Int) -> String {
    guard case .numbers(let numbers) = column.cells else { return words(column.cells) }
    switch column.style {
    case .count:
      let decimals = numbers.allSatisfy { $0.isNaN || $0 == $0.rounded() } ? 0 : 1
      return { grouped(numbers[$0], decimals: decimals) }
    case .figure:
      let decimals = figureDecimals
      return { Self.figure(numbers[$0], decimals: decimals) }
    case .other, .label, .hidden:
      let decimals = Self.decimals(of: numbers, digits: 4)
      return { Self.figure(numbers[$0], decimals: decimals) }
    }
  }

  /// Enough decimals for four digits of a middling figure, and for two of the narrowest interval.
  private var figureDecimals: Int {
    let columns = result.columns.filter { $0.style == .figure }.compactMap { column -> [Double]? in
      guard case .numbers(let numbers) = column.cells else { return nil }
      return numbers
    }
    guard let values = columns.first else { return 2 }
    var decimals = Self.decimals(of: values, digits: 4)
    if columns.count > 1 {
      let widths = zip(columns[1], values).map { ($1 - $0).magnitude }.filter { $0.isFinite && $0 > 0 }
      if let narrowest = widths.min() { decimals = max(decimals, FigureText.decimals([narrowest], digits: 2)) }
    }
    return min(decimals, 6)
  }

  /// Decimals that show so many digits of the median of the figures that are not zero.
  private static func decimals(of numbers: [Double], digits: Int) -> Int {
    let sizes = numbers.filter { $0.isFinite && $0 != 0 }.map(\.magnitude).sorted()
    if numbers.allSatisfy({ !$0.isFinite || ($0 == $0.rounded() && $0.magnitude < 1e15) }) { return 0 }
    return sizes.isEmpty ? 2 : min(FigureText.decimals([sizes[sizes.count / 2]], digits: digits), 6)
  }

  private static func figure(_ value: Double, decimals: Int) -> String {
    value.magnitude >= 1e11 && value.isFinite ? FigureText.scientific(value) : grouped(value, decimals: decimals)
  }

  /// The methods of the limits, where they are hidden in the table.
  private var methods: String? {
    guard let column = result.columns.first(where: { $0.name == "method" }), case .text(let text) = column.cells
    else { return nil }
    let used = text.values.enumerated().map { code, value in
      let count = text.codes.count { $0 == Int32(code) }
      return text.values.count == 1 ? value : "\(value) (\(grouped(Double(count))))"
    }
    return used.isEmpty ? nil : "Intervals: \(used.joined(separator: ", "))."
  }
}
