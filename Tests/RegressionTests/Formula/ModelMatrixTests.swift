import Foundation
import Tables
import Testing

@testable import Regression

/// What R makes of a formula: the fixture `model-matrix.tsv`, written by R 4.2.2.
struct ModelMatrixOracle: Sendable {
  struct Case: Sendable, CustomStringConvertible {
    var formula: String
    var terms: [String] = []
    var assign: [Int] = []
    var names: [String] = []
    var columns: [[Double]] = []
    var offset: [Double]?
    var description: String { formula }
  }

  static let shared = ModelMatrixOracle()
  let table: Table
  let cases: [Case]

  private init() {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/model-matrix.tsv")
    let text = String(decoding: FileManager.default.contents(atPath: path.path)!, as: UTF8.self)
    var columns: [Table.Column] = []
    var cases: [Case] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch fields[0] {
      case "numbers": columns.append(.init(fields[1], numbers: Self.numbers(fields[2])))
      case "text": columns.append(.init(fields[1], text: fields[2].split(separator: " ").map(String.init)))
      case "formula": cases.append(Case(formula: fields[1]))
      case "terms": cases[cases.count - 1].terms = Array(fields.dropFirst())
      case "assign": cases[cases.count - 1].assign = fields.dropFirst().map { Int($0)! }
      case "column":
        cases[cases.count - 1].names.append(fields[1])
        cases[cases.count - 1].columns.append(Self.numbers(fields[2]))
      case "offset": cases[cases.count - 1].offset = Self.numbers(fields[1])
      default: preconditionFailure("unknown line \(line)")
      }
    }
    table = Table(columns, named: "data.csv")
    self.cases = cases
  }

  private static func numbers(_ text: String) -> [Double] { text.split(separator: " ").map { Double($0)! } }
}

/// Column j of a design, row by row, by the layout's definition.
func column(_ index: Int, of layout: DesignLayout, _ rows: DesignRows) -> [Double] {
  let column = layout.columns[index]
  return (0..<rows.count).map { row in
    column.codings.reduce(column.numeric.map { rows.numerics[$0][row] } ?? 1) { product, coding in
      product * coding.value(ofLevel: Int(rows.codes[coding.factor][row]))
    }
  }
}

struct ModelMatrixTests {
  @Test(
    "columns, their names, order and values are those of R's model.matrix", arguments: ModelMatrixOracle.shared.cases)
  func modelMatrix(_ expected: ModelMatrixOracle.Case) throws {
    let design = try Design(
      try Formula(expected.formula), ModelMatrixOracle.shared.table,
      family: expected.formula.hasPrefix("cbind") ? .binomial : .gaussian)
    #expect(design.layout.columns.map(\.name) == expected.names)
    #expect(design.layout.columns.map(\.term) == expected.assign)
    #expect(design.layout.terms == expected.terms)
    guard design.layout.columns.count == expected.names.count else { return }
    for index in expected.names.indices {
      let column = column(index, of: design.layout, design.rows)
      // Both sides carry the rounding of a QR or a recurrence over 12 rows: some tens of units in the last place.
      let scale = max(1, expected.columns[index].map(\.magnitude).max() ?? 1)
      for (value, wanted) in zip(column, expected.columns[index]) {
        #expect(abs(value - wanted) <= 1e-13 * scale, "\(expected.names[index])")
      }
    }
    #expect((design.rows.offset == nil) == (expected.offset == nil))
    for (value, wanted) in zip(design.rows.offset ?? [], expected.offset ?? []) {
      #expect(abs(value - wanted) <= 1e-14 * max(1, abs(wanted)))
    }
  }

  @Test("every formula is read again from its own description", arguments: ModelMatrixOracle.shared.cases)
  func roundTrip(_ expected: ModelMatrixOracle.Case) throws {
    let formula = try Formula(expected.formula)
    #expect(try Formula(formula.description) == formula)
  }
}
