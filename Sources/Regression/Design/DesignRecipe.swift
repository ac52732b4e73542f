import Tables

/// How rows of a table become rows of a design: the layout with the levels, knots and coefficients learnt from the data
/// of the fit, so that new data are coded exactly as those were ("safe prediction", Chambers and Hastie 1992, section
/// 7.3.3).
public struct DesignRecipe: Sendable, Hashable {
  /// The formula.
  public let formula: Formula

  /// What the design took from the data beside the formula's terms.
  public let options: DesignOptions

  /// The columns of the design.
  public let layout: DesignLayout

  let names: [String]
  let variables: [LearnedVariable]
  /// The variable of each of the layout's factors.
  let factorVariables: [Int]
  /// The numeric vectors of the layout, each a product of columns of variables.
  let products: [[LayoutBuilder.NumericPart]]
  let offsets: [Formula.Expression]
  /// The levels of a text response: failure, then success.
  let response: LearnedFactor?
  let columns: [String]

  /// The columns that rows to predict must have: those of the terms and of the offsets.
  public var predictorColumns: [String] {
    var seen: Set<String> = []
    let used = variables.flatMap { variable -> [String] in
      switch variable {
      case .number(let source), .basis(_, let source): source.columns
      case .factor(let factor): factor.source.columns
      case .outside: []
      }
    }
    return (used + offsets.flatMap(\.columns)).filter { seen.insert($0).inserted }
  }

  /// The numeric vectors of the complete rows of a table.
  ///
  /// - Throws: A column that is missing or holds text, a value that is no finite number.
  func numerics(
    of table: Table, _ complete: CompleteRows, _ problems: inout ProblemCollector
  ) throws(RegressionError) -> [[Double]] {
    var ofVariable: [Int: [[Double]]] = [:]
    for variable in Set(products.joined().map(\.variable)).sorted() {
      switch variables[variable] {
      case .number(let source):
        ofVariable[variable] = [try finite(source, table, complete, &problems)]
      case .basis(let basis, let source):
        let points = try finite(source, table, complete, &problems)
        ofVariable[variable] = problems.isEmpty ? basis.columns(at: points) : nil
      case .factor, .outside: break
      }
    }
    guard problems.isEmpty else { return [] }
    return products.map { product in
      let parts = product.compactMap { ofVariable[$0.variable]?[$0.column] }
      return parts.dropFirst().reduce(parts[0]) { values, factor in
        var values = values
        for row in values.indices { values[row] *= factor[row] }
        return values
      }
    }
  }

  /// The codes of the layout's factors in the complete rows of a table.
  ///
  /// - Throws: A column that is missing; a level that the fit did not have is a problem.
  func codes(
    of table: Table, _ complete: CompleteRows, _ problems: inout ProblemCollector
  ) throws(RegressionError) -> [[Int32]] {
    var all: [[Int32]] = []
    for variable in factorVariables {
      guard case .factor(let factor) = variables[variable] else { continue }
      let values = try FactorValues(
        FactorSpecification(source: factor.source), named: names[variable], in: table, of: formula)
      let codes = values.codes(factor, complete)
      if let first = codes.firstIndex(where: { $0 < 0 }) {
        for index in codes[first...].indices where codes[index] < 0 {
          let row = complete.source(of: index)
          let column = factor.source.columns[0]
          problems.add(table.problem(row: row, column: column, newLevel(values, row, names[variable], factor)))
        }
      }
      all.append(codes)
    }
    return all
  }

  private func newLevel(_ values: FactorValues, _ row: Int, _ name: String, _ factor: LearnedFactor) -> String {
    let value: String
    switch values.cells {
    case .text(let text): value = text[row]
    case .numbers(let numbers): value = numberAsR(numbers[row])
    }
    let known = factor.levels.prefix(5).map { quoted($0) }.joined(separator: ", ")
    return "\(name) has the new level \(quoted(value)); the fit knows "
      + (factor.levels.count > 5 ? "\(factor.levels.count) levels: \(known), …" : known)
  }

  /// The sum of the offsets in the complete rows of a table; nil without offset.
  func offset(
    of table: Table, _ complete: CompleteRows, _ problems: inout ProblemCollector
  ) throws(RegressionError) -> [Double]? {
    guard let first = offsets.first else { return nil }
    var sum = try finite(first, table, complete, &problems)
    for offset in offsets.dropFirst() {
      let next = try finite(offset, table, complete, &problems)
      for row in sum.indices { sum[row] += next[row] }
    }
    return sum
  }

  /// The values of an expression in the complete rows; those that are no finite number are problems.
  func finite(
    _ expression: Formula.Expression, _ table: Table, _ complete: CompleteRows, _ problems: inout ProblemCollector
  ) throws(RegressionError) -> [Double] {
    let values = complete.gather(try expression.values(in: table, of: formula))
    if values.areFinite { return values }
    let column = expression.columns[0]
    for index in values.indices where !values[index].isFinite {
      let row = complete.source(of: index)
      problems.add(table.problem(row: row, column: column, notFinite(expression, values[index], table, row)))
    }
    return values
  }

  private func notFinite(_ expression: Formula.Expression, _ value: Double, _ table: Table, _ row: Int) -> String {
    let name = expression.description
    let result = value.isNaN ? "no number" : "infinite"
    guard expression.columns.count == 1, let cell = table.numbers(expression.columns[0])?[row] else {
      return "\(name) is \(result)"
    }
    if case .column = expression.kind { return "column \(quoted(expression.columns[0])) is infinite" }
    let advice = offsets.contains(expression) && cell <= 0 ? "; an exposure must be above 0" : ""
    return "\(name) is \(result) where \(quoted(expression.columns[0])) is \(numberAsR(cell))\(advice)"
  }
}
