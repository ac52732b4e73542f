import Tables

extension Regression {
  /// Fits a formula to the columns of a table.
  ///
  /// - Parameters:
  ///   - formula: the model.
  ///   - table: the data; rows with a missing value in a column of the model are left out and counted.
  ///   - family: the distribution of the response.
  ///   - link: the link; nil takes the family's own.
  ///   - options: weights, covariance, penalties and tolerances.
  /// - Throws: `data` for what is wrong with columns or cells, `model` for a model that cannot be fitted.
  /// - Complexity: O(iterations × rows × columns²).
  public static func fit(
    _ formula: Formula, to table: Table, family: Family = .gaussian, link: Link? = nil,
    options: FitOptions = FitOptions()
  ) throws(RegressionError) -> Fit {
    try options.check(family: family, link: link ?? family.defaultLink)
    let design = try Design(formula, table, family: family, options: options.designOptions)
    return try fit(design, family: family, link: link, options: options)
  }

  /// Fits a design that was made of a table before, so that several families, links or covariances share it.
  ///
  /// - Throws: as `fit(_:to:family:link:options:)`.
  /// - Complexity: O(iterations × rows × columns²).
  public static func fit(
    _ design: Design, family: Family = .gaussian, link: Link? = nil, options: FitOptions = FitOptions()
  ) throws(RegressionError) -> Fit {
    try options.check(design.recipe)
    let fit = try fit(
      design.layout, design.rows, family: family, link: link, options: options,
      clusters: design.clusters.map { Clusters($0) })
    return fit.from(FitSource(design.recipe, design.dropped, design.warnings))
  }

  /// Fits a design whose data are read in pieces, again at every pass; rows need not fit in memory.
  ///
  /// - Throws: as `fit(_:to:family:link:options:)`.
  /// - Complexity: O(iterations × rows × columns²), memory of one piece.
  public static func fit(
    _ stream: DesignStream, family: Family = .gaussian, link: Link? = nil, options: FitOptions = FitOptions()
  ) throws(RegressionError) -> Fit {
    try options.check(stream.recipe)
    let fit = try fit(
      stream.layout, stream, family: family, link: link, options: options,
      clusters: stream.clusters.map { Clusters($0) })
    return fit.from(FitSource(stream.recipe, stream.dropped, stream.warnings))
  }
}

extension FitSource {
  fileprivate init(_ recipe: DesignRecipe, _ dropped: DroppedRows, _ warnings: [DesignWarning]) {
    self.init(
      formula: recipe.formula.description, droppedRows: dropped.dropped, recipe: recipe, warnings: warnings)
  }
}

extension FitOptions {
  /// Throws for options that contradict the formula.
  fileprivate func check(_ recipe: DesignRecipe) throws(RegressionError) {
    if weightsKind == .frequency, weights != nil, recipe.formula.responseKind == .counts {
      throw .model(
        "frequency weights cannot stand beside cbind(successes, failures); multiply both counts by the frequencies")
    }
  }

  /// What the options ask of the table.
  public var designOptions: DesignOptions {
    var clusters: [String] = []
    if case .cluster(let columns, _)? = covariance { clusters = columns }
    return DesignOptions(weights: weights, trials: trials, offset: offset, clusters: clusters, factors: factors)
  }
}
