/// A process of first order that moves a rate or a flow from year to year:
/// ```
/// k(h) = c + φ·k(h−1) + σ·ε(h),   k(0) ~ N(start, startStandardDeviation²),   c ~ N(constant, constantStandardError²)
/// ```
/// with independent standard normal ε; k(0) and c are drawn once a path. φ = 1 is the random walk with drift, whose drift is c; |φ| < 1 returns to
/// c/(1 − φ). What is not known of c is the same error in every year of a path, so it adds up: for the random walk the
/// variance at horizon h is h²·se² + h·σ².
///
/// Source: Lee and Carter (1992) for the walk, Hamilton (1994), *Time Series Analysis*, chapter 3.
public struct AutoregressiveProcess: Sendable, Hashable {
  /// k(0), the value at the jump-off.
  public var start: Double
  /// What is not known of k(0); 0 where a series was observed to the jump-off.
  public var startStandardDeviation: Double
  /// The estimate of c, the drift of a random walk.
  public var constant: Double
  /// The standard error of c.
  public var constantStandardError: Double
  /// φ, from −1 to 1.
  public var coefficient: Double
  /// σ, the standard deviation of a year's innovation.
  public var innovationStandardDeviation: Double

  /// A process from its parameters.
  ///
  /// - Precondition: φ is from −1 to 1, and no standard deviation is below 0.
  public init(
    start: Double = 0, startStandardDeviation: Double = 0, constant: Double = 0, constantStandardError: Double = 0,
    coefficient: Double, innovationStandardDeviation: Double
  ) {
    precondition(coefficient.magnitude <= 1, "a process that explodes")
    precondition(
      startStandardDeviation >= 0 && constantStandardError >= 0 && innovationStandardDeviation >= 0,
      "a standard deviation below 0")
    self.start = start
    self.startStandardDeviation = startStandardDeviation
    self.constant = constant
    self.constantStandardError = constantStandardError
    self.coefficient = coefficient
    self.innovationStandardDeviation = innovationStandardDeviation
  }

  /// E k(h), for h of 0 or more years.
  ///
  /// - Complexity: O(h).
  public func mean(atHorizon h: Int) -> Double {
    let (power, sum, _) = sums(h)
    return power * start + sum * constant
  }

  /// Var k(h) = φ^2h·sd(start)² + (1 + φ + … + φ^(h−1))²·se² + (1 + φ² + … + φ^(2h−2))·σ², for h of 0 or more years.
  ///
  /// - Complexity: O(h).
  public func variance(atHorizon h: Int) -> Double {
    let (power, sum, squares) = sums(h)
    let first = power * startStandardDeviation
    let parameter = sum * constantStandardError
    return first * first + parameter * parameter + squares * innovationStandardDeviation * innovationStandardDeviation
  }

  /// The covariance at horizon h with another process whose innovations and constant have a correlation with these; their
  /// starts are independent.
  ///
  /// - Complexity: O(h).
  public func covariance(with other: AutoregressiveProcess, correlation: Double, atHorizon h: Int) -> Double {
    var powers = 1.0
    var products = 0.0
    for _ in 0..<max(0, h) {
      products += powers
      powers *= coefficient * other.coefficient
    }
    let parameter = sums(h).sum * constantStandardError * other.sums(h).sum * other.constantStandardError
    return correlation * (parameter + products * innovationStandardDeviation * other.innovationStandardDeviation)
  }

  /// k(h) − E k(h) for h = 1, 2, …: d(h) = φ·d(h−1) + σ·ε(h) + se·ζ, d(0) = sd(start)·η.
  ///
  /// - Parameters:
  ///   - innovations: ε(1), ε(2), …, standard normal.
  ///   - parameterDraw: ζ, one standard normal number a path; 0 leaves the parameter's error out.
  ///   - startDraw: η, one standard normal number a path; 0 leaves the doubt about the start out.
  /// - Complexity: O(innovations).
  public func deviations(innovations: [Double], parameterDraw: Double, startDraw: Double = 0) -> [Double] {
    var deviation = startStandardDeviation * startDraw
    return innovations.map { innovation in
      deviation = coefficient * deviation + innovationStandardDeviation * innovation
      deviation += constantStandardError * parameterDraw
      return deviation
    }
  }

  /// φ^h, Σ φ^j and Σ φ^2j over j < h.
  private func sums(_ h: Int) -> (power: Double, sum: Double, squares: Double) {
    var power = 1.0
    var sum = 0.0
    var squares = 0.0
    for _ in 0..<max(0, h) {
      sum += power
      squares += power * power
      power *= coefficient
    }
    return (power, sum, squares)
  }
}
