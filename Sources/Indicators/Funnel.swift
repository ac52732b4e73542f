import Parallel
import Probability

/// What a funnel compares. The raw values are the words that commands use.
public enum FunnelMeasure: String, Sendable, Hashable, CaseIterable {
  /// x of n people.
  case proportion
  /// Observed over expected events.
  case ratio
  /// Events per people.
  case rate
  /// Directly standardised rates.
  case standardisedRate = "dsr"
}

/// Where a point of a funnel lies. The raw values are the words that tables and files show.
public enum FunnelSide: String, Sendable, Hashable, CaseIterable {
  /// Below a lower limit.
  case low
  /// Within all limits, or on one.
  case within
  /// Above an upper limit.
  case high
  /// The point has no figure.
  case notJudged = "not_judged"
}

/// Areas against a centre, with the limits that chance alone would keep them in (Spiegelhalter, 2005).
///
/// Row i of every column belongs to point i. Without an allowance for overdispersion the limits are those of the
/// official English funnels (OHID technical guidance):
/// - proportion: θ ± z√(θ(1 − θ)/n), the limits of the score test, kept within 0 and 1;
/// - ratio and rates: a point lies on a limit where the exact Poisson interval of its events just touches the events
///   expected at the centre. Counts between whole numbers are filled in by the gamma function.
///
/// With an allowance they are g⁻¹(g(θ) ± z s′), s′ the standard error on ``FunnelScale`` with the allowance. Everything
/// is in units of the multiplier, the natural bounds too.
public struct Funnel: Sendable, Hashable {
  /// What is compared.
  public let measure: FunnelMeasure
  /// The levels of the limits, as they were asked for.
  public let levels: [ConfidenceLevel]
  /// What the figures are stated per.
  public let multiplier: Double
  /// θ in units of the multiplier; NaN where no point has a figure.
  public let centre: Double
  /// The allowance that was asked for.
  public let adjustment: OverdispersionAdjustment
  /// The scale of the z-scores and of the allowance.
  public let scale: FunnelScale
  /// The estimates of overdispersion, with or without an allowance for it.
  public let overdispersion: FunnelOverdispersion
  /// The sizes that the points are drawn over: people, expected events, or for standardised rates the people that the
  /// events and the rate imply. NaN where the status bars the point.
  public let sizes: [Double]
  /// The figures; NaN where the status bars them.
  public let values: [Double]
  /// The lower limits at each point's size, a column for each level.
  public let lower: [[Double]]
  /// The upper limits at each point's size, a column for each level.
  public let upper: [[Double]]
  /// (g(y) − g(θ))/s, s with the allowance.
  public let scores: [Double]
  /// Where each point lies.
  public let sides: [FunnelSide]
  /// The highest level whose limits each point lies beyond; `nil` within all.
  public let outsideLevels: [ConfidenceLevel?]
  /// Why a point has no figure, or that it has.
  public let statuses: [ResultStatus]

  /// A funnel of proportions x/n around Σx/Σn or a target.
  ///
  /// - Parameters:
  ///   - numerators: x; NaN where missing.
  ///   - denominators: n, as many.
  ///   - multiplier: what proportions are stated per.
  ///   - target: the centre in units of the multiplier, above 0; the pooled proportion by default.
  ///   - levels: the levels of the limits.
  ///   - adjustment: the allowance for overdispersion.
  ///   - scale: arcsine unless said otherwise.
  ///   - threads: the most threads to use.
  /// - Complexity: O(points × levels).
  public static func proportions(
    _ numerators: [Double], of denominators: [Double], per multiplier: Double = 1, target: Double? = nil,
    at levels: [ConfidenceLevel] = ConfidenceLevel.official, adjustment: OverdispersionAdjustment = .none,
    scale: FunnelScale = .arcsine, threads: Int? = nil
  ) -> Funnel {
    let statuses = zip(numerators, denominators).map {
      ResultStatus.ofCell(events: $0, people: $1, limitedByPeople: true)
    }
    return Funnel(
      .proportion, numerators, denominators, statuses, multiplier, target, levels, adjustment, scale, threads)
  }

