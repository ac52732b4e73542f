#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Probability

/// Central death rates of both sexes carried forward by a few factors in time:
/// ```
/// log m(s, x, T + h) = log m(s, x, T) + Σ_f b_f(s, x)·(k_f(h) − k_f(0))
/// ```
/// T is the jump-off year, k_f a process of first order (``AutoregressiveProcess``). A Lee–Carter model of both sexes
/// together has one factor, two models side by side have two whose innovations are correlated, a Li–Lee model has the
/// common walk and one stationary factor a sex. For one area and simulation, draw a row of independent standard
/// normal numbers a year (and one a path, for the errors of the constants), pass each row through
/// ``correlated(_:)``, and give factor f its f-th numbers.
public struct MortalityForecast: Sendable, Hashable {
  /// One factor: who responds to it, and how it moves.
  public struct Factor: Sendable, Hashable {
    /// b, the response of the log rate, `[sex][age]`; 0 where a sex does not respond.
    public let loadings: [Double]
    /// k, the factor's own course from the jump-off.
    public let process: AutoregressiveProcess

    /// A factor from its loadings, `[sex][age]`, and its process.
    public init(loadings: [Double], process: AutoregressiveProcess) {
      self.loadings = loadings
      self.process = process
    }
  }

  /// The age axis.
  public let ages: AgeScale
  /// T, the last year that was observed.
  public let jumpOffYear: Int
  /// log m at the jump-off, `[sex][age]`.
  public let jumpOffLogRates: [Double]
  /// The factors.
  public let factors: [Factor]
  /// The lower Cholesky factor of the correlation of the factors' innovations, `[factor][factor]`, row by row; the
  /// errors of the constants are correlated alike.
  public let mixing: [Double]

  /// A forecast from its parts.
  ///
  /// - Parameters:
  ///   - ages: the age axis.
  ///   - jumpOffYear: the last year that was observed.
  ///   - jumpOffLogRates: log m at the jump-off, `[sex][age]`.
  ///   - factors: one or more.
  ///   - mixing: the lower Cholesky factor of the correlation of the innovations, `[factor][factor]`; `nil` for
  ///     independent factors.
  /// - Precondition: The rates, each factor's loadings and the mixing have the sizes told here.
  public init(
    ages: AgeScale, jumpOffYear: Int, jumpOffLogRates: [Double], factors: [Factor], mixing: [Double]? = nil
  ) {
    precondition(jumpOffLogRates.count == 2 * ages.count, "one rate a sex and age")
    precondition(factors.allSatisfy { $0.loadings.count == 2 * ages.count }, "one loading a sex and age")
    let count = factors.count
    let independent = (0..<(count * count)).map { $0 / count == $0 % count ? 1.0 : 0 }
    precondition((mixing ?? independent).count == count * count, "a square matrix over the factors")
    self.ages = ages
    self.jumpOffYear = jumpOffYear
    self.jumpOffLogRates = jumpOffLogRates
    self.factors = factors
    self.mixing = mixing ?? independent
  }

  /// One number a factor, correlated as innovations are, from as many independent standard normal ones.
  ///
  /// - Complexity: O(factors²).
  public func correlated(_ independent: [Double]) -> [Double] {
    factors.indices.map { i in
      (0...i).reduce(0) { $0 + mixing[i * factors.count + $1] * independent[$1] }
    }
  }

  /// The median central death rates h years after the jump-off, `[sex][age]`.
  ///
  /// - Complexity: O(factors × ages + h).
  public func medianRates(atHorizon h: Int) -> [Double] {
    var logRates = jumpOffLogRates
    for factor in factors {
      let change = factor.process.mean(atHorizon: h) - factor.process.start
      for i in logRates.indices { logRates[i] += factor.loadings[i] * change }
    }
    return logRates.map { exp($0) }
  }

  /// The variance of the log rates h years after the jump-off, `[sex][age]`: bᵀ Cov(k(h)) b.
  ///
  /// - Complexity: O(factors² × (ages + h)).
  public func logVariance(atHorizon h: Int) -> [Double] {
    let count = factors.count
    var result = Array(repeating: 0.0, count: 2 * ages.count)
    for i in 0..<count {
      for j in 0...i {
        let correlation = (0...j).reduce(0) { $0 + mixing[i * count + $1] * mixing[j * count + $1] }
        let (first, second) = (factors[i].process, factors[j].process)
        let covariance =
          i == j
          ? first.variance(atHorizon: h) : first.covariance(with: second, correlation: correlation, atHorizon: h)
        let weight = i == j ? covariance : 2 * covariance
        for cell in result.indices { result[cell] += weight * factors[i].loadings[cell] * factors[j].loadings[cell] }
      }
    }
    return result
  }

  /// The interval that holds the rates h years after the jump-off with a probability, `[sex][age]` each.
  ///
  /// Both ends are those of the log-normal distribution at the horizon: innovations and errors of the constants
  /// count, the errors of loadings and jump-off rates do not.
  ///
  /// - Parameters:
  ///   - level: the probability between the ends, half of the rest beyond either: 0.8 gives the 10% and 90% points.
  ///   - h: years after the jump-off.
  /// - Precondition: `level` is above 0 and below 1.
  /// - Complexity: O(factors² × (ages + h)).
  public func interval(level: Double, atHorizon h: Int) -> (lower: [Double], upper: [Double]) {
    precondition(level > 0 && level < 1, "a level outside 0 to 1")
    let z = Normal.standard.quantile(0.5 + level / 2)
    let median = medianRates(atHorizon: h)
    let spread = logVariance(atHorizon: h).map { exp(z * $0.squareRoot()) }
    return (zip(median, spread).map { $0 / $1 }, zip(median, spread).map { $0 * $1 })
  }
}
