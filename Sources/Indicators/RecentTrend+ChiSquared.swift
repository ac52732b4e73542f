#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
import Probability

extension RecentTrend {
  /// The trend of the points in `rows`.
  init(_ figures: TrendFigures, rows: [Int], periods: [Double], time: TrendTime) {
    let last: [Int]
    switch Self.lastPoints(rows, periods: periods) {
    case .failure(let obstacle):
      self.init(barredBy: obstacle, hasGap: false)
      return
    case .success(let found): last = found
    }
    // Only differences of times matter, and small numbers lose no digits.
    let steps = last.map { periods[$0] - periods[last[0]] }
    let hasGap = (1..<steps.count).contains { abs(steps[$0] - steps[$0 - 1] - steps[1]) > 1e-9 * steps[1] }
    let times = time == .years ? steps : last.indices.map(Double.init)
    let test: TrendTest
    switch figures {
    case .proportions(let numerators, let denominators):
      let (counts, people) = (last.map { numerators[$0] }, last.map { denominators[$0] })
      if let obstacle = Self.obstacle(counts: counts, people: people) {
        self.init(barredBy: obstacle, hasGap: hasGap)
        return
      }
      test = TrendTest(counts: counts, people: people, times: times)
    case .figures(let values, let lower, let upper, let level):
      let (points, low, high) = (last.map { values[$0] }, last.map { lower[$0] }, last.map { upper[$0] })
      if let obstacle = Self.obstacle(points, low, high) {
        self.init(barredBy: obstacle, hasGap: hasGap)
        return
      }
      let errors = zip(low, high).map { ($1 - $0) / (2 * level.criticalValue) }
      test = TrendTest(points: points, errors: errors, times: times)
      guard test.chiSquared.isFinite, test.slope.isFinite else {
        self.init(barredBy: .intervalWithoutWidth, hasGap: hasGap)
        return
      }
    }
    self.init(
      direction: test.direction, obstacle: nil, chiSquared: test.chiSquared, slope: test.slope, hasGap: hasGap)
  }

  private init(barredBy obstacle: TrendObstacle, hasGap: Bool) {
    self.init(
      direction: .cannotBeCalculated, obstacle: obstacle, chiSquared: .nan, slope: .nan, hasGap: hasGap)
  }

  private enum Points {
    case success([Int])
    case failure(TrendObstacle)
  }

  /// The rows of the last five periods, in their order.
  private static func lastPoints(_ rows: [Int], periods: [Double]) -> Points {
    if rows.count < pointCount { return .failure(.notEnoughPoints) }
    if rows.contains(where: { !periods[$0].isFinite }) { return .failure(.missingPeriod) }
    let ordered = rows.sorted { periods[$0] < periods[$1] }
    for (one, next) in zip(ordered, ordered.dropFirst()) where periods[one] == periods[next] {
      return .failure(.repeatedPeriod)
    }
    return .success(Array(ordered.suffix(pointCount)))
  }

  private static func obstacle(counts: [Double], people: [Double]) -> TrendObstacle? {
    let points = Array(zip(counts, people))
    if points.contains(where: { $0.isNaN || $1.isNaN }) { return .missingValue }
    if points.contains(where: { $0.isInfinite || $1.isInfinite }) { return .infiniteValue }
    if points.contains(where: { $0 < 0 || $1 < 0 }) { return .negativeCount }
    if people.contains(0) { return .zeroDenominator }
    if points.contains(where: { $0 > $1 }) { return .countAboveDenominator }
    return points.contains { $0 == $1 } ? .countEqualsDenominator : nil
  }

  private static func obstacle(_ values: [Double], _ lower: [Double], _ upper: [Double]) -> TrendObstacle? {
    if values.contains(where: \.isNaN) { return .missingValue }
    if (lower + upper).contains(where: \.isNaN) { return .missingInterval }
    if (values + lower + upper).contains(where: \.isInfinite) { return .infiniteValue }
    return zip(lower, upper).contains { $0 >= $1 } ? .intervalWithoutWidth : nil
  }
}

