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

  /// The part of the deviance that does not depend on the coefficients and is not in the rows of the passes: that
  /// within the cells of compressed rows.
  let deviancePutAside: Double

  /// How many rows there are, which says what a QR decomposition would cost.
  let rowCount: Int

  /// Whether X′WX has lost too many digits once, so that √W X is decomposed instead.
  private var usesTriangle = false

  /// The most halvings of one step, after which it is 10⁻⁹ of itself.
  private static let mostHalvings = 30

  /// How many numbers a design has where the second pass of a linear model takes a noticeable time.
  private static let manyNumbers = 4_000_000

  init(
    model: ResponseModel, settings: EstimationSettings, safeStart: [Double]?, rowCount: Int,
    deviancePutAside: Double = 0
  ) {
    self.model = model
    self.settings = settings
    self.safeStart = safeStart
    self.rowCount = rowCount
    self.deviancePutAside = deviancePutAside
  }

  /// Fits the model.
  mutating func fit(_ pass: some WorkingPass, start: [Double]? = nil) throws(RegressionError) -> Result {
    var previous: (coefficients: [Double], deviance: Double)?
    var beta: [Double]
    var equations: NormalEquations?
    if let start {
      beta = start
    } else {
      let first = try startingCoefficients(pass)
      if let solution = first.solution { return solution }
      (beta, equations) = (first.coefficients, first.equations)
      previous = safeStart.map { ($0, .infinity) }
    }
    var result: Result?
    var halvings = (step: 0, all: 0)
    var smallest = Double.infinity
    var worse = 0

    for iteration in 1...max(1, settings.maximumIterations) {
      let point = ScoringPoint.coefficients(beta)
      let isSolved = model.isLinear && equations != nil
      let sums = try pass.sums(at: point, gram: !isSolved && !usesTriangle)
      let deviance = sums.totals.deviance + penalty(beta)
      if !isAcceptable(sums.totals, deviance: deviance, after: previous?.deviance) {
        guard let last = previous else {
          throw .model("the starting values give means that the family or the link cannot have")
        }
        if halvings.step == Self.mostHalvings {
          result?.messages.append(sums.totals.isValid ? .stalled : .boundary)
          result?.iterations = iteration
          break
        }
        halvings = (halvings.step + 1, halvings.all + 1)
        beta = zip(beta, last.coefficients).map { ($0 + $1) / 2 }
        continue
      }
      halvings.step = 0

      if !isSolved || usesTriangle {
        equations = try factored(sums.gram, pass, at: point, aliased: equations?.aliased)
      }
      guard let solved = equations else { break }
      let (step, decrement) = solved.step(penalisedScore(sums.score, at: beta))
      guard decrement.isFinite else { throw .model("the scores are not finite") }
      previous = (beta, deviance)
      result = Result(
        coefficients: beta, factor: solved, totals: sums.totals, deviance: sums.totals.deviance,
        iterations: iteration)
      worse = decrement < smallest ? 0 : worse + 1
      smallest = min(smallest, decrement)
      beta = zip(beta, step).map { $0 + $1 }
      // Where steps shrink no longer, rounding is all that is left of them.
      let isExhausted = model.isLinear ? worse >= 1 : worse >= 2 && decrement <= settings.tolerance * scale(deviance)
      if isSmall(decrement, deviance: deviance) || isExhausted {
        result?.coefficients = beta
        result?.deviance = max(0, sums.totals.deviance - max(0, decrement))
        result?.converged = true
        break
      }
    }
    guard var result else {
      throw .model(
        "no admissible starting values were found: an offset or a column may be far too large for the link")
    }
    result.stepHalvings = halvings.all
    if !result.converged, result.messages.isEmpty {
      result.messages.append(.notConverged(iterations: result.iterations))
    }
    return result
  }

  /// The coefficients of the weighted least squares at R's starting means; the safe start where those are not
  /// admissible.
  private mutating func startingCoefficients(
    _ pass: some WorkingPass
  ) throws(RegressionError) -> (coefficients: [Double], equations: NormalEquations?, solution: Result?) {
    let sums = try pass.sums(at: .start, gram: true)
    guard sums.totals.isValid else {
      if let safeStart { return (safeStart, nil, nil) }
      throw .model(
        "the responses give no starting values for this family and link; take another link or an intercept")
    }
    let equations = try factored(sums.gram, pass, at: .start, aliased: nil)
    let (step, explained) = equations.step(sums.score)
    return (step, equations, solution(equations, step, whole: sums.totals.deviance, explained: explained))
  }

  /// The least squares of a linear model from one pass, where a second one would add no digits that anybody asked for:
  /// over many numbers, with an ordinary tolerance, where X′WX has a small condition number κ and Σ w(y − offset)² is
  /// not much larger than the residual sum of squares, which is its difference to the explained sum β′X′Wy.
  ///
  /// Of 16 digits the coefficients lose log₁₀ κ and the residual sum of squares the logarithm of its share, three at
  /// most. Otherwise the second pass finds the residuals themselves, and what they are still correlated with.
  private func solution(
    _ equations: NormalEquations, _ step: [Double], whole: Double, explained: Double
  ) -> Result? {
    guard model.isLinear, settings.penalty == nil, settings.tolerance >= EstimationSettings().tolerance,
      rowCount * step.count > Self.manyNumbers, whole.isFinite, whole - explained > 1e-3 * whole,
      let condition = equations.condition, condition < 1e3
    else { return nil }
    let rest = whole - explained
    return Result(
      coefficients: step, factor: equations, totals: WorkingTotals(deviance: rest, pearson: rest), deviance: rest,
      iterations: 1, converged: true)
  }

  /// The factored equations at a point: by Cholesky's decomposition of X′WX while it can be trusted, from then on by the
  /// QR decomposition of √W X.
  ///
  /// - Parameter aliased: the columns that are known to be aliased; nil to find them. The first equations find them for
  ///   the whole fit: where a mean goes to its limit, as in separated data, its weight vanishes on the way, and columns
  ///   that the design tells apart would look aliased.
  private mutating func factored(
    _ gram: Matrix?, _ pass: some WorkingPass, at point: ScoringPoint, aliased: [Int]?
  ) throws(RegressionError) -> NormalEquations {
    if !usesTriangle, let gram {
      let equations = try NormalEquations(gram, settings: settings, aliased: aliased)
      if try isTrusted(equations, gram: gram, pass, known: aliased) { return equations }
      usesTriangle = true
    }
    var triangle = try pass.triangle(at: point)
    if let penalty = settings.penalty {
      if case .coefficients(let beta) = point {
        triangle.fold(penalty: penalty, at: beta)
      } else {
        triangle.fold(penalty: penalty, at: nil)
      }
    }
    return try NormalEquations(triangle, rankTolerance: settings.rankTolerance, aliased: aliased)
  }

  /// Whether Cholesky's decomposition is to be trusted: no column is so close to a combination of those before it that
  /// more than six digits are lost (unless the rows are so many that a QR decomposition would take long, and ten are not
  /// lost either); and every column that it calls aliased is a combination of the others in the data themselves.
  private func isTrusted(
    _ equations: NormalEquations, gram: Matrix, _ pass: some WorkingPass, known: [Int]?
  ) throws(RegressionError) -> Bool {
    let work = Double(rowCount) * Double(gram.rows) * Double(gram.rows)
    if equations.smallestPivot < 1e-6, work < 4e9 { return false }
    guard known == nil, settings.penalty == nil else { return true }
    for column in equations.aliased {
      var unit = [Double](repeating: 0, count: gram.rows)
      unit[column] = 1
      let rest = try pass.squaredLength(of: equations.combination(of: column, gram: gram))
      let whole = try pass.squaredLength(of: unit)
      let bound = settings.rankTolerance * settings.rankTolerance
      guard rest <= bound * whole else { return false }
    }
    return true
  }

  /// Whether a point may be stepped to: its means are admissible and its deviance is finite and not above the last one's
  /// by more than what is left to rounding and to the last steps of a converging fit.
  private func isAcceptable(_ totals: WorkingTotals, deviance: Double, after last: Double?) -> Bool {
    guard totals.isValid, deviance.isFinite else { return false }
    // A linear model has no steps to shorten: what its deviance rises by is rounding.
    guard !model.isLinear, let last, last.isFinite else { return true }
    return deviance - last <= 1e-8 * scale(last)
  }

  /// The convergence rule, on the Newton decrement λ² = s′(X′WX)⁻¹s, the drop of the deviance D that the step promises:
  /// λ ≤ 100 × tolerance × √D with a canonical link, λ ≤ tolerance × √D with others.
  ///
  /// The relative change of the deviance is then below the tolerance. Weights and covariance are those of the point before
  /// the last step and differ from the next one's by about λ/√D; a canonical link converges quadratically, so that its
  /// coefficients are off by the square of that, another link only linearly, so that it must come nearer.
  ///
  /// Over many rows, where a pass is dear, and unless the tolerance was tightened from its default, λ² ≤ tolerance × D,
  /// R's rule, does for a canonical link.
  private func isSmall(_ decrement: Double, deviance: Double) -> Bool {
    var factor = settings.tolerance
    if model.link == model.family.canonicalLink {
      let isLarge = rowCount > WarmStart.fewestRows && settings.tolerance >= EstimationSettings().tolerance
      factor = isLarge ? settings.tolerance.squareRoot() : 100 * settings.tolerance
    }
    return decrement <= factor * factor * scale(deviance)
  }

  /// What a deviance is compared with. R adds 0.1 so that a saturated model converges; a deviance in the response's own
  /// squared units has no such floor.
  private func scale(_ deviance: Double) -> Double {
    abs(deviance) + deviancePutAside + (model.family.hasFixedDispersion ? 0.1 : 0)
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