  /// A funnel of ratios O/E around 1 or a target.
  ///
  /// - Parameters:
  ///   - observed: O; NaN where missing.
  ///   - expected: E, as many; none expected is `expected_zero`.
  ///   - multiplier: what ratios are stated per.
  ///   - target: the centre in units of the multiplier, above 0; one whole by default.
  ///   - levels: the levels of the limits.
  ///   - adjustment: the allowance for overdispersion.
  ///   - scale: square root unless said otherwise.
  ///   - threads: the most threads to use.
  /// - Complexity: O(points × levels), some 10⁻⁵ s a limit.
  public static func ratios(
    _ observed: [Double], to expected: [Double], per multiplier: Double = 1, target: Double? = nil,
    at levels: [ConfidenceLevel] = ConfidenceLevel.official, adjustment: OverdispersionAdjustment = .none,
    scale: FunnelScale = .squareRoot, threads: Int? = nil
  ) -> Funnel {
    let statuses = zip(observed, expected).map {
      let status = ResultStatus.ofCell(events: $0, people: $1, limitedByPeople: false)
      return status == .zeroDenominator ? .expectedZero : status
    }
    return Funnel(
      .ratio, observed, expected, statuses, multiplier, target ?? multiplier, levels, adjustment, scale, threads)
  }

  /// A funnel of crude rates O/n around ΣO/Σn or a target.
  ///
  /// - Parameters:
  ///   - events: O; NaN where missing.
  ///   - people: n, as many.
  ///   - multiplier: what rates are stated per.
  ///   - target: the centre in units of the multiplier, above 0; the pooled rate by default.
  ///   - levels: the levels of the limits.
  ///   - adjustment: the allowance for overdispersion.
  ///   - scale: square root unless said otherwise.
  ///   - threads: the most threads to use.
  /// - Complexity: O(points × levels), some 10⁻⁵ s a limit.
  public static func rates(
    _ events: [Double], of people: [Double], per multiplier: Double = 100_000, target: Double? = nil,
    at levels: [ConfidenceLevel] = ConfidenceLevel.official, adjustment: OverdispersionAdjustment = .none,
    scale: FunnelScale = .squareRoot, threads: Int? = nil
  ) -> Funnel {
    let statuses = zip(events, people).map { ResultStatus.ofCell(events: $0, people: $1, limitedByPeople: false) }
    return Funnel(.rate, events, people, statuses, multiplier, target, levels, adjustment, scale, threads)
  }

  /// A funnel of directly standardised rates around ΣO/Σ(O/rate) or a target.
  ///
  /// As in the official funnels a standardised rate is taken for a crude one among as many people as its events and
  /// the rate imply. Fewer than ten events are `count_below_10`, and such a point takes no part in the centre.
  ///
  /// - Parameters:
  ///   - rates: the standardised rates in units of the multiplier; NaN where missing.
  ///   - events: O, as many.
  ///   - multiplier: what the rates are stated per.
  ///   - target: the centre in units of the multiplier, above 0; the pooled rate by default.
  ///   - levels: the levels of the limits.
  ///   - adjustment: the allowance for overdispersion.
  ///   - scale: square root unless said otherwise.
  ///   - threads: the most threads to use.
  /// - Complexity: O(points × levels), some 10⁻⁵ s a limit.
  public static func standardisedRates(
    _ rates: [Double], events: [Double], per multiplier: Double = 100_000, target: Double? = nil,
    at levels: [ConfidenceLevel] = ConfidenceLevel.official, adjustment: OverdispersionAdjustment = .none,
    scale: FunnelScale = .squareRoot, threads: Int? = nil
  ) -> Funnel {
    precondition(rates.count == events.count, "columns of one length")
    let statuses = zip(rates, events).map { rate, count -> ResultStatus in
      let status = ResultStatus.ofCount(count)
      if status != .ok { return status }
      if count < 10 { return .countBelow10 }
      let ofRate = ResultStatus.ofCount(rate)
      return ofRate == .ok && rate == 0 ? .zeroDenominator : ofRate
    }
    let people = zip(rates, events).map { $1 / ($0 / multiplier) }
    return Funnel(.standardisedRate, events, people, statuses, multiplier, target, levels, adjustment, scale, threads)
  }
}
