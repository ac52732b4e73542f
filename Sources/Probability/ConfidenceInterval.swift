/// The limits between which a figure lies at a level of confidence.
public struct ConfidenceInterval: Sendable, Hashable {
  /// The lower limit, in the units of the figure.
  public let lower: Double
  /// The upper limit, in the units of the figure.
  public let upper: Double
  /// How sure the interval is meant to be.
  public let level: ConfidenceLevel

  /// An interval from its limits.
  ///
  /// - Complexity: O(1).
  public init(lower: Double, upper: Double, level: ConfidenceLevel) {
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// Whether a figure lies between the limits; on a limit counts as between.
  ///
  /// - Complexity: O(1).
  public func contains(_ figure: Double) -> Bool { lower <= figure && figure <= upper }
}
