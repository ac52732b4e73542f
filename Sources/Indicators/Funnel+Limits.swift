import Parallel
import Probability

extension Funnel {
  /// The funnel of events among sizes whose statuses are known.
  init(
    _ measure: FunnelMeasure, _ events: [Double], _ people: [Double], _ cells: [ResultStatus], _ multiplier: Double,
    _ target: Double?, _ levels: [ConfidenceLevel], _ adjustment: OverdispersionAdjustment, _ scale: FunnelScale,
    _ threads: Int?
  ) {
    precondition(events.count == people.count, "columns of one length")
    precondition(multiplier > 0 && multiplier.isFinite, "a multiplier above 0")
    precondition(target.map { $0 > 0 && $0.isFinite } ?? true, "a target above 0")
    precondition(measure == .proportion || scale != .arcsine, "arcsine is a scale of proportions")
    let usable = events.indices.filter { cells[$0] == .ok }
    let pooled = usable.reduce(0) { $0 + events[$1] } / usable.reduce(0) { $0 + people[$1] }
    let shape = FunnelShape(measure: measure, centre: target.map { $0 / multiplier } ?? pooled, scale: scale)
    let places = usable.map { scale.value(events[$0] / people[$0]) }
    let middle = scale.value(shape.centre)
    let errors = usable.map {
      scale.standardError(centre: shape.centre, size: people[$0], isProportion: measure == .proportion)
    }
    let naive = zip(places, errors).map { $0 == middle ? 0 : ($0 - middle) / $1 }
    let estimates = FunnelOverdispersion(scores: naive, errors: errors, adjustment)

    // Why no point at all can be judged, if so.
    let bar: ResultStatus? =
      if shape.centre == 0 {
        .expectedZero
      } else if !shape.centre.isFinite || shape.centre * multiplier == .infinity {
        .nonFinite
      } else if adjustment.method != .none, estimates.points < 2 {
        .notEnoughPoints
      } else if adjustment.method != .none, !estimates.ratio.isFinite || !estimates.betweenVariance.isFinite {
        .nonFinite
      } else {
        nil
      }
    statuses = cells.map { $0 == .ok ? bar ?? .ok : $0 }
    let judged = bar == nil ? usable : []
    let limits = Self.limits(
      judged.map { people[$0] }, shape, multiplier, levels, adjustment.method, estimates, threads)

    let nothing = [Double](repeating: .nan, count: events.count)
    var (sizes, values, scores) = (nothing, nothing, nothing)
    var lower = [[Double]](repeating: nothing, count: levels.count)
    var upper = lower
    var sides = [FunnelSide](repeating: .notJudged, count: events.count)
    var outside = [ConfidenceLevel?](repeating: nil, count: events.count)
    for (row, point) in judged.enumerated() {
      sizes[point] = people[point]
      values[point] = events[point] / people[point] * multiplier
      let error = estimates.allowed(errors[row], adjustment.method)
      scores[point] = places[row] == middle ? 0 : (places[row] - middle) / error
      sides[point] = .within
      for level in levels.indices {
        (lower[level][point], upper[level][point]) = limits[row][level]
        let side: FunnelSide =
          values[point] < lower[level][point] ? .low : values[point] > upper[level][point] ? .high : .within
        if side != .within, outside[point].map({ $0 < levels[level] }) ?? true {
          (sides[point], outside[point]) = (side, levels[level])
        }
      }
    }
    self.measure = measure
    self.levels = levels
    self.multiplier = multiplier
    centre = shape.centre * multiplier
    self.adjustment = adjustment
    self.scale = scale
    overdispersion = estimates
    (self.sizes, self.values, self.scores) = (sizes, values, scores)
    (self.lower, self.upper, self.sides, outsideLevels) = (lower, upper, sides, outside)
  }

