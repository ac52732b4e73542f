internal import CBoostMath

/// The normal distribution with a mean and a standard deviation above 0.
///
/// F(x) = Φ((x − μ)/σ) = ½ erfc(−(x − μ)/(σ√2)). The tails follow the complementary error function of Boost.Math with
/// the rounding of x/√2 put back, so the error is that of the last digit or two down to the smallest double.
public struct Normal: ContinuousDistribution, Hashable {
  /// μ.
  public let mean: Double
  /// σ, above 0.
  public let standardDeviation: Double

  /// A normal distribution; the standard one unless told otherwise.
  ///
  /// - Complexity: O(1).
  public init(mean: Double = 0, standardDeviation: Double = 1) {
    self.mean = mean
    self.standardDeviation = standardDeviation > 0 ? standardDeviation : .nan
  }

  /// The normal distribution with mean 0 and standard deviation 1.
  public static let standard = Normal()

  /// σ².
  ///
  /// - Complexity: O(1).
  public var variance: Double { standardDeviation * standardDeviation }

  /// f(x) = e^(−z²/2)/(σ√(2π)), z = (x − μ)/σ.
  ///
  /// - Complexity: O(1).
  public func density(at x: Double) -> Double { scaledDensity(x).value }

  /// log f(x).
  ///
  /// - Complexity: O(1).
  public func logDensity(at x: Double) -> Double { scaledDensity(x).logarithm }

  /// Φ(z), the probability of a value of at most `x`.
  ///
  /// - Complexity: O(1).
  public func cumulative(_ x: Double) -> Double { Self.upper(-standardised(x)) }

  /// 1 − Φ(z).
  ///
  /// - Complexity: O(1).
  public func upperTail(_ x: Double) -> Double { Self.upper(standardised(x)) }

  /// log Φ(z).
  ///
  /// - Complexity: O(1).
  public func logCumulative(_ x: Double) -> Double { Self.logUpper(-standardised(x)) }

  /// log(1 − Φ(z)).
  ///
  /// - Complexity: O(1).
  public func logUpperTail(_ x: Double) -> Double { Self.logUpper(standardised(x)) }

  /// P(|X − μ| > |x − μ|): the two-sided p-value of a z statistic.
  ///
  /// - Complexity: O(1).
  public func twoSidedTail(_ statistic: Double) -> Double {
    let z = standardised(statistic)
    return 2 * Self.upper(z.high < 0 ? -z : z)
  }

  /// log P(|X − μ| > |x − μ|), for p-values below the smallest double.
  ///
  /// - Complexity: O(1).
  public func logTwoSidedTail(_ statistic: Double) -> Double {
    let z = standardised(statistic)
    return 0.6931471805599453 + Self.logUpper(z.high < 0 ? -z : z)
  }

  /// μ + σ Φ⁻¹(p); NaN where p is outside 0...1.
  ///
  /// - Complexity: O(1).
  public func quantile(_ probability: Double) -> Double {
    mean - standardDeviation * NormalQuantile.upper(probability)
  }

  /// μ + σ Φ⁻¹(1 − p), without the loss of digits in 1 − p.
  ///
  /// - Complexity: O(1).
  public func upperQuantile(_ probability: Double) -> Double {
    mean + standardDeviation * NormalQuantile.upper(probability)
  }

  /// Φ(x) of the standard normal distribution.
  ///
  /// - Complexity: O(1).
  public static func cumulative(_ x: Double) -> Double { standard.cumulative(x) }

  /// Φ⁻¹(p) of the standard normal distribution; NaN where p is outside 0...1.
  ///
  /// - Complexity: O(1).
  public static func quantile(_ probability: Double) -> Double { standard.quantile(probability) }

  /// The half-width in standard errors of a two-sided interval at confidence `c` (0.95 gives 1.959963984540054).
  ///
  /// - Complexity: O(1).
  public static func twoSidedQuantile(confidence: Double) -> Double {
    Normal.standard.upperQuantile((1 - confidence) / 2)
  }

  private func standardised(_ x: Double) -> DoubleDouble {
    let difference = DoubleDouble(sumOf: x, -mean)
    return standardDeviation == 1 ? difference : difference / DoubleDouble(standardDeviation)
  }

  func scaledDensity(_ x: Double) -> ScaledTail {
    let z = standardised(x)
    let square = z * z
    // 1/√(2π).
    return ScaledTail(exponent: -0.5 * square, factor: 0.3989422804014327 / standardDeviation)
  }

  /// ½ erfc(z/√2), the rounding of the argument put back by erfc′(x) = −2/√π e^−x².
  private static func upper(_ z: DoubleDouble) -> Double {
    let x = z * inverseRootOf2
    let tail = 0.5 * ph_erfc(x.high)
    guard tail > 0, tail < 1 else { return tail }
    // 1/√π.
    return tail - x.low * 0.5641895835477563 * exponential(-x.high * x.high)
  }

  private static func logUpper(_ z: DoubleDouble) -> Double {
    if z.high < 0 { return logarithm1p(-upper(-z)) }
    if z.high < 30 { return logarithm(upper(z)) }
    if z.high == .infinity { return -.infinity }
    // Mills' ratio by its asymptotic series (Abramowitz and Stegun, 1964, 26.2.12); the term left out is below 2e-18.
    let s = 1 / (z.high * z.high)
    let series = s * (1 - s * (3 - s * (15 - s * (105 - s * 945))))
    return -0.5 * (z * z).high - logarithm(z.high) - 0.9189385332046727 + logarithm1p(-series)
  }

  /// 1/√2 in two doubles.
  private static let inverseRootOf2 = DoubleDouble(high: 0.7071067811865476, low: -4.833646656726457e-17)
}
