/// The rules of special cause variation that a point is part of, each with its direction.
public struct ControlSignals: OptionSet, Sendable, Hashable {
  /// The bits of the set.
  public let rawValue: UInt8

  /// A set from its bits.
  ///
  /// - Complexity: O(1).
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Above the upper limit.
  public static let aboveLimit = ControlSignals(rawValue: 1)
  /// Below the lower limit.
  public static let belowLimit = ControlSignals(rawValue: 2)
  /// In a trend upwards.
  public static let trendUp = ControlSignals(rawValue: 4)
  /// In a trend downwards.
  public static let trendDown = ControlSignals(rawValue: 8)
  /// One of two of three points beyond two sigma, above.
  public static let twoOfThreeHigh = ControlSignals(rawValue: 16)
  /// One of two of three points beyond two sigma, below.
  public static let twoOfThreeLow = ControlSignals(rawValue: 32)
  /// In a shift above the centre.
  public static let shiftHigh = ControlSignals(rawValue: 64)
  /// In a shift below the centre.
  public static let shiftLow = ControlSignals(rawValue: 128)

  /// The signals in the order of their weight, with the words that tables and files show and with their direction.
  static let weighed: [(signal: ControlSignals, name: String, isHigh: Bool)] = [
    (.aboveLimit, "above_limit", true), (.belowLimit, "below_limit", false),
    (.trendUp, "trend_up", true), (.trendDown, "trend_down", false),
    (.twoOfThreeHigh, "two_of_three_high", true), (.twoOfThreeLow, "two_of_three_low", false),
    (.shiftHigh, "shift_high", true), (.shiftLow, "shift_low", false),
  ]

  /// The names of the rules, heaviest first: `above_limit`, `trend_down`, `two_of_three_low`, `shift_high` and so on.
  ///
  /// - Complexity: O(1).
  public var names: [String] { Self.weighed.filter { contains($0.signal) }.map(\.name) }

  /// Whether the heaviest signal points upwards; `nil` without a signal.
  ///
  /// A point may be part of rules in both directions: a rise that begins below the centre is a shift down and a trend
  /// up. The heaviest decides: outside the limits, then trend, then two of three, then shift, the order that the R
  /// package NHSRplotthedots uses since 2023. A trend counts by where it goes, not by the side of the centre it is on.
  ///
  /// - Complexity: O(1).
  public var pointsUp: Bool? { Self.weighed.first { contains($0.signal) }?.isHigh }

  /// What the signals mean where one side is good.
  ///
  /// - Complexity: O(1).
  public func variation(_ polarity: Polarity) -> ControlVariation {
    guard let up = pointsUp else { return .commonCause }
    guard let isGood = polarity.isGood(high: up) else { return up ? .neutralHigh : .neutralLow }
    return isGood ? .improvement : .concern
  }
}
