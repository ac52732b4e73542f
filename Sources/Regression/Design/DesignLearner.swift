import Tables

/// Learns levels, knots and coefficients from the data, chunk after chunk.
struct DesignLearner {
  private let plan: DesignPlan
  private var factors: [Int: FactorLearner] = [:]
  private var response: FactorLearner?
  private var points: [Int: [Double]] = [:]
  private(set) var total = 0
  private(set) var complete = 0
  private(set) var missing: [String: Int] = [:]
  private var outsideLevels: [String: Int] = [:]

  init(_ plan: DesignPlan) {
    self.plan = plan
    for (index, variable) in plan.variables.enumerated() {
      if case .factor(let specification) = variable {
        factors[index] = FactorLearner(specification, named: plan.expansion.names[index])
      }
    }
    response = plan.textResponse.map { FactorLearner($0, named: $0.source.description) }
  }

  /// Takes up a chunk and says which of its rows are complete; `isWhole` says that there is no other, so that bases may
  /// be made of all its values.
  mutating func add(_ table: Table, isWhole: Bool) throws(RegressionError) -> CompleteRows {
    let complete = try plan.completeRows(of: table)
    total += complete.total
    self.complete += complete.count
    missing.merge(complete.missing) { $0 + $1 }
    outsideLevels.merge(complete.outsideLevels) { $0 + $1 }
    for (index, variable) in plan.variables.enumerated() {
      let name = plan.expansion.names[index]
      switch variable {
      case .factor(let specification):
        let values = try FactorValues(specification, named: name, in: table, of: plan.formula)
        try factors[index]?.add(values, complete)
      case .basis(let basis, let source):
        guard basis.needsData else { continue }
        guard isWhole else { throw .model(basis.refusal(name)) }
        // As in R, every value that is there takes part, also in rows that lack another variable.
        points[index] = try source.values(in: table, of: plan.formula).filter(\.isFinite)
      case .number, .outside: break
      }
    }
    if let specification = plan.textResponse {
      let values = try FactorValues(
        specification, named: specification.source.description, in: table, of: plan.formula)
      try response?.add(values, complete)
    }
    return complete
  }

  /// The recipe, and what is to be said of the levels.
  func recipe() throws(RegressionError) -> (recipe: DesignRecipe, warnings: [DesignWarning]) {
    try checkRows()
    var warnings: [DesignWarning] = plan.leftOut.isEmpty ? [] : [.leftOutOfDot(plan.leftOut)]
    var variables: [LearnedVariable] = []
    for (index, variable) in plan.variables.enumerated() {
      let name = plan.expansion.names[index]
      switch variable {
      case .number(let source): variables.append(.number(source))
      case .outside: variables.append(.outside)
      case .basis(let basis, let source):
        variables.append(.basis(try basis.learned(from: points[index] ?? [], named: name), of: source))
      case .factor:
        guard let learner = factors[index] else { continue }
        let (factor, unused) = try learner.learned()
        if !unused.isEmpty { warnings.append(.unusedLevels(factor: name, levels: unused)) }
        if learner.isText, factor.levels.contains("NA") { warnings.append(.levelNamedNA(factor: name)) }
        if let rows = outsideLevels[name] { warnings.append(.outsideLevels(factor: name, rows: rows)) }
        variables.append(.factor(factor))
      }
    }
    var builder = LayoutBuilder(names: plan.expansion.names, variables: variables)
    let layout = try builder.layout(terms: plan.expansion.terms, hasIntercept: plan.expansion.hasIntercept)
    guard !layout.columns.isEmpty else { throw .model("the model has neither a term nor an intercept") }
    guard layout.columns.count <= complete else {
      throw .model("the model has \(layout.columns.count) parameters, the data have \(complete) complete rows")
    }
    let success = try responseLevels()
    if let success { warnings.append(.successLevel(column: success.source.description, level: success.levels[1])) }
    return (
      DesignRecipe(
        formula: plan.formula, options: plan.options, layout: layout, names: plan.expansion.names,
        variables: variables, factorVariables: builder.factorVariables, products: builder.products,
        offsets: plan.offsets, response: success, columns: plan.columns), warnings
    )
  }

