/// A plain-text table for a terminal or a report: aligned columns, a rule under the header, no colour, no
/// blanks at line ends.
///
/// When the columns do not fit the width, those on the right continue in further blocks below, each of which
/// repeats the first columns, so that no figure is ever cut. Only text in the repeated columns is cut (with
/// `…`), where a block would otherwise not hold a single further column.
public struct TextTable: Sendable {
  /// At which side of its column a cell stands.
  public enum Alignment: Sendable, Hashable {
    /// Text.
    case left

    /// Numbers.
    case right
  }

  /// A column's title and alignment.
  public struct Column: Sendable, Hashable {
    /// The title in the header.
    public var title: String

    /// The side at which its cells and its title stand.
    public var alignment: Alignment

    /// A column; numbers are aligned to the right.
    public init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  private enum Line: Sendable {
    case cells([String])
    case rule
  }

  /// The columns, from left to right.
  public let columns: [Column]

  /// How many columns at the left are repeated in every block.
  public let repeated: Int

  private var lines: [Line] = []

  /// A table without rows.
  ///
  /// - Parameters:
  ///   - columns: The columns, from left to right.
  ///   - repeated: How many columns at the left label the rows.
  public init(columns: [Column], repeating repeated: Int = 1) {
    self.columns = columns
    self.repeated = max(0, min(repeated, columns.count))
  }

  /// Adds a row; cells that are not given are empty.
  ///
  /// - Precondition: There are not more cells than columns.
  public mutating func add(_ cells: [String]) {
    precondition(cells.count <= columns.count, "more cells than columns")
    lines.append(.cells(cells + Array(repeating: "", count: columns.count - cells.count)))
  }

  /// Adds a rule, such as the one above totals.
  public mutating func addRule() { lines.append(.rule) }

  /// The table as text, each line ended by a line break.
  ///
  /// - Parameter width: The most characters a line may have.
  /// - Complexity: O(cells).
  public func text(width: Int = 80) -> String {
    var widths = columns.map(\.title.count)
    for case .cells(let cells) in lines {
      for (index, cell) in cells.enumerated() { widths[index] = max(widths[index], cell.count) }
    }
    let labels = Array(0..<repeated)
    shorten(labels, to: width, widest: widths[repeated...].max() ?? 0, &widths)
    var blocks: [[Int]] = []
    var block = labels
    for index in repeated..<columns.count {
      if block.count > labels.count, span(block + [index], widths) > width {
        blocks.append(block)
        block = labels
      }
      block.append(index)
    }
    blocks.append(block)
    return blocks.map { rendered($0, widths) }.joined(separator: "\n")
  }

  /// Narrows the label columns, the widest first and none below 8, until one further column fits beside them.
  private func shorten(_ labels: [Int], to width: Int, widest: Int, _ widths: inout [Int]) {
    let room = width - (widest > 0 ? widest + 2 : 0)
    while span(labels, widths) > room {
      let candidates = labels.filter { widths[$0] > 8 && columns[$0].alignment == .left }
      guard let widestLabel = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widestLabel] -= 1
    }
  }

  private func span(_ block: [Int], _ widths: [Int]) -> Int {
    block.map { widths[$0] }.reduce(0, +) + 2 * max(0, block.count - 1)
  }

  private func rendered(_ block: [Int], _ widths: [Int]) -> String {
    let rule = String(repeating: "-", count: span(block, widths))
    var text = line(block.map { columns[$0].title }, block, widths) + rule + "\n"
    for entry in lines {
      switch entry {
      case .rule: text += rule + "\n"
      case .cells(let cells): text += line(block.map { cells[$0] }, block, widths)
      }
    }
    return text
  }

  private func line(_ cells: [String], _ block: [Int], _ widths: [Int]) -> String {
    var line = ""
    for (cell, index) in zip(cells, block) {
      let shown = cell.count <= widths[index] ? cell : cell.prefix(widths[index] - 1) + "…"
      let blanks = String(repeating: " ", count: widths[index] - shown.count)
      if index != block.first { line += "  " }
      line += columns[index].alignment == .left ? shown + blanks : blanks + shown
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
}
