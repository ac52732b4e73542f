import Foundation
import Indicators
import Probability
import Testing

/// A table of reference figures: lines that begin with `#` tell the source, then plain CSV with a header.
struct ReferenceTable {
  /// The files there are, with the number of their rows, so that a lost row is found.
  static let files: [String: Int] = [
    "limits": 13, "proportions": 19, "proportions-grouped": 11, "rates": 20, "rates-grouped": 12, "bands": 57,
    "bands-1976": 18, "repeated-events": 76, "direct": 12, "faults": 6, "indirect": 16, "means": 26,
    "means-results": 3, "life-expectancy": 318, "life-expectancy-results": 60,
  ]

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/Reference")

  /// One row, by column.
  struct Row {
    let cells: [String: String]

    subscript(column: String) -> String { cells[column] ?? "no such column" }

    /// The number in a column, NaN where it is empty.
    func number(_ column: String) -> Double { self[column].isEmpty ? .nan : Double(self[column])! }
  }

  let rows: [Row]
  let source: String

  init(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent("\(name).csv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    source = lines.prefix { $0.hasPrefix("#") }.joined(separator: "\n")
    let cells = lines.drop { $0.hasPrefix("#") }.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    rows = cells.dropFirst().map { Row(cells: Dictionary(uniqueKeysWithValues: zip(cells[0], $0))) }
  }

  /// The rows that have a text in a column.
  func rows(_ column: String, _ text: String) -> [Row] { rows.filter { $0[column] == text } }
}

extension Statistic {
  /// Expects the value and limits of a reference row; where the row has none, that the figure is barred.
  ///
  /// The reference has 15 digits or more, unless its figures are rounded; its formulas differ from ours in the order of
  /// operations, for which 1e-12 is enough.
  func expect(
    _ row: ReferenceTable.Row, outerLimitsTimes factor: Double = 1, rounding: Double = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard !row["value"].isEmpty else {
      #expect(status != .ok && value.isNaN && intervals.isEmpty, sourceLocation: sourceLocation)
      return
    }
    #expect(status == .ok, sourceLocation: sourceLocation)
    isNear(value, row.number("value"), row, rounding, sourceLocation)
    for (level, part, scale) in [(ConfidenceLevel.percent95, "95", 1.0), (.percent99_8, "99_8", factor)] {
      guard let column = row.cells["lower_\(part)"], !column.isEmpty else { continue }
      let interval = interval(at: level)
      isNear(interval?.lower ?? .nan, row.number("lower_\(part)") / scale, row, rounding, sourceLocation)
      isNear(interval?.upper ?? .nan, row.number("upper_\(part)") / scale, row, rounding, sourceLocation)
    }
  }

  private func isNear(
    _ found: Double, _ expected: Double, _ row: ReferenceTable.Row, _ rounding: Double,
    _ sourceLocation: SourceLocation
  ) {
    #expect(
      abs(found - expected) <= 1e-12 * abs(expected) + rounding, "\(found) is not \(expected): \(row.cells)",
      sourceLocation: sourceLocation)
  }
}
