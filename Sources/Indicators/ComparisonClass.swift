/// On which side of a benchmark a figure lies, beyond what chance explains.
///
/// Better and worse where the indicator has a good way, lower and higher where it has none. The raw values are the words of
/// tables and files.
public enum ComparisonClass: String, Sendable, Hashable, CaseIterable, Codable {
  /// Different, the good way.
  case better
  /// Not different beyond chance; touching counts as similar.
  case similar
  /// Different, the bad way.
  case worse
  /// Different downwards, for an indicator without a good way.
  case lower
  /// Different upwards, for an indicator without a good way.
  case higher
  /// No comparison could be made, or it would be with itself.
  case notCompared = "not compared"

  /// The class of a figure on one side of its benchmark.
  ///
  /// - Complexity: O(1).
  public init(isHigher: Bool, polarity: Polarity) {
    self =
      switch polarity.isGood(high: isHigher) {
      case true?: .better
      case false?: .worse
      case nil: isHigher ? .higher : .lower
      }
  }

  /// Whether the figure differs from its benchmark.
  ///
  /// - Complexity: O(1).
  public var isDifferent: Bool { self != .similar && self != .notCompared }
}

/// How a figure is set against a benchmark.
public enum ComparisonMethod: Sendable, Hashable {
  /// The figure's interval against the benchmark's value: different where the value lies outside the interval.
  case intervalAgainstValue
  /// The figure's interval against the benchmark's: different where they do not touch.
  ///
  /// It is stricter than its level says: two equal intervals at 95% part by chance once in 179 times.
  case intervalAgainstInterval
  /// The difference of the two figures, where both are samples: different where its interval, recovered from both intervals,
  /// leaves 0 out: d² > w₁² + w₂², w the half of either interval that faces the other (Zou and Donner, 2008). It keeps its
  /// level.
  case difference
  /// The figure against control limits around the benchmark: Wilson's limits of n·p events among the area's n people.
  /// Figures are stated per `per`: 100 for percentages.
  case controlLimitsOfProportion(per: Double)
  /// The figure against control limits around the benchmark: exact Poisson limits of the E events that the benchmark's
  /// rate gives the area's n people. Figures are stated per `per`: 100,000. For crude, standardised and ratio figures.
  case controlLimitsOfRate(per: Double)
  /// The figure's value against a target.
  case target
}

/// Why no comparison was made.
public enum ComparisonObstacle: String, Sendable, Hashable, CaseIterable, Codable {
  /// The area is the benchmark itself.
  case sameArea = "same area"
  /// The figure is missing or barred.
  case noFigure = "no figure"
  /// The benchmark's figure is missing or barred.
  case noBenchmark = "no benchmark"
  /// The figure has no interval at a level that was asked for.
  case noInterval = "no interval"
  /// The figure lies outside its own interval: one of the two is wrong.
  case outsideOwnInterval = "outside its own interval"
  /// The benchmark has no interval at a level that was asked for, or lies outside it.
  case noBenchmarkInterval = "no benchmark interval"
  /// The figure has no denominator, or one that is not above 0, for control limits.
  case noDenominator = "no denominator"
  /// The benchmark is below 0, or a proportion above 1: no control limits stand around it.
  case benchmarkOutOfRange = "benchmark out of range"
}
