import Indicators
import Probability

/// The points of several funnels in the order of the file.
struct IndicatorFunnelPoints {
  private(set) var statuses: [ResultStatus]
  /// What the points are drawn over.
  private(set) var sizes: [Double]
  /// What being high or low means by the polarity.
  private(set) var judgements: [String]
  private let levels: [ConfidenceLevel]
  private var values: [Double]
  private var centres: [Double]
  private var scores: [Double]
  private var outside: [Double]
  private var lower: [[Double]]
  private var upper: [[Double]]
  private var sides: [String]
  private var methods: [String]

  init(count: Int, levels: [ConfidenceLevel]) {
    let blank = [Double](repeating: .nan, count: count)
    self.levels = levels
    statuses = Array(repeating: .ok, count: count)
    (values, centres, scores, outside, sizes) = (blank, blank, blank, blank, blank)
    lower = Array(repeating: blank, count: levels.count)
    upper = lower
    sides = Array(repeating: "", count: count)
    (methods, judgements) = (sides, sides)
  }

  /// Puts the points of a funnel into their rows.
  mutating func place(_ funnel: Funnel, at rows: [Int], _ polarity: Polarity) {
    let method =
      switch funnel.adjustment.method {
      case .none: funnel.measure == .proportion ? "score" : "exact Poisson"
      case .additive: "additive"
      case .multiplicative: "multiplicative"
      }
    for (point, row) in rows.enumerated() {
      let isJudged = funnel.statuses[point] == .ok
      statuses[row] = funnel.statuses[point]
      values[row] = funnel.values[point]
      sizes[row] = funnel.sizes[point]
      centres[row] = isJudged ? funnel.centre : .nan
      scores[row] = funnel.scores[point]
      outside[row] = funnel.outsideLevels[point].map { ($0.probability * 1e10).rounded() / 1e8 } ?? .nan
      for level in levels.indices {
        lower[level][row] = funnel.lower[level][point]
        upper[level][row] = funnel.upper[level][point]
      }
      sides[row] = funnel.sides[point].rawValue
      methods[row] = isJudged ? method : ""
      judgements[row] = Self.judgement(funnel.sides[point], polarity)
    }
  }

  /// Gives points that are kept back the status that says so.
  mutating func suppress(_ releases: [ResultStatus]) {
    for (row, status) in releases.enumerated() where status != .ok { statuses[row] = status }
  }

  /// Adds the columns of the points.
  func fill(_ result: inout IndicatorResult, numerators: [Double], denominators: [Double]) {
    result.add("value", "Value", values, .figure)
    result.addLimits(levels, lower: lower, upper: upper)
    result.add("numerator", "Numerator", numerators, .count)
    result.add("denominator", "Denominator", denominators, .count)
    result.add("method", "Method", methods, .hidden)
    result.add("centre", "Centre", centres, .hidden)
    result.add("side", "Side", sides)
    result.add("outside", "Outside", outside)
    result.add("score", "Score", scores)
  }

  private static func judgement(_ side: FunnelSide, _ polarity: Polarity) -> String {
    switch side {
    case .within: "similar"
    case .notJudged: ""
    case .low, .high: polarity.isGood(high: side == .high).map { $0 ? "better" : "worse" } ?? ""
    }
  }
}
