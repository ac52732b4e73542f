import Probability

/// What small numbers have to be kept back, and how the others are released.
///
/// ```swift
/// var rule = DisclosureRule(suppressedCounts: 1...4)
/// rule.roundingBase = 5
/// ```
public struct DisclosureRule: Sendable, Hashable {
  /// The counts that are suppressed: 1...2, or 0...9. `nil` suppresses none for its count. Counts that are not whole
  /// are suppressed where they lie strictly between the whole numbers around the range: 2.5 with 1...2.
  public var suppressedCounts: ClosedRange<Int>?
  /// What released counts are rounded to the nearest multiple of, halves upwards; 1 leaves them as they are.
  public var roundingBase: Int
  /// The denominator below which a figure is suppressed; 0 suppresses none.
  public var smallestDenominator: Double
  /// The width of an interval relative to its figure above which the figure is suppressed: 1.6 is 160%. Infinite
  /// suppresses none.
  public var widestRelativeInterval: Double
  /// Whether further cells are suppressed so that totals do not give the others away.
  public var protectsAgainstTotals: Bool
  /// How far apart the smallest and the largest count must at least be that an intruder has to reckon with in a
  /// suppressed cell: 1 forbids only that a count is known exactly. Where a rule allows fewer, as 1...2 does, all that
  /// it allows is asked for.
  public var narrowestRange: Int

  /// A rule that suppresses counts of a range, and further cells to protect them.
  ///
  /// - Parameters:
  ///   - suppressedCounts: from 0 up; `nil` for none.
  ///   - roundingBase: at least 1.
  ///   - smallestDenominator: at least 0.
  ///   - widestRelativeInterval: above 0.
  ///   - protectsAgainstTotals: whether further cells are suppressed.
  ///   - narrowestRange: at least 1.
  /// - Complexity: O(1).
  public init(
    suppressedCounts: ClosedRange<Int>?, roundingBase: Int = 1, smallestDenominator: Double = 0,
    widestRelativeInterval: Double = .infinity, protectsAgainstTotals: Bool = true, narrowestRange: Int = 1
  ) {
    precondition(suppressedCounts.map { $0.lowerBound >= 0 } ?? true, "counts of at least 0")
    precondition(roundingBase >= 1 && narrowestRange >= 1, "a base and a range of at least 1")
    self.suppressedCounts = suppressedCounts
    self.roundingBase = roundingBase
    self.smallestDenominator = smallestDenominator
    self.widestRelativeInterval = widestRelativeInterval
    self.protectsAgainstTotals = protectsAgainstTotals
    self.narrowestRange = narrowestRange
  }

  /// Whether a count by itself is too small.
  ///
  /// - Complexity: O(1).
  public func suppresses(count: Double) -> Bool {
    guard let range = suppressedCounts else { return false }
    return count > Double(range.lowerBound) - 1 && count < Double(range.upperBound) + 1
      && (count > 0 || range.lowerBound == 0)
  }

  /// Whether a figure is suppressed for its count, its denominator or the width of its interval.
  ///
  /// - Parameters:
  ///   - count: the events.
  ///   - denominator: the people, or NaN where there is none.
  ///   - relativeWidth: (upper − lower)/value of the figure's 95% interval, or NaN where there is none.
  /// - Complexity: O(1).
  public func suppresses(count: Double, denominator: Double, relativeWidth: Double) -> Bool {
    suppresses(count: count) || denominator < smallestDenominator || relativeWidth > widestRelativeInterval
  }

  /// A count as it is released: rounded to the nearest multiple of the base, halves upwards.
  ///
  /// - Complexity: O(1).
  public func released(_ count: Double) -> Double {
    guard roundingBase > 1 else { return count }
    let base = Double(roundingBase)
    return (count / base + 0.5).rounded(.down) * base
  }
}
