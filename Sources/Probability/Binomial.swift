/// The number of events in n independent trials, each with probability p.
public struct Binomial: DiscreteDistribution, Hashable {
  /// n, a whole number.
  public let trials: Double
  /// p.
  public let probability: Double

  /// A binomial distribution; NaN everywhere unless `trials` is a whole number from 0 and 0 ≤ p ≤ 1.
  ///
  /// - Complexity: O(1).
  public init(trials: Double, probability: Double) {
    let isProper =
      trials >= 0 && trials.isFinite && trials == trials.rounded(.down) && probability >= 0 && probability <= 1
    self.trials = isProper ? trials : .nan
    self.probability = isProper ? probability : .nan
  }

  /// np.
  ///
  /// - Complexity: O(1).
  public var mean: Double { trials * probability }

  /// np(1 − p).
  ///
  /// - Complexity: O(1).
  public var variance: Double { mean * (1 - probability) }

  /// C(n, k) pᵏ(1 − p)^(n − k), in Loader's (2000) form, which loses no digit for many trials.
  ///
  /// - Complexity: O(1).
  public func probability(of count: Double) -> Double { scaled(count).value }

  /// log P(X = k).
  ///
  /// - Complexity: O(1).
  public func logProbability(of count: Double) -> Double { scaled(count).logarithm }

  /// P(X ≤ k) = I_{1−p}(n − k, k + 1).
  ///
  /// - Complexity: O(1) away from the mean; near it O(√n), 10⁻⁵ s at n = 10⁶.
  public func cumulative(_ x: Double) -> Double {
    end(x) ?? IncompleteBeta.lower(trials - x.rounded(.down), x.rounded(.down) + 1, complement, share).value
  }

  /// P(X > k) = I_p(k + 1, n − k).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func upperTail(_ x: Double) -> Double {
    end(x).map { 1 - $0 }
      ?? IncompleteBeta.lower(x.rounded(.down) + 1, trials - x.rounded(.down), share, complement).value
  }

  /// log P(X ≤ k).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func logCumulative(_ x: Double) -> Double {
    end(x).map(logarithm)
      ?? IncompleteBeta.logLower(trials - x.rounded(.down), x.rounded(.down) + 1, complement, share)
  }

  /// log P(X > k).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func logUpperTail(_ x: Double) -> Double {
    end(x).map { logarithm(1 - $0) }
      ?? IncompleteBeta.logLower(x.rounded(.down) + 1, trials - x.rounded(.down), share, complement)
  }

  /// The smallest k with P(X ≤ k) ≥ p, 64 roundings forgiven as in R.
  ///
  /// - Complexity: some ten cumulative probabilities.
  public func quantile(_ probability: Double) -> Double {
    smallestCount(probability, upper: false, skewness: skewness, upTo: limit)
  }

  /// The smallest k with P(X > k) ≤ p.
  ///
  /// - Complexity: some ten cumulative probabilities.
  public func upperQuantile(_ probability: Double) -> Double {
    smallestCount(probability, upper: true, skewness: skewness, upTo: limit)
  }

  private var share: DoubleDouble { DoubleDouble(probability) }
  private var complement: DoubleDouble { DoubleDouble(sumOf: 1, -probability) }
  private var skewness: Double { (1 - 2 * probability) / variance.squareRoot() }
  private var limit: Double { probability == 0 ? 0 : trials }

  /// The cumulative probability where no incomplete beta function is needed.
  private func end(_ x: Double) -> Double? {
    if x.isNaN || trials.isNaN { return .nan }
    return x < 0 ? 0 : x >= trials ? 1 : nil
  }

  private func scaled(_ count: Double) -> ScaledTail {
    if count.isNaN || trials.isNaN { return ScaledTail(.nan) }
    guard count >= 0, count <= trials, count == count.rounded(.down) else { return ScaledTail(0) }
    return IncompleteBeta.kernel(count, trials - count, share, complement)
  }
}