/// χ² for trend and the slopes that each point leaves behind.
private struct TrendTest {
  let chiSquared: Double
  let slope: Double
  /// The slopes without each of the points; only their signs count.
  let remaining: [Double]

  var direction: TrendDirection {
    guard chiSquared > RecentTrend.criticalChiSquared else { return .noSignificantChange }
    if remaining.allSatisfy({ $0 > 0 }) { return .increasing }
    return remaining.allSatisfy { $0 < 0 } ? .decreasing : .noSignificantChange
  }

  /// χ² = D(DΣct − CΣnt)²/(C(D − C)(DΣnt² − (Σnt)²)), C = Σc, D = Σn, and the slopes of log(c/(n − c)), unweighted.
  ///
  /// With a count of 0 the logit is infinite, and DΣct − CΣnt, whose sign is that of the slope of c/n, takes the place of
  /// the slopes.
  init(counts: [Double], people: [Double], times: [Double]) {
    let all = Array(times.indices)
    let (events, total) = (counts.reduce(0, +), people.reduce(0, +))
    let centre = all.reduce(0) { $0 + people[$1] * times[$1] } / total
    let share = events / total
    // The same χ² about the mean time, where no large terms cancel: (Σ(c − pn)(t − t̄))²/(p(1 − p)Σn(t − t̄)²).
    let rise = all.reduce(0) { $0 + (counts[$1] - share * people[$1]) * (times[$1] - centre) }
    let spread = all.reduce(0) { $0 + people[$1] * (times[$1] - centre) * (times[$1] - centre) }
    chiSquared = events == 0 ? 0 : rise / (share * (1 - share)) * (rise / spread)
    if counts.contains(0) {
      slope = .nan
      remaining = all.map { left in
        let kept = all.filter { $0 != left }
        func sum(_ term: (Int) -> Double) -> Double { kept.reduce(0) { $0 + term($1) } }
        return sum { people[$0] } * sum { counts[$0] * times[$0] } - sum { counts[$0] }
          * sum { people[$0] * times[$0] }
      }
    } else {
      let logits = all.map { log(counts[$0] / (people[$0] - counts[$0])) }
      let even = [Double](repeating: 1, count: all.count)
      slope = Self.line(logits, errors: even, times: times, points: all).slope
      remaining = all.map { left in
        Self.line(logits, errors: even, times: times, points: all.filter { $0 != left }).slope
      }
    }
  }

  /// χ² = slope²/variance of the line weighted with 1/se².
  init(points: [Double], errors: [Double], times: [Double]) {
    let all = Array(times.indices)
    let line = Self.line(points, errors: errors, times: times, points: all)
    slope = line.slope
    let ratio = line.slope / line.error
    chiSquared = ratio * ratio
    remaining = all.map { left in
      Self.line(points, errors: errors, times: times, points: all.filter { $0 != left }).slope
    }
  }

  /// The weighted line through some of the points, and the standard error of its slope.
  ///
  /// Weights are relative to the smallest error and figures to the first, so that nothing overflows and points of one
  /// height have a slope of exactly 0.
  private static func line(
    _ figures: [Double], errors: [Double], times: [Double], points: [Int]
  ) -> (slope: Double, error: Double) {
    let unit = points.reduce(Double.infinity) { min($0, errors[$1]) }
    func weight(_ i: Int) -> Double { unit / errors[i] * (unit / errors[i]) }
    let total = points.reduce(0) { $0 + weight($1) }
    let centre = points.reduce(0) { $0 + weight($1) * times[$1] } / total
    let spread = points.reduce(0) { $0 + weight($1) * (times[$1] - centre) * (times[$1] - centre) }
    let rise = points.reduce(0) { $0 + weight($1) * (times[$1] - centre) * (figures[$1] - figures[points[0]]) }
    return (rise / spread, unit / spread.squareRoot())
  }
}
