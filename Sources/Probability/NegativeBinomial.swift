/// The negative binomial distribution with size θ > 0, whole or not, and mean μ ≥ 0: variance μ + μ²/θ.
///
/// It is a Poisson distribution whose mean is gamma distributed with shape θ and mean μ; for a whole θ, the number of
/// failures before the θ-th success with probability of success p = θ/(θ + μ).
public struct NegativeBinomial: DiscreteDistribution, Hashable {
  /// θ.
  public let size: Double
  /// μ.
  public let mean: Double
  private let success: DoubleDouble
  private let failure: DoubleDouble

  /// From size and mean; NaN everywhere unless 0 < θ < ∞ and 0 ≤ μ < ∞.
  ///
  /// - Complexity: O(1).
  public init(size: Double, mean: Double) {
    let isProper = size > 0 && size.isFinite && mean >= 0 && mean.isFinite
    self.size = isProper ? size : .nan
    self.mean = isProper ? mean : .nan
    let whole = DoubleDouble(sumOf: self.size, self.mean)
    success = DoubleDouble(self.size) / whole
    failure = DoubleDouble(self.mean) / whole
  }

  /// From size and probability of success; NaN everywhere unless 0 < θ < ∞ and 0 < p ≤ 1.
  ///
  /// - Complexity: O(1).
  public init(size: Double, probability: Double) {
    let isProper = size > 0 && size.isFinite && probability > 0 && probability <= 1
    self.size = isProper ? size : .nan
    success = DoubleDouble(isProper ? probability : .nan)
    failure = DoubleDouble(sumOf: 1, -success.high)
    mean = self.size * failure.high / success.high
  }

  /// p = θ/(θ + μ), the probability of success.
  ///
  /// - Complexity: O(1).
  public var probability: Double { success.high }

  /// μ + μ²/θ.
  ///
  /// - Complexity: O(1).
  public var variance: Double { mean + mean * (mean / size) }

  /// Γ(k + θ)/(Γ(θ)k!) pᶿ(1 − p)ᵏ, in Loader's (2000) form.
  ///
  /// - Complexity: O(1).
  public func probability(of count: Double) -> Double { scaled(count).value }

  /// log P(X = k).
  ///
  /// - Complexity: O(1).
  public func logProbability(of count: Double) -> Double { scaled(count).logarithm }

  /// P(X ≤ k) = I_p(θ, k + 1).
  ///
  /// - Complexity: O(1) away from the mean; near it O(√(θ + k)).
  public func cumulative(_ x: Double) -> Double {
    end(x) ?? IncompleteBeta.lower(size, x.rounded(.down) + 1, success, failure).value
  }

  /// P(X > k) = I_{1−p}(k + 1, θ).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func upperTail(_ x: Double) -> Double {
    end(x).map { 1 - $0 } ?? IncompleteBeta.lower(x.rounded(.down) + 1, size, failure, success).value
  }

  /// log P(X ≤ k).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func logCumulative(_ x: Double) -> Double {
    end(x).map(logarithm) ?? IncompleteBeta.logLower(size, x.rounded(.down) + 1, success, failure)
  }

  /// log P(X > k).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func logUpperTail(_ x: Double) -> Double {
    end(x).map { logarithm(1 - $0) }
      ?? IncompleteBeta.logLower(x.rounded(.down) + 1, size, failure, success)
  }

  /// The smallest k with P(X ≤ k) ≥ p, 64 roundings forgiven as in R; ∞ for p = 1.
  ///
  /// - Complexity: some ten cumulative probabilities.
  public func quantile(_ probability: Double) -> Double {
    smallestCount(probability, upper: false, skewness: skewness, upTo: mean == 0 ? 0 : .infinity)
  }

  /// The smallest k with P(X > k) ≤ p; ∞ for p = 0.
  ///
  /// - Complexity: some ten cumulative probabilities.
  public func upperQuantile(_ probability: Double) -> Double {
    smallestCount(probability, upper: true, skewness: skewness, upTo: mean == 0 ? 0 : .infinity)
  }

  private var skewness: Double { (1 + failure.high) / (size * failure.high).squareRoot() }

  /// The cumulative probability where no incomplete beta function is needed.
  private func end(_ x: Double) -> Double? {
    if x.isNaN || size.isNaN { return .nan }
    return x < 0 ? 0 : x == .infinity ? 1 : nil
  }

  private func scaled(_ count: Double) -> ScaledTail {
    if count.isNaN || size.isNaN { return ScaledTail(.nan) }
    guard count >= 0, count.isFinite, count == count.rounded(.down) else { return ScaledTail(0) }
    return IncompleteBeta.kernel(size, count, success, failure).multiplied(by: size / (size + count))
  }
}
