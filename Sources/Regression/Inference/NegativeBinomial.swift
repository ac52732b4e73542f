import Probability

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension FitRequest {
  /// Coefficients and θ by maximum likelihood: each in turn given the other, until θ stands still. The two are
  /// uncorrelated in expectation (Lawless 1987), so that few turns are needed.
  ///
  /// Where the Poisson fit leaves Σ w((y − μ)² − y) ≤ 0, the likelihood falls as 1/θ leaves 0: θ is infinite, the fit is
  /// Poisson's, and says so.
  func negativeBinomialOutcome() throws(RegressionError) -> Outcome {
    let poisson = try estimated(family: .poisson, settings: settings)
    let poissonRows = model(poisson, family: .poisson)
    let infinite = Outcome(
      estimate: poisson, family: .poisson, isThetaEstimated: true, warnings: [.thetaInfinite])
    guard var theta = try poissonRows.momentTheta(at: poisson.kept.map { poisson.coefficients[$0] }) else {
      return infinite
    }
    var estimate = poisson
    for turn in 1...Self.mostTurns {
      var settings = settings
      settings.start = estimate.coefficients.map { $0.isNaN ? 0 : $0 }
      settings.warmStart = false
      estimate = try estimated(family: .negativeBinomial(theta: theta), settings: settings)
      let rows = model(estimate, family: .negativeBinomial(theta: theta))
      let beta = estimate.kept.map { estimate.coefficients[$0] }
      guard let next = try rows.likeliestTheta(at: beta, from: theta) else { return infinite }
      let change = abs(log(next.theta / theta))
      theta = next.theta
      if change < Self.thetaTolerance || turn == Self.mostTurns {
        estimate = try estimated(family: .negativeBinomial(theta: theta), settings: settings)
        return Outcome(
          estimate: estimate, family: .negativeBinomial(theta: theta),
          thetaStandardError: 1 / next.information.squareRoot(), isThetaEstimated: true,
          warnings: change < Self.thetaTolerance ? [] : [.thetaNotConverged(iterations: turn)])
      }
    }
    return infinite
  }

  private static let mostTurns = 100

  /// A hundredth of what a θ is worth that is printed with six digits.
  private static let thetaTolerance = 1e-9
}

extension ModelRows {
  /// Where the search for θ begins: Σw / Σ w(y/μ − 1)²; nil where the data are no more variable than Poisson's.
  fileprivate func momentTheta(at coefficients: [Double]) throws(RegressionError) -> Double? {
    var (excess, weights, squares) = (0.0, 0.0, 0.0)
    try forEachBlock(at: coefficients) { block in
      for row in 0..<block.count {
        let (w, y, mu) = (block.weights[row], block.response[row], block.mean[row])
        excess += w * ((y - mu) * (y - mu) - y)
        weights += w
        squares += w * (y / mu - 1) * (y / mu - 1)
      }
    }
    return excess > 0 && squares > 0 ? weights / squares : nil
  }

  /// The θ of the largest likelihood at given means, by Newton's method on log θ, with the observed information about θ;
  /// nil where it grows beyond all bounds.
  fileprivate func likeliestTheta(
    at coefficients: [Double], from start: Double
  ) throws(RegressionError) -> (theta: Double, information: Double)? {
    var theta = start
    for _ in 0..<100 {
      let (score, information) = try thetaDerivatives(at: coefficients, theta: theta)
      let slope = theta * score
      let curvature = theta * theta * information - slope
      // Where the likelihood is not concave, and far away, one step goes a factor of e in the right direction.
      var step = curvature > 0 ? slope / curvature : (slope > 0 ? 1 : -1)
      step = max(-1, min(1, step))
      theta *= exp(step)
      if theta > 1e8 { return nil }
      if abs(step) < 1e-11 {
        return (theta, try thetaDerivatives(at: coefficients, theta: theta).information)
      }
    }
    let last = try thetaDerivatives(at: coefficients, theta: theta)
    return last.information > 0 ? (theta, last.information) : nil
  }

  /// The first derivative of the log-likelihood by θ and the negative of the second.
  ///
  /// With D(y) = ψ(θ + y) − ψ(θ): Σ w(D(y) + log(θ/(θ + μ)) + (μ − y)/(θ + μ)), and
  /// Σ w(−D′(y) − 1/θ + 2/(θ + μ) − (y + θ)/(θ + μ)²). Venables and Ripley, Modern Applied Statistics with S, 4th ed.
  /// 2002, section 7.4.
  private func thetaDerivatives(
    at coefficients: [Double], theta: Double
  ) throws(RegressionError) -> (score: Double, information: Double) {
    let differences = GammaDifferences(theta: theta)
    var (score, information) = (0.0, 0.0)
    try forEachBlock(at: coefficients) { block in
      for row in 0..<block.count where block.weights[row] > 0 {
        let (w, y, mu) = (block.weights[row], block.response[row], block.mean[row])
        let sum = theta + mu
        let (first, second) = differences(y)
        score += w * (first - log1p(mu / theta) + (mu - y) / sum)
        information += w * (-second - 1 / theta + 2 / sum - (y + theta) / (sum * sum))
      }
    }
    return (score, information)
  }
}

/// ψ(θ + y) − ψ(θ) and ψ′(θ + y) − ψ′(θ).
///
/// For counts below a thousand they are sums of 1/(θ + j) and −1/(θ + j)², j < y: exact where the difference of two
/// digammas would cancel, and looked up instead of computed.
private struct GammaDifferences {
  let theta: Double
  private let first: [Double]
  private let second: [Double]

  init(theta: Double) {
    self.theta = theta
    var (sum, squares) = (0.0, 0.0)
    var first = [0.0]
    var second = [0.0]
    for count in 0..<1000 {
      let inverse = 1 / (theta + Double(count))
      sum += inverse
      squares -= inverse * inverse
      first.append(sum)
      second.append(squares)
    }
    self.first = first
    self.second = second
  }

  func callAsFunction(_ y: Double) -> (first: Double, second: Double) {
    if y < Double(first.count), y == y.rounded() { return (first[Int(y)], second[Int(y)]) }
    return (digamma(theta + y) - digamma(theta), trigamma(theta + y) - trigamma(theta))
  }
}
