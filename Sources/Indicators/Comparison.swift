import Probability

/// One figure set against one benchmark.
public struct Comparison: Sendable, Hashable {
  /// The side on which the figure lies.
  public let outcome: ComparisonClass
  /// The highest level at which it lies there; nil where it is similar or not compared. With 95% and 99.8% together it makes
  /// the five classes: better at 99.8%, better at 95%, similar, worse at 95%, worse at 99.8%.
  public let level: ConfidenceLevel?
  /// The two-sided p-value of no difference; NaN where there is none.
  ///
  /// A proportion's is that of the score test, a count's, a rate's and a ratio's that of the exact Poisson test, any other
  /// figure's follows from the half of its interval that faces the benchmark, and that of two intervals from both facing
  /// halves. Against a value it says what the interval says; control limits are another test, and differ from it near their
  /// edges.
  public let pValue: Double
  /// How much further than its level says the figure must lie to differ: 1, and for interval against interval
  /// (w₁ + w₂)/√(w₁² + w₂²), w the half of either interval that faces the other, √2 where they are equal.
  public let strictness: Double
  /// How the two were set against each other.
  public let method: ComparisonMethod
  /// Whether the area is part of its benchmark.
  public let containment: Containment
  /// Why no comparison was made; nil where one was.
  public let obstacle: ComparisonObstacle?

  /// The class with its level: "better (99.8%)", "similar".
  ///
  /// - Complexity: O(1).
  public var label: String {
    guard let level else { return outcome.rawValue }
    // Tenths of a percent are enough for 95% and 99.8%; no formatter of Foundation is at hand.
    let tenths = Int((level.probability * 1000).rounded())
    let percent = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return "\(outcome.rawValue) (\(percent)%)"
  }
}

extension Statistic {
  /// This figure against a benchmark.
  ///
  /// ```swift
  /// let smoking = proportion(of: 2_000, having: 300, per: 100)
  /// let england = Benchmark("England", kind: .country, value: 12.7, membership: .everyArea)
  /// smoking.compared(to: england, polarity: .lowIsGood).outcome       // worse
  /// ```
  ///
  /// Touching counts as similar: a limit that equals the benchmark does not differ from it.
  ///
  /// - Parameters:
  ///   - benchmark: what it is compared with.
  ///   - area: the code of this figure's area; an area is never compared with itself.
  ///   - method: how the two are set against each other.
  ///   - polarity: which way the indicator is good.
  ///   - levels: the levels of the comparison: one for three classes, two for five.
  /// - Complexity: O(the number of levels).
  public func compared(
    to benchmark: Benchmark, area: String? = nil, by method: ComparisonMethod = .intervalAgainstValue,
    polarity: Polarity, at levels: [ConfidenceLevel] = [.percent95]
  ) -> Comparison {
    let rule = ComparisonRule(benchmark, method: method, polarity: polarity, levels: levels)
    let places = levels.map { level in intervals.firstIndex { $0.level == level } }
    let row = ComparedFigure(
      value: status == .ok ? value : .nan, numerator: numerator, denominator: denominator, method: self.method)
    return rule.comparison(of: row, area: area) { level in
      places[level].map { (intervals[$0].lower, intervals[$0].upper) }
    }
  }

  /// This figure's value against a target.
  ///
  /// - Complexity: O(1).
  public func compared(to target: ComparisonTarget, polarity: Polarity) -> Comparison {
    let hasFigure = status == .ok && value.isFinite
    return Comparison(
      outcome: hasFigure ? target.outcome(of: value, polarity: polarity) : .notCompared, level: nil, pValue: .nan,
      strictness: .nan, method: .target, containment: .outside, obstacle: hasFigure ? nil : .noFigure)
  }
}
