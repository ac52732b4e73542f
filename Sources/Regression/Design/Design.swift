import Tables

/// A model's rows and columns, made of a formula and a table.
public struct Design: Sendable {
  /// How rows become rows of the design; it serves new data too.
  public let recipe: DesignRecipe

  /// The complete rows.
  public let rows: DesignRows

  /// The cluster of each row, one variable for each of the options' clusters.
  public let clusters: [ClusterCodes]

  /// The rows that were left out.
  public let dropped: DroppedRows

  /// What the reader of a fit should know of its data.
  public let warnings: [DesignWarning]

  /// The columns of the design.
  public var layout: DesignLayout { recipe.layout }

  /// Makes the design of a formula on a table.
  ///
  /// Rows that lack a value of any variable, weight, trial number, offset or cluster are dropped and counted. Text columns
  /// are factors, their levels sorted by Unicode code points (R's order in the C locale); numeric columns are numbers
  /// unless `factor()` or the options say otherwise, their levels then sorted by size. Levels that no row has are left out.
  /// Numeric columns that need no arithmetic share the table's memory where no row is dropped.
  ///
  /// - Parameters:
  ///   - formula: the model.
  ///   - table: the data.
  ///   - family: decides what the response may be, and whether two-valued text may be one.
  ///   - options: factors, weights, trials, offset and clusters.
  /// - Throws: ``RegressionError`` with file, line and column where there is one: a wrong formula, unknown columns, text
  ///   where numbers are needed, results that are no finite number, a factor with fewer than two levels, a table without
  ///   complete rows, more parameters than rows, responses, weights or trials that the family cannot have.
  /// - Complexity: O(rows × (variables + spline order²)).
  public init(
    _ formula: Formula, _ table: Table, family: Family = .gaussian, options: DesignOptions = DesignOptions()
  ) throws(RegressionError) {
    guard table.rowCount > 0 else { throw .data([table.problem("has no rows").description]) }
    let plan = try DesignPlan(formula, family: family, options: options, columnsOf: table)
    var learner = DesignLearner(plan)
    let complete = try learner.add(table, isWhole: true)
    let (recipe, warnings) = try learner.recipe()
    var reader = DesignReader(recipe, family: family)
    rows = try reader.rows(of: table, complete)
    clusters = try options.clusters.map { name throws(RegressionError) in
      var clusters = ClusterCodes(name)
      try clusters.add(table, complete)
      return clusters
    }
    self.recipe = recipe
    dropped = DroppedRows(total: complete.total, dropped: complete.total - complete.count, missing: complete.missing)
    self.warnings = warnings + (try reader.warnings())
  }
}
