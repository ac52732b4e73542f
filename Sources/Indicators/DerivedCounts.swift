import Probability

/// Counts that were not published but follow from a figure and its interval.
///
/// They serve where a source shows a figure and its limits alone and an area has to be put together from its parts. A figure
/// that rests on them is marked as derived.
public struct DerivedCounts: Sendable, Hashable {
  /// The events.
  public let numerator: Double
  /// The people or person-years.
  public let denominator: Double
  /// How far off either count may be, as a share of it, when every printed figure may be off by half its last digit; 0 for
  /// figures at full precision.
  public let relativeError: Double
  /// `ok`, `missing_numerator` (the figure is NaN), `non_finite` (a limit is missing or infinite), `negative` (below 0),
  /// `numerator_exceeds_denominator` (a proportion or a limit above 1), or `interval_too_wide` where no counts have such limits:
  /// they do not lie around the figure, have no width, or are those of no count.
  public let status: ResultStatus

  private init(numerator: Double, denominator: Double, relativeError: Double) {
    self.numerator = numerator
    self.denominator = denominator
    self.relativeError = relativeError
    status = numerator.isFinite && denominator.isFinite && denominator > 0 ? .ok : .intervalTooWide
  }

  private init(barredBy status: ResultStatus) {
    numerator = .nan
    denominator = .nan
    relativeError = .nan
    self.status = status
  }
}

extension DerivedCounts {
  /// The counts of a proportion p from the width w of its Wilson interval.
  ///
  /// With t = z²/n the width is w = √(t² + 4tp(1 − p))/(1 + t), so that
  /// t = (w² − 2pq + √((w² − 2pq)² + w²(1 − w²)))/(1 − w²), q = 1 − p, n = z²/t, x = np.
  ///
  /// At full precision n is right to some 10⁻¹² of itself. Printed figures bound it, because n goes with 1/w²: a percentage
  /// with one decimal and limits one point to either side gives n to a tenth of itself, with three decimals to a thousandth.
  ///
  /// - Parameters:
  ///   - proportion: p, stated per `multiplier`.
  ///   - interval: Wilson's limits, stated per `multiplier`.
  ///   - multiplier: what the figures are stated per: 1, or 100 for percentages.
  ///   - lastDigit: the value of the last printed digit, stated per `multiplier`: 0.1 for 12.3%; 0 for full precision.
  /// - Complexity: O(1).
  public static func ofProportion(
    _ proportion: Double, interval: ConfidenceInterval, per multiplier: Double = 1, lastDigit: Double = 0
  ) -> DerivedCounts {
    let (p, lower, upper) = (proportion / multiplier, interval.lower / multiplier, interval.upper / multiplier)
    if let status = barred(p, lower, upper) { return DerivedCounts(barredBy: status) }
    if p > 1 || upper > 1 { return DerivedCounts(barredBy: .numeratorExceedsDenominator) }
    let z = interval.level.criticalValue
    func people(_ p: Double, _ width: Double) -> Double {
      let square = width * width
      let excess = square - 2 * p * (1 - p)
      let root = (excess * excess + square * (1 - square)).squareRoot()
      // Of the two ways to write the root the one without cancellation.
      let t = excess > 0 ? (excess + root) / (1 - square) : square / (root - excess)
      return z * z / t
    }
    let n = people(p, upper - lower)
    let half = lastDigit / multiplier / 2
    let around = [-half, half].flatMap { off in
      [
        people(min(max(p + off, 0), 1), upper - lower + 2 * half),
        people(min(max(p + off, 0), 1), upper - lower - 2 * half),
      ]
    }
    return DerivedCounts(
      numerator: n * p, denominator: n,
      relativeError: error(n, around, of: p, half: half, isKnown: upper - lower > 2 * half))
  }

  /// The counts of a rate r from the width of its Poisson interval, exact below ten events and Byar's from ten on.
  ///
  /// The width over the rate depends on the events alone and falls with them; O is where it is that of the interval, found
  /// by halving, and n = O/r. A rate of 0 has no event, and its upper limit alone gives n.
  ///
  /// At full precision O is right to 10⁻¹⁰ of itself, but for widths that only fall into the step of the rule at ten events,
  /// which give just below or just ten. O goes with 1/width², as for a proportion.
  ///
  /// - Parameters:
  ///   - rate: r, stated per `multiplier`.
  ///   - interval: the limits, stated per `multiplier`.
  ///   - multiplier: what the figures are stated per: 100,000.
  ///   - lastDigit: the value of the last printed digit, stated per `multiplier`; 0 for full precision.
  /// - Complexity: some 50 Poisson intervals, 10⁻⁶ s from ten events on and 10⁻³ s below.
  public static func ofRate(
    _ rate: Double, interval: ConfidenceInterval, per multiplier: Double = 100_000, lastDigit: Double = 0
  ) -> DerivedCounts {
    let (r, lower, upper) = (rate / multiplier, interval.lower / multiplier, interval.upper / multiplier)
    if let status = barred(r, lower, upper) { return DerivedCounts(barredBy: status) }
    let level = interval.level
    let half = lastDigit / multiplier / 2
    let width = upper - lower
    if r == 0 {
      let n = ConfidenceInterval.exactPoisson(count: 0, at: level).upper / upper
      return DerivedCounts(
        numerator: 0, denominator: n, relativeError: upper > half ? upper / (upper - half) - 1 : .infinity)
    }
    func events(_ relativeWidth: Double) -> Double {
      var (few, many) = (1e-9, 1.0)
      while relativeWidthOf(many, level) > relativeWidth, many < 1e18 { (few, many) = (many, many * 2) }
      guard many < 1e18, relativeWidthOf(few, level) >= relativeWidth else { return .nan }
      while many - few > 1e-13 * many {
        let middle = (few + many) / 2
        guard middle > few, middle < many else { break }
        if relativeWidthOf(middle, level) > relativeWidth { few = middle } else { many = middle }
      }
      return many
    }
    let count = events(width / r)
    let around = half == 0 ? [count] : [events((width + 2 * half) / r), events(max(width - 2 * half, 0) / r)]
    return DerivedCounts(
      numerator: count, denominator: count / r,
      relativeError: error(count, around, of: r, half: half, isKnown: width > 2 * half))
  }

  /// (U(O) − L(O))/O.
  private static func relativeWidthOf(_ count: Double, _ level: ConfidenceLevel) -> Double {
    let limits = ConfidenceInterval.poisson(count: count, at: level)
    return (limits.upper - limits.lower) / count
  }

  /// What bars a figure with its limits.
  private static func barred(_ figure: Double, _ lower: Double, _ upper: Double) -> ResultStatus? {
    if figure.isNaN { return .missingNumerator }
    if !figure.isFinite || !lower.isFinite || !upper.isFinite { return .nonFinite }
    if figure < 0 || lower < 0 { return .negative }
    return lower <= figure && figure <= upper && lower < upper ? nil : .intervalTooWide
  }

  /// How far the counts around lie from the one in the middle, with the error of the figure that one count is divided or
  /// multiplied by.
  private static func error(
    _ count: Double, _ around: [Double], of figure: Double, half: Double, isKnown: Bool
  ) -> Double {
    if half == 0 { return 0 }
    guard isKnown, figure > half || figure == 0 else { return .infinity }
    let furthest = around.reduce(0) { max($0, abs($1 / count - 1)) }
    let ofFigure = figure > 0 ? half / (figure - half) : 0
    let sum = (1 + furthest) * (1 + ofFigure) - 1
    return sum.isNaN ? .infinity : sum
  }
}
