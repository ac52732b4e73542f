/// How sure an interval is meant to be: 0.95 says that 95 of 100 such intervals contain the truth.
///
/// Official comparisons are made at 95% and, for control limits and funnels, at 99.8%, which puts 1 area in 500 outside
/// each side by chance. The critical value is z = Φ⁻¹(1 − (1 − c)/2), never rounded to 1.96 or 3.
public struct ConfidenceLevel: Sendable, Hashable, Comparable {
  /// The level as a probability, from 0.9 up to, but not with, 1.
  public let probability: Double
  /// z, in standard errors: 1.959963984540054 at 95%.
  public let criticalValue: Double

  /// A level from 0.9 up to, but not with, 1.
  ///
  /// - Throws: ``ConfidenceLevelError`` for any other number: 95 in place of 0.95 too.
  /// - Complexity: O(1).
  public init(_ probability: Double) throws(ConfidenceLevelError) {
    guard probability >= 0.9, probability < 1 else { throw ConfidenceLevelError(probability: probability) }
    self.init(unchecked: probability)
  }

  private init(unchecked probability: Double) {
    self.probability = probability
    criticalValue = Normal.twoSidedQuantile(confidence: probability)
  }

  /// 95%, the level of nearly every official figure.
  public static let percent95 = ConfidenceLevel(unchecked: 0.95)
  /// 99.8%, the outer level of official control charts and funnels.
  public static let percent99_8 = ConfidenceLevel(unchecked: 0.998)

  /// 95% and 99.8%: the two levels of official figures, which are worked out together unless others are asked for.
  public static let official: [ConfidenceLevel] = [.percent95, .percent99_8]

  /// α/2: the probability left outside on each side.
  public var tail: Double { (1 - probability) / 2 }

  /// Whether one level is below another.
  ///
  /// - Complexity: O(1).
  public static func < (one: ConfidenceLevel, other: ConfidenceLevel) -> Bool { one.probability < other.probability }
}

/// A confidence level outside 0.9 up to, but not with, 1.
public struct ConfidenceLevelError: Error, Hashable, CustomStringConvertible {
  /// The number that was given.
  public let probability: Double

  /// The number and what was expected.
  public var description: String {
    let meant = probability >= 90 && probability < 100 ? "; did you mean \(probability / 100)?" : ""
    return "a confidence level of \(probability); expected at least 0.9 and below 1, such as 0.95\(meant)"
  }
}
