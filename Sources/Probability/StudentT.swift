/// Student's t distribution with ν > 0 degrees of freedom, whole or not; ν = ∞ is the standard normal distribution.
///
/// P(T > t) = ½ I_x(ν/2, ½) with x = ν/(ν + t²) for t ≥ 0 (Abramowitz and Stegun, 1964, 26.7.1).
public struct StudentT: ContinuousDistribution, Hashable {
  /// ν.
  public let degreesOfFreedom: Double

  /// Student's t distribution; NaN everywhere unless `degreesOfFreedom` is above 0.
  ///
  /// - Complexity: O(1).
  public init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom > 0 ? degreesOfFreedom : .nan
  }

  /// 0; NaN for ν ≤ 1.
  ///
  /// - Complexity: O(1).
  public var mean: Double { degreesOfFreedom > 1 ? 0 : .nan }

  /// ν/(ν − 2); infinite for 1 < ν ≤ 2, NaN below.
  ///
  /// - Complexity: O(1).
  public var variance: Double {
    let ν = degreesOfFreedom
    if ν == .infinity { return 1 }
    return ν > 2 ? ν / (ν - 2) : ν > 1 ? .infinity : .nan
  }

  /// f(t) = Γ((ν + 1)/2)/(√(νπ) Γ(ν/2)) · (1 + t²/ν)^−(ν + 1)/2.
  ///
  /// - Complexity: O(1).
  public func density(at x: Double) -> Double { scaledDensity(x).value }

  /// log f(t).
  ///
  /// - Complexity: O(1).
  public func logDensity(at x: Double) -> Double { scaledDensity(x).logarithm }

  /// P(T ≤ t).
  ///
  /// - Complexity: O(1).
  public func cumulative(_ x: Double) -> Double { upperTail(-x) }

  /// P(T > t).
  ///
  /// - Complexity: O(1).
  public func upperTail(_ x: Double) -> Double {
    if degreesOfFreedom == .infinity { return Normal.standard.upperTail(x) }
    if x < 0 { return 1 - farTail(-x).value }
    return farTail(x).value
  }

  /// log P(T ≤ t).
  ///
  /// - Complexity: O(1).
  public func logCumulative(_ x: Double) -> Double { logUpperTail(-x) }

  /// log P(T > t).
  ///
  /// - Complexity: O(1).
  public func logUpperTail(_ x: Double) -> Double {
    if degreesOfFreedom == .infinity { return Normal.standard.logUpperTail(x) }
    return x < 0 ? logarithm1p(-farTail(-x).value) : farTail(x).logarithm
  }

  /// P(|T| > |t|), the two-sided p-value of a t statistic.
  ///
  /// - Complexity: O(1).
  public func twoSidedTail(_ statistic: Double) -> Double { 2 * upperTail(abs(statistic)) }

  /// log P(|T| > |t|), for p-values below the smallest double.
  ///
  /// - Complexity: O(1).
  public func logTwoSidedTail(_ statistic: Double) -> Double {
    0.6931471805599453 + logUpperTail(abs(statistic))
  }

  /// The t with P(T ≤ t) = p.
  ///
  /// - Complexity: O(1).
  public func quantile(_ probability: Double) -> Double { -upperQuantile(probability) }

  /// The t with P(T > t) = p.
  ///
  /// - Complexity: O(1).
  public func upperQuantile(_ probability: Double) -> Double {
    let ν = degreesOfFreedom
    guard probability >= 0, probability <= 1, !ν.isNaN else { return .nan }
    if ν == .infinity { return Normal.standard.upperQuantile(probability) }
    if probability > 0.5 { return -upperQuantile(1 - probability) }
    // t²/ν are the odds of a beta variable with parameters ½ and ν/2, the two tails of t its upper tail.
    return (ν * IncompleteBeta.upperQuantileOdds(0.5, ν / 2, 2 * probability)).squareRoot()
  }

  /// t with P(−t ≤ T ≤ t) = c: the half-width in standard errors of a two-sided interval at confidence `c`.
  ///
  /// - Complexity: O(1).
  public func twoSidedQuantile(confidence: Double) -> Double { upperQuantile((1 - confidence) / 2) }

  /// P(T > t) for t ≥ 0.
  private func farTail(_ t: Double) -> ScaledTail {
    let ν = degreesOfFreedom
    if t == .infinity { return ScaledTail(ν.isNaN ? .nan : 0) }
    if t > 1e150 {
      // t² overflows; the first term of the series in ν/t² is all there is.
      let a = ν / 2
      let logTail = a * (logarithm(ν) - 2 * logarithm(t)) - logarithm(a) - logBeta(a, 0.5)
      return ScaledTail(exponent: DoubleDouble(logTail), factor: 0.5)
    }
    let square = DoubleDouble(productOf: t, t)
    let whole = DoubleDouble(ν) + square
    return IncompleteBeta.lower(ν / 2, 0.5, DoubleDouble(ν) / whole, square / whole).multiplied(by: 0.5)
  }

  private func scaledDensity(_ t: Double) -> ScaledTail {
    let ν = degreesOfFreedom
    if ν == .infinity { return Normal.standard.scaledDensity(t) }
    let a = ν / 2
    // 1/B(ν/2, ½), from the kernel of the incomplete beta function at its mode.
    let inverseBeta =
      Deviance.smoothFactor(a) * (Deviance.smoothFactor(0.5) / Deviance.smoothFactor(a + 0.5))
      * (a / (ν + 1)) * exponential(a * logarithm1p(1 / ν)) * (ν + 1).squareRoot()
    let constant = inverseBeta / ν.squareRoot()
    if t.isNaN { return ScaledTail(t) }
    if abs(t) > 1e150 {
      let exponent = t.isInfinite ? -.infinity : (ν + 1) / 2 * (logarithm(ν) - 2 * logarithm(abs(t)))
      return ScaledTail(exponent: DoubleDouble(exponent), factor: constant)
    }
    let whole = DoubleDouble(ν) + DoubleDouble(productOf: t, t)
    let exponent = DoubleDouble(sumOf: ν / 2, 0.5) * Deviance.logarithmOfRatio(ν, whole)
    return ScaledTail(exponent: exponent, factor: constant)
  }
}
