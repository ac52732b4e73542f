import Probability

extension Statistic {
  /// A figure that its status bars: no value, no limits.
  static func barred(_ status: ResultStatus, numerator: Double, denominator: Double) -> Statistic {
    Statistic(
      value: .nan, intervals: [], numerator: numerator, denominator: denominator, method: .none, status: status)
  }

  /// A figure with its limits, barred as not finite where one of these numbers is: the scale has run over.
  static func finite(
    _ value: Double, _ intervals: [ConfidenceInterval], numerator: Double, denominator: Double, method: IntervalMethod
  ) -> Statistic {
    guard value.isFinite, intervals.allSatisfy({ $0.lower.isFinite && $0.upper.isFinite }) else {
      return .barred(.nonFinite, numerator: numerator, denominator: denominator)
    }
    return Statistic(
      value: value, intervals: intervals, numerator: numerator, denominator: denominator, method: method)
  }
}

extension ConfidenceInterval {
  /// The same interval in other units.
  func mapped(_ change: (Double) -> Double) -> ConfidenceInterval {
    ConfidenceInterval(lower: change(lower), upper: change(upper), level: level)
  }
}
