/// The χ² distribution with ν > 0 degrees of freedom, whole or not: the gamma distribution with shape ν/2 and scale 2.
public struct ChiSquared: ContinuousDistribution, Hashable {
  /// ν.
  public let degreesOfFreedom: Double

  /// A χ² distribution; NaN everywhere unless `degreesOfFreedom` is above 0.
  ///
  /// - Complexity: O(1).
  public init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = degreesOfFreedom > 0 ? degreesOfFreedom : .nan
  }

  /// ν.
  ///
  /// - Complexity: O(1).
  public var mean: Double { degreesOfFreedom }

  /// 2ν.
  ///
  /// - Complexity: O(1).
  public var variance: Double { 2 * degreesOfFreedom }

  /// f(x) = x^(ν/2 − 1) e^(−x/2)/(2^(ν/2) Γ(ν/2)).
  ///
  /// - Complexity: O(1).
  public func density(at x: Double) -> Double { gamma.density(at: x) }

  /// log f(x).
  ///
  /// - Complexity: O(1).
  public func logDensity(at x: Double) -> Double { gamma.logDensity(at: x) }

  /// P(ν/2, x/2), the regularised lower incomplete gamma function.
  ///
  /// - Complexity: O(1).
  public func cumulative(_ x: Double) -> Double { gamma.cumulative(x) }

  /// Q(ν/2, x/2), the regularised upper incomplete gamma function.
  ///
  /// - Complexity: O(1).
  public func upperTail(_ x: Double) -> Double { gamma.upperTail(x) }

  /// log P(ν/2, x/2).
  ///
  /// - Complexity: O(1).
  public func logCumulative(_ x: Double) -> Double { gamma.logCumulative(x) }

  /// log Q(ν/2, x/2).
  ///
  /// - Complexity: O(1).
  public func logUpperTail(_ x: Double) -> Double { gamma.logUpperTail(x) }

  /// The x with F(x) = p.
  ///
  /// - Complexity: O(1).
  public func quantile(_ probability: Double) -> Double { gamma.quantile(probability) }

  /// The x with P(X > x) = p.
  ///
  /// - Complexity: O(1).
  public func upperQuantile(_ probability: Double) -> Double { gamma.upperQuantile(probability) }

  private var gamma: Gamma { Gamma(shape: degreesOfFreedom / 2, scale: 2) }
}
