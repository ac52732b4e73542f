import LinearAlgebra

/// A likelihood with or without a penalty, to be maximised over all coefficients or over some with the others held.
///
/// The objective is −D/2 − ½ Σ λⱼβⱼ² + ½ log|X′WX|: D the deviance, λ the ridge penalty of each coefficient, the
/// determinant Jeffreys' prior (Firth 1993, Bias reduction of maximum likelihood estimates) where it is asked for.
struct PenalisedLikelihood {
  let model: ModelRows
  /// λ of each coefficient; nil for no ridge.
  var ridge: [Double]?
  /// Whether Jeffreys' prior counts.
  var jeffreys = false
  /// φ, on whose scale the maximum is found.
  var dispersion = 1.0
  var maximumIterations = 200

  /// Where an iteration stands.
  struct State {
    var coefficients: [Double]
    var information: Information
    /// The derivative of the objective by the coefficients.
    var gradient: [Double]
    var objective: Double
    var iterations = 0
    var halvings = 0
    var converged = false
  }

  /// The objective and its derivative at some coefficients; nil where a mean leaves its domain or X′WX is singular.
  func state(at coefficients: [Double]) throws(RegressionError) -> State? {
    let information = try model.information(at: coefficients)
    guard information.deviance.isFinite, information.matrix.values.allSatisfy(\.isFinite) else { return nil }
    var state = State(
      coefficients: coefficients, information: information, gradient: information.score,
      objective: -information.deviance / 2)
    if let ridge {
      for (index, penalty) in ridge.enumerated() {
        state.gradient[index] -= penalty * coefficients[index]
        state.objective -= penalty * coefficients[index] * coefficients[index] / 2
      }
    }
    if jeffreys {
      guard let factor = try? Cholesky(of: information.matrix, relativePivot: 1e-14), factor.aliased.isEmpty else {
        return nil
      }
      state.objective += factor.logDeterminant / 2
      state.gradient.add(try jeffreysScore(at: coefficients, covariance: factor.inverse()))
    }
    return state
  }

  /// ½ ∂ log|X′WX|/∂β = X′(h·a) with the leverages h and a = ½ ∂ log w/∂η.
  private func jeffreysScore(at coefficients: [Double], covariance: Matrix) throws(RegressionError) -> [Double] {
    var score = [Double](repeating: 0, count: coefficients.count)
    try model.forEachBlock(at: coefficients) { block in
      let weights = block.workingWeights()
      var values = block.quadraticForms(covariance)
      for row in values.indices {
        let slope =
          switch model.family {
          case .binomial, .quasiBinomial: 0.5 - block.mean[row]
          default: 0.5
          }
        values[row] *= weights[row] * slope
      }
      score.add(block.columns.transposedProduct(values))
    }
    return score
  }

  /// The step of Fisher scoring over the coefficients that are free.
  func step(of state: State, free: [Int]) -> [Double] {
    var matrix = state.information.matrix
    if let ridge {
      for (index, penalty) in ridge.enumerated() { matrix[index, index] += penalty }
    }
    var step = [Double](repeating: 0, count: state.coefficients.count)
    let part = matrix.selecting(rows: free, columns: free)
    guard let factor = try? Cholesky(of: part, relativePivot: 1e-14) else { return step }
    for (index, value) in zip(free, factor.solve(free.map { state.gradient[$0] })) { step[index] = value }
    return step
  }

  /// The coefficients with one moved to a value and the others after it, along the ridge of the quadratic approximation.
  func moved(_ state: State, index: Int, to value: Double) -> [Double] {
    let change = value - state.coefficients[index]
    let others = state.coefficients.indices.filter { $0 != index }
    var moved = state.coefficients
    moved[index] = value
    let part = state.information.matrix.selecting(rows: others, columns: others)
    guard let factor = try? Cholesky(of: part, relativePivot: 1e-14) else { return moved }
    let shift = factor.solve(others.map { -state.information.matrix[$0, index] * change })
    for (other, amount) in zip(others, shift) { moved[other] += amount }
    return moved
  }

  /// Climbs to the maximum over the free coefficients by Fisher scoring with step-halving.
  ///
  /// The Newton decrement g′δ is the objective's distance from its maximum to second order (twice); below 1e-16 the
  /// coefficients stand within 1e-8 of a standard error of where they belong, and the last step brings them nearer still.
  /// - Complexity: O(iterations × rows × columns²).
  func maximise(from start: [Double], holding held: Set<Int> = []) throws(RegressionError) -> State {
    let free = start.indices.filter { !held.contains($0) }
    guard var state = try state(at: start) else {
      throw .model("the means of the model leave their domain at the start of the iterations")
    }
    while state.iterations < maximumIterations {
      let step = step(of: state, free: free)
      let decrement = step.dot(state.gradient)
      state.iterations += 1
      var next: State?
      var share = 1.0
      for halving in 0..<30 {
        let candidate = try self.state(at: zip(state.coefficients, step).map { $0 + share * $1 })
        if let candidate, candidate.objective >= state.objective - 1e-10 * (1 + abs(state.objective)) {
          state.halvings += halving
          next = candidate
          break
        }
        share /= 2
      }
      guard var next else { break }
      next.iterations = state.iterations
      next.halvings = state.halvings
      state = next
      if decrement < 1e-16 * dispersion {
        state.converged = true
        break
      }
    }
    return state
  }
}
