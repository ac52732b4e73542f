/// The beta distribution with shapes a, b > 0.
///
/// Its tails are the regularised incomplete beta function I_x(a, b) = `cumulative(x)` and its complement, its quantiles
/// their inverses: x events in n trials have the exact limits `Beta(x, n - x + 1).quantile(α/2)` and
/// `Beta(x + 1, n - x).upperQuantile(α/2)` (Clopper and Pearson, 1934).
public struct Beta: ContinuousDistribution, Hashable {
  /// a.
  public let a: Double
  /// b.
  public let b: Double

  /// A beta distribution; NaN everywhere unless both shapes are above 0.
  ///
  /// - Complexity: O(1).
  public init(_ a: Double, _ b: Double) {
    let isProper = a > 0 && b > 0 && a.isFinite && b.isFinite
    self.a = isProper ? a : .nan
    self.b = isProper ? b : .nan
  }

  /// a/(a + b).
  ///
  /// - Complexity: O(1).
  public var mean: Double { a / (a + b) }

  /// ab/((a + b)²(a + b + 1)).
  ///
  /// - Complexity: O(1).
  public var variance: Double { (a / (a + b)) * (b / (a + b)) / (a + b + 1) }

  /// f(x) = x^(a − 1)(1 − x)^(b − 1)/B(a, b); at the ends infinite where that exponent is below 0.
  ///
  /// - Complexity: O(1).
  public func density(at x: Double) -> Double { scaledDensity(x).value }

  /// log f(x).
  ///
  /// - Complexity: O(1).
  public func logDensity(at x: Double) -> Double { scaledDensity(x).logarithm }

  /// I_x(a, b), the regularised incomplete beta function.
  ///
  /// - Complexity: O(1) away from the mean; near it O(√(a + b)), 10⁻⁵ s at a + b = 10⁶.
  public func cumulative(_ x: Double) -> Double {
    IncompleteBeta.lower(a, b, DoubleDouble(x), complement(x)).value
  }

  /// 1 − I_x(a, b) = I_{1−x}(b, a).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func upperTail(_ x: Double) -> Double {
    IncompleteBeta.upper(a, b, DoubleDouble(x), complement(x)).value
  }

  /// log I_x(a, b).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func logCumulative(_ x: Double) -> Double {
    IncompleteBeta.logLower(a, b, DoubleDouble(x), complement(x))
  }

  /// log(1 − I_x(a, b)).
  ///
  /// - Complexity: as ``cumulative(_:)-(Double)``.
  public func logUpperTail(_ x: Double) -> Double {
    IncompleteBeta.logLower(b, a, complement(x), DoubleDouble(x))
  }

  /// The x with F(x) = p.
  ///
  /// - Complexity: some five cumulative probabilities.
  public func quantile(_ probability: Double) -> Double {
    IncompleteBeta.shares(odds: IncompleteBeta.lowerQuantileOdds(a, b, probability)).x.high
  }

  /// The x with P(X > x) = p.
  ///
  /// - Complexity: some five cumulative probabilities.
  public func upperQuantile(_ probability: Double) -> Double {
    IncompleteBeta.shares(odds: IncompleteBeta.upperQuantileOdds(a, b, probability)).x.high
  }

  private func complement(_ x: Double) -> DoubleDouble { DoubleDouble(sumOf: 1, -x) }

  private func scaledDensity(_ x: Double) -> ScaledTail {
    if x.isNaN || a.isNaN { return ScaledTail(.nan) }
    if x < 0 || x > 1 { return ScaledTail(0) }
    if x == 0 { return ScaledTail(a < 1 ? .infinity : a == 1 ? b : 0) }
    if x == 1 { return ScaledTail(b < 1 ? .infinity : b == 1 ? a : 0) }
    let y = complement(x)
    return IncompleteBeta.kernel(a, b, DoubleDouble(x), y).multiplied(by: a * (b / (a + b)) / y.high / x)
  }
}
