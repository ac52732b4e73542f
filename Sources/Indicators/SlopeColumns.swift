import Parallel
import Probability

/// The slope and relative indices of inequality of many areas as columns: element i of every column belongs to area i.
///
/// The columns hold what ``SlopeOfInequality`` holds, to the bit.
public struct SlopeColumns: Sendable {
  /// The levels of the limits, in the order in which they were asked for.
  public let levels: [ConfidenceLevel]
  /// SII of every area; NaN where ``statuses`` bars it.
  public let slopes: [Double]
  /// The lower limits of SII, a column for each of ``levels``.
  public let slopeLower: [[Double]]
  /// The upper limits of SII, a column for each of ``levels``.
  public let slopeUpper: [[Double]]
  /// RII of every area; NaN where ``relativeStatuses`` bars it.
  public let relativeIndices: [Double]
  /// The lower limits of RII, a column for each of ``levels``.
  public let relativeLower: [[Double]]
  /// The upper limits of RII, a column for each of ``levels``.
  public let relativeUpper: [[Double]]
  /// The figure at the most deprived end of every line.
  public let intercepts: [Double]
  /// The people of every area.
  public let populations: [Double]
  /// Whether the limits are simulated.
  public let isSimulated: Bool
  /// Why an area has no index, or that it may be used.
  public let statuses: [ResultStatus]
  /// Why an area has no relative index, or that it may be used.
  public let relativeStatuses: [ResultStatus]

  /// How many areas there are.
  public var count: Int { slopes.count }

  /// One area with all that belongs to it.
  ///
  /// - Complexity: O(the number of levels).
  public subscript(area: Int) -> SlopeOfInequality {
    func intervals(_ lower: [[Double]], _ upper: [[Double]], _ status: ResultStatus) -> [ConfidenceInterval] {
      guard status == .ok else { return [] }
      return levels.indices.map {
        ConfidenceInterval(lower: lower[$0][area], upper: upper[$0][area], level: levels[$0])
      }
    }
    return SlopeOfInequality(
      slope: slopes[area], slopeIntervals: intervals(slopeLower, slopeUpper, statuses[area]),
      relativeIndex: relativeIndices[area],
      relativeIndexIntervals: intervals(relativeLower, relativeUpper, relativeStatuses[area]),
      intercept: intercepts[area], population: populations[area], isSimulated: isSimulated, status: statuses[area],
      relativeStatus: relativeStatuses[area])
  }

  init(_ figures: SlopeFigures, levels: [ConfidenceLevel], isSimulated: Bool) {
    self.levels = levels
    slopes = figures.column(0)
    relativeIndices = figures.column(1)
    intercepts = figures.column(2)
    populations = figures.column(3)
    slopeLower = levels.indices.map { figures.column(4 + 4 * $0) }
    slopeUpper = levels.indices.map { figures.column(5 + 4 * $0) }
    relativeLower = levels.indices.map { figures.column(6 + 4 * $0) }
    relativeUpper = levels.indices.map { figures.column(7 + 4 * $0) }
    self.isSimulated = isSimulated
    statuses = figures.statuses
    relativeStatuses = figures.relativeStatuses
  }
}

/// The slope and relative indices of inequality of many areas, from rows of one quantile of one area each, in any order.
///
/// Status beyond those of ``slopeOfInequality(populations:values:standardErrors:by:at:)``: `bands_duplicate` where an area
/// has a quantile twice, `bands_incomplete` where it lacks one of 1…`quantileCount`, or has one outside. An area without any row
/// is `not_enough_points`.
///
/// - Parameters:
///   - areas: the area of each row.
///   - quantiles: the quantile of each row, 1 the most deprived.
///   - populations: the people of each row, above 0.
///   - values: the figure of each row.
///   - standardErrors: the standard error of each figure on the model's scale.
///   - quantileCount: how many quantiles an area should have; by default the highest number of any row.
///   - model: the scale, the transform, the multiplier, draws if wanted.
///   - levels: the levels of the limits.
///   - threads: the most threads to use; by default one for each processor.
/// - Complexity: O(rows × levels); simulated O(rows × draws). 300 areas of ten deciles take some 0.05 ms.
public func slopesOfInequality(
  in areas: Grouping, quantiles: [Int], populations: [Double], values: [Double], standardErrors: [Double],
  quantileCount: Int? = nil, by model: SlopeModel = .linear, at levels: [ConfidenceLevel] = ConfidenceLevel.official,
  threads: Int? = nil
) -> SlopeColumns {
  let rows = areas.codes.count
  precondition(quantiles.count == rows && populations.count == rows, "columns of one length")
  precondition(values.count == rows && standardErrors.count == rows, "columns of one length")
  let expected = quantileCount ?? quantiles.max() ?? 0
  let normals = model.draws.map { SlopeNormals($0, quantiles: expected) }
  var figures = SlopeFigures(areas: areas.count, levels: levels.count)
  if normals == nil {
    figures.fill(
      areas, quantiles, expected, populations: populations, values: values, standardErrors: standardErrors, by: model,
      at: levels)
  }
  let open = figures.openAreas
  let byArea = open.isEmpty ? nil : RowsByGroup(areas)
  // A chunk is worth a thread: an area's draws are, its closed form is not.
  let areasPerChunk = normals == nil ? 1024 : 1
  let chunks = (open.count + areasPerChunk - 1) / areasPerChunk
  let indices = parallelMap(chunks: chunks, threads: threads) { chunk in
    open[chunk * areasPerChunk..<min((chunk + 1) * areasPerChunk, open.count)].map { area in
      let own = (byArea?[area] ?? []).sorted { quantiles[$0] < quantiles[$1] }
      let status = statusOfQuantiles(own.map { quantiles[$0] }, expected: expected)
      guard status == .ok else { return SlopeOfInequality(barredBy: status, isSimulated: normals != nil) }
      let figures = QuantileFigures(
        populations: own.map { populations[$0] }, values: own.map { values[$0] },
        standardErrors: own.map { standardErrors[$0] })
      return SlopeOfInequality(figures, by: model, at: levels, drawing: normals)
    }
  }
  for (area, index) in zip(open, indices.joined()) { figures.put(area, index) }
  return SlopeColumns(figures, levels: levels, isSimulated: normals != nil)
}

/// Whether the quantiles of one area, in order, are 1, 2, … each once.
private func statusOfQuantiles(_ numbers: [Int], expected: Int) -> ResultStatus {
  if numbers.count < 2, expected < 2 || numbers.isEmpty { return .notEnoughPoints }
  for (one, next) in zip(numbers, numbers.dropFirst()) where one == next { return .bandsDuplicate }
  for (place, number) in numbers.enumerated() where number != place + 1 { return .bandsIncomplete }
  return numbers.count == expected ? .ok : .bandsIncomplete
}
