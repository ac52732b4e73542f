import LinearAlgebra

/// Fisher scoring: Newton's method with expected weights, the iteratively reweighted least squares of generalised linear
/// models, with steps halved where they leave the admissible means or raise the deviance.
///
/// McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, section 2.5; Marschner, glm2: fitting generalized
/// linear models with convergence problems, 2011 (halving).
struct Scoring {
  /// What a fit by scoring found.
  struct Result {
    var coefficients: [Double]
    var factor: NormalEquations
    var totals: WorkingTotals
    var deviance: Double
    var iterations = 0
    var stepHalvings = 0
    var converged = false
    var messages: [Estimate.Message] = []
  }

  let model: ResponseModel
  let settings: EstimationSettings

  /// Coefficients that are admissible whatever the data, where the design has any: all means equal.
  let safeStart: [Double]?

  /// The most halvings of one step, after which it is 10⁻⁹ of itself.
  private static let mostHalvings = 30

  /// Fits the model.
  func fit(_ pass: some WorkingPass, start: [Double]? = nil) throws(RegressionError) -> Result {
    var previous: (coefficients: [Double], deviance: Double)?
    var beta: [Double]
    var equations: NormalEquations?
    if let start {
      beta = start
    } else {
      (beta, equations) = try startingCoefficients(pass)
      previous = safeStart.map { ($0, .infinity) }
    }
    var aliased = equations?.aliased ?? []
    var result: Result?
    var halvingsOfStep = 0
    var stepHalvings = 0
    var smallest = Double.infinity
    var worse = 0

    for iteration in 1...max(1, settings.maximumIterations) {
      let wantsGram = !(model.isLinear && equations != nil)
      let sums = try pass.sums(at: .coefficients(beta), gram: wantsGram)
      let deviance = sums.totals.deviance + penalty(beta)
      if !isAcceptable(sums.totals, deviance: deviance, after: previous?.deviance) {
        guard let last = previous else {
          throw .model("the starting values give means that the family or the link cannot have")
        }
        if halvingsOfStep == Self.mostHalvings {
          guard var result else {
            throw .model("no admissible starting values were found; give some")
          }
          result.messages.append(sums.totals.isValid ? .stalled : .boundary)
          result.stepHalvings = stepHalvings
          result.iterations = iteration
          return result
        }
        halvingsOfStep += 1
        stepHalvings += 1
        beta = zip(beta, last.coefficients).map { ($0 + $1) / 2 }
        continue
      }
      halvingsOfStep = 0

      if let gram = sums.gram {
        equations = try NormalEquations(gram, settings: settings, aliased: iteration == 1 ? nil : aliased)
      }
      guard let equations else { throw .model("no rows") }
      aliased = equations.aliased
      let score = penalisedScore(sums.score, at: beta)
      let step = equations.solve(score)
      let decrement = zip(step, score).reduce(0) { $0 + $1.0 * $1.1 }
      previous = (beta, deviance)
      result = Result(
        coefficients: beta, factor: equations, totals: sums.totals, deviance: sums.totals.deviance,
        iterations: iteration, stepHalvings: stepHalvings)
      guard decrement.isFinite else { throw .model("the scores are not finite") }

      worse = decrement < smallest ? 0 : worse + 1
      smallest = min(smallest, decrement)
      beta = zip(beta, step).map { $0 + $1 }
      if isSmall(decrement, deviance: deviance) || (worse >= 2 && decrement <= settings.tolerance * scale(deviance)) {
        result?.coefficients = beta
        result?.deviance = max(0, sums.totals.deviance - max(0, decrement))
        result?.converged = true
        break
      }
    }
    guard var result else { throw .model("no admissible starting values were found; give some") }
    if !result.converged { result.messages.append(.notConverged(iterations: result.iterations)) }
    return result
  }

  /// The coefficients of the weighted least squares at R's starting means.
  private func startingCoefficients(
    _ pass: some WorkingPass
  ) throws(RegressionError) -> ([Double], NormalEquations) {
    let sums = try pass.sums(at: .start, gram: true)
    guard sums.totals.isValid, let gram = sums.gram else {
      if let safeStart { return (safeStart, try NormalEquations(.identity(safeStart.count), settings: settings)) }
      throw .model("the responses give no starting values for this family and link; give some")
    }
    let equations = try NormalEquations(gram, settings: settings)
    return (equations.solve(sums.score), equations)
  }

  /// Whether a point may be stepped to: its means are admissible and its deviance is finite and not above the last one's
  /// by more than what is left to rounding and to the last steps of a converging fit.
  private func isAcceptable(_ totals: WorkingTotals, deviance: Double, after last: Double?) -> Bool {
    guard totals.isValid, deviance.isFinite else { return false }
    guard let last, last.isFinite else { return true }
    return deviance - last <= 1e-8 * scale(last)
  }

  /// The convergence rule, on the Newton decrement λ² = s′(X′WX)⁻¹s, the drop of the deviance D that the step promises:
  /// λ ≤ tolerance^¾ √D/10 with a canonical link, λ ≤ tolerance √D with others.
  ///
  /// The relative change of the deviance is then below the tolerance. Weights and covariance are those of the point before
  /// the last step and differ from the next one's by about λ/√D; a canonical link converges quadratically, so that its
  /// coefficients are off by the square of that, another link only linearly, so that it must come nearer.
  private func isSmall(_ decrement: Double, deviance: Double) -> Bool {
    let tolerance = settings.tolerance
    let bound =
      model.link == model.family.defaultLink
      ? tolerance * tolerance.squareRoot() / 100 : tolerance * tolerance
    return decrement <= bound * scale(deviance)
  }

  /// What a deviance is compared with. R adds 0.1 so that a saturated model converges; a deviance in the response's own
  /// squared units has no such floor.
  private func scale(_ deviance: Double) -> Double {
    abs(deviance) + (model.family.hasFixedDispersion ? 0.1 : 0)
  }

  /// Σ penalty β².
  private func penalty(_ beta: [Double]) -> Double {
    guard let penalty = settings.penalty else { return 0 }
    return zip(penalty, beta).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
  }

  /// The score less the penalty's slope.
  private func penalisedScore(_ score: [Double], at beta: [Double]) -> [Double] {
    guard let penalty = settings.penalty else { return score }
    return score.indices.map { score[$0] - penalty[$0] * beta[$0] }
  }
}