  private func checkRows() throws(RegressionError) {
    guard total > 0 else { throw .data(["the data have no rows"]) }
    let empty = plan.columns.filter { missing[$0] == total }
    guard empty.isEmpty else {
      throw .data(empty.map { "column \(quoted($0)) has no value: it is missing in all \(total) rows" })
    }
    guard complete > 0 else {
      let empty = missing.sorted { $0.key < $1.key }.map { "\(quoted($0.key)) is missing in \($0.value)" }
      let outside = outsideLevels.sorted { $0.key < $1.key }.map { "\($0.key) has none of its levels in \($0.value)" }
      throw .data(["none of the \(total) rows is complete: \((empty + outside).joined(separator: ", "))"])
    }
  }

  private func responseLevels() throws(RegressionError) -> LearnedFactor? {
    guard let learner = response else { return nil }
    let (factor, _) = try learner.learned()
    guard factor.levels.count == 2 else {
      let name = quoted(factor.source.description)
      throw .data(["the response \(name) is text with \(factor.levels.count) values; expected numbers, or two values"])
    }
    return factor
  }
}

extension DesignPlan {
  /// The rows of a table that have every value and only listed levels.
  func completeRows(of table: Table) throws(RegressionError) -> CompleteRows {
    var listed: [FactorValues] = []
    for (index, variable) in variables.enumerated() {
      guard case .factor(let specification) = variable, specification.levels != nil else { continue }
      listed.append(
        try FactorValues(specification, named: expansion.names[index], in: table, of: formula))
    }
    return CompleteRows(table, columns: columns, factors: listed)
  }
}

extension BasisSpecification {
  /// Whether the basis hangs on all values of its variable.
  var needsData: Bool {
    switch self {
    case .polynomial(_, let isRaw): !isRaw
    case .spline(let spline): spline.boundaryKnots == nil || (spline.knots == nil && spline.interiorKnotCount > 0)
    }
  }

  /// Why the basis cannot be made from a file that is read in pieces.
  func refusal(_ name: String) -> String {
    switch self {
    case .polynomial:
      "\(name) is orthogonal over all rows, which are not in memory at once; write poly(…, raw = TRUE)"
    case .spline:
      "\(name) takes its knots from all rows, which are not in memory at once; give knots = and Boundary.knots ="
    }
  }

  /// The basis over the values of its variable.
  ///
  /// - Throws: Too few different values; knots that coincide or lie outside the boundary.
  func learned(from points: [Double], named name: String) throws(RegressionError) -> Basis {
    switch self {
    case .polynomial(let degree, true): return .powers(degree)
    case .polynomial(let degree, false):
      guard let polynomials = OrthogonalPolynomials(over: points, degree: degree) else {
        throw .data(["\(name): a polynomial of degree \(degree) needs more than \(degree) different values"])
      }
      return .polynomials(polynomials)
    case .spline(let specification): return .spline(try specification.learned(from: points, named: name))
    }
  }
}

extension SplineSpecification {
  fileprivate func learned(from points: [Double], named name: String) throws(RegressionError) -> Spline {
    let sorted = points.sorted()
    let lower = boundaryKnots?[0] ?? sorted.first ?? 0
    let upper = boundaryKnots?[1] ?? sorted.last ?? 0
    guard lower < upper else { throw .data(["\(name): a spline needs more than one value"]) }
    var interior = knots ?? []
    if knots == nil, interiorKnotCount > 0 {
      let within = sorted.filter { $0 >= lower && $0 <= upper }
      guard !within.isEmpty else { throw .data(["\(name): no value lies between the boundary knots"]) }
      interior = (1...interiorKnotCount).map {
        quantile(ofSorted: within, Double($0) / Double(interiorKnotCount + 1))
      }
    }
    let all = [lower] + interior + [upper]
    guard zip(all, all.dropFirst()).allSatisfy({ $0 < $1 }) else {
      let shown = interior.map(numberAsR).joined(separator: ", ")
      throw .data([
        "\(name): the knots \(shown) must differ and lie between \(numberAsR(lower)) and \(numberAsR(upper)); "
          + "with many equal values choose fewer or give knots ="
      ])
    }
    return Spline(
      degree: degree, interior: interior, boundary: (lower, upper), isNatural: isNatural, hasIntercept: hasIntercept)
  }
}
