import Regression

extension RegressPlan {
  /// What each column of the data is needed for.
  var dataUses: [String: RegressRows.Use] {
    var uses = formula.termUses
    for name in formula.response.columns { uses[name] = responseUse }
    for name in [options.weights, options.trials, options.offset].compactMap(\.self) { uses[name] = .number }
    for name in clusterColumns where uses[name] == nil { uses[name] = .category }
    return uses
  }

  private var clusterColumns: [String] {
    if case .cluster(let columns, _)? = options.covariance { columns } else { [] }
  }

  /// A binomial response may be a column of two words.
  private var responseUse: RegressRows.Use {
    guard case .column = formula.response.kind else { return .number }
    return family == .binomial || family == .quasiBinomial ? .either : .number
  }

  /// What each column of new rows is needed for: terms and offsets, of the kind that they were in the data of the fit.
  ///
  /// - Parameters:
  ///   - columns: The columns of the data of the fit.
  ///   - numeric: Those of them that hold numbers.
  func predictionUses(columns: [String], numeric: Set<String>) -> [String: RegressRows.Use] {
    let outside = Set(formula.response.columns + [options.weights, options.trials].compactMap(\.self) + clusterColumns)
    let dotted = formula.usesAllColumns ? Set(columns).subtracting(outside) : []
    var uses: [String: RegressRows.Use] = [:]
    for name in dotted.union(formula.terms.columns + [options.offset].compactMap(\.self)) {
      uses[name] = numeric.contains(name) ? .number : .text
    }
    for name in keep where uses[name] == nil { uses[name] = .category }
    return uses
  }
}

extension Formula {
  /// What each column that the terms name is needed for.
  fileprivate var termUses: [String: RegressRows.Use] {
    var uses: [String: RegressRows.Use] = [:]
    for name in terms.columns { uses[name] = .category }
    for name in terms.plainColumns { uses[name] = .either }
    for name in numericColumns where terms.columns.contains(name) { uses[name] = .number }
    return uses
  }
}

extension Formula.Expression {
  /// The columns that stand as terms themselves rather than inside a function.
  fileprivate var plainColumns: [String] {
    switch kind {
    case .column(let name): [name]
    case .number, .text, .logical, .otherColumns, .call: []
    case .sum(let summands): summands.flatMap(\.value.plainColumns)
    case .binary(_, let left, let right): left.plainColumns + right.plainColumns
    case .negated(let inner), .parenthesised(let inner): inner.plainColumns
    }
  }
}
