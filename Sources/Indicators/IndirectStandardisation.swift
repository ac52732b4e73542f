import Probability

/// The indirectly standardised ratio O/E · k, with the limits of the count O over E.
///
/// Status, the first that fits: `missing_numerator`, `missing_denominator` (NaN), `non_finite`, `negative`,
/// `expected_zero`.
///
/// - Parameters:
///   - observed: O, the events.
///   - expected: E, the events expected at the rates of a reference.
///   - multiplier: k: 1, or 100 as mortality ratios are often stated. Above 0 and finite.
///   - levels: the levels of the limits.
/// - Complexity: O(the number of levels).
public func indirectlyStandardisedRatio(
  of observed: Double, expecting expected: Double, per multiplier: Double = 1,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> Statistic {
  poissonFigure(
    observed, over: expected, per: multiplier, status: .ofExpected(observed: observed, expected: expected), at: levels)
}

/// What an indirect standardisation states.
public enum IndirectMeasure: String, Sendable, Hashable, CaseIterable {
  /// O/E: 1 where as many events occurred as expected.
  case ratio
  /// O/E times the crude rate of the reference.
  case rate
}

/// Indirectly standardised ratios or rates of many areas at once: O/E · k or O/E · (crude rate of the reference) · k, with
/// E = Σ n · (reference rate) over the age bands of each area.
///
/// Bands are joined by name to those of the reference. A band that is missing, stands twice or is not in the reference bars
/// the figure, and `bandProblems` tells which. A band without people is allowed: nothing is expected there.
///
/// Status, the first that fits: `bands_duplicate`, `bands_incomplete`, `missing_numerator`, `missing_denominator` (NaN),
/// `non_finite`, `negative`, `expected_zero`. Sums run over the bands of the reference in its order, so neither the order
/// of rows nor the number of threads moves a bit.
///
/// - Parameters:
///   - events: the events of each row.
///   - people: the population of each row.
///   - ages: the age band of each row, by name.
///   - areas: the group of each row.
///   - reference: the rates at which events are expected.
///   - measure: ratio or rate.
///   - multiplier: k, what the figures are stated per; by default 1 for ratios and 100,000 for rates.
///   - missingEvents: whether a missing count of events bars its figure, as it does unless told otherwise, or stands for
///     none.
///   - levels: the levels of the limits.
///   - threads: the most threads to use.
/// - Returns: a figure for each group; its numerator is O, its denominator E, both NaN where bands do not fit.
/// - Complexity: O(rows + groups × bands).
public func indirectlyStandardisedFigures(
  of events: [Double], among people: [Double], ages: Grouping, in areas: Grouping, reference: ReferenceRates,
  measure: IndirectMeasure = .ratio, per multiplier: Double? = nil, missingEvents: MissingEvents = .bar,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil
) -> StandardisedFigures {
  precondition(events.count == people.count && events.count == areas.codes.count, "columns of one length")
  precondition(events.count == ages.codes.count, "columns of one length")
  precondition(ages.names.count == ages.count, "age bands need names")
  let join = AgeBandJoin(groups: areas, ages: ages, bands: reference.bands, frequencies: nil, populations: people)
  let events = missingEvents.applied(to: events)
  let scale = multiplier ?? (measure == .ratio ? 1 : 100_000)
  let figures = figuresOneByOne(areas.count, levels: levels, threads: threads) { group in
    guard join.statuses[group] == .ok else {
      return .barred(join.statuses[group], numerator: .nan, denominator: .nan)
    }
    var status = ResultStatus.ok
    var (observed, expected) = (0.0, 0.0)
    for band in 0..<join.bandCount {
      for index in join.range(group: group, band: band) {
        let row = Int(join.rows[index])
        let cell = ResultStatus.ofPart(events: events[row], people: people[row], limitedByPeople: false)
        if cell != .ok && cell.rank < status.rank { status = cell }
        observed += events[row]
        expected += people[row] * reference.rates[band]
      }
    }
    if status == .ok { status = .ofExpected(observed: observed, expected: expected) }
    return indirectFigure(
      observed, expected, status: status, measure: measure, per: scale, crudeRate: reference.crudeRate, at: levels)
  }
  return StandardisedFigures(figures: figures, bandProblems: join.problems)
}

/// The ratio, or the ratio times a crude rate, from observed and expected events.
private func indirectFigure(
  _ observed: Double, _ expected: Double, status: ResultStatus, measure: IndirectMeasure, per multiplier: Double,
  crudeRate: Double, at levels: [ConfidenceLevel]
) -> Statistic {
  let ratio = poissonFigure(
    observed, over: expected, per: measure == .ratio ? multiplier : 1, status: status, at: levels)
  guard ratio.status == .ok, measure == .rate else { return ratio }
  let toRate = { (figure: Double) in figure * crudeRate * multiplier }
  return .finite(
    toRate(ratio.value), ratio.intervals.map { $0.mapped(toRate) }, numerator: observed, denominator: expected,
    method: ratio.method)
}

extension ResultStatus {
  /// The status of observed and expected events.
  static func ofExpected(observed: Double, expected: Double) -> ResultStatus {
    let status = ofCell(events: observed, people: expected, limitedByPeople: false)
    return status == .zeroDenominator ? .expectedZero : status
  }
}
