import Probability

/// The counts of one part of an area.
public struct PartCounts: Sendable, Hashable {
  /// The events.
  public let numerator: Double
  /// The people or person-years.
  public let denominator: Double
  /// Whether the counts were derived from a figure and its interval, and were not published.
  public let isDerived: Bool
  /// Why there are no counts, or that they may be used.
  public let status: ResultStatus

  /// Published counts.
  ///
  /// - Complexity: O(1).
  public init(numerator: Double, denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
    isDerived = false
    status = ResultStatus.ofPart(events: numerator, people: denominator, limitedByPeople: false)
  }

  /// Counts that were derived.
  ///
  /// - Complexity: O(1).
  public init(_ derived: DerivedCounts) {
    numerator = derived.numerator
    denominator = derived.denominator
    isDerived = true
    status = derived.status
  }
}

/// An area that stands in no table, put together from its parts by summed counts, never by averaged rates.
///
/// ```swift
/// let westKent = AreaOfParts([sevenoaks, tonbridgeAndMalling, tunbridgeWells, maidstone])
/// let smoking = westKent.proportion(per: 100)
/// ```
///
/// A part that cannot be used bars the whole: a sum without it would be of another area.
public struct AreaOfParts: Sendable, Hashable {
  /// The events of all parts; NaN where ``status`` bars them.
  public let numerator: Double
  /// The people or person-years of all parts; NaN where ``status`` bars them.
  public let denominator: Double
  /// How many parts there are.
  public let partCount: Int
  /// How many of them have derived counts. Any at all makes the figure a derived one.
  public let derivedCount: Int
  /// `ok`; `missing_denominator` without any part; or the status that comes first of those of the parts.
  public let status: ResultStatus

  /// The sum of parts, which should neither overlap nor leave a gap.
  ///
  /// - Complexity: O(parts).
  public init(_ parts: [PartCounts]) {
    var first: ResultStatus = parts.isEmpty ? .missingDenominator : .ok
    for part in parts where part.status != .ok && (first == .ok || part.status.rank < first.rank) {
      first = part.status
    }
    status = first
    partCount = parts.count
    derivedCount = parts.count { $0.isDerived }
    numerator = first == .ok ? parts.reduce(0) { $0 + $1.numerator } : .nan
    denominator = first == .ok ? parts.reduce(0) { $0 + $1.denominator } : .nan
  }

  /// Whether the figures rest on derived counts.
  public var isDerived: Bool { derivedCount > 0 }

  /// The proportion of the whole area.
  ///
  /// - Complexity: O(the number of levels).
  public func proportion(
    per multiplier: Double = 1, at levels: [ConfidenceLevel] = ConfidenceLevel.official
  ) -> Statistic {
    figure { Indicators.proportion(of: denominator, having: numerator, per: multiplier, at: levels) }
  }

  /// The crude rate of the whole area.
  ///
  /// - Complexity: O(the number of levels).
  public func crudeRate(
    per multiplier: Double = 100_000, at levels: [ConfidenceLevel] = ConfidenceLevel.official
  ) -> Statistic {
    figure { Indicators.crudeRate(of: numerator, among: denominator, per: multiplier, at: levels) }
  }

  private func figure(_ made: () -> Statistic) -> Statistic {
    status == .ok ? made() : .barred(status, numerator: numerator, denominator: denominator)
  }
}
