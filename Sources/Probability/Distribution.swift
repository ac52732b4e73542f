/// What every distribution here can tell: both tails, their logarithms, and both quantiles.
///
/// Outside the domain (a parameter that makes no distribution, a probability outside 0...1, a NaN) the answer is
/// NaN; no call stops a batch. Each upper tail is computed as such, never as 1 − cumulative, so that it keeps its
/// digits down to the smallest double; below that its logarithm still tells.
public protocol Distribution: Sendable {
  /// The mean; NaN or infinite where there is none.
  ///
  /// - Complexity: O(1).
  var mean: Double { get }

  /// The variance; NaN or infinite where there is none.
  ///
  /// - Complexity: O(1).
  var variance: Double { get }

  /// F(x) = P(X ≤ x).
  ///
  /// - Complexity: O(1).
  func cumulative(_ x: Double) -> Double

  /// P(X > x), to full relative accuracy.
  ///
  /// - Complexity: O(1).
  func upperTail(_ x: Double) -> Double

  /// log F(x), finite where F(x) itself is too small for a double.
  ///
  /// - Complexity: O(1).
  func logCumulative(_ x: Double) -> Double

  /// log P(X > x), finite where the tail itself is too small for a double.
  ///
  /// - Complexity: O(1).
  func logUpperTail(_ x: Double) -> Double

  /// The smallest x with F(x) ≥ p; NaN where p is outside 0...1.
  ///
  /// - Complexity: O(1) for continuous distributions, a logarithmic search for discrete ones.
  func quantile(_ probability: Double) -> Double

  /// The smallest x with P(X > x) ≤ p: the quantile of 1 − p without the loss of digits in 1 − p.
  ///
  /// - Complexity: as ``quantile(_:)-(Double)``.
  func upperQuantile(_ probability: Double) -> Double
}

/// A distribution with a density.
public protocol ContinuousDistribution: Distribution {
  /// f(x), 0 outside the support.
  ///
  /// - Complexity: O(1).
  func density(at x: Double) -> Double

  /// log f(x), −∞ outside the support.
  ///
  /// - Complexity: O(1).
  func logDensity(at x: Double) -> Double
}

/// A distribution on the whole numbers from 0.
///
/// Counts are doubles, as the columns they come from. A number between two counts has probability 0, and its tails are
/// those of the count below.
public protocol DiscreteDistribution: Distribution {
  /// P(X = k), 0 where k is no count.
  ///
  /// - Complexity: O(1).
  func probability(of count: Double) -> Double

  /// log P(X = k), −∞ where k is no count.
  ///
  /// - Complexity: O(1).
  func logProbability(of count: Double) -> Double
}

extension Distribution {
  /// F(x) of every value of a column.
  ///
  /// - Complexity: O(*n*).
  public func cumulative(_ values: [Double]) -> [Double] { values.map { cumulative($0) } }

  /// P(X > x) of every value of a column.
  ///
  /// - Complexity: O(*n*).
  public func upperTail(_ values: [Double]) -> [Double] { values.map { upperTail($0) } }

  /// log F(x) of every value of a column.
  ///
  /// - Complexity: O(*n*).
  public func logCumulative(_ values: [Double]) -> [Double] { values.map { logCumulative($0) } }

  /// log P(X > x) of every value of a column.
  ///
  /// - Complexity: O(*n*).
  public func logUpperTail(_ values: [Double]) -> [Double] { values.map { logUpperTail($0) } }

  /// The quantile of every probability of a column.
  ///
  /// - Complexity: O(*n*) quantiles.
  public func quantile(_ probabilities: [Double]) -> [Double] { probabilities.map { quantile($0) } }

  /// The upper quantile of every probability of a column.
  ///
  /// - Complexity: O(*n*) quantiles.
  public func upperQuantile(_ probabilities: [Double]) -> [Double] { probabilities.map { upperQuantile($0) } }
}

extension ContinuousDistribution {
  /// f(x) of every value of a column.
  ///
  /// - Complexity: O(*n*).
  public func density(at values: [Double]) -> [Double] { values.map { density(at: $0) } }

  /// log f(x) of every value of a column.
  ///
  /// - Complexity: O(*n*).
  public func logDensity(at values: [Double]) -> [Double] { values.map { logDensity(at: $0) } }
}

extension DiscreteDistribution {
  /// P(X = k) of every count of a column.
  ///
  /// - Complexity: O(*n*).
  public func probability(of counts: [Double]) -> [Double] { counts.map { probability(of: $0) } }

  /// log P(X = k) of every count of a column.
  ///
  /// - Complexity: O(*n*).
  public func logProbability(of counts: [Double]) -> [Double] { counts.map { logProbability(of: $0) } }
}
