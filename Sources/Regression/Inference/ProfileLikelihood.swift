/// An interval of a coefficient by the profile of the likelihood.
public struct ProfileInterval: Sendable, Hashable {
  /// The column's name.
  public let term: String
  /// The lower end: −∞ where the likelihood never falls far enough, NaN where the means leave their domain before it
  /// does.
  public let lower: Double
  /// The upper end, likewise.
  public let upper: Double
  /// The likelihood-ratio test that the coefficient is 0; NaN where no model with a coefficient of 0 is possible.
  public let test: TestResult
}

extension Fit {
  /// The profile-likelihood interval of each coefficient that could be estimated.
  ///
  /// The ends are where the signed root ±√(2(ℓ̂ − ℓ(β))/φ), all other coefficients at their best for β, reaches the
  /// quantile of the normal, or of t where the dispersion is estimated (there R's `confint` takes the normal). Firth
  /// fits take the penalised likelihood (Heinze and Schemper 2002), negative binomials keep their θ. The fit's covariance
  /// plays no part. Venzon and Moolgavkar 1988; Venables and Ripley 2002, section 8.4.
  ///
  /// - Parameter confidence: nil takes the fit's.
  /// - Throws: `model` for ridge fits and probability weights, whose likelihood gives no intervals.
  /// - Complexity: some ten to thirty fits a coefficient.
  public func profileIntervals(confidence: Double? = nil) throws(RegressionError) -> [ProfileInterval] {
    var intervals: [ProfileInterval] = []
    for column in layout.columns.indices where !core.estimate.aliased[column] {
      intervals.append(try profileInterval(ofColumn: column, confidence: confidence ?? self.confidence))
    }
    return intervals
  }

  /// The profile-likelihood interval of one coefficient; see ``profileIntervals(confidence:)``.
  ///
  /// - Throws: `model` as there, and for a name that is no column or an aliased one.
  public func profileInterval(of term: String, confidence: Double? = nil) throws(RegressionError) -> ProfileInterval {
    guard let column = layout.columns.firstIndex(where: { $0.name == term }) else {
      throw .model("the model has no column \"\(term)\"")
    }
    if core.estimate.aliased[column] { throw .model("\(term) has no coefficient: it is aliased") }
    return try profileInterval(ofColumn: column, confidence: confidence ?? self.confidence)
  }

  private func profileInterval(ofColumn column: Int, confidence: Double) throws(RegressionError) -> ProfileInterval {
    if case .ridge = core.penalty { throw .model("a ridge fit has no profile-likelihood intervals") }
    if core.weightsKind == .probability {
      throw .model("with probability weights there is no likelihood to profile; take Wald intervals")
    }
    guard let index = core.kept.firstIndex(of: column) else { throw .model("an aliased column has no profile") }
    let reference: ReferenceDistribution = isDispersionEstimated ? .studentT(degreesOfFreedom: dfResidual) : .normal
    let profile = try Profile(core, index: index, dispersion: dispersion)
    let quantile = reference.twoSidedQuantile(confidence: confidence)
    let term = layout.columns[column].name
    let form = try profile.drop(at: 0).map { 2 * $0 / dispersion } ?? .nan
    return ProfileInterval(
      term: term, lower: try profile.end(direction: -1, quantile: quantile),
      upper: try profile.end(direction: 1, quantile: quantile),
      test: reference.jointTest(term, form: form, count: 1))
  }
}

/// The profile of one coefficient.
private struct Profile {
  let likelihood: PenalisedLikelihood
  let index: Int
  let dispersion: Double
  /// The unconstrained maximum.
  let top: PenalisedLikelihood.State
  let standardError: Double
  /// The largest value of the column, by which a change of the coefficient changes the linear predictor.
  let columnScale: Double

  init(_ core: FitCore, index: Int, dispersion: Double) throws(RegressionError) {
    var likelihood = core.likelihood
    likelihood.dispersion = dispersion
    self.likelihood = likelihood
    self.index = index
    self.dispersion = dispersion
    // The fit's own iterations end earlier than the roots below ask for.
    top = try likelihood.maximise(from: core.coefficients)
    standardError = (dispersion * core.unscaledCovariance[index, index]).squareRoot()
    var largest = 0.0
    try core.model.forEachBlock(at: core.coefficients) { block in
      for value in block.columns.column(index) { largest = max(largest, abs(value)) }
    }
    columnScale = largest
  }

  /// The maximum with the coefficient held at a value, from a neighbouring one; nil where no means are possible.
  private func state(
    at value: Double, from neighbour: PenalisedLikelihood.State
  ) throws(RegressionError) -> PenalisedLikelihood.State? {
    let start = likelihood.moved(neighbour, index: index, to: value)
    if try likelihood.state(at: start) != nil { return try likelihood.maximise(from: start, holding: [index]) }
    var plain = neighbour.coefficients
    plain[index] = value
    guard try likelihood.state(at: plain) != nil else { return nil }
    return try likelihood.maximise(from: plain, holding: [index])
  }

  /// How far the objective falls when the coefficient is held at a value; nil where no means are possible.
  func drop(at value: Double) throws(RegressionError) -> Double? {
    try state(at: value, from: top).map { max(0, top.objective - $0.objective) }
  }

  /// Where the signed root reaches the quantile, by Newton's method: the root r has the slope −g/(φr), g the derivative
  /// of the objective by the coefficient held. A step may at most double the distance covered, and stays inside what is
  /// known to hold the end.
  func end(direction: Double, quantile: Double) throws(RegressionError) -> Double {
    let centre = top.coefficients[index]
    // Far enough for any likelihood to have fallen: exp(1000) is no number.
    let farthest = 1000 / max(columnScale, .leastNormalMagnitude)
    var distance = min(quantile * standardError, 2 / max(columnScale, .leastNormalMagnitude))
    if !(distance > 0) { return .nan }
    var (inner, outer) = (0.0, Double.infinity)
    var (state, isOutside) = (top, false)
    for _ in 0..<200 {
      guard let next = try self.state(at: centre + direction * distance, from: state) else {
        (outer, isOutside) = (distance, true)
        distance = (inner + outer) / 2
        if outer - inner < 1e-9 * outer { return .nan }
        continue
      }
      state = next
      let root = (2 * max(0, top.objective - next.objective) / dispersion).squareRoot()
      if abs(root - quantile) < 1e-11 * quantile { return centre + direction * distance }
      if root < quantile { inner = distance } else { (outer, isOutside) = (distance, false) }
      if outer.isInfinite, distance >= farthest { return direction * .infinity }
      if outer - inner < 1e-13 * (abs(centre) + outer) { return isOutside ? .nan : centre + direction * distance }
      let slope = -direction * next.gradient[index] / (dispersion * root)
      var proposal = distance + (quantile - root) / slope
      if !proposal.isFinite || proposal <= inner { proposal = outer.isFinite ? (inner + outer) / 2 : 2 * distance }
      if outer.isFinite {
        if proposal >= outer { proposal = (inner + outer) / 2 }
      } else {
        proposal = min(proposal, 2 * distance, farthest)
      }
      distance = proposal
    }
    throw .model("the profile of \(likelihood.model.layout.columns[index].name) found no end")
  }
}
