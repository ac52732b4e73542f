import Tables

/// What a formula asks of a kind of table: which of its columns are factors, numbers, bases and offsets.
struct DesignPlan: Sendable {
  /// A variable before its levels, knots and coefficients are known.
  enum Variable: Sendable {
    case number(Formula.Expression)
    case factor(FactorSpecification)
    case basis(BasisSpecification, of: Formula.Expression)
    /// In no column: an offset, or a variable that was removed again.
    case outside
  }

  let formula: Formula
  let options: DesignOptions
  let expansion: TermExpansion
  let variables: [Variable]

  /// Everything that is added to the linear predictor as it is.
  let offsets: [Formula.Expression]

  /// The response of a binomial model as a factor, where it is a column of text.
  let textResponse: FactorSpecification?

  /// All columns that a row needs, in order of first use.
  let columns: [String]

  /// Columns of the table that a `.` left out because they have another part.
  let leftOut: [String]

  /// Reads a formula against the columns of a table.
  ///
  /// - Throws: A wrong formula, a column that the table lacks.
  init(
    _ formula: Formula, family: Family, options: DesignOptions, columnsOf table: Table
  ) throws(RegressionError) {
    self.formula = formula
    self.options = options
    let ofResponse = Set(formula.response.columns)
    let withPart = Set(options.columns)
    let others = table.columnNames.filter { !ofResponse.contains($0) }
    leftOut = formula.usesAllColumns ? others.filter { withPart.contains($0) } : []
    do throws(FormulaComplaint) {
      try formula.check()
      expansion = try TermExpansion(formula, otherColumns: others.filter { !withPart.contains($0) })
    } catch {
      throw RegressionError(formula.located(error))
    }
    var variables: [Variable] = []
    let used = Set(expansion.terms.joined())
    for (index, variable) in expansion.variables.enumerated() {
      let position = expansion.positions[index]
      variables.append(
        used.contains(index) ? try Self.classified(variable, at: position, options, table, formula) : .outside)
    }
    self.variables = variables
    offsets = expansion.offsets + (options.offset.map { [Formula.Expression(.column($0))] } ?? [])
    textResponse = ResponseCheck.isBinomial(family) ? Self.textResponse(formula, table) : nil
    var seen: Set<String> = []
    var ofTerms: [String] = []
    for variable in used.sorted() { ofTerms += expansion.variables[variable].columns }
    let ofOffsets = offsets.flatMap(\.columns)
    columns = (formula.response.columns + ofTerms + ofOffsets + options.columns).filter { seen.insert($0).inserted }
    for part in [formula.response, formula.terms] {
      try Self.checkColumns(of: part, table, formula)
    }
    for name in options.columns {
      _ = try table.column(name, usedBy: nil, at: SourcePosition(offset: nil))
    }
  }

  private static func checkColumns(
    of expression: Formula.Expression, _ table: Table, _ formula: Formula
  ) throws(RegressionError) {
    if case .column(let name) = expression.kind {
      _ = try table.column(name, usedBy: formula, at: expression.position)
    }
    for part in expression.dataParts { try checkColumns(of: part, table, formula) }
  }

  private static func classified(
    _ variable: FormulaVariable, at position: SourcePosition, _ options: DesignOptions, _ table: Table,
    _ formula: Formula
  ) throws(RegressionError) -> Variable {
    switch variable {
    case .column(let name):
      let source = Formula.Expression(.column(name), at: position.offset)
      let column = try table.column(name, usedBy: formula, at: position)
      if let wanted = options.factors[name] {
        var specification = FactorSpecification(source: source)
        specification.levels = wanted.levels
        specification.reference = wanted.reference
        specification.contrast = wanted.contrast
        return .factor(specification)
      }
      if case .text = column.cells { return .factor(FactorSpecification(source: source)) }
      return .number(source)
    case .arithmetic(let expression): return .number(expression)
    case .factor(var specification):
      if case .column(let name) = specification.source.kind, let wanted = options.factors[name] {
        // What the formula says itself goes first.
        specification.levels = specification.levels ?? wanted.levels
        specification.reference = specification.reference ?? wanted.reference
        if !specification.isOrdered { specification.contrast = specification.contrast ?? wanted.contrast }
      }
      return .factor(specification)
    case .basis(let basis, let source): return .basis(basis, of: source)
    case .offset: return .outside
    }
  }

  private static func textResponse(_ formula: Formula, _ table: Table) -> FactorSpecification? {
    guard case .column(let name) = formula.response.unwrapped.kind, case .text? = table.column(name)?.cells else {
      return nil
    }
    return FactorSpecification(source: formula.response.unwrapped)
  }
}

extension RegressionError {
  /// A wrong formula as the reason why nothing can be fitted.
  init(_ error: FormulaError) { self = .model(error.description) }

  /// Problems of the data, one message each.
  init(_ problems: Problems) {
    let messages = problems.kept.map(\.description)
    let more = problems.total - problems.kept.count
    self = .data(more > 0 ? messages + ["… and \(more) more"] : messages)
  }
}
