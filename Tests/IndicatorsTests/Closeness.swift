import Indicators
import Probability

/// |a − b| against the size of b.
func relativeDifference(_ a: Double, _ b: Double) -> Double { a == b ? 0 : abs(a - b) / abs(b) }

extension Statistic {
  /// Whether value and limits are these to a relative tolerance: value, then lower and upper for each level.
  func isClose(to expected: [Double], within tolerance: Double) -> Bool {
    let own = [value] + intervals.flatMap { [$0.lower, $0.upper] }
    return status == .ok && own.count >= expected.count
      && zip(own, expected).allSatisfy { relativeDifference($0, $1) <= tolerance }
  }

  /// Every number, status and method, comparable to the bit.
  var bits: [String] {
    ([value, numerator, denominator] + intervals.flatMap { [$0.lower, $0.upper, $0.level.probability] })
      .map { $0.isNaN ? "nan" : String($0.bitPattern) } + [status.rawValue, method.rawValue]
  }

  /// Whether an `ok` figure is finite with finite limits around it, and a barred one has none.
  var isSound: Bool {
    if status != .ok { return value.isNaN && intervals.isEmpty && method == .none }
    return value.isFinite
      && intervals.allSatisfy { $0.lower.isFinite && $0.upper.isFinite && $0.lower <= value && value <= $0.upper }
  }
}
