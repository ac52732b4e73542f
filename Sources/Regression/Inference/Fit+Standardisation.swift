import LinearAlgebra
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Fit {
  /// The adjusted mean at each level of a factor, over the rows of the fit.
  ///
  /// - Parameters:
  ///   - factor: the variable as the formula writes it: `sex`, `factor(cyl)`.
  ///   - averaging: nil takes exposures for a log link with an offset, weights where they count people (frequencies,
  ///     trials, sampling weights), rows otherwise.
  /// - Throws: `model` for a name that is no factor of the model.
  /// - Complexity: O(levels × rows × columns).
  public func adjustedMeans(of factor: String, averaging: Averaging? = nil) throws(RegressionError) -> AdjustedMeans {
    guard let index = layout.factors.firstIndex(where: { $0.name == factor }) else {
      let known = layout.factors.map(\.name).joined(separator: ", ")
      throw .model("the model has no factor \"\(factor)\"; it has \(known.isEmpty ? "none" : known)")
    }
    let ownAveraging = try chosenAveraging()
    var averages: [PopulationAverage] = []
    for level in layout.factors[index].levels.indices {
      let rows = RecodedRows(rows: core.model.rows, factor: index, code: Int32(level))
      averages.append(try average(over: rows, averaging ?? ownAveraging))
    }
    return adjustedMeans(factor, layout.factors[index].levels, averages, incomplete: 0)
  }

  /// The adjusted mean at each of some values of a numeric column, over the rows of a table: the fit's own or that of
  /// another population.
  ///
  /// - Parameters:
  ///   - column: a column of numbers that the model uses.
  ///   - values: what the column is set to.
  ///   - table: the population, with all columns that the model needs; its rows count alike, or by their exposures.
  ///   - averaging: `.rows` or `.exposure`; nil takes exposures for a log link with an offset.
  /// - Throws: `data` as ``predictions(for:)-(Table)``; `model` where the model does not use the column, and for
  ///   `.weights`, which a population without responses does not have.
  /// - Complexity: O(values × rows × columns).
  public func adjustedMeans(
    of column: String, at values: [Double], over table: Table, averaging: Averaging? = nil
  ) throws(RegressionError) -> AdjustedMeans {
    let averaging = try populationAveraging(averaging)
    var averages: [PopulationAverage] = []
    var incomplete = 0
    for value in values {
      let new = try population(table, column) { _ in value }
      incomplete = new.incomplete.count
      averages.append(try average(over: new.rows, averaging))
    }
    return adjustedMeans(column, values.map { "\($0)" }, averages, incomplete: incomplete)
  }

  /// The average marginal effect of a numeric column, the mean of dμ/dx over the rows of a table, with its standard error
  /// by the delta method. The column may stand in logarithms, powers, bases and interactions.
  ///
  /// - Parameters:
  ///   - column: a column of numbers that the model uses.
  ///   - table: the population, with all columns that the model needs.
  ///   - averaging: as ``adjustedMeans(of:at:over:averaging:)``.
  /// - Throws: as ``adjustedMeans(of:at:over:averaging:)``.
  /// - Complexity: O(rows × columns); the derivative is a central difference, exact to about 1e-9 of the effect.
  public func averageMarginalEffect(
    of column: String, over table: Table, averaging: Averaging? = nil
  ) throws(RegressionError) -> AdjustedMeans.Estimate {
    let averaging = try populationAveraging(averaging)
    let values = table.numbers(column) ?? []
    let largest = values.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) }
    // The cube root of the rounding unit balances rounding and curvature.
    let step = 6e-6 * (largest > 0 ? largest : 1)
    let above = try average(over: population(table, column) { $0 + step }.rows, averaging)
    let below = try average(over: population(table, column) { $0 - step }.rows, averaging)
    let effect = (above.mean - below.mean) / (2 * step)
    let gradient = zip(above.gradient, below.gradient).map { ($0 - $1) / (2 * step) }
    let kept = core.kept
    let error = max(0, covariance.selecting(rows: kept, columns: kept).form(gradient, gradient)).squareRoot()
    let quantile = reference.twoSidedQuantile(confidence: confidence)
    return AdjustedMeans.Estimate(
      level: column, estimate: effect, standardError: error, lower: effect - quantile * error,
      upper: effect + quantile * error, pValue: reference.pValue(effect / error))
  }

  private func adjustedMeans(
    _ variable: String, _ levels: [String], _ averages: [PopulationAverage], incomplete: Int
  ) -> AdjustedMeans {
    let kept = core.kept
    let covariance = covariance.selecting(rows: kept, columns: kept)
    let gradients = Matrix(columns: averages.map(\.gradient))
    return AdjustedMeans(
      variable: variable, levels: levels, estimates: averages.map(\.mean),
      covariance: gradients.transposedProduct(covariance * gradients).symmetrised(), reference: reference,
      confidence: confidence, incompleteRows: incomplete)
  }

  /// The complete rows of a table with one column changed.
  private func population(
    _ table: Table, _ column: String, _ change: (Double) -> Double
  ) throws(RegressionError) -> NewRows {
    guard let recipe = core.source.recipe else { throw .model("a fit of arrays knows no columns of a table") }
    guard recipe.predictorColumns.contains(column) else { throw .model("the model does not use \"\(column)\"") }
    guard table.numbers(column) != nil else {
      throw .data([table.problem("has no column of numbers \"\(column)\"").description])
    }
    let columns = table.columns.map { old in
      guard old.name == column, case .numbers(let values) = old.cells else { return old }
      return Table.Column(column, numbers: values.map { $0.isNaN ? $0 : change($0) })
    }
    return try recipe.newRows(of: Table(columns, named: table.file))
  }

  private func populationAveraging(_ averaging: Averaging?) throws(RegressionError) -> Averaging {
    if averaging == .weights {
      throw .model("the rows of a population have no weights; repeat them or count exposures")
    }
    if let averaging { return averaging }
    return try chosenAveraging() == .exposure ? .exposure : .rows
  }

  private func chosenAveraging() throws(RegressionError) -> Averaging {
    if link == .log {
      var hasOffset = false
      try core.model.rows.forEachChunk { hasOffset = hasOffset || $0.offset != nil }
      if hasOffset { return .exposure }
    }
    if core.weightsKind != .analytic { return .weights }
    switch family {
    case .binomial, .quasiBinomial: return .weights
    default: return .rows
    }
  }

  /// The mean of μ over rows, and its derivative by the estimable coefficients.
  private func average(
    over rows: any RowSource, _ averaging: Averaging
  ) throws(RegressionError) -> PopulationAverage {
    var (sum, total) = (0.0, 0.0)
    var gradient = [Double](repeating: 0, count: core.model.columnCount)
    let model = core.model.with(rows: rows)
    try model.forEachBlock(at: core.coefficients) { block in
      var parts = [Double](repeating: 0, count: block.count)
      for row in 0..<block.count {
        let weight = averaging == .rows ? 1 : block.weights[row]
        let exposure = averaging == .exposure ? exp(block.chunk.offset?[block.range.lowerBound + row] ?? 0) : 1
        sum += weight * block.mean[row]
        total += weight * exposure
        parts[row] = weight * block.slope[row]
      }
      gradient.add(block.columns.transposedProduct(parts))
    }
    return PopulationAverage(mean: sum / total, gradient: gradient.map { $0 / total })
  }
}

/// A mean over a population with its derivative by the coefficients.
private struct PopulationAverage {
  let mean: Double
  let gradient: [Double]
}

/// Rows as they would be if one factor had the same level in all of them.
private struct RecodedRows: RowSource {
  let rows: any RowSource
  let factor: Int
  let code: Int32

  func forEachChunk(_ body: (DesignRows) throws(RegressionError) -> Void) throws(RegressionError) {
    try rows.forEachChunk { chunk throws(RegressionError) in
      var codes = chunk.codes
      codes[factor] = [Int32](repeating: code, count: chunk.count)
      try body(
        DesignRows(
          count: chunk.count, numerics: chunk.numerics, codes: codes, response: chunk.response,
          weights: chunk.weights, offset: chunk.offset, sourceRows: chunk.sourceRows))
    }
  }
}
