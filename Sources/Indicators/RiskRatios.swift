import Probability

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How the limits of a relative risk or an odds ratio are worked out.
public enum RatioInterval: String, Sendable, Hashable, CaseIterable {
  /// The ratios that a score test does not reject: good for small counts and for none.
  case score
  /// Normal limits of the logarithm; they need events in both groups.
  case logNormal = "log-normal"

  var method: IntervalMethod { self == .score ? .score : .logNormal }
}

/// The relative risk (x/n)/(y/m) of two independent groups.
///
/// Limits: score (Koopman, 1984; Gart and Nam, 1988), or exp(log r ∓ z √(1/x − 1/n + 1/y − 1/m)) (Katz et al., 1978).
/// The result's numerator and denominator are the two proportions.
///
/// Status: that of the first group's proportion, or else of the second's, where one is barred; `zero_denominator` where
/// the second group has no event; `not_enough_points` for log-normal limits where the first has none.
///
/// - Parameters:
///   - events: x.
///   - people: n.
///   - otherEvents: y.
///   - otherPeople: m.
///   - interval: how limits are worked out.
///   - levels: the levels of the limits.
/// - Complexity: O(the number of levels), some 10⁻⁵ s each for score limits.
public func relativeRisk(
  of events: Double, among people: Double, against otherEvents: Double, among otherPeople: Double,
  interval: RatioInterval = .score, at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> Statistic {
  let groups = TwoGroups(x: events, n: people, y: otherEvents, m: otherPeople)
  return groups.figure(
    over: otherEvents, ratio: groups.p / groups.q, interval: interval, at: levels,
    logVariance: 1 / events - 1 / people + 1 / otherEvents - 1 / otherPeople,
    score: groups.relativeRiskScore)
}

/// The odds ratio x(m − y)/((n − x)y) of two independent groups.
///
/// Limits: score (Cornfield, 1956, without a correction for continuity), or
/// exp(log r ∓ z √(1/x + 1/(n − x) + 1/y + 1/(m − y))) (Woolf, 1955). The result's numerator and denominator are the two
/// proportions.
///
/// Status: that of the first group's proportion, or else of the second's, where one is barred; `zero_denominator` where
/// the second group has no event or the first nothing else; `not_enough_points` for log-normal limits where the first has
/// no event or the second nothing else.
///
/// - Parameters:
///   - events: x.
///   - people: n.
///   - otherEvents: y.
///   - otherPeople: m.
///   - interval: how limits are worked out.
///   - levels: the levels of the limits.
/// - Complexity: O(the number of levels), some 10⁻⁵ s each for score limits.
public func oddsRatio(
  of events: Double, among people: Double, against otherEvents: Double, among otherPeople: Double,
  interval: RatioInterval = .score, at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> Statistic {
  let groups = TwoGroups(x: events, n: people, y: otherEvents, m: otherPeople)
  let (rest, otherRest) = (people - events, otherPeople - otherEvents)
  return groups.figure(
    over: min(otherEvents, rest), ratio: events / rest * (otherRest / otherEvents), interval: interval, at: levels,
    logVariance: 1 / events + 1 / rest + 1 / otherEvents + 1 / otherRest, score: groups.oddsRatioScore)
}

/// x events among n people and y among m.
private struct TwoGroups {
  let x, n, y, m: Double

  var p: Double { x / n }
  var q: Double { y / m }

  /// A ratio, barred where what it divides by is 0.
  func figure(
    over divisor: Double, ratio: Double, interval: RatioInterval, at levels: [ConfidenceLevel], logVariance: Double,
    score: (Double) -> Double
  ) -> Statistic {
    let first = ResultStatus.ofCell(events: x, people: n, limitedByPeople: true)
    let status = first == .ok ? ResultStatus.ofCell(events: y, people: m, limitedByPeople: true) : first
    guard status == .ok else { return .barred(status, numerator: p, denominator: q) }
    guard divisor > 0 else { return .barred(.zeroDenominator, numerator: p, denominator: q) }
    if interval == .logNormal && ratio == 0 { return .barred(.notEnoughPoints, numerator: p, denominator: q) }
    let intervals = levels.map { level -> ConfidenceInterval in
      if interval == .score { return scoreLimits(around: ratio, score, level) }
      let factor = exp(level.criticalValue * max(logVariance, 0).squareRoot())
      return ConfidenceInterval(lower: ratio / factor, upper: ratio * factor, level: level)
    }
    return .finite(ratio, intervals, numerator: p, denominator: q, method: interval.method)
  }

  /// The score statistic of a relative risk θ, from the likeliest proportions whose ratio it is.
  func relativeRiskScore(_ θ: Double) -> Double {
    let b = θ * (n + y) + x + m
    let root = max(b * b - 4 * θ * (n + m) * (x + y), 0).squareRoot()
    let q0 = min(2 * (x + y) / (b + root), 1)
    let p0 = min(θ * q0, 1)
    let variance = p0 * (1 - p0) / n + θ * θ * q0 * (1 - q0) / m
    return (p - θ * q) / variance.squareRoot()
  }

  /// The score statistic of an odds ratio θ, from the likeliest proportions whose odds ratio it is.
  func oddsRatioScore(_ θ: Double) -> Double {
    let b = n * θ + m - (x + y) * (θ - 1)
    let root = max(b * b + 4 * m * (θ - 1) * (x + y), 0).squareRoot()
    let q0 = min(2 * (x + y) / (b + root), 1)
    let p0 = θ * q0 / (1 + q0 * (θ - 1))
    let information = 1 / (n * p0 * (1 - p0)) + 1 / (m * q0 * (1 - q0))
    return n * (p - p0) * information.squareRoot()
  }

  /// The ratios at which the score, which falls as the ratio rises, is z and −z.
  private func scoreLimits(
    around ratio: Double, _ score: (Double) -> Double, _ level: ConfidenceLevel
  ) -> ConfidenceInterval {
    let z = level.criticalValue
    // Without an event the ratio is 0; half an event is a start within the interval.
    let start = log(ratio > 0 ? ratio : 0.5 / n / q)
    let lower = ratio == 0 ? 0 : exp(crossing(from: start, step: -0.5) { score(exp($0)) < z })
    let upper = exp(crossing(from: start, step: 0.5) { score(exp($0)) > -z })
    return ConfidenceInterval(lower: min(lower, ratio), upper: max(upper, ratio), level: level)
  }

  /// Where a condition ends that holds at `start`: steps that double, then halves down to the last digit.
  private func crossing(from start: Double, step: Double, while holds: (Double) -> Bool) -> Double {
    var (inside, step) = (start, step)
    // Some 12 steps pass the range of doubles.
    for _ in 0..<12 {
      let next = inside + step
      if holds(next) { (inside, step) = (next, 2 * step) } else { break }
    }
    var outside = inside + step
    for _ in 0..<80 {
      let middle = inside + (outside - inside) / 2
      if middle == inside || middle == outside { break }
      if holds(middle) { inside = middle } else { outside = middle }
    }
    return inside + (outside - inside) / 2
  }
}
