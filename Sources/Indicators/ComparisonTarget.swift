/// A target that figures are held against by their values.
public enum ComparisonTarget: Sendable, Hashable {
  /// One value: a figure that reaches it meets the target.
  case single(Double)
  /// Two values: on the good side of both a figure meets the target, on the bad side it fails it, between them it is
  /// similar. The lower value is the first that is no longer below, the upper one the first that is above.
  case range(ClosedRange<Double>)

  /// The range between two percentiles of other areas' figures, interpolated (Hyndman and Fan, 1996, type 7).
  ///
  /// - Parameters:
  ///   - fractions: two percentiles between 0 and 1, such as 0.25...0.75.
  ///   - figures: the figures of the other areas; those that are not finite count for nothing.
  /// - Returns: nil where fewer than four figures are finite, or the fractions lie outside 0 to 1.
  /// - Complexity: O(*n* log *n*).
  public static func percentiles(_ fractions: ClosedRange<Double>, of figures: [Double]) -> ComparisonTarget? {
    let ordered = figures.filter(\.isFinite).sorted()
    guard ordered.count >= 4, fractions.lowerBound >= 0, fractions.upperBound <= 1 else { return nil }
    func percentile(_ fraction: Double) -> Double {
      let place = fraction * Double(ordered.count - 1)
      let below = min(Int(place), ordered.count - 2)
      let share = place - Double(below)
      return (1 - share) * ordered[below] + share * ordered[below + 1]
    }
    let (low, high) = (percentile(fractions.lowerBound), percentile(fractions.upperBound))
    return .range(low...max(low, high))
  }

  /// The side of the target on which a figure lies.
  ///
  /// With a good way: `better` where the target is met, `worse` where it is failed. Fingertips' rules hold at the edges: a
  /// single target is met at its value; a range counts its lower value in and its upper value out. Without a good way
  /// `lower` and `higher`, and `similar` at a single value and within a range.
  ///
  /// - Complexity: O(1).
  public func outcome(of figure: Double, polarity: Polarity) -> ComparisonClass {
    guard !figure.isNaN else { return .notCompared }
    switch self {
    case .single(let target):
      if target.isNaN { return .notCompared }
      if figure == target { return polarity == .none ? .similar : .better }
      return ComparisonClass(isHigher: figure > target, polarity: polarity)
    case .range(let range):
      if figure < range.lowerBound { return ComparisonClass(isHigher: false, polarity: polarity) }
      return figure >= range.upperBound ? ComparisonClass(isHigher: true, polarity: polarity) : .similar
    }
  }
}
