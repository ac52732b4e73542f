/// What becomes of a cell.
enum CellRelease: Sendable, Hashable {
  /// Shown, rounded where the rule says so.
  case released
  /// Not shown, for its own sake, and said so.
  case primary
  /// Not shown, for its own sake, but with the status of cells that are not shown for the sake of others.
  case disguised
  /// Not shown, for the sake of others.
  case secondary
  /// Never shown anyway: beyond the file, or missing in it.
  case unseen
}

/// What an intruder knows of each cell alone, before any sum: the rule, the released figure or that there is none, and
/// whether a cell was suppressed for its own sake.
///
/// He is taken to know more rather than less: that a cell suppressed for others holds a count above the suppressed
/// range. Where that would give counts away whatever else is suppressed, some cells that are suppressed for their own
/// sake get the status of the others; then that status tells nothing in the whole table (`blurred`).
struct IntruderBounds {
  let rule: DisclosureRule
  let isWhole: Bool

  /// The smallest and the largest count that he reckons with.
  func range(of count: Double, _ release: CellRelease, isMissing: Bool, blurred: Bool) -> (lower: Double, upper: Double)
  {
    if isMissing { return (-.infinity, .infinity) }
    switch release {
    case .unseen: return (0, .infinity)
    case .released: return releasedRange(of: count)
    case .primary where rule.suppresses(count: count): return suppressedRange
    case .primary, .disguised: return (0, .infinity)
    case .secondary:
      return blurred || count == 0 ? (0, .infinity) : besideSuppressed(count, lower: 0, upper: .infinity)
    }
  }

  private var suppressedRange: (lower: Double, upper: Double) {
    guard let counts = rule.suppressedCounts else { return (0, .infinity) }
    let slack: Double = isWhole ? 0 : 1
    return (max(0, Double(counts.lowerBound) - slack), Double(counts.upperBound) + slack)
  }

  private func releasedRange(of count: Double) -> (lower: Double, upper: Double) {
    guard rule.roundingBase > 1 else { return (count, count) }
    let (middle, half) = (rule.released(count), Double(rule.roundingBase) / 2)
    let upper = isWhole ? (middle + half).rounded(.up) - 1 : middle + half
    return besideSuppressed(count, lower: max(0, (middle - half).rounded(isWhole ? .up : .down)), upper: upper)
  }

  /// The part of a range that lies on the count's own side of the suppressed counts.
  private func besideSuppressed(_ count: Double, lower: Double, upper: Double) -> (lower: Double, upper: Double) {
    guard let counts = rule.suppressedCounts, !rule.suppresses(count: count) else { return (lower, upper) }
    let slack: Double = isWhole ? 1 : 0
    return count < Double(counts.lowerBound)
      ? (lower, min(upper, max(count, Double(counts.lowerBound) - slack)))
      : (max(lower, Double(counts.upperBound) + slack), upper)
  }
}
