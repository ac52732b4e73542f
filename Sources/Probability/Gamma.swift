/// The gamma distribution with shape a > 0 and scale s > 0 (rate 1/s).
///
/// With scale 1 its tails are the regularised incomplete gamma functions P(a, x) = `cumulative(x)` and
/// Q(a, x) = `upperTail(x)`, its quantiles their inverses: an observed count O has the exact Poisson limits
/// `Gamma(shape: O).quantile(α/2)` and `Gamma(shape: O + 1).upperQuantile(α/2)` (Garwood, 1936).
public struct Gamma: ContinuousDistribution, Hashable {
  /// a.
  public let shape: Double
  /// s.
  public let scale: Double

  /// A gamma distribution; NaN everywhere unless both parameters are above 0.
  ///
  /// - Complexity: O(1).
  public init(shape: Double, scale: Double = 1) {
    let isProper = shape > 0 && scale > 0 && shape.isFinite && scale.isFinite
    self.shape = isProper ? shape : .nan
    self.scale = isProper ? scale : .nan
  }

  /// as.
  ///
  /// - Complexity: O(1).
  public var mean: Double { shape * scale }

  /// as².
  ///
  /// - Complexity: O(1).
  public var variance: Double { shape * scale * scale }

  /// f(x) = x^(a − 1) e^(−x/s)/(sᵃ Γ(a)); at 0 infinite for a < 1, 1/s for a = 1.
  ///
  /// - Complexity: O(1).
  public func density(at x: Double) -> Double { scaledDensity(x).value }

  /// log f(x).
  ///
  /// - Complexity: O(1).
  public func logDensity(at x: Double) -> Double { scaledDensity(x).logarithm }

  /// P(a, x/s), the regularised lower incomplete gamma function.
  ///
  /// - Complexity: O(1).
  public func cumulative(_ x: Double) -> Double { IncompleteGamma.lower(shape, inScales(x)).value }

  /// Q(a, x/s), the regularised upper incomplete gamma function.
  ///
  /// - Complexity: O(1).
  public func upperTail(_ x: Double) -> Double { IncompleteGamma.upper(shape, inScales(x)).value }

  /// log P(a, x/s).
  ///
  /// - Complexity: O(1).
  public func logCumulative(_ x: Double) -> Double { IncompleteGamma.logLower(shape, inScales(x)) }

  /// log Q(a, x/s).
  ///
  /// - Complexity: O(1).
  public func logUpperTail(_ x: Double) -> Double { IncompleteGamma.logUpper(shape, inScales(x)) }

  /// The x with F(x) = p.
  ///
  /// - Complexity: O(1).
  public func quantile(_ probability: Double) -> Double {
    scale * IncompleteGamma.lowerQuantile(shape, probability)
  }

  /// The x with P(X > x) = p.
  ///
  /// - Complexity: O(1).
  public func upperQuantile(_ probability: Double) -> Double {
    scale * IncompleteGamma.upperQuantile(shape, probability)
  }

  private func inScales(_ x: Double) -> DoubleDouble { DoubleDouble(x) / DoubleDouble(scale) }

  private func scaledDensity(_ x: Double) -> ScaledTail {
    if x.isNaN || shape.isNaN { return ScaledTail(.nan) }
    if x < 0 || x == .infinity { return ScaledTail(0) }
    if x == 0 { return ScaledTail(shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0) }
    return IncompleteGamma.kernel(shape, inScales(x)).multiplied(by: shape / x)
  }
}
