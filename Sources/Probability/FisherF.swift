/// Fisher's F distribution with d₁ and d₂ > 0 degrees of freedom, whole or not; either may be infinite.
///
/// d₁F/d₂ are the odds of a beta variable with shapes d₁/2 and d₂/2 (Abramowitz and Stegun, 1964, 26.6.2).
public struct FisherF: ContinuousDistribution, Hashable {
  /// d₁, the degrees of freedom of the numerator.
  public let numeratorDegreesOfFreedom: Double
  /// d₂, the degrees of freedom of the denominator.
  public let denominatorDegreesOfFreedom: Double

  /// An F distribution; NaN everywhere unless both degrees of freedom are above 0.
  ///
  /// - Complexity: O(1).
  public init(numeratorDegreesOfFreedom: Double, denominatorDegreesOfFreedom: Double) {
    let isProper = numeratorDegreesOfFreedom > 0 && denominatorDegreesOfFreedom > 0
    self.numeratorDegreesOfFreedom = isProper ? numeratorDegreesOfFreedom : .nan
    self.denominatorDegreesOfFreedom = isProper ? denominatorDegreesOfFreedom : .nan
  }

  /// d₂/(d₂ − 2); infinite for d₂ ≤ 2.
  ///
  /// - Complexity: O(1).
  public var mean: Double {
    let d2 = denominatorDegreesOfFreedom
    if d2.isNaN { return d2 }
    return d2 == .infinity ? 1 : d2 > 2 ? d2 / (d2 - 2) : .infinity
  }

  /// 2(d₂/(d₂ − 2))² (d₁ + d₂ − 2)/(d₁(d₂ − 4)); infinite for 2 < d₂ ≤ 4, NaN below.
  ///
  /// - Complexity: O(1).
  public var variance: Double {
    let d1 = numeratorDegreesOfFreedom
    let d2 = denominatorDegreesOfFreedom
    guard d2 > 4 else { return d2 > 2 ? .infinity : .nan }
    if d2 == .infinity { return 2 / d1 }
    return 2 * mean * mean * (1 + (d2 - 2) / d1) / (d2 - 4)
  }

  /// f(x).
  ///
  /// - Complexity: O(1).
  public func density(at x: Double) -> Double { scaledDensity(x).value }

  /// log f(x).
  ///
  /// - Complexity: O(1).
  public func logDensity(at x: Double) -> Double { scaledDensity(x).logarithm }

  /// P(X ≤ x).
  ///
  /// - Complexity: O(1); O(√(d₁ + d₂)) near the mean.
  public func cumulative(_ x: Double) -> Double {
    if let limit { return limit.isReciprocal ? limit.gamma.upperTail(reciprocal(x)) : limit.gamma.cumulative(x) }
    let (share, rest) = shares(x)
    return IncompleteBeta.lower(a, b, share, rest).value
  }

  /// P(X > x).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func upperTail(_ x: Double) -> Double {
    if let limit { return limit.isReciprocal ? limit.gamma.cumulative(reciprocal(x)) : limit.gamma.upperTail(x) }
    let (share, rest) = shares(x)
    return IncompleteBeta.upper(a, b, share, rest).value
  }

  /// log P(X ≤ x).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func logCumulative(_ x: Double) -> Double {
    if let limit { return limit.isReciprocal ? limit.gamma.logUpperTail(reciprocal(x)) : limit.gamma.logCumulative(x) }
    let (share, rest) = shares(x)
    return IncompleteBeta.logLower(a, b, share, rest)
  }

  /// log P(X > x).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func logUpperTail(_ x: Double) -> Double {
    if let limit { return limit.isReciprocal ? limit.gamma.logCumulative(reciprocal(x)) : limit.gamma.logUpperTail(x) }
    let (share, rest) = shares(x)
    return IncompleteBeta.logLower(b, a, rest, share)
  }

  /// The x with F(x) = p.
  ///
  /// - Complexity: some five cumulative probabilities.
  public func quantile(_ probability: Double) -> Double {
    if let limit {
      return limit.isReciprocal ? 1 / limit.gamma.upperQuantile(probability) : limit.gamma.quantile(probability)
    }
    return IncompleteBeta.lowerQuantileOdds(a, b, probability) * (b / a)
  }

  /// The x with P(X > x) = p.
  ///
  /// - Complexity: some five cumulative probabilities.
  public func upperQuantile(_ probability: Double) -> Double {
    if let limit {
      return limit.isReciprocal ? 1 / limit.gamma.quantile(probability) : limit.gamma.upperQuantile(probability)
    }
    return IncompleteBeta.upperQuantileOdds(a, b, probability) * (b / a)
  }

  private var a: Double { numeratorDegreesOfFreedom / 2 }
  private var b: Double { denominatorDegreesOfFreedom / 2 }

  /// With d₂ = ∞, F is χ²/d₁; with d₁ = ∞, 1/F is χ²/d₂.
  private var limit: (gamma: Gamma, isReciprocal: Bool)? {
    if b == .infinity { return (Gamma(shape: a, scale: 1 / a), false) }
    if a == .infinity { return (Gamma(shape: b, scale: 1 / b), true) }
    return nil
  }

  private func reciprocal(_ x: Double) -> Double { x <= 0 ? .infinity : 1 / x }

  /// d₁x/(d₁x + d₂) and d₂/(d₁x + d₂).
  private func shares(_ x: Double) -> (DoubleDouble, DoubleDouble) {
    if x.isNaN || a.isNaN { return (DoubleDouble(.nan), DoubleDouble(.nan)) }
    let numerator = DoubleDouble(productOf: numeratorDegreesOfFreedom, x)
    if numerator.high == .infinity { return (DoubleDouble(1), DoubleDouble(0)) }
    if x <= 0 { return (DoubleDouble(0), DoubleDouble(1)) }
    let whole = numerator + DoubleDouble(denominatorDegreesOfFreedom)
    return (numerator / whole, DoubleDouble(denominatorDegreesOfFreedom) / whole)
  }

  private func scaledDensity(_ x: Double) -> ScaledTail {
    if x.isNaN || a.isNaN { return ScaledTail(.nan) }
    if x < 0 || x == .infinity { return ScaledTail(0) }
    if x == 0 { return ScaledTail(a < 1 ? .infinity : a == 1 ? 1 : 0) }
    if let limit {
      let logDensity =
        limit.isReciprocal ? limit.gamma.logDensity(at: 1 / x) - 2 * logarithm(x) : limit.gamma.logDensity(at: x)
      return ScaledTail(exponent: DoubleDouble(logDensity), factor: 1)
    }
    let (share, rest) = shares(x)
    return IncompleteBeta.kernel(a, b, share, rest).multiplied(by: a * (b / (a + b)) / x)
  }
}
