/// Where a pass evaluates the model.
enum ScoringPoint: Sendable {
  /// At R's starting means, which hang on the responses alone: the scores then give the coefficients themselves. Of a
  /// linear model the deviance is that of coefficients of 0.
  case start
  /// At coefficients: the scores give the step from them.
  case coefficients([Double])
  /// No point of the model, but the length of Xc: the deviance is then Σ (Xc)² over the rows of positive weight, and
  /// weights and scores are 0.
  case combination([Double])
}

/// What one block of rows adds up to besides X′WX and X′r.
struct WorkingTotals: Sendable, Hashable {
  /// Σ weight × unit deviance.
  var deviance = 0.0
  /// Σ w(y − μ)²/V(μ).
  var pearson = 0.0
  /// How many rows have a mean that is numerically 0 or 1.
  var boundaryRows = 0
  /// Whether every linear predictor and mean was one that link and family can have.
  var isValid = true

  static func += (total: inout WorkingTotals, block: WorkingTotals) {
    total.deviance += block.deviance
    total.pearson += block.pearson
    total.boundaryRows += block.boundaryRows
    total.isValid = total.isValid && block.isValid
  }
}

/// A family with its link: what turns linear predictors into weights and scores.
struct ResponseModel: Sendable, Hashable {
  var family: Family
  var link: Link

  /// Whether the weights are the prior weights whatever the coefficients, so that one step solves the model.
  var isLinear: Bool { family == .gaussian && link == .identity }

  /// One scoring step of one row: with the expected weight w = a (dμ/dη)²/V(μ) and the score r = a (y − μ)(dμ/dη)/V(μ),
  /// X′WX δ = X′r.
  ///
  /// McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, section 2.5.
  @inline(__always)
  func step(
    eta: Double, y: Double, weight a: Double, totals: inout WorkingTotals
  ) -> (mean: Double, weight: Double, score: Double) {
    guard a > 0 else { return (link.isValid(linearPredictor: eta) ? link.mean(eta) : .nan, 0, 0) }
    guard link.isValid(linearPredictor: eta) else {
      totals.isValid = false
      return (.nan, 0, 0)
    }
    let mean = link.mean(eta)
    guard family.isValid(mean: mean) else {
      totals.isValid = false
      return (mean, 0, 0)
    }
    let slope = link.slope(eta)
    let perVariance = a * slope / family.variance(mean)
    let residual = y - mean
    totals.deviance += a * family.unitDeviance(y, mean: mean)
    totals.pearson += a * residual * residual / family.variance(mean)
    if family.isAtBoundary(mean: mean) { totals.boundaryRows += 1 }
    return (mean, perVariance * slope, perVariance * residual)
  }

  /// The first step of one row, from R's starting mean: weight and score such that X′WX β = X′r. Of a linear model the
  /// deviance at coefficients of 0 is summed.
  @inline(__always)
  func startingStep(
    y: Double, weight a: Double, offset: Double, totals: inout WorkingTotals
  ) -> (weight: Double, score: Double) {
    guard a > 0 else { return (0, 0) }
    let mean = family.startingMean(y, weight: a)
    let eta = link.linearPredictor(mean)
    guard family.isValid(mean: mean), link.isValid(linearPredictor: eta) else {
      totals.isValid = false
      return (0, 0)
    }
    if isLinear { totals.deviance += a * (y - offset) * (y - offset) }
    let slope = link.slope(eta)
    let weight = a * slope * slope / family.variance(mean)
    return (weight, weight * (eta - offset + (y - mean) / slope))
  }
}
