import Probability

/// Whether counts vary more than a Poisson's.
public struct Overdispersion: Sendable, Hashable {
  /// Pearson's χ² over its degrees of freedom: 1 if the variance is the mean.
  public let ratio: Double
  /// Pearson's χ² against χ².
  public let pearson: TestResult
  /// Cameron and Trivedi's regression with variance μ + αμ: z, one-sided.
  public let linear: TestResult
  /// α of the variance μ + αμ.
  public let linearAlpha: Double
  /// Cameron and Trivedi's regression with variance μ + αμ²: t, one-sided.
  public let quadratic: TestResult
  /// α of the variance μ + αμ², about 1/θ of a negative binomial.
  public let quadraticAlpha: Double
}

extension Fit {
  /// Tests of a Poisson fit for overdispersion.
  ///
  /// Cameron and Trivedi, Regression-based tests for overdispersion in the Poisson model, 1990: ((y − μ)² − y)/μ on a
  /// constant (variance μ + αμ) or on μ (μ + αμ²) without intercept; its t statistic is compared with the upper tail of
  /// the normal. For the constant the mean over its standard error.
  ///
  /// - Throws: `model` for a family other than the Poisson and for weights other than frequencies.
  /// - Complexity: O(rows × columns).
  public func overdispersion() throws(RegressionError) -> Overdispersion {
    guard case .poisson = family, !isDispersionEstimated else {
      throw .model("the test for overdispersion is one of Poisson fits")
    }
    let isWeighted = core.estimate.sumOfWeights != Double(rowCount) || core.estimate.zeroWeightRows > 0
    if isWeighted, core.weightsKind != .frequency {
      throw .model("the test for overdispersion takes no weights but frequencies")
    }
    var (count, sum, squares) = (0.0, 0.0, 0.0)
    var (cross, square) = (0.0, 0.0)
    try core.model.forEachBlock(at: core.coefficients) { block in
      for row in 0..<block.count {
        let (w, y, mu) = (block.weights[row], block.response[row], block.mean[row])
        let excess = ((y - mu) * (y - mu) - y) / mu
        count += w
        sum += w * excess
        squares += w * excess * excess
        cross += w * excess * mu
        square += w * mu * mu
      }
    }
    let mean = sum / count
    let meanError = ((squares - count * mean * mean) / (count - 1) / count).squareRoot()
    let slope = cross / square
    let slopeError = ((squares - slope * cross) / (count - 1) / square).squareRoot()
    let tail = ChiSquared(degreesOfFreedom: dfResidual)
    return Overdispersion(
      ratio: pearsonChiSquared / dfResidual,
      pearson: TestResult(
        name: "Pearson", statistic: pearsonChiSquared, degreesOfFreedom: dfResidual, denominatorDegreesOfFreedom: nil,
        pValue: tail.upperTail(pearsonChiSquared)),
      linear: Self.oneSided("variance mu + alpha mu", mean / meanError), linearAlpha: mean,
      quadratic: Self.oneSided("variance mu + alpha mu^2", slope / slopeError), quadraticAlpha: slope)
  }

  private static func oneSided(_ name: String, _ z: Double) -> TestResult {
    TestResult(
      name: name, statistic: z, degreesOfFreedom: 1, denominatorDegreesOfFreedom: nil,
      pValue: Normal.standard.upperTail(z))
  }
}
