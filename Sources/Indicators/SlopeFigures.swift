internal import CKernels
import Probability

/// The columns of slope and relative indices while they are being filled.
struct SlopeFigures {
  private let areas: Int
  private let levels: Int
  /// Slope, relative index, intercept and population, then for each level the lower and upper limits of both, one column
  /// after the other.
  private var columns: [Double]
  private(set) var statuses: [ResultStatus]
  private(set) var relativeStatuses: [ResultStatus]
  /// The areas that have no figures yet.
  private(set) var openAreas: [Int]

  /// Columns of so many areas, all of them open.
  init(areas: Int, levels: Int) {
    self.areas = areas
    self.levels = levels
    columns = [Double](repeating: .nan, count: areas * (4 + 4 * levels))
    statuses = [ResultStatus](repeating: .ok, count: areas)
    relativeStatuses = statuses
    openAreas = Array(0..<areas)
  }

  /// Column `place` in the order of the kernel.
  func column(_ place: Int) -> [Double] { Array(columns[place * areas..<(place + 1) * areas]) }

  /// Fills in the closed form for areas that have each quantile once; those with something amiss stay open.
  mutating func fill(
    _ grouping: Grouping, _ quantiles: [Int], _ expected: Int, populations: [Double], values: [Double],
    standardErrors: [Double], by model: SlopeModel, at levels: [ConfidenceLevel]
  ) {
    // A quantile far too high in one row must not make a table without end.
    guard expected >= 2, !quantiles.isEmpty, expected <= 2 * quantiles.count / areas else { return }
    let table = RowTable(grouping, columns: expected) {
      quantiles[$0] >= 1 && quantiles[$0] <= expected ? quantiles[$0] - 1 : -1
    }
    let scale = model.lineScale
    let places = scale == .linear ? values : values.map { scale.transformed($0) }
    var lines = [Double](repeating: 0, count: 6 * areas)
    ph_midpoint_lines(populations, places, standardErrors, table.rows, areas, expected, &lines)
    // Lines through the row of another cell, or through one of several rows.
    for row in table.strays + table.repeats { lines[Int(grouping.codes[row])] = .nan }
    for cell in table.gaps { lines[cell / expected] = .nan }
    if scale == .linear {
      ph_fieller(lines, areas, model.multiplier, levels.map(\.criticalValue), levels.count, &columns)
    } else {
      for area in 0..<areas where !lines[area].isNaN {
        let line = MidpointLine(
          slope: lines[area], middle: lines[areas + area], slopeVariance: lines[2 * areas + area],
          middleVariance: lines[3 * areas + area], covariance: lines[4 * areas + area],
          population: lines[5 * areas + area])
        put(area, SlopeOfInequality(line, by: model, at: levels))
      }
    }
    openAreas.removeAll { !columns[$0].isNaN }
  }

  /// Writes the indices of one area, or what bars them.
  mutating func put(_ area: Int, _ index: SlopeOfInequality) {
    for (place, figure) in [index.slope, index.relativeIndex, index.intercept, index.population].enumerated() {
      columns[place * areas + area] = figure
    }
    for level in 0..<levels {
      put(area, 4 + 4 * level, level < index.slopeIntervals.count ? index.slopeIntervals[level] : nil)
      let hasRatio = level < index.relativeIndexIntervals.count
      put(area, 6 + 4 * level, hasRatio ? index.relativeIndexIntervals[level] : nil)
    }
    statuses[area] = index.status
    relativeStatuses[area] = index.relativeStatus
  }

  private mutating func put(_ area: Int, _ place: Int, _ interval: ConfidenceInterval?) {
    columns[place * areas + area] = interval?.lower ?? .nan
    columns[(place + 1) * areas + area] = interval?.upper ?? .nan
  }
}