  /// The limits at each size, one pair a level, in units of the multiplier.
  static func limits(
    _ sizes: [Double], _ shape: FunnelShape, _ multiplier: Double, _ levels: [ConfidenceLevel],
    _ method: OverdispersionAdjustment.Method, _ estimates: FunnelOverdispersion, _ threads: Int?
  ) -> [[(lower: Double, upper: Double)]] {
    let width = 256
    let chunks = (sizes.count + width - 1) / width
    return parallelMap(chunks: chunks, threads: threads) { chunk in
      sizes[(chunk * width)..<min(sizes.count, (chunk + 1) * width)].map { size in
        levels.map { level in
          let (lower, upper) = shape.limits(at: size, level, method, estimates)
          return (lower * multiplier, upper * multiplier)
        }
      }
    }.flatMap(\.self)
  }
}

/// The centre of a funnel and how its limits open.
struct FunnelShape {
  let measure: FunnelMeasure
  let centre: Double
  let scale: FunnelScale

  func limits(
    at size: Double, _ level: ConfidenceLevel, _ method: OverdispersionAdjustment.Method,
    _ estimates: FunnelOverdispersion
  ) -> (lower: Double, upper: Double) {
    let isProportion = measure == .proportion
    if method != .none {
      let naive = scale.standardError(centre: centre, size: size, isProportion: isProportion)
      let distance = level.criticalValue * estimates.allowed(naive, method)
      let middle = scale.value(centre)
      return (
        min(centre, scale.figure(middle - distance, isProportion: isProportion)),
        max(centre, scale.figure(middle + distance, isProportion: isProportion))
      )
    }
    if isProportion {
      let distance = level.criticalValue * (centre * (1 - centre) / size).squareRoot()
      return (max(0, centre - distance), min(1, centre + distance))
    }
    let counts = PoissonTouch(expected: centre * size, level: level)
    return (counts.fewest / size, counts.most / size)
  }
}

/// The counts whose exact Poisson interval just touches what is expected: (fewest, most) such that the upper limit of
/// the fewest and the lower limit of the most are `expected`.
private struct PoissonTouch {
  let fewest: Double
  let most: Double

  init(expected: Double, level: ConfidenceLevel) {
    let (tail, z) = (level.tail, level.criticalValue)
    let root = expected.squareRoot()
    let shift = (z * z - 1) / 6
    let (low, high) = (expected - z * root + shift - 0.5, expected + z * root + shift + 0.5)
    // From here on what these leave out, of the order of 1/√E, is below the last bit, and the gamma functions get slow.
    guard expected < 1e13 else {
      (fewest, most) = (low, high)
      return
    }
    // Upper limit of a count c: P(X ≤ c) = α/2, continued as Q(c + 1, E). No event has the limit −ln(α/2).
    fewest =
      Gamma(shape: 1).upperTail(expected) >= tail
      ? 0
      : increasingRoot(near: low, step: root) {
        Normal.standard.quantile(Gamma(shape: $0 + 1).upperTail(expected)) + z
      }
    // Lower limit of a count c: P(X ≥ c) = α/2, continued as P(c, E).
    most = increasingRoot(near: high, step: root) {
      -z - Normal.standard.quantile(Gamma(shape: $0).cumulative(expected))
    }
  }
}

/// The positive root of an increasing function: secant steps, kept in a bracket that they narrow.
private func increasingRoot(near guess: Double, step: Double, _ f: (Double) -> Double) -> Double {
  var (low, high) = (0.0, Double.infinity)
  var x = guess > 0 ? guess : step / 2
  var slope = 1 / step
  var previous: (x: Double, f: Double)?
  // A secant needs some six steps; bisection, should it ever take over, no more than these.
  for _ in 0..<200 {
    let value = f(x)
    if value == 0 { return x }
    if value > 0 { high = x } else { low = x }
    if let previous, value.isFinite, previous.f.isFinite, value != previous.f {
      slope = (value - previous.f) / (x - previous.x)
    }
    previous = (x, value)
    var next = x - value / slope
    if !(next > low && next < high) { next = high.isFinite ? (low + high) / 2 : 2 * x }
    if abs(next - x) <= 4e-16 * next || next == low || next == high { return next }
    x = next
  }
  return x
}
