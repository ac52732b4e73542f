/// A band of ages that tables show as one row, such as 65–84.
public struct AgeBand: Sendable, Hashable {
  /// The lowest completed age.
  public let lowerBound: Int
  /// The highest completed age, or `nil` for an open band.
  public let upperBound: Int?

  /// The band `lower`–`upper`, both included.
  public init(_ ages: ClosedRange<Int>) {
    lowerBound = ages.lowerBound
    upperBound = ages.upperBound
  }

  /// The open band from an age.
  public init(_ ages: PartialRangeFrom<Int>) {
    lowerBound = ages.lowerBound
    upperBound = nil
  }

  /// `65-84`, or `85+` for an open band.
  public var label: String { upperBound.map { "\(lowerBound)-\($0)" } ?? "\(lowerBound)+" }

  /// The groups of `scale` that make up the band, or `nil` where the scale cuts it or ends before it.
  public func indices(in scale: AgeScale) -> Range<Int>? {
    if let upperBound { return scale.indices(of: lowerBound...upperBound) }
    return scale.indices(of: lowerBound...)
  }

  /// The four bands of planning tables and backtests: 0–14, 15–64, 65–84, 85+.
  public static let planning = [AgeBand(0...14), AgeBand(15...64), AgeBand(65...84), AgeBand(85...)]
}
