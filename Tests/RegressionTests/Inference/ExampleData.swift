import Foundation
import Tables

/// 48 rows made by remainders, the same that the R scripts behind the expected values of these suites make:
/// counts with exposures, a numeric variable, two factors, 0/1 data, trials, a continuous response, weights, clusters.
enum ExampleData {
  static let table: Table = {
    let rows = Array(1...48)
    let x = rows.map { Double($0 * 37 % 48) / 10 }
    let g = rows.map { ["a", "b", "c", "d"][$0 % 4] }
    let s = rows.map { $0 * 5 % 7 < 3 ? "f" : "m" }
    let trials = rows.map { 1 + $0 * 3 % 8 }
    return Table([
      .init("x", numbers: x),
      .init("g", text: g),
      .init("s", text: s),
      .init("y", integers: rows.map { count($0, x[$0 - 1], g[$0 - 1], s[$0 - 1]) }),
      .init(
        "yy",
        integers: rows.map { count($0, x[$0 - 1], g[$0 - 1], s[$0 - 1]) + ($0 * $0 % 7) * ($0 * $0 % 5) }),
      .init("e", integers: rows.map { 10 + $0 * 13 % 29 }),
      .init("d", integers: rows.map { Double($0 * 11 % 13) < 3 + x[$0 - 1] ? 1 : 0 }),
      .init("m", integers: trials),
      .init(
        "p",
        numbers: rows.map { row in
          Double(min(trials[row - 1], row * 5 % 4 + (g[row - 1] == "c" ? 1 : 0))) / Double(trials[row - 1])
        }),
      .init(
        "z",
        numbers: rows.map { 2 + 0.5 * x[$0 - 1] + Double($0 * 29 % 17) / 4 - (g[$0 - 1] == "d" ? 1 : 0) }),
      .init("w", integers: rows.map { 1 + $0 * 19 % 6 }),
      .init("c1", integers: rows.map { $0 * 3 % 11 }),
      .init("c2", integers: rows.map { $0 * 7 % 6 }),
    ])
  }()

  private static func count(_ row: Int, _ x: Double, _ g: String, _ s: String) -> Int {
    row * 7 % 5 + Int(x) + (g == "b" ? 2 : 0) + (s == "m" && row % 3 == 0 ? 3 : 0)
  }

  /// The table with every row as often as its weight says.
  static let repeated: Table = {
    let weights = table.numbers("w")!.map { Int($0) }
    let rows = weights.indices.flatMap { Array(repeating: $0, count: weights[$0]) }
    return Table(
      table.columns.map { column in
        switch column.cells {
        case .numbers(let values): .init(column.name, numbers: rows.map { values[$0] })
        case .text(let text): .init(column.name, text: rows.map { text[$0] })
        }
      })
  }()
}

/// Whether two rows of numbers agree to a relative tolerance; tells where not.
func agree(_ actual: [Double], _ expected: [Double], within tolerance: Double) -> Bool {
  guard actual.count == expected.count else { return false }
  return zip(actual, expected).allSatisfy { abs($0 - $1) <= tolerance * max(abs($1), 1e-6) }
}

extension ExampleData {
  /// The table with no events in level d of g.
  static let withoutEventsInD = Table(
    table.columns.map { column in
      guard column.name == "y" else { return column }
      let groups = table.text("g")!.cells
      return .init("y", numbers: zip(table.numbers("y")!, groups).map { $1 == "d" ? 0 : $0 })
    })
}
