import Tables

/// What arithmetic over the columns of a table gives.
enum ExpressionValue {
  /// The same number in every row.
  case scalar(Double)
  /// A number a row.
  case vector([Double])
}

extension Formula.Expression {
  /// The expression in every row of a table; NaN where a column is missing. A column by itself is the table's own array.
  ///
  /// - Throws: A column that the table lacks or that holds text.
  /// - Complexity: O(rows × operations).
  func values(in table: Table, of formula: Formula) throws(RegressionError) -> [Double] {
    switch try value(in: table, of: formula) {
    case .scalar(let value): [Double](repeating: value, count: table.rowCount)
    case .vector(let values): values
    }
  }

  private func value(in table: Table, of formula: Formula) throws(RegressionError) -> ExpressionValue {
    switch kind {
    case .column(let name): return .vector(try table.numbers(name, usedBy: formula, at: position))
    case .number(let value): return .scalar(value)
    case .negated(let inner): return try inner.value(in: table, of: formula).mapped { -$0 }
    case .parenthesised(let inner): return try inner.value(in: table, of: formula)
    case .sum(let summands):
      var sum = try summands[0].value.value(in: table, of: formula)
      for summand in summands.dropFirst() {
        let next = try summand.value.value(in: table, of: formula)
        sum = summand.isSubtracted ? sum.combined(with: next) { $0 - $1 } : sum.combined(with: next) { $0 + $1 }
      }
      return sum
    case .binary(let sign, let left, let right):
      let first = try left.value(in: table, of: formula)
      let second = try right.value(in: table, of: formula)
      switch sign {
      case .crossing: return first.combined(with: second) { $0 * $1 }
      case .nesting: return first.combined(with: second) { $0 / $1 }
      case .power: return first.combined(with: second, FormulaFunction.power)
      case .interaction, .within: preconditionFailure("no arithmetic: \(self)")
      }
    case .call(let name, let arguments):
      let values = try dataParts[0].value(in: table, of: formula)
      if name == "I" { return values }
      guard let function = FormulaFunction.elementary[name] else { preconditionFailure("no arithmetic: \(self)") }
      guard arguments.count == 2 else { return values.mapped(function) }
      // The other argument is the base of a logarithm.
      let other = arguments.first { $0.value != dataParts[0] }?.value ?? dataParts[0]
      let scale = function(other.literalNumber ?? .nan)
      return values.mapped { function($0) / scale }
    case .text, .logical, .otherColumns: preconditionFailure("no arithmetic: \(self)")
    }
  }
}

extension ExpressionValue {
  fileprivate func mapped(_ function: (Double) -> Double) -> ExpressionValue {
    switch self {
    case .scalar(let value): .scalar(function(value))
    case .vector(let values): .vector(values.map(function))
    }
  }

  fileprivate func combined(
    with other: ExpressionValue, _ operation: (Double, Double) -> Double
  ) -> ExpressionValue {
    switch (self, other) {
    case (.scalar(let a), .scalar(let b)): return .scalar(operation(a, b))
    case (.scalar(let a), .vector(let b)): return .vector(b.map { operation(a, $0) })
    case (.vector(let a), .scalar(let b)): return .vector(a.map { operation($0, b) })
    case (.vector(var a), .vector(let b)):
      for row in a.indices { a[row] = operation(a[row], b[row]) }
      return .vector(a)
    }
  }
}

extension Table {
  /// The column that a formula names.
  ///
  /// - Throws: There is none of that name; the nearest is offered.
  func column(
    _ name: String, usedBy formula: Formula?, at position: SourcePosition
  ) throws(RegressionError) -> Table.Column {
    if let column = column(name) { return column }
    let advice =
      NearestName.suggestion(for: name, in: columnNames) ?? "it has \(Self.list(columnNames))"
    let message = problem("has no column \(quoted(name)); \(advice)").description
    guard let formula, position.offset != nil else { throw .data([message]) }
    throw .data([formula.located(FormulaComplaint(message, at: position)).description])
  }

  /// The numbers of a column that a formula names.
  ///
  /// - Throws: There is no such column, or it holds text: the first row whose cell is no number is named.
  func numbers(
    _ name: String, usedBy formula: Formula?, at position: SourcePosition = SourcePosition(offset: nil)
  ) throws(RegressionError) -> [Double] {
    switch try column(name, usedBy: formula, at: position).cells {
    case .numbers(let values): return values
    case .text(let text):
      let row = text.codes.firstIndex { $0 >= 0 && Double(text.values[Int($0)]) == nil } ?? 0
      let shown = text.isMissing(row) ? "no number" : quoted(text[row])
      throw .data([
        problem(row: row, column: name, "column \(quoted(name)) holds \(shown); expected a number").description
      ])
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).map { quoted($0) }.joined(separator: ", ") + (names.count > 12 ? " and more" : "")
  }
}
