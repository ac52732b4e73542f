import Parallel
import Probability

/// How the limits of a directly standardised rate are worked out.
public enum StandardisedRateInterval: String, Sendable, Hashable, CaseIterable {
  /// Dobson et al. (1991) with the limits of the count of events: the official English method.
  ///
  /// Where heavily weighted bands hold few of the events, the lower limit may fall below 0.
  case dobson
  /// The gamma limits of Fay and Feuer (1997): never below the nominal level, wide where weights differ much.
  case fayFeuer = "fay-feuer"
  /// The gamma limits of Tiwari, Clegg and Zou (2006): closer to the nominal level.
  case tiwari

  /// The name that figures with these limits carry.
  public var method: IntervalMethod {
    switch self {
    case .dobson: .dobson
    case .fayFeuer: .fayFeuer
    case .tiwari: .tiwari
    }
  }
}

/// What a missing count of events means in a standardisation.
public enum MissingEvents: String, Sendable, Hashable, CaseIterable {
  /// It is not known: the figure of its group is barred.
  case bar
  /// There was none, as in files that leave out zeros.
  case none

  func applied(to events: [Double]) -> [Double] { self == .bar ? events : events.map { $0.isNaN ? 0 : $0 } }
}

/// Standardised figures, one a group, and what was wrong with the age bands of some.
public struct StandardisedFigures: Sendable {
  /// Figure i belongs to group i.
  public let figures: StatisticColumns
  /// Every band that kept a figure from being calculated, by group and age.
  public let bandProblems: [AgeBandProblem]
}

/// Directly standardised rates of many areas at once: Σ w x/n / Σ w · k over the age bands of each.
///
/// Variance: Σ w² x/n² / (Σ w)². Limits:
/// - Dobson et al. (1991): D + √(Var/O)(O_L − O) and likewise above, with the official limits O_L, O_U of the count O;
/// - Fay and Feuer (1997): (v/2D) χ²⁻¹(α/2, 2D²/v) and ((v + c²)/2(D + c)) χ²⁻¹(1 − α/2, 2(D + c)²/(v + c²)), c the
///   largest w/n / Σ w;
/// - Tiwari, Clegg and Zou (2006): the same with the means of w/n / Σ w and of its square in the place of c and c².
///
/// **Bands are joined by name** to those of the standard. A band that is missing, stands twice or is not in the standard
/// bars the figure, and `bandProblems` tells which.
///
/// **Events that are not independent** (one person, several admissions): give the frequency f of each row; `events` are
/// then the people who had f events each, and rows of one band repeat its population. The rate counts Σ f x events; each
/// band and frequency is a Poisson count of its own with weight f w/n, so that Var = Σ f² Var_f. A group need not have
/// a row for each frequency.
///
/// Status, the first that fits: `bands_duplicate`, `bands_incomplete`, `missing_numerator`, `missing_denominator` (NaN),
/// `non_finite`, `negative`, `zero_denominator` (a band without people), `count_below_10` (fewer than ten events in all).
/// Sums run over the bands of the standard in its order, so neither the order of rows nor the number of threads moves a
/// bit.
///
/// - Parameters:
///   - events: x, the events of each row (with frequencies: the people who had so many).
///   - people: n, the population of each row.
///   - ages: the age band of each row, by name.
///   - areas: the group of each row.
///   - standard: the weights.
///   - multiplier: k, what the rates are stated per.
///   - interval: how limits are worked out.
///   - frequencies: f of each row, at least 0; without them every event is of its own.
///   - missingEvents: whether a missing count of events bars its figure, as it does unless told otherwise, or stands for
///     none, as in files that leave out zeros.
///   - levels: the levels of the limits.
///   - threads: the most threads to use.
/// - Returns: a figure for each group; its numerator is the number of events, its denominator the population of all bands,
///   both NaN where bands do not fit.
/// - Complexity: O(rows + groups × bands).
public func directlyStandardisedRates(
  of events: [Double], among people: [Double], ages: Grouping, in areas: Grouping, standard: StandardPopulation,
  per multiplier: Double = 100_000, interval: StandardisedRateInterval = .dobson, frequencies: [Double]? = nil,
  missingEvents: MissingEvents = .bar, at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil
) -> StandardisedFigures {
  precondition(multiplier > 0 && multiplier.isFinite, "a multiplier above 0")
  precondition(events.count == people.count && events.count == areas.codes.count, "columns of one length")
  precondition(events.count == ages.codes.count && (frequencies ?? events).count == events.count)
  precondition(ages.names.count == ages.count, "age bands need names")
  let join = AgeBandJoin(
    groups: areas, ages: ages, bands: standard.bands, frequencies: frequencies, populations: people)
  let total = standard.weights.reduce(0, +)
  let table = DirectTable(
    join: join, events: missingEvents.applied(to: events), people: people, weights: standard.weights.map { $0 / total },
    frequencies: frequencies)
  return StandardisedFigures(
    figures: table.figures(per: multiplier, interval: interval, at: levels, threads: threads),
    bandProblems: join.problems)
}

/// The directly standardised rate of one area; see
/// ``directlyStandardisedRates(of:among:ages:in:standard:per:interval:frequencies:missingEvents:at:threads:)``.
///
/// - Parameters:
///   - events: the events of each age band.
///   - people: the population of each age band.
///   - ages: the names of the age bands, in any order.
///   - standard: the weights, joined by name.
///   - multiplier: what the rate is stated per.
///   - interval: how limits are worked out.
///   - levels: the levels of the limits.
/// - Complexity: O(the number of bands).
public func directlyStandardisedRate(
  of events: [Double], among people: [Double], ages: [String], standard: StandardPopulation,
  per multiplier: Double = 100_000, interval: StandardisedRateInterval = .dobson,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> Statistic {
  directlyStandardisedRates(
    of: events, among: people, ages: Grouping(labels: ages), in: .oneGroup(rows: events.count), standard: standard,
    per: multiplier, interval: interval, at: levels, threads: 1
  ).figures[0]
}
