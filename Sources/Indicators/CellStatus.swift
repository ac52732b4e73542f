import Probability

// Which status a cell has when several would fit is decided by one order everywhere: what is missing, then what is no
// number to calculate with (infinite, negative), then what makes no figure (no denominator, more events than people).
// NaN stands for a missing value, as in all columns of this package.

extension ResultStatus {
  /// The order in which statuses of cells are looked for; of several cells the one that comes first here is reported.
  static let precedence: [ResultStatus] = [
    .bandsDuplicate, .bandsIncomplete, .missingNumerator, .missingDenominator, .nonFinite, .negative, .zeroDenominator,
    .numeratorExceedsDenominator,
  ]

  /// The place in ``precedence``; everything that is not there, `ok` first of all, comes after it.
  var rank: UInt8 { UInt8(Self.precedence.firstIndex(of: self) ?? Self.precedence.count) }

  /// The status of a count alone.
  static func ofCount(_ count: Double) -> ResultStatus {
    if count.isNaN { return .missingNumerator }
    if count.isInfinite { return .nonFinite }
    return count < 0 ? .negative : .ok
  }

  /// The status of events and people where a denominator of zero is not looked at yet: a part of a sum may have none.
  static func ofPart(events: Double, people: Double, limitedByPeople: Bool) -> ResultStatus {
    if events.isNaN { return .missingNumerator }
    if people.isNaN { return .missingDenominator }
    if events.isInfinite || people.isInfinite { return .nonFinite }
    if events < 0 || people < 0 { return .negative }
    return limitedByPeople && events > people ? .numeratorExceedsDenominator : .ok
  }

  /// The status of events and people.
  static func ofCell(events: Double, people: Double, limitedByPeople: Bool) -> ResultStatus {
    let status = ofPart(events: events, people: people, limitedByPeople: limitedByPeople)
    let stillOpen = status == .ok || status == .numeratorExceedsDenominator
    return stillOpen && people == 0 ? .zeroDenominator : status
  }
}
