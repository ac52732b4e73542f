import Tables

/// Turns tables into rows of a design and checks them, chunk after chunk.
struct DesignReader {
  private let recipe: DesignRecipe
  private let check: ResponseCheck
  private var firsts: [Double] = []
  private var isConstant: [Bool]
  /// The first response, while all are equal to it.
  private var commonResponse: Double?
  private var hasOneResponse = true
  private var fractional = 0
  private var firstFractional = ""
  private var withoutWeight = 0
  private var seen = 0

  init(_ recipe: DesignRecipe, family: Family) {
    self.recipe = recipe
    check = ResponseCheck(family: family, hasTrials: recipe.options.trials != nil)
    isConstant = [Bool](repeating: true, count: recipe.layout.numericCount)
  }

  /// The complete rows of a table.
  ///
  /// - Throws: Everything that is wrong in them.
  mutating func rows(of table: Table, _ complete: CompleteRows) throws(RegressionError) -> DesignRows {
    var problems = ProblemCollector()
    let numerics = try recipe.numerics(of: table, complete, &problems)
    let codes = try recipe.codes(of: table, complete, &problems)
    let offset = try recipe.offset(of: table, complete, &problems)
    var (response, weights) = try response(of: table, complete, &problems)
    if let name = recipe.options.weights {
      let given = complete.gather(try table.numbers(name, usedBy: nil))
      for index in given.indices where !(given[index] >= 0 && given[index].isFinite) {
        problems.add(
          table.problem(
            row: complete.source(of: index), column: name,
            "weight \(numberAsR(given[index])); a weight is at least 0"))
      }
      if var product = weights {
        for row in product.indices { product[row] *= given[row] }
        weights = product
      } else {
        weights = given
      }
    }
    do {
      try problems.throwIfAny()
    } catch {
      throw RegressionError(error)
    }
    withoutWeight += weights?.count { $0 == 0 } ?? 0
    seen += complete.count
    noteConstants(numerics)
    commonResponse = commonResponse ?? response.first
    hasOneResponse = hasOneResponse && response.allSatisfy { $0 == commonResponse }
    return DesignRows(
      count: complete.count, numerics: numerics, codes: codes, response: response, weights: weights, offset: offset,
      sourceRows: complete.rows)
  }

  /// What is to be said of all rows read.
  ///
  /// - Throws: No row has a weight.
  func warnings() throws(RegressionError) -> [DesignWarning] {
    guard withoutWeight < seen || seen == 0 else { throw .data(["all weights are 0"]) }
    var warnings: [DesignWarning] = []
    for column in recipe.layout.columns {
      if let numeric = column.numeric, column.codings.isEmpty, isConstant[numeric] {
        warnings.append(.constantColumn(column.name))
      }
    }
    if hasOneResponse, seen > 1 { warnings.append(.constantResponse(recipe.formula.response.description)) }
    if fractional > 0 { warnings.append(.fractionalCounts(rows: fractional, first: firstFractional)) }
    if withoutWeight > 0 { warnings.append(.withoutWeight(rows: withoutWeight)) }
    return warnings
  }

  private mutating func noteConstants(_ numerics: [[Double]]) {
    for (index, values) in numerics.enumerated() {
      guard isConstant[index], let first = values.first else { continue }
      if firsts.count <= index { firsts.append(first) }
      isConstant[index] = values.allSatisfy { $0 == firsts[index] }
    }
  }

  private mutating func response(
    of table: Table, _ complete: CompleteRows, _ problems: inout ProblemCollector
  ) throws(RegressionError) -> (response: [Double], weights: [Double]?) {
    let expression = recipe.formula.response.unwrapped
    if let (first, second) = recipe.formula.counts {
      guard check.isBinomial else {
        throw .model("cbind(successes, failures) is a response of binomial models; this one is \(check.name)")
      }
      guard recipe.options.trials == nil else {
        throw .model("cbind(successes, failures) has the trials already; leave out the trials column")
      }
      let successes = try recipe.finite(first, table, complete, &problems)
      let failures = try recipe.finite(second, table, complete, &problems)
      return counts(successes, failures, [first, second], table, complete, &problems)
    }
    if let levels = recipe.response {
      guard recipe.options.trials == nil else {
        throw .model("a response of two texts is one trial a row; leave out the trials column")
      }
      let values = try FactorValues(
        FactorSpecification(source: expression), named: expression.description, in: table, of: recipe.formula)
      return (values.codes(levels, complete).map { $0 == 1 ? 1 : 0 }, nil)
    }
    let values = try recipe.finite(expression, table, complete, &problems)
    guard problems.isEmpty else { return (values, nil) }
    let trials = try recipe.options.trials.map { name throws(RegressionError) in
      complete.gather(try table.numbers(name, usedBy: nil))
    }
    if trials != nil, !check.isBinomial {
      throw .model("trials belong to binomial models; this one is \(check.name)")
    }
    let column = expression.columns[0]
    // Without trials, weights may be their number, as in R.
    var counts = trials
    if counts == nil, let name = recipe.options.weights {
      counts = complete.gather(try table.numbers(name, usedBy: nil))
    }
    let isRight = check.areRight(values)
    for index in values.indices where !isRight {
      if let complaint = check.complaint(values[index], expression) {
        problems.add(table.problem(row: complete.source(of: index), column: column, complaint))
      } else if check.isFractional(values[index], trials: counts?[index] ?? 1) {
        note(
          table.problem(row: complete.source(of: index), column: column, "\(expression) is \(numberAsR(values[index]))")
        )
      }
    }
    guard let trials, let name = recipe.options.trials else { return (values, nil) }
    for index in trials.indices where !(trials[index] >= 0 && trials[index].isFinite) {
      problems.add(
        table.problem(
          row: complete.source(of: index), column: name,
          "\(numberAsR(trials[index])) trials; a number of trials is at least 0"))
    }
    return (values, trials)
  }

  private mutating func note(_ problem: Problem) {
    if fractional == 0 { firstFractional = problem.description }
    fractional += 1
  }

  private mutating func counts(
    _ successes: [Double], _ failures: [Double], _ names: [Formula.Expression], _ table: Table,
    _ complete: CompleteRows, _ problems: inout ProblemCollector
  ) -> (response: [Double], weights: [Double]?) {
    guard problems.isEmpty else { return ([], nil) }
    var response: [Double] = []
    var trials: [Double] = []
    for index in successes.indices {
      for (value, name) in [(successes[index], names[0]), (failures[index], names[1])] {
        let column = name.columns[0]
        if value < 0 {
          problems.add(
            table.problem(
              row: complete.source(of: index), column: column,
              "\(name) is \(numberAsR(value)); a count is at least 0"))
        } else if value != value.rounded() {
          note(
            table.problem(
              row: complete.source(of: index), column: column, "\(name) is \(numberAsR(value))"))
        }
      }
      let total = successes[index] + failures[index]
      trials.append(total)
      response.append(total > 0 ? successes[index] / total : 0)
    }
    return (response, trials)
  }
}
