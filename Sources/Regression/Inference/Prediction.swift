import LinearAlgebra
import Tables

/// Predictions of a fit for rows, one element a row; NaN where a row lacks a value or cannot be predicted.
public struct Prediction: Sendable, Hashable {
  /// η with the offset.
  public let linearPredictor: [Double]
  /// The standard error of η by the fit's covariance: the offset is known.
  public let linearPredictorStandardError: [Double]
  /// μ.
  public let mean: [Double]
  /// The standard error of μ, |dμ/dη| times that of η (delta method).
  public let meanStandardError: [Double]
  /// The lower end of the confidence interval of μ: that of η, transformed.
  public let lower: [Double]
  /// The upper end of the confidence interval of μ.
  public let upper: [Double]
  /// The interval of a new observation, η ± t√(se² + φ/w), of a gaussian fit with identity link; nil for other fits,
  /// whose observations are not normal about their means.
  public let observation: Interval?
  /// The rows without prediction because a value is missing, counted from 0.
  public let incompleteRows: [Int]
  /// The rows without prediction because they do not obey the relation that aliased a column in the data of the fit:
  /// what the fit could not tell apart differs in them.
  public let inestimableRows: [Int]
  /// The rows whose mean the family cannot have (a negative rate under an identity link, say): they have η, but no mean
  /// and no interval.
  public let impossibleRows: [Int]

  /// Both ends of an interval, one element a row.
  public struct Interval: Sendable, Hashable {
    /// The lower ends.
    public let lower: [Double]
    /// The upper ends.
    public let upper: [Double]
  }
}

extension Fit {
  /// Predictions for the rows of a table, coded as those of the fit were; offsets are those of the table.
  ///
  /// - Throws: `data` for columns that are missing (an offset's too), cells that cannot be read and levels that the fit
  ///   did not have, with file, line and column; `model` for a fit of arrays, which knows no columns.
  /// - Complexity: O(rows × columns²).
  public func predictions(for table: Table) throws(RegressionError) -> Prediction {
    guard let recipe = core.source.recipe else {
      throw .model("a fit of arrays knows no columns of a table; give rows to predict for")
    }
    let new = try recipe.newRows(of: table)
    let prediction = try predictions(for: new.rows)
    let places = new.rows.sourceRows
    return Prediction(
      linearPredictor: new.spread(prediction.linearPredictor),
      linearPredictorStandardError: new.spread(prediction.linearPredictorStandardError),
      mean: new.spread(prediction.mean), meanStandardError: new.spread(prediction.meanStandardError),
      lower: new.spread(prediction.lower), upper: new.spread(prediction.upper),
      observation: prediction.observation.map { .init(lower: new.spread($0.lower), upper: new.spread($0.upper)) },
      incompleteRows: new.incomplete, inestimableRows: prediction.inestimableRows.map { places?[$0] ?? $0 },
      impossibleRows: prediction.impossibleRows.map { places?[$0] ?? $0 })
  }

  /// Predictions for the rows of the fit.
  ///
  /// - Throws: what the source of the rows throws.
  /// - Complexity: O(rows × columns²).
  public func predictions() throws(RegressionError) -> Prediction { try predictions(for: core.model.rows) }

  /// Predictions for rows of the fit's layout; their responses are not looked at, their weights only for the interval of
  /// an observation.
  ///
  /// - Throws: what the source of the rows throws.
  /// - Complexity: O(rows × columns²).
  public func predictions(for rows: any RowSource) throws(RegressionError) -> Prediction {
    let kept = core.kept
    let relations = try core.aliasRelations()
    let covariance = covariance.selecting(rows: kept, columns: kept)
    var lines = PredictionRows(
      family: family, link: link, quantile: reference.twoSidedQuantile(confidence: confidence),
      dispersion: family == .gaussian && link == .identity ? dispersion : nil,
      isPrecision: core.weightsKind == .analytic)
    var first = 0
    try rows.forEachChunk { chunk throws(RegressionError) in
      for start in stride(from: 0, to: chunk.count, by: ModelRows.blockRows) {
        let range = start..<min(start + ModelRows.blockRows, chunk.count)
        let block = FittedBlock(core.model, chunk, range, first: first, core.coefficients)
        let inestimable = relations.violations(layout.expand(rows: chunk, range: range))
        lines.add(block, variances: block.quadraticForms(covariance), inestimable: inestimable)
        first += range.count
      }
    }
    return lines.prediction
  }
}

/// Predictions on their way.
private struct PredictionRows {
  let family: Family
  let link: Link
  let quantile: Double
  /// φ where observations have an interval.
  let dispersion: Double?
  /// Whether weights say how exact an observation is, rather than how many there are of it.
  let isPrecision: Bool
  var eta: [Double] = []
  var etaError: [Double] = []
  var mean: [Double] = []
  var meanError: [Double] = []
  var lower: [Double] = []
  var upper: [Double] = []
  var observationLower: [Double] = []
  var observationUpper: [Double] = []
  var inestimable: [Int] = []
  var impossible: [Int] = []

  init(family: Family, link: Link, quantile: Double, dispersion: Double?, isPrecision: Bool) {
    self.family = family
    self.link = link
    self.quantile = quantile
    self.dispersion = dispersion
    self.isPrecision = isPrecision
  }

  mutating func add(_ block: FittedBlock, variances: [Double], inestimable rows: Set<Int>) {
    for row in 0..<block.count {
      let isKnown = !rows.contains(row)
      if !isKnown { inestimable.append(block.first + row) }
      let value = isKnown ? block.linearPredictor[row] : .nan
      let error = isKnown ? max(0, variances[row]).squareRoot() : .nan
      eta.append(value)
      etaError.append(error)
      let isPossible = isKnown && link.isValid(linearPredictor: value) && family.isValid(mean: block.mean[row])
      if isKnown, !isPossible { impossible.append(block.first + row) }
      mean.append(isPossible ? block.mean[row] : .nan)
      meanError.append(isPossible ? abs(block.slope[row]) * error : .nan)
      let (low, high) = link.meanInterval(value - quantile * error, value + quantile * error)
      lower.append(isPossible ? low : .nan)
      upper.append(isPossible ? high : .nan)
      if let dispersion {
        let spread = quantile * (error * error + dispersion / (isPrecision ? block.weights[row] : 1)).squareRoot()
        observationLower.append(value - spread)
        observationUpper.append(value + spread)
      }
    }
  }

  var prediction: Prediction {
    Prediction(
      linearPredictor: eta, linearPredictorStandardError: etaError, mean: mean, meanStandardError: meanError,
      lower: lower, upper: upper,
      observation: dispersion.map { _ in .init(lower: observationLower, upper: observationUpper) },
      incompleteRows: [], inestimableRows: inestimable, impossibleRows: impossible)
  }
}

extension Link {
  /// The interval of μ that an interval of η means: the ends change places under falling links, and an η beyond the
  /// link's domain is a mean of 0 or infinity.
  func meanInterval(_ low: Double, _ high: Double) -> (Double, Double) {
    switch self {
    case .inverse:
      // The other branch of 1/η begins beyond 0.
      return low <= 0 && high > 0 ? (mean(high), .infinity) : (mean(high), mean(low))
    case .inverseSquared: return (high > 0 ? mean(high) : .infinity, low > 0 ? mean(low) : .infinity)
    case .squareRoot: return (low > 0 ? mean(low) : 0, mean(max(high, 0)))
    default: return (mean(low), mean(high))
    }
  }
}
