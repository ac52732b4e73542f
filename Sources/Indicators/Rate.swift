import Probability

/// A count of events O with Poisson limits: exact below ten events, Byar's approximation from ten on.
///
/// The denominator is 1. Status, the first that fits: `missing_numerator` (NaN), `non_finite`, `negative`.
///
/// - Parameters:
///   - events: O, whole or not.
///   - levels: the levels of the limits.
/// - Complexity: O(the number of levels).
public func eventCount(of events: Double, at levels: [ConfidenceLevel] = ConfidenceLevel.official) -> Statistic {
  poissonFigure(events, over: 1, per: 1, status: .ofCount(events), at: levels)
}

/// The crude rate O/n · k, with the limits of the count O over n.
///
/// Status, the first that fits: `missing_numerator`, `missing_denominator` (NaN), `non_finite` (also where the rate is
/// past the largest number), `negative`, `zero_denominator`. A rate may have more events than people.
///
/// - Parameters:
///   - events: O, whole or not.
///   - people: n, the people or person-years among whom they occurred.
///   - multiplier: k, what the rate is stated per. Above 0 and finite.
///   - levels: the levels of the limits.
/// - Complexity: O(the number of levels).
public func crudeRate(
  of events: Double, among people: Double, per multiplier: Double = 100_000,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> Statistic {
  let status = ResultStatus.ofCell(events: events, people: people, limitedByPeople: false)
  return poissonFigure(events, over: people, per: multiplier, status: status, at: levels)
}

/// O/n · k and its limits, unless the status bars them.
func poissonFigure(
  _ events: Double, over denominator: Double, per multiplier: Double, status: ResultStatus, at levels: [ConfidenceLevel]
) -> Statistic {
  precondition(multiplier > 0 && multiplier.isFinite, "a multiplier above 0")
  guard status == .ok else { return .barred(status, numerator: events, denominator: denominator) }
  let intervals = levels.map { level in
    ConfidenceInterval.poisson(count: events, at: level).mapped { $0 / denominator * multiplier }
  }
  return .finite(
    events / denominator * multiplier, intervals, numerator: events, denominator: denominator,
    method: events < ConfidenceInterval.fewestEventsForByar ? .exact : .byar)
}
