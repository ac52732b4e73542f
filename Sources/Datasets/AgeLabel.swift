/// An age group as files write it: `7`, `5-9`, `90+`.
public struct AgeLabel: Sendable, Hashable {
  /// The lowest completed age.
  public let lowerBound: Int
  /// The highest completed age; `nil` for an open group.
  public let upperBound: Int?

  /// Whether the group is open upwards.
  public var isOpen: Bool { upperBound == nil }

  /// Reads a label; `nil` for anything but `N`, `N-M` (also with an en dash) and `N+`, M at least N, ages
  /// up to 200.
  public init?(_ text: some StringProtocol) {
    if let age = Self.age(text) {
      lowerBound = age
      upperBound = age
      return
    }
    if text.last == "+" {
      guard let age = Self.age(text.dropLast()) else { return nil }
      lowerBound = age
      upperBound = nil
      return
    }
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
    guard parts.count == 2, let low = Self.age(parts[0]), let high = Self.age(parts[1]), high >= low
    else { return nil }
    lowerBound = low
    upperBound = high
  }

  private static func age(_ text: some StringProtocol) -> Int? {
    guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
      let age = Int(text), age <= 200
    else { return nil }
    return age
  }
}
