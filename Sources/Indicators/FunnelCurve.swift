import Probability

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The limits of a funnel over a row of sizes, for drawing.
public struct FunnelCurve: Sendable, Hashable {
  /// The sizes, ascending: people or expected events.
  public let sizes: [Double]
  /// The centre in units of the multiplier.
  public let centre: Double
  /// The levels of the limits.
  public let levels: [ConfidenceLevel]
  /// The lower limits, a column for each level.
  public let lower: [[Double]]
  /// The upper limits, a column for each level.
  public let upper: [[Double]]
}

extension Funnel {
  /// The limits at sizes of one's own.
  ///
  /// - Parameters:
  ///   - sizes: people or expected events, above 0 and finite.
  ///   - threads: the most threads to use.
  /// - Returns: limits in units of the multiplier; NaN where the funnel judges no point.
  /// - Complexity: O(sizes × levels).
  public func curve(at sizes: [Double], threads: Int? = nil) -> FunnelCurve {
    precondition(sizes.allSatisfy { $0 > 0 && $0.isFinite }, "sizes above 0")
    let shape = FunnelShape(measure: measure, centre: centre / multiplier, scale: scale)
    let isDrawn = statuses.contains(.ok)
    let limits = Self.limits(
      isDrawn ? sizes : [], shape, multiplier, levels, adjustment.method, overdispersion, threads)
    return FunnelCurve(
      sizes: sizes, centre: centre, levels: levels,
      lower: levels.indices.map { level in isDrawn ? limits.map { $0[level].lower } : sizes.map { _ in .nan } },
      upper: levels.indices.map { level in isDrawn ? limits.map { $0[level].upper } : sizes.map { _ in .nan } })
  }

  /// The limits over the sizes of the points, at ``axis(from:to:points:)``.
  ///
  /// - Parameters:
  ///   - points: how many sizes, at least 2.
  ///   - threads: the most threads to use.
  /// - Returns: limits; no sizes at all where the funnel judges no point.
  /// - Complexity: O(points × levels).
  public func curve(points: Int = 100, threads: Int? = nil) -> FunnelCurve {
    let known = sizes.filter { !$0.isNaN }
    guard let smallest = known.min(), let largest = known.max() else { return curve(at: [], threads: threads) }
    return curve(at: Self.axis(from: smallest, to: largest, points: points), threads: threads)
  }

  /// Sizes for drawing, closer together where the funnel is steep, as the official funnels have them.
  ///
  /// The axis ends a twentieth above the largest size, rounded up to two digits. It begins at 1 where the largest size
  /// is more than twice the smallest, otherwise a twentieth below the smallest, rounded down to one digit. Each step
  /// goes to the whole number nearest to the geometric way that is left, and by 1 at least. Sizes too small for as many
  /// whole numbers are spaced geometrically without rounding.
  ///
  /// - Parameters:
  ///   - smallest: the smallest size, above 0.
  ///   - largest: the largest size, finite and at least as large.
  ///   - points: how many sizes, at least 2.
  /// - Complexity: O(points).
  public static func axis(from smallest: Double, to largest: Double, points: Int = 100) -> [Double] {
    precondition(smallest > 0 && largest >= smallest && largest.isFinite && points >= 2, "an axis of two sizes or more")
    let end = rounded(largest * 1.05, digits: 2, .up)
    let start = largest > 2 * smallest ? 1 : rounded(smallest * 0.95, digits: 1, .down)
    guard start >= 1, end - start >= Double(points - 1) else {
      let start = min(smallest, largest / 100)
      let ratio = log(1.05 * largest / start) / Double(points - 1)
      return (0..<points).map { start * exp(ratio * Double($0)) }
    }
    var sizes = [start]
    for left in stride(from: points - 1, through: 1, by: -1) {
      let last = sizes[sizes.count - 1]
      let step = last * exp(log(end / last) / Double(left))
      sizes.append(max(step.rounded(.toNearestOrEven), last + 1))
    }
    return sizes
  }

  private static func rounded(_ x: Double, digits: Int, _ rule: FloatingPointRoundingRule) -> Double {
    var unit = 1.0
    var scaled = x.rounded(rule)
    for _ in 1..<digits { scaled /= 10 }
    while scaled >= 10 {
      unit *= 10
      scaled /= 10
    }
    return (x / unit).rounded(rule) * unit
  }
}
