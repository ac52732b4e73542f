/// Sex as official statistics record it, in the order in which flat storage keeps it.
public enum Sex: String, CaseIterable, Sendable, Hashable, Codable {
  /// Female, index 0 of the sex axis.
  case female
  /// Male, index 1 of the sex axis.
  case male

  /// The position on the sex axis of flat storage: 0 female, 1 male.
  @inlinable public var index: Int { self == .female ? 0 : 1 }
}
