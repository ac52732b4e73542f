/// The Poisson distribution with mean λ ≥ 0.
public struct Poisson: DiscreteDistribution, Hashable {
  /// λ.
  public let mean: Double

  /// A Poisson distribution; NaN everywhere unless the mean is finite and not below 0.
  ///
  /// - Complexity: O(1).
  public init(mean: Double) {
    self.mean = mean >= 0 && mean.isFinite ? mean : .nan
  }

  /// λ.
  ///
  /// - Complexity: O(1).
  public var variance: Double { mean }

  /// λᵏe^−λ/k!, in Loader's (2000) form, which loses no digit for large counts.
  ///
  /// - Complexity: O(1).
  public func probability(of count: Double) -> Double { scaled(count).value }

  /// log P(X = k).
  ///
  /// - Complexity: O(1).
  public func logProbability(of count: Double) -> Double { scaled(count).logarithm }

  /// P(X ≤ k) = Q(k + 1, λ).
  ///
  /// - Complexity: O(1).
  public func cumulative(_ x: Double) -> Double {
    end(x) ?? IncompleteGamma.upper(x.rounded(.down) + 1, DoubleDouble(mean)).value
  }

  /// P(X > k) = P(k + 1, λ).
  ///
  /// - Complexity: O(1).
  public func upperTail(_ x: Double) -> Double {
    end(x).map { 1 - $0 } ?? IncompleteGamma.lower(x.rounded(.down) + 1, DoubleDouble(mean)).value
  }

  /// log P(X ≤ k).
  ///
  /// - Complexity: O(1).
  public func logCumulative(_ x: Double) -> Double {
    end(x).map(logarithm) ?? IncompleteGamma.logUpper(x.rounded(.down) + 1, DoubleDouble(mean))
  }

  /// log P(X > k).
  ///
  /// - Complexity: O(1).
  public func logUpperTail(_ x: Double) -> Double {
    end(x).map { logarithm(1 - $0) } ?? IncompleteGamma.logLower(x.rounded(.down) + 1, DoubleDouble(mean))
  }

  /// The smallest k with P(X ≤ k) ≥ p, 64 roundings forgiven as in R; ∞ for p = 1.
  ///
  /// - Complexity: some ten cumulative probabilities.
  public func quantile(_ probability: Double) -> Double {
    smallestCount(probability, upper: false, skewness: 1 / mean.squareRoot(), upTo: mean == 0 ? 0 : .infinity)
  }

  /// The smallest k with P(X > k) ≤ p; ∞ for p = 0.
  ///
  /// - Complexity: some ten cumulative probabilities.
  public func upperQuantile(_ probability: Double) -> Double {
    smallestCount(probability, upper: true, skewness: 1 / mean.squareRoot(), upTo: mean == 0 ? 0 : .infinity)
  }

  /// The cumulative probability where no incomplete gamma function is needed.
  private func end(_ x: Double) -> Double? {
    if x.isNaN || mean.isNaN { return .nan }
    return x < 0 ? 0 : x == .infinity ? 1 : nil
  }

  private func scaled(_ count: Double) -> ScaledTail {
    if count.isNaN || mean.isNaN { return ScaledTail(.nan) }
    guard count >= 0, count.isFinite, count == count.rounded(.down) else { return ScaledTail(0) }
    return IncompleteGamma.kernel(count, DoubleDouble(mean))
  }
}
