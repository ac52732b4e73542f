import Probability

/// A figure without its limits, as it is compared.
struct ComparedFigure {
  /// NaN where it is missing or barred.
  let value: Double
  let numerator: Double
  let denominator: Double
  let method: IntervalMethod
}

/// One benchmark with everything that does not depend on the figure.
struct ComparisonRule: Sendable {
  let benchmark: Benchmark
  let method: ComparisonMethod
  let polarity: Polarity
  let levels: [ConfidenceLevel]
  /// The benchmark's own limits at ``levels``; nil where it has none.
  private let limits: [ConfidenceInterval?]

  init(_ benchmark: Benchmark, method: ComparisonMethod, polarity: Polarity, levels: [ConfidenceLevel]) {
    precondition(!levels.isEmpty, "at least one level")
    precondition(method != .target, "targets are compared by ComparisonTarget")
    if case .controlLimitsOfProportion(let multiplier) = method { precondition(multiplier > 0, "a multiplier above 0") }
    if case .controlLimitsOfRate(let multiplier) = method { precondition(multiplier > 0, "a multiplier above 0") }
    self.benchmark = benchmark
    self.method = method
    self.polarity = polarity
    self.levels = levels
    limits = levels.map { benchmark.figure.interval(at: $0) }
  }

  /// The comparison of one figure; `limitsAt` gives its limits at the level with that index, nil where it has none.
  @inline(__always)
  func comparison(
    of figure: ComparedFigure, area: String?, pValueWanted: Bool = true,
    limitsAt: (Int) -> (lower: Double, upper: Double)?
  ) -> Comparison {
    let containment = benchmark.containment(of: area)
    func refused(_ obstacle: ComparisonObstacle) -> Comparison {
      Comparison(
        outcome: .notCompared, level: nil, pValue: .nan, strictness: .nan, method: method, containment: containment,
        obstacle: obstacle)
    }
    if containment == .itself { return refused(.sameArea) }
    guard figure.value.isFinite else { return refused(.noFigure) }
    let centre = benchmark.figure.status == .ok ? benchmark.figure.value : .nan
    guard centre.isFinite else { return refused(.noBenchmark) }
    let isHigher = figure.value > centre
    var differing: ConfidenceLevel?
    var firstGap: ComparisonGap?
    let expectation = usesDenominator ? BenchmarkExpectation(figure, around: centre, by: method) : nil
    if let obstacle = expectation?.obstacle { return refused(obstacle) }
    for (index, level) in levels.enumerated() {
      let isDifferent: Bool
      if let expectation {
        isDifferent = expectation.isOutside(at: level)
      } else {
        guard let own = limitsAt(index), !own.lower.isNaN, !own.upper.isNaN else { return refused(.noInterval) }
        guard own.lower <= figure.value, figure.value <= own.upper else { return refused(.outsideOwnInterval) }
        let theirs = usesTheirInterval ? limits[index] : nil
        if usesTheirInterval, !(theirs?.contains(centre) ?? false) { return refused(.noBenchmarkInterval) }
        let gap = ComparisonGap(figure: figure.value, limits: own, benchmark: centre, theirs: theirs, level: level)
        isDifferent =
          method == .difference
          ? gap.isDifference : own.lower > theirs?.upper ?? centre || own.upper < theirs?.lower ?? centre
        if index == 0 { firstGap = gap }
      }
      if isDifferent, differing.map({ $0 < level }) ?? true { differing = level }
    }
    return Comparison(
      outcome: differing == nil ? .similar : ComparisonClass(isHigher: isHigher, polarity: polarity),
      level: differing, pValue: pValueWanted ? pValue(of: figure, centre, firstGap) : .nan,
      strictness: method == .intervalAgainstInterval ? firstGap?.strictness ?? .nan : 1, method: method,
      containment: containment, obstacle: nil)
  }

  private var usesTheirInterval: Bool { method == .intervalAgainstInterval || method == .difference }

  private var usesDenominator: Bool {
    switch method {
    case .controlLimitsOfProportion, .controlLimitsOfRate: true
    case .intervalAgainstValue, .intervalAgainstInterval, .difference, .target: false
    }
  }

