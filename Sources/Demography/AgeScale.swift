/// Age groups in ascending order, the last one open: 0, 1, …, 89, 90+ or 0, 1–4, 5–9, …, 85+.
///
/// A scale is the age axis of every population, rate and result. Two values can be combined only
/// when their scales are equal.
public struct AgeScale: Sendable, Hashable {
  /// The lowest age of each group, strictly ascending from 0.
  public let lowerBounds: [Int]

  /// A scale from the lowest age of each group.
  ///
  /// - Parameter lowerBounds: strictly ascending, the first one 0; the last group is open.
  /// - Throws: ``AgeScaleError`` when the ages do not start at 0 or do not ascend.
  /// - Complexity: O(*n*).
  public init(lowerBounds: [Int]) throws(AgeScaleError) {
    guard lowerBounds.first == 0 else { throw .doesNotStartAtBirth(first: lowerBounds.first) }
    for i in lowerBounds.indices.dropFirst() where lowerBounds[i] <= lowerBounds[i - 1] {
      throw .notAscending(age: lowerBounds[i], after: lowerBounds[i - 1])
    }
    self.lowerBounds = lowerBounds
  }

  private init(unchecked lowerBounds: [Int]) { self.lowerBounds = lowerBounds }

  /// Single years 0, 1, …, with the open group at `openAge`: `singleYears(to: 90)` ends with 90+.
  ///
  /// A negative `openAge` counts as 0 (one open group).
  public static func singleYears(to openAge: Int) -> AgeScale {
    AgeScale(unchecked: Array(0...max(0, openAge)))
  }

  /// Groups of equal width with the open group at `openAge`: `groups(of: 5, to: 85)`.
  ///
  /// Where `openAge` is no multiple of the width, the group opens at the multiple below it. A width below 1 counts
  /// as 1.
  public static func groups(of width: Int, to openAge: Int) -> AgeScale {
    AgeScale(unchecked: Array(stride(from: 0, through: max(0, openAge), by: max(1, width))))
  }

  /// The abridged scale 0, 1–4, 5–9, …, with the open group at `openAge` or the multiple of 5 below it.
  public static func abridged(to openAge: Int) -> AgeScale {
    AgeScale(unchecked: [0, 1] + Array(stride(from: 5, through: max(5, openAge), by: 5)))
  }

  /// The number of groups, the open one included.
  @inlinable public var count: Int { lowerBounds.count }

  /// The lowest age of the open group.
  public var openAge: Int { lowerBounds[count - 1] }

  /// Whether each closed group is one year wide.
  public var isSingleYear: Bool { openAge == count - 1 }

  /// The width of a group in years; `nil` for the open one.
  public func width(at index: Int) -> Int? {
    index + 1 < count ? lowerBounds[index + 1] - lowerBounds[index] : nil
  }

  /// The width that all closed groups share, or `nil` where they differ or there is none.
  public var uniformWidth: Int? {
    guard let first = width(at: 0) else { return nil }
    return (1..<(count - 1)).allSatisfy { width(at: $0) == first } ? first : nil
  }

  /// The label of a group as tables and files show it: `0`, `5-9`, `90+`.
  public func label(at index: Int) -> String {
    guard let width = width(at: index) else { return "\(lowerBounds[index])+" }
    let low = lowerBounds[index]
    return width == 1 ? "\(low)" : "\(low)-\(low + width - 1)"
  }

  /// All labels in order.
  public var labels: [String] { (0..<count).map(label(at:)) }

  /// The group that holds a completed age, or `nil` for a negative one.
  ///
  /// - Complexity: O(1) for single years, else O(log *n*).
  public func index(ofAge age: Int) -> Int? {
    guard age >= 0 else { return nil }
    if isSingleYear { return min(age, count - 1) }
    var low = 0
    var high = count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lowerBounds[middle] <= age { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The groups that make up the ages `range`, or `nil` where a bound cuts a group in two.
  ///
  /// `indices(of: 65...84)` of a single-year scale is 65..<85.
  public func indices(of range: ClosedRange<Int>) -> Range<Int>? {
    guard range.upperBound < Int.max, let start = lowerBounds.firstIndex(of: range.lowerBound),
      let end = lowerBounds.firstIndex(of: range.upperBound + 1)
    else { return nil }
    return start..<end
  }

  /// The groups from an age to the open end, or `nil` where the age cuts a group in two.
  public func indices(of range: PartialRangeFrom<Int>) -> Range<Int>? {
    lowerBounds.firstIndex(of: range.lowerBound).map { $0..<count }
  }
}

/// Why a list of ages is not a scale.
public enum AgeScaleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The first age is not 0.
  case doesNotStartAtBirth(first: Int?)
  /// An age is not above the one before it.
  case notAscending(age: Int, after: Int)

  /// A sentence that says what is wrong.
  public var description: String {
    switch self {
    case .doesNotStartAtBirth(let first):
      "ages start at \(first.map(String.init) ?? "nothing"); expected 0"
    case .notAscending(let age, let previous):
      "age \(age) follows \(previous); expected ages in ascending order"
    }
  }
}
