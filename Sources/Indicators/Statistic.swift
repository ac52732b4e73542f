import Probability

/// One figure of one area: what was measured, between which limits, from which counts, and whether it may be used.
public struct Statistic: Sendable, Hashable {
  /// The figure in its units; NaN where ``status`` bars it.
  public let value: Double
  /// Its limits, one interval for each level that was asked for, in that order; none where ``status`` bars them.
  public let intervals: [ConfidenceInterval]
  /// The events, NaN where they are missing.
  public let numerator: Double
  /// The people, person-years or expected events, NaN where they are missing.
  public let denominator: Double
  /// How the limits were calculated.
  public let method: IntervalMethod
  /// Why there is no figure, or that it may be used.
  public let status: ResultStatus

  /// A figure with its limits and where it came from.
  ///
  /// - Complexity: O(1).
  public init(
    value: Double, intervals: [ConfidenceInterval], numerator: Double, denominator: Double, method: IntervalMethod,
    status: ResultStatus = .ok
  ) {
    self.value = value
    self.intervals = intervals
    self.numerator = numerator
    self.denominator = denominator
    self.method = method
    self.status = status
  }

  /// The limits at a level, where they were asked for.
  ///
  /// - Complexity: O(the number of levels).
  public func interval(at level: ConfidenceLevel) -> ConfidenceInterval? { intervals.first { $0.level == level } }
}
