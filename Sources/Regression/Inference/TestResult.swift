/// A statistic with the distribution it is compared with.
public struct TestResult: Sendable, Hashable {
  /// What is tested.
  public let name: String
  /// χ² or F, or z for a test of one side; NaN where it cannot be computed.
  public let statistic: Double
  /// How many coefficients the hypothesis fixes.
  public let degreesOfFreedom: Double
  /// The denominator's degrees of freedom of F; nil for χ².
  public let denominatorDegreesOfFreedom: Double?
  /// The probability of a statistic at least as large if the hypothesis holds.
  public let pValue: Double
}
