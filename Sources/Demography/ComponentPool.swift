/// What the pasts of many areas say together about how fertility or net migration varies: the ground on which the
/// process of one area (``ComponentProcess``) is estimated from its own short past.
///
/// The level of area a in step t is y(a, t) = N(t) + L(a, t): N the level of all areas together, L(a) the area's own,
/// both processes of first order. Every area answers to N in full: in the 296 districts of England 2001–2023 the
/// spread of their answers is no more than that of the errors with which they are estimated.
///
/// - N is fitted by exact maximum likelihood (``AutoregressiveProcess/stationary(through:)``), its φ raised by
///   (1 + 3φ)/n, by which a series of n steps underestimates it (Kendall 1954).
///   It is held between 0 and ``highestCoefficient``, as those of areas are.
/// - L's autocorrelation φ and stationary variance γ are the least squares fit of 2γ(1 − φ^k) to half the lags of the
///   pooled variogram, mean (L(t+k) − L(t))² − 2ν, ν the chance of counts. A variogram needs no mean of the series,
///   whose estimate would bias a short autocorrelation downwards. For φ every area is scaled to the same one-year
///   change, so that a few restless areas do not set it.
/// - An area's variance is γ times its own multiplier: variances of one-year changes L(t+1) − φ·L(t) are scaled inverse
///   χ² around a typical one (Smyth 2004), the prior degrees of freedom from the spread of the areas' logarithms.
/// - An area's φ is the pool's, moved by what its own estimate differs from the mean of all areas' times the part of
///   their spread that exceeds 1/n, the most that sampling gives (Bartlett 1946). For fertility that part is taken as
///   0: there own estimates differ by how much of an area's variance is the chance of counts.
public struct ComponentPool: Sendable, Hashable {
  /// Fertility or migration.
  public let component: Component
  /// The steps that were pooled.
  public let steps: Range<Int>
  /// N, the level of all areas together in each step.
  public let nationalLevels: [Double]
  /// How many areas were pooled.
  public let areaCount: Int
  /// φ of the level that all areas share.
  public let nationalCoefficient: Double
  /// The innovation's standard deviation of the level that all areas share.
  public let nationalInnovation: Double
  /// φ of the areas' own levels.
  public let localCoefficient: Double
  /// γ, the stationary variance of a typical area's own level.
  public let localVariance: Double
  /// The variance of L(t+1) − φ·L(t) of a typical area beyond the chance of counts.
  public let changeVariance: Double
  /// The prior degrees of freedom of an area's variance; infinite where areas do not differ.
  public let varianceDegreesOfFreedom: Double
  /// The mean of the areas' own estimates of φ, which the shortness of their series and the chance of counts bias.
  public let meanOwnCoefficient: Double
  /// The weight of what an area's own estimate of φ differs from that mean, 0 to 1.
  public let coefficientWeight: Double
  /// The net migrants of each sex and age for one net migrant more than expected, `[sex][age]`, adding up to 1: the
  /// regression of cells on totals over all areas and steps. Empty for fertility.
  public let agePattern: [Double]

  /// Autocorrelations that are given, not fitted.
  public struct Coefficients: Sendable, Hashable {
    /// φ of the areas' own levels.
    public let local: Double
    /// φ of the level that all areas share.
    public let national: Double

    /// Autocorrelations of areas and nation.
    ///
    /// - Precondition: Both are from 0 to ``ComponentPool/highestCoefficient``.
    public init(local: Double, national: Double) {
      let range = 0...ComponentPool.highestCoefficient
      precondition(range.contains(local) && range.contains(national), "a coefficient outside 0 to 0.98")
      self.local = local
      self.national = national
    }
  }

  /// The highest autocorrelation that a fit may give: a half-life of 34 years, beyond what any past here can tell
  /// from a walk.
  public static let highestCoefficient = 0.98

  /// A pool from its parts.
  ///
  /// - Precondition: There is a national level a step, coefficients lie between −1 and 1, and standard deviations and
  ///   variances are 0 or more.
  public init(
    component: Component, steps: Range<Int>, nationalLevels: [Double], areaCount: Int,
    nationalCoefficient: Double, nationalInnovation: Double, localCoefficient: Double, localVariance: Double,
    changeVariance: Double, varianceDegreesOfFreedom: Double,
    meanOwnCoefficient: Double, coefficientWeight: Double, agePattern: [Double] = []
  ) {
    precondition(nationalLevels.count == steps.count, "one national level a step")
    precondition(nationalCoefficient.magnitude < 1 && localCoefficient.magnitude < 1, "a process that explodes")
    precondition(
      nationalInnovation >= 0 && localVariance >= 0 && changeVariance >= 0, "a standard deviation or variance below 0")
    self.component = component
    self.steps = steps
    self.nationalLevels = nationalLevels
    self.areaCount = areaCount
    self.nationalCoefficient = nationalCoefficient
    self.nationalInnovation = nationalInnovation
    self.localCoefficient = localCoefficient
    self.localVariance = localVariance
    self.changeVariance = changeVariance
    self.varianceDegreesOfFreedom = varianceDegreesOfFreedom
    self.meanOwnCoefficient = meanOwnCoefficient
    self.coefficientWeight = coefficientWeight
    self.agePattern = agePattern
  }
}
