import Probability

/// Where a figure is going, from its last five points.
public enum TrendDirection: String, Sendable, Hashable, CaseIterable, Codable {
  /// A rise that is neither chance nor one point's doing.
  case increasing = "Increasing"
  /// A fall that is neither chance nor one point's doing.
  case decreasing = "Decreasing"
  /// Nothing beyond chance, or nothing that stands without one of the points.
  case noSignificantChange = "No significant change"
  /// The points do not allow a calculation.
  case cannotBeCalculated = "Cannot be calculated"
}

/// What a trend means for an indicator's polarity.
public enum TrendJudgement: String, Sendable, Hashable, CaseIterable, Codable {
  /// The trend goes the good way.
  case gettingBetter = "getting better"
  /// The trend goes the bad way.
  case gettingWorse = "getting worse"
  /// No trend, or an indicator without a good way.
  case none
}

/// Why a recent trend cannot be calculated.
public enum TrendObstacle: String, Sendable, Hashable, CaseIterable, Codable {
  /// Fewer than five points.
  case notEnoughPoints = "not enough data points"
  /// A period stands twice.
  case repeatedPeriod = "repeated period"
  /// A period is missing or not finite.
  case missingPeriod = "missing period"
  /// One of the last five points has no figure.
  case missingValue = "missing value"
  /// One of the last five points has no limits.
  case missingInterval = "missing interval"
  /// The limits of one of the last five points have no width, or are in the wrong order.
  case intervalWithoutWidth = "interval without width"
  /// A figure, a limit, a count or a denominator among the last five points is infinite.
  case infiniteValue = "infinite value"
  /// A count or a denominator is below 0.
  case negativeCount = "negative count"
  /// A denominator is 0.
  case zeroDenominator = "zero denominator"
  /// A count is above its denominator.
  case countAboveDenominator = "count above denominator"
  /// A count equals its denominator, which the official service does not calculate with.
  case countEqualsDenominator = "count equals denominator"
}

/// The time of the points that a trend runs along.
public enum TrendTime: String, Sendable, Hashable, CaseIterable {
  /// 1…5, whatever the periods are: the official method. A gap between years counts as one step.
  case index
  /// The periods themselves. Across a gap the two differ.
  case years
}

/// The recent trend of Fingertips: whether the last five points of an area rise or fall.
///
/// A trend is told when χ² with one degree of freedom is above 9.54953570608324, its 99.8% point, and the slopes that each of
/// the five points leaves behind when it is left out all have one sign. A slope of exactly 0 has none.
///
/// Source: Office for Health Improvement and Disparities, Fingertips technical guidance (recent trends), as in
/// PHEindicatormethods 2.1 and in the service itself.
public struct RecentTrend: Sendable, Hashable {
  /// Where the figure is going.
  public let direction: TrendDirection
  /// Why the trend cannot be calculated; nil where it can.
  public let obstacle: TrendObstacle?
  /// χ² with one degree of freedom; NaN where the trend cannot be calculated.
  public let chiSquared: Double
  /// The slope through all five points, per unit of time: of the logit of a proportion, of any other figure itself. NaN for a
  /// proportion with a count of 0 among its points, whose logit is infinite.
  public let slope: Double
  /// Whether periods are missing among the five: their steps are not all equal.
  public let hasGap: Bool

  /// The bar that χ² has to pass: its 99.8% point with one degree of freedom, as the official service writes it.
  public static let criticalChiSquared = 9.54953570608324
  /// How many points a trend runs through.
  public static let pointCount = 5

  /// The status of the result: `ok`, or what stands in the way.
  ///
  /// - Complexity: O(1).
  public var status: ResultStatus {
    switch obstacle {
    case nil: .ok
    case .notEnoughPoints: .notEnoughPoints
    case .repeatedPeriod: .bandsDuplicate
    case .missingPeriod, .missingInterval, .intervalWithoutWidth, .infiniteValue, .countEqualsDenominator: .nonFinite
    case .missingValue: .missingNumerator
    case .negativeCount: .negative
    case .zeroDenominator: .zeroDenominator
    case .countAboveDenominator: .numeratorExceedsDenominator
    }
  }

  /// Whether the trend goes the good or the bad way of an indicator.
  ///
  /// - Complexity: O(1).
  public func judgement(_ polarity: Polarity) -> TrendJudgement {
    guard direction == .increasing || direction == .decreasing else { return .none }
    switch polarity.isGood(high: direction == .increasing) {
    case nil: return .none
    case true?: return .gettingBetter
    case false?: return .gettingWorse
    }
  }

  /// The words of a table: "Increasing and getting worse", "No significant change".
  ///
  /// - Complexity: O(1).
  public func label(_ polarity: Polarity) -> String {
    let judgement = judgement(polarity)
    return judgement == .none ? direction.rawValue : "\(direction.rawValue) and \(judgement.rawValue)"
  }
}
