/// Which way an indicator is good.
///
/// The raw values are the words that tables, files and the command line use.
public enum Polarity: String, Sendable, Hashable, CaseIterable, Codable {
  /// A low figure is good: mortality, smoking.
  case lowIsGood
  /// A high figure is good: life expectancy, screening.
  case highIsGood
  /// Neither way is good: population density, the share of people aged 65 and over.
  case none

  /// Whether a figure on the high side is good; nil where neither way is.
  ///
  /// - Complexity: O(1).
  public func isGood(high: Bool) -> Bool? {
    switch self {
    case .lowIsGood: !high
    case .highIsGood: high
    case .none: nil
    }
  }
}
