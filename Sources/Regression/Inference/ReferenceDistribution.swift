import Probability

/// What a statistic is compared with.
public enum ReferenceDistribution: Sendable, Hashable {
  /// The standard normal: z.
  case normal
  /// Student's t.
  case studentT(degreesOfFreedom: Double)

  /// The two-sided probability of a statistic at least as far from 0; NaN for NaN.
  ///
  /// - Complexity: O(1).
  public func pValue(_ statistic: Double) -> Double {
    switch self {
    case .normal: 2 * Normal.standard.upperTail(abs(statistic))
    case .studentT(let df): 2 * StudentT(degreesOfFreedom: df).upperTail(abs(statistic))
    }
  }

  /// How many standard errors an interval of that confidence reaches to each side.
  ///
  /// - Complexity: O(1).
  public func twoSidedQuantile(confidence: Double) -> Double {
    switch self {
    case .normal: Normal.standard.upperQuantile((1 - confidence) / 2)
    case .studentT(let df): StudentT(degreesOfFreedom: df).upperQuantile((1 - confidence) / 2)
    }
  }

  /// The probability of a quadratic form in `count` coefficients, divided by `count`, at least as large: F, or χ² of
  /// `count` × the value.
  func jointPValue(_ value: Double, count: Int) -> Double {
    switch self {
    case .normal: ChiSquared(degreesOfFreedom: Double(count)).upperTail(value * Double(count))
    case .studentT(let df):
      FisherF(numeratorDegreesOfFreedom: Double(count), denominatorDegreesOfFreedom: df).upperTail(value)
    }
  }
}
