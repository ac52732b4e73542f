import Tables

/// The design of a formula on data that are read in pieces, again at every pass.
///
/// Two passes learn and check: levels, missing rows, clusters; then responses and weights. Bases that hang on all values
/// of a variable (`poly` that is not raw, splines whose knots are not given) are refused, because all rows would have to be
/// in memory.
public struct DesignStream: Sendable {
  /// How rows become rows of the design; it serves new data too.
  public let recipe: DesignRecipe

  /// The cluster of each row, one variable for each of the options' clusters; four bytes a row.
  public let clusters: [ClusterCodes]

  /// The rows that were left out.
  public let dropped: DroppedRows

  /// What the reader of a fit should know of its data.
  public let warnings: [DesignWarning]

  private let chunks: any TableChunks
  private let plan: DesignPlan
  private let family: Family

  /// The columns of the design.
  public var layout: DesignLayout { recipe.layout }

  /// Makes the design of a formula on chunks of data, with the rules of ``Design``.
  ///
  /// - Throws: ``RegressionError`` as ``Design`` does, and for a basis that needs all rows at once.
  /// - Complexity: two passes; memory of one chunk, the levels and the clusters.
  public init(
    _ formula: Formula, _ chunks: some TableChunks, family: Family = .gaussian,
    options: DesignOptions = DesignOptions()
  ) throws(RegressionError) {
    var learning: (plan: DesignPlan, learner: DesignLearner)?
    var clusters = options.clusters.map { ClusterCodes($0) }
    try chunks.forEachTable { (table) throws(RegressionError) in
      var (plan, learner): (DesignPlan, DesignLearner)
      if let started = learning {
        (plan, learner) = started
      } else {
        plan = try DesignPlan(formula, family: family, options: options, columnsOf: table)
        learner = DesignLearner(plan)
      }
      learning = nil
      let complete = try learner.add(table, isWhole: false)
      for index in clusters.indices { try clusters[index].add(table, complete) }
      learning = (plan, learner)
    }
    guard let (plan, learner) = learning else { throw .data(["the data have no rows"]) }
    let (recipe, warnings) = try learner.recipe()
    var reader = DesignReader(recipe, family: family)
    try chunks.forEachTable { (table) throws(RegressionError) in
      _ = try reader.rows(of: table, try plan.completeRows(of: table))
    }
    self.recipe = recipe
    self.clusters = clusters
    self.warnings = warnings + (try reader.warnings())
    self.chunks = chunks
    self.plan = plan
    self.family = family
    dropped = DroppedRows(
      total: learner.total, dropped: learner.total - learner.complete, missing: learner.missing)
  }
}

extension DesignStream: RowSource {
  /// The complete rows of each chunk; chunks without any are passed over.
  public func forEachChunk(_ body: (DesignRows) throws(RegressionError) -> Void) throws(RegressionError) {
    var reader = DesignReader(recipe, family: family)
    var start = 0
    try chunks.forEachTable { (table) throws(RegressionError) in
      let complete = try plan.completeRows(of: table)
      if complete.count > 0 {
        let rows = try reader.rows(of: table, complete)
        try body(dropped.dropped > 0 ? rows.numbered(from: start, complete) : rows)
      }
      start += table.rowCount
    }
  }
}

extension DesignRows {
  /// The rows with their numbers in the whole of the data.
  fileprivate func numbered(from start: Int, _ complete: CompleteRows) -> DesignRows {
    DesignRows(
      count: count, numerics: numerics, codes: codes, response: response, weights: weights, offset: offset,
      sourceRows: (0..<count).map { start + complete.source(of: $0) })
  }
}
