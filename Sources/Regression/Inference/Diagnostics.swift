/// Residuals, leverages and influence of each row, in the order of the kept rows, as R's functions of the same names.
///
/// Rows of weight 0 have residuals but no leverage, Cook's distance or standardised residual: those are NaN. Of a row with
/// a frequency f they are those of one of its f observations.
public struct Diagnostics: Sendable, Hashable {
  /// The row of the table that each row was, counted from 0.
  public let sourceRows: [Int]
  /// η.
  public let linearPredictor: [Double]
  /// μ.
  public let fitted: [Double]
  /// y − μ.
  public let responseResiduals: [Double]
  /// √w (y − μ)/√V(μ).
  public let pearsonResiduals: [Double]
  /// The signed root of the row's part of the deviance.
  public let devianceResiduals: [Double]
  /// (y − μ)/(dμ/dη).
  public let workingResiduals: [Double]
  /// The hat values: w x′(X′WX)⁻¹x with the working weights.
  public let leverages: [Double]
  /// Deviance residual/√(φ(1 − h)); R's `rstandard`.
  public let standardisedResiduals: [Double]
  /// Pearson residual/√(φ(1 − h)); R's `rstandard(type = "pearson")`.
  public let standardisedPearsonResiduals: [Double]
  /// The residual from a fit without the row, in one step; R's `rstudent`. Williams 1987: sign·√(d² + h p²/(1 − h)),
  /// divided by the residual standard deviation without the row where the family is not Poisson or binomial.
  public let studentisedResiduals: [Double]
  /// Cook's distance, p²h/((1 − h)² φ k).
  public let cooksDistances: [Double]
}

extension Fit {
  /// The diagnostics of all rows.
  ///
  /// - Throws: what the source of the rows throws.
  /// - Complexity: O(rows × columns²), eleven numbers a row of memory.
  public func diagnostics() throws(RegressionError) -> Diagnostics {
    var rows = DiagnosticRows(isFrequency: core.weightsKind == .frequency)
    let forms = core.quadraticForms()
    try core.model.forEachBlock(at: core.coefficients) { block in
      let leverages = core.leverages(
        forms, rows: block.chunk, range: block.range, workingWeights: block.workingWeights())
      rows.add(block, family: family, leverages: leverages)
    }
    return rows.diagnostics(
      dispersion: dispersion, parameters: parameters, observations: observations, family: family)
  }
}

/// The diagnostics on their way.
private struct DiagnosticRows {
  let isFrequency: Bool
  var sourceRows: [Int] = []
  var linearPredictor: [Double] = []
  var fitted: [Double] = []
  var response: [Double] = []
  var pearson: [Double] = []
  var deviance: [Double] = []
  var working: [Double] = []
  var leverages: [Double] = []
  /// How many observations each row stands for.
  var counts: [Double] = []

  init(isFrequency: Bool) { self.isFrequency = isFrequency }

  mutating func add(_ block: FittedBlock, family: Family, leverages newLeverages: [Double]) {
    linearPredictor += block.linearPredictor
    fitted += block.mean
    for (index, row) in block.range.enumerated() {
      sourceRows.append(block.chunk.sourceRows?[row] ?? block.first + index)
      let (y, mu, weight) = (block.response[index], block.mean[index], block.weights[index])
      let residual = y - mu
      response.append(residual)
      working.append(residual / block.slope[index])
      let one = isFrequency ? (weight > 0 ? 1 : 0) : weight
      pearson.append((one / block.variance[index]).squareRoot() * residual)
      // Rounding may leave −1e-17 of an exact fit.
      let part = (one * max(0, family.unitDeviance(y, mean: mu))).squareRoot()
      deviance.append(residual < 0 ? -part : part)
      leverages.append(weight > 0 ? min(newLeverages[index], 1) : .nan)
      counts.append(isFrequency ? weight : (weight > 0 ? 1 : 0))
    }
  }

  func diagnostics(dispersion: Double, parameters: Double, observations: Double, family: Family) -> Diagnostics {
    var squares = 0.0
    for row in deviance.indices { squares += counts[row] * deviance[row] * deviance[row] }
    let isScaled: Bool =
      switch family {
      case .poisson, .binomial: false
      default: true
      }
    var standardised: [Double] = []
    var standardisedPearson: [Double] = []
    var studentised: [Double] = []
    var cooks: [Double] = []
    for row in deviance.indices {
      let (d, p, h) = (deviance[row], pearson[row], leverages[row])
      // At leverage 1 the row's residual is 0 whatever its response.
      let rest = 1 - h < 1e-10 ? .nan : 1 - h
      standardised.append(d / (dispersion * rest).squareRoot())
      standardisedPearson.append(p / (dispersion * rest).squareRoot())
      cooks.append(p * p * h / (rest * rest * dispersion * parameters))
      let jackknife = (d * d + h * p * p / rest).squareRoot()
      let without = ((squares - d * d / rest) / (observations - parameters - 1)).squareRoot()
      studentised.append((d < 0 ? -jackknife : jackknife) / (isScaled ? without : 1))
    }
    return Diagnostics(
      sourceRows: sourceRows, linearPredictor: linearPredictor, fitted: fitted, responseResiduals: response,
      pearsonResiduals: pearson, devianceResiduals: deviance, workingResiduals: working, leverages: leverages,
      standardisedResiduals: standardised, standardisedPearsonResiduals: standardisedPearson,
      studentisedResiduals: studentised, cooksDistances: cooks)
  }
}
