import Parallel
import Probability

/// The points of one or many series.
public enum TrendFigures: Sendable {
  /// Proportions, by the χ² test for trend of their counts.
  case proportions(numerators: [Double], denominators: [Double])
  /// Any other figures, by a line weighted with 1/se², se = (upper − lower)/(2z), z of the level of the limits.
  case figures(values: [Double], lower: [Double], upper: [Double], level: ConfidenceLevel = .percent95)

  var columns: [[Double]] {
    switch self {
    case .proportions(let numerators, let denominators): [numerators, denominators]
    case .figures(let values, let lower, let upper, _): [values, lower, upper]
    }
  }
}

/// The recent trends of many areas as columns: element i of every column belongs to area i.
public struct TrendColumns: Sendable {
  /// Where each area's figure is going.
  public let directions: [TrendDirection]
  /// Why an area's trend cannot be calculated; nil where it can.
  public let obstacles: [TrendObstacle?]
  /// χ² with one degree of freedom; NaN where the trend cannot be calculated.
  public let chiSquared: [Double]
  /// The slope through all five points.
  public let slopes: [Double]
  /// Whether periods are missing among the five.
  public let hasGap: [Bool]

  init(_ trends: [RecentTrend]) {
    directions = trends.map(\.direction)
    obstacles = trends.map(\.obstacle)
    chiSquared = trends.map(\.chiSquared)
    slopes = trends.map(\.slope)
    hasGap = trends.map(\.hasGap)
  }

  /// How many areas there are.
  public var count: Int { directions.count }

  /// One area with all that belongs to it.
  ///
  /// - Complexity: O(1).
  public subscript(area: Int) -> RecentTrend {
    RecentTrend(
      direction: directions[area], obstacle: obstacles[area], chiSquared: chiSquared[area], slope: slopes[area],
      hasGap: hasGap[area])
  }
}

/// The recent trend of one series, whose points may stand in any order.
///
/// ```swift
/// let trend = recentTrend(
///   of: .proportions(numerators: [318, 314, 318, 291, 292], denominators: [468, 473, 501, 480, 499]),
///   periods: [2019, 2020, 2021, 2022, 2023])
/// trend.direction                              // decreasing
/// ```
///
/// - Parameters:
///   - figures: a point for each period; NaN where one is missing.
///   - periods: the periods, each once. Of more than five the last five count; a repeat among the earlier ones bars the trend
///     too, because which point is meant is then unknown.
///   - time: 1…5 or the periods themselves.
/// - Complexity: O(*n* log *n*).
public func recentTrend(of figures: TrendFigures, periods: [Double], time: TrendTime = .index) -> RecentTrend {
  precondition(figures.columns.allSatisfy { $0.count == periods.count }, "a point for each period")
  return RecentTrend(figures, rows: Array(periods.indices), periods: periods, time: time)
}

/// The recent trends of many areas, from rows of one period of one area each, in any order.
///
/// - Parameters:
///   - figures: a point for each row; NaN where one is missing.
///   - areas: the area of each row; one without a row has not enough points.
///   - periods: the period of each row.
///   - time: 1…5 or the periods themselves.
///   - threads: the most threads to use; by default one for each processor.
/// - Complexity: O(rows), and the sorting of each area's rows.
public func recentTrends(
  of figures: TrendFigures, in areas: Grouping, periods: [Double], time: TrendTime = .index,
  threads: Int? = nil
) -> TrendColumns {
  precondition(areas.codes.count == periods.count, "columns of one length")
  precondition(figures.columns.allSatisfy { $0.count == periods.count }, "columns of one length")
  let rows = RowsByGroup(areas)
  let areasPerChunk = 1024
  let trends = parallelMap(chunks: (areas.count + areasPerChunk - 1) / areasPerChunk, threads: threads) { chunk in
    (chunk * areasPerChunk..<min((chunk + 1) * areasPerChunk, areas.count)).map { area in
      RecentTrend(figures, rows: Array(rows[area]), periods: periods, time: time)
    }
  }
  return TrendColumns(trends.flatMap { $0 })
}