  /// The two-sided p-value: of the counts where the figure is one of them, else what the facing limits say.
  private func pValue(of figure: ComparedFigure, _ centre: Double, _ gap: ComparisonGap?) -> Double {
    switch method {
    case .intervalAgainstInterval, .difference:
      return gap?.pValueOfDifference ?? .nan
    case .controlLimitsOfProportion(let multiplier):
      return scorePValue(
        events: figure.value / multiplier * figure.denominator, trials: figure.denominator,
        probability: centre / multiplier)
    case .controlLimitsOfRate(let multiplier):
      return poissonPValue(
        count: figure.value / multiplier * figure.denominator, expected: centre / multiplier * figure.denominator)
    case .intervalAgainstValue, .target:
      // What a figure is stated per follows from it and its counts; without events it does not.
      let multiplier = figure.value * figure.denominator / figure.numerator
      if figure.numerator > 0, multiplier.isFinite {
        if figure.method == .wilson {
          return scorePValue(events: figure.numerator, trials: figure.denominator, probability: centre / multiplier)
        }
        if figure.method == .byar || figure.method == .exact {
          return poissonPValue(count: figure.numerator, expected: centre / multiplier * figure.denominator)
        }
      }
      return gap?.pValueAgainstValue ?? .nan
    }
  }
}

/// What the benchmark lets expect of an area of so many people.
struct BenchmarkExpectation {
  /// Why nothing can be expected; nil where it can.
  let obstacle: ComparisonObstacle?
  private let value: Double
  private let centre: Double
  private let people: Double
  private let method: ComparisonMethod
  /// For rates: the chance of a count at least as far out where the exact limits of E are drawn, from one gamma function for
  /// all levels; the limits themselves would take two quantiles a level.
  private let tail: Double

  init(_ figure: ComparedFigure, around centre: Double, by method: ComparisonMethod) {
    value = figure.value
    self.centre = centre
    people = figure.denominator
    self.method = method
    guard people > 0, people.isFinite else {
      (obstacle, tail) = (.noDenominator, .nan)
      return
    }
    switch method {
    case .controlLimitsOfRate(let multiplier):
      let expected = centre / multiplier * people
      let count = max(value / multiplier * people, 0)
      obstacle = expected >= 0 && expected.isFinite ? nil : .benchmarkOutOfRange
      if obstacle != nil || value == centre {
        tail = 1
      } else if value > centre {
        tail = Gamma(shape: expected + 1).upperTail(count)
      } else {
        tail = Gamma(shape: expected).cumulative(count)
      }
    case .controlLimitsOfProportion(let multiplier):
      obstacle = centre >= 0 && centre <= multiplier ? nil : .benchmarkOutOfRange
      tail = .nan
    case .intervalAgainstValue, .intervalAgainstInterval, .difference, .target:
      (obstacle, tail) = (nil, .nan)
    }
  }

  /// Whether the figure lies outside the control limits at a level.
  func isOutside(at level: ConfidenceLevel) -> Bool {
    guard case .controlLimitsOfProportion(let multiplier) = method else { return tail < level.tail }
    let limits = controlLimits(aroundProportion: centre, among: people, per: multiplier, at: level)
    return value > limits.upper || value < limits.lower
  }
}

/// The distance between a figure and its benchmark, measured by the halves of their intervals that face each other.
struct ComparisonGap {
  private let distance: Double
  private let ownHalf: Double
  private let theirHalf: Double
  private let criticalValue: Double

  init(
    figure: Double, limits: (lower: Double, upper: Double), benchmark: Double, theirs: ConfidenceInterval?,
    level: ConfidenceLevel
  ) {
    distance = abs(figure - benchmark)
    let isHigher = figure > benchmark
    ownHalf = isHigher ? figure - limits.lower : limits.upper - figure
    theirHalf = theirs.map { isHigher ? $0.upper - benchmark : benchmark - $0.lower } ?? 0
    criticalValue = level.criticalValue
  }

  /// Whether the difference lies outside its own interval, of half √(w₁² + w₂²).
  var isDifference: Bool { distance * distance > ownHalf * ownHalf + theirHalf * theirHalf }

  /// 2Φ(−z·distance/half): below 1 − c exactly where the benchmark lies outside the limit at level c.
  var pValueAgainstValue: Double { Self.twoSided(criticalValue * distance, over: ownHalf) }

  /// 2Φ(−z·distance/√(w₁² + w₂²)): the difference of two figures with recovered variances (Zou and Donner, 2008).
  var pValueOfDifference: Double {
    Self.twoSided(criticalValue * distance, over: (ownHalf * ownHalf + theirHalf * theirHalf).squareRoot())
  }

  /// (w₁ + w₂)/√(w₁² + w₂²).
  var strictness: Double {
    let square = ownHalf * ownHalf + theirHalf * theirHalf
    return square > 0 ? (ownHalf + theirHalf) / square.squareRoot() : 1
  }

  private static func twoSided(_ distance: Double, over half: Double) -> Double {
    if distance == 0 { return 1 }
    return half >= 0 ? 2 * Normal.standard.upperTail(distance / half) : .nan
  }
}
