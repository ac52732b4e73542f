import Probability

/// The limits within which a proportion of so many people is expected where the truth is the benchmark: Wilson's limits of
/// E = n·p events among n.
///
/// It is the method of Fingertips' "statistical process control for proportions". Its lower limit is above 0 for any
/// benchmark above 0, so an area without events is always told to be lower, however few its people.
///
/// - Parameters:
///   - benchmark: the benchmark's proportion, stated per `multiplier`.
///   - people: n, the area's people, above 0.
///   - multiplier: what proportions are stated per: 1, or 100 for percentages.
///   - level: how sure the limits are meant to be.
/// - Returns: limits per `multiplier`; NaN for a benchmark outside 0 to `multiplier` and for people not above 0.
/// - Complexity: O(1).
public func controlLimits(
  aroundProportion benchmark: Double, among people: Double, per multiplier: Double = 1, at level: ConfidenceLevel
) -> ConfidenceInterval {
  let events = people * (benchmark / multiplier)
  return ConfidenceInterval.wilson(events: events, trials: people, at: level).mapped { $0 * multiplier }
}

/// The limits within which a rate of so many people is expected where the truth is the benchmark: exact Poisson limits of
/// the E = n·rate events, over n.
///
/// It is the method of Fingertips' "statistical process control" for directly standardised rates; for indirectly
/// standardised ratios n is the expected events. Fingertips steps E to whole numbers; here E is taken as it is.
///
/// - Parameters:
///   - benchmark: the benchmark's rate, stated per `multiplier`.
///   - people: n, the area's people, person-years or expected events, above 0.
///   - multiplier: what rates are stated per: 100,000.
///   - level: how sure the limits are meant to be.
/// - Returns: limits per `multiplier`; NaN for a benchmark below 0 and for people not above 0.
/// - Complexity: O(1), some 10⁻⁵ s.
public func controlLimits(
  aroundRate benchmark: Double, among people: Double, per multiplier: Double = 100_000, at level: ConfidenceLevel
) -> ConfidenceInterval {
  let expected = people > 0 ? people * (benchmark / multiplier) : .nan
  return ConfidenceInterval.exactPoisson(count: expected, at: level).mapped { $0 / people * multiplier }
}
