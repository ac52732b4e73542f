import Probability

/// A statistical process control chart of one series in time: centre line, limits at three sigma and the signals of
/// special causes.
///
/// Row i of every column belongs to point i. A point that is missing or cannot be plotted has its status, NaN for its
/// value, no signal, and is passed over: the points before and after it are neighbours for every rule, so that a gap
/// neither makes a signal nor hides one. Nothing is calculated across a rebasing.
///
/// ```swift
/// let chart = ControlChart.individuals(waits, polarity: .lowIsGood, rebasing: [24], target: 95)
/// chart.variations.last    // .improvement
/// chart.assurance          // .passing
/// ```
public struct ControlChart: Sendable, Hashable {
  /// What the points are, and so how the limits follow.
  public let kind: ControlChartKind
  /// The points as plotted; NaN where the status bars them.
  public internal(set) var values: [Double]
  /// The centre line at every point; NaN where its segment has too few points.
  public internal(set) var centres: [Double]
  /// The lower limit at three sigma.
  public internal(set) var lower: [Double]
  /// The upper limit at three sigma.
  public internal(set) var upper: [Double]
  /// The line two sigma below the centre.
  public internal(set) var lowerTwoSigma: [Double]
  /// The line two sigma above the centre.
  public internal(set) var upperTwoSigma: [Double]
  /// The rules that each point is part of.
  public internal(set) var signals: [ControlSignals]
  /// What the signals of each point mean.
  public internal(set) var variations: [ControlVariation]
  /// Why a point is not plotted or not judged, or that it is.
  public internal(set) var statuses: [ResultStatus]
  /// The stretches between rebasings, each with limits of its own.
  public internal(set) var segments: [ControlSegment]
  /// Whether the process as it runs now will meet the target: the limits of the last point that has any against it.
  /// `nil` without a target, without a polarity or without limits.
  public internal(set) var assurance: ControlAssurance?

  /// The number of points below which limits are provisional: NHS England's Making Data Count tool draws limits from
  /// 13 points on, and the R package NHSRplotthedots warns below 13.
  public static let pointsForFirmLimits = 13
}

/// What a control chart plots. The raw values are the words that commands and files use.
public enum ControlChartKind: String, Sendable, Hashable, CaseIterable {
  /// Individual values; limits from the average moving range (XmR).
  case individuals = "xmr"
  /// Proportions of varying numbers of people.
  case proportions = "p"
  /// Events per unit of exposure.
  case rates = "u"
  /// Events in equal exposures.
  case counts = "c"
  /// Cases, or days, between rare events.
  case gaps = "g"
}

/// A stretch of a control chart between two rebasings.
public struct ControlSegment: Sendable, Hashable {
  /// The points of the stretch, missing ones included.
  public let points: Range<Int>
  /// How many of them are plotted.
  public let observed: Int
  /// The centre line; NaN where there are too few points.
  public let centre: Double
  /// The average moving range that the limits rest on, after screening; NaN for charts other than XmR.
  public let averageMovingRange: Double
  /// How many moving ranges were screened out; 0 for charts other than XmR.
  public let screenedRanges: Int

  /// Whether there are limits, but from fewer than ``ControlChart/pointsForFirmLimits`` points.
  public var isProvisional: Bool { !centre.isNaN && observed < ControlChart.pointsForFirmLimits }
}

/// What the signals of a point mean. The raw values are the words that tables and files show.
public enum ControlVariation: String, Sendable, Hashable, CaseIterable {
  /// Nothing but common cause variation.
  case commonCause = "common_cause"
  /// A special cause on the good side.
  case improvement
  /// A special cause on the bad side.
  case concern
  /// A special cause upwards where neither side is good.
  case neutralHigh = "neutral_high"
  /// A special cause downwards where neither side is good.
  case neutralLow = "neutral_low"
  /// The point is missing or has no limits.
  case notJudged = "not_judged"
}

/// Whether a process in control meets its target. The raw values are the words that tables and files show.
public enum ControlAssurance: String, Sendable, Hashable, CaseIterable {
  /// The target lies outside the limits on the side that the process always beats.
  case passing = "pass"
  /// The target lies outside the limits on the side that the process never reaches.
  case failing = "fail"
  /// The target lies between the limits or on one: met or missed by chance.
  case hitAndMiss = "hit_and_miss"

  /// The target against the limits of a process.
  ///
  /// - Returns: `nil` where neither side is good or a number is not finite.
  /// - Complexity: O(1).
  public init?(target: Double, lower: Double, upper: Double, polarity: Polarity) {
    guard let highIsGood = polarity.isGood(high: true), target.isFinite, lower.isFinite, upper.isFinite else {
      return nil
    }
    self = lower <= target && target <= upper ? .hitAndMiss : (target < lower) == highIsGood ? .passing : .failing
  }
}
