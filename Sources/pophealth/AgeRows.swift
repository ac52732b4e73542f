import Datasets
import Demography
import Tables

/// The rows of one area and sex in ascending order of age, and the age groups that their labels make.
struct AgeRows {
  let rows: [Int]
  let scale: AgeScale
  /// The width of the last group where its label closes it; nil where it is open and without an end.
  let closedWidth: Int?
  /// Whether the file has them in another order.
  let wasUnordered: Bool

  private struct Row {
    let row: Int
    let label: AgeLabel
    /// Whether the label is a bare age, which may stand for the group that begins there.
    let isBare: Bool
  }

  /// Sorts the rows and finds gaps, overlaps and doubles; nil where there is one.
  init?(of table: Table, rows: [Int], name: String?, _ collector: inout ProblemCollector) {
    guard let sorted = Self.parsed(table, rows, &collector) else { return nil }
    var faults = Faults(table: table, prefix: name.map { "\($0): " } ?? "")
    faults.findDoubles(sorted)
    if faults.problems.isEmpty {
      let startsOnly = sorted.allSatisfy { $0.isBare || $0.label.isOpen }
      if startsOnly { faults.findUnevenSteps(sorted) } else { faults.findGaps(sorted) }
    }
    for problem in faults.problems { collector.add(problem) }
    guard faults.problems.isEmpty, let last = sorted.last,
      let scale = try? AgeScale(lowerBounds: sorted.map(\.label.lowerBound))
    else { return nil }
    self.scale = scale
    self.rows = sorted.map(\.row)
    closedWidth = Self.closedWidth(of: last, in: scale)
    wasUnordered = zip(sorted, rows).contains { $0.row != $1 }
  }

  /// The rows with their labels, by age; nil where a label is none.
  private static func parsed(
    _ table: Table, _ rows: [Int], _ collector: inout ProblemCollector
  ) -> [Row]? {
    guard let column = table.text("age") else { return nil }
    var parsed: [Row] = []
    for row in rows {
      let text = column[row].split(separator: " ").joined()
      guard let label = AgeLabel(text) else {
        collector.add(
          table.problem(
            row: row, column: "age", "age \(quoted(column[row])); expected an age such as 0, 1-4 or 90+"))
        continue
      }
      parsed.append(Row(row: row, label: label, isBare: text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }))
    }
    guard parsed.count == rows.count else { return nil }
    return parsed.sorted { ($0.label.lowerBound, $0.row) < ($1.label.lowerBound, $1.row) }
  }

  private static func closedWidth(of last: Row, in scale: AgeScale) -> Int? {
    guard let upper = last.label.upperBound else { return nil }
    if !last.isBare { return upper - last.label.lowerBound + 1 }
    return scale.isSingleYear ? 1 : nil
  }

  /// What is wrong with the ages.
  private struct Faults {
    let table: Table
    let prefix: String
    var problems: [Problem] = []

    mutating func add(_ row: Row, _ message: String) {
      problems.append(table.problem(row: row.row, column: "age", prefix + message))
    }

    mutating func findDoubles(_ rows: [Row]) {
      for (previous, row) in zip(rows, rows.dropFirst())
      where previous.label.lowerBound == row.label.lowerBound {
        let line = table.line(ofRow: previous.row)
        let text = AgeRows.text(row)
        add(
          row,
          text == AgeRows.text(previous)
            ? "age \(text) is there twice, first in line \(line)"
            : "age \(text) overlaps \(AgeRows.text(previous)) of line \(line)")
      }
      if let first = rows.first, first.label.lowerBound > 0 {
        add(first, "no row for \(AgeRows.span(0, first.label.lowerBound - 1)); expected ages from 0")
      }
    }

    /// Labels with both ends must follow each other.
    mutating func findGaps(_ rows: [Row]) {
      for (previous, row) in zip(rows, rows.dropFirst()) {
        let low = row.label.lowerBound
        guard let upper = previous.label.upperBound else {
          add(
            row,
            "age \(AgeRows.text(row)) overlaps \(AgeRows.text(previous)) of line "
              + "\(table.line(ofRow: previous.row))")
          continue
        }
        if low > upper + 1 {
          add(row, "no row for \(AgeRows.span(upper + 1, low - 1)) before age \(AgeRows.text(row))")
        } else if low <= upper {
          add(
            row,
            "age \(AgeRows.text(row)) overlaps \(AgeRows.text(previous)) of line "
              + "\(table.line(ofRow: previous.row))")
        }
      }
      guard let last = rows.last, let upper = last.label.upperBound, !last.isBare else { return }
      // Probabilities may end with a closed group that nobody survives.
      guard table.numbers("q") == nil || table.numbers("deaths") != nil else { return }
      add(last, "ages end at \(upper); expected an open last group, such as \(upper + 1)+")
    }

    /// First ages alone cannot show a missing row, so that they must keep one step, but for 0, 1 and 5 at the
    /// beginning.
    mutating func findUnevenSteps(_ rows: [Row]) {
      let starts = rows.map(\.label.lowerBound)
      for row in rows.dropLast() where row.label.isOpen {
        add(row, "age \(AgeRows.text(row)) is open, but older ages follow")
      }
      let steps = zip(starts, starts.dropFirst()).map { $1 - $0 }
      guard problems.isEmpty, let width = AgeRows.mostFrequent(steps),
        let regular = steps.firstIndex(of: width)
      else { return }
      let hasUsualStart =
        regular == 0
        || ((starts[regular] <= width || starts[regular] == 5)
          && (regular == 1 || (regular == 2 && starts[1] == 1)))
      for i in steps.indices where i < regular ? !hasUsualStart && steps[i] > width : steps[i] != width {
        let next = starts[i + 1]
        let low = i > regular ? starts[i] + width : max(starts[i] + 1, next - width)
        let gap = steps[i] > width ? "no row for \(AgeRows.span(low, next - 1))" : "a step of its own"
        add(
          rows[i + 1],
          "\(gap) between the first ages \(starts[i]) and \(next), which go in steps of \(width) elsewhere; "
            + "write groups of other widths with both ends, as \(starts[i])-\(next - 1)")
      }
    }
  }

  private static func mostFrequent(_ steps: [Int]) -> Int? {
    var counts: [Int: Int] = [:]
    for step in steps { counts[step, default: 0] += 1 }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  private static func span(_ low: Int, _ high: Int) -> String {
    low == high ? "age \(low)" : "ages \(low)-\(high)"
  }

  private static func text(_ row: Row) -> String {
    guard let upper = row.label.upperBound else { return "\(row.label.lowerBound)+" }
    return upper == row.label.lowerBound ? "\(upper)" : "\(row.label.lowerBound)-\(upper)"
  }
}
