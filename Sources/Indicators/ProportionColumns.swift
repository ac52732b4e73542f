import Probability

/// The proportion x/n of every row with Wilson's limits: the same numbers, to the bit, as ``proportion(of:having:per:at:)``.
///
/// - Parameters:
///   - denominators: n of each row.
///   - numerators: x of each row.
///   - multiplier: what proportions are stated per. Above 0 and finite.
///   - levels: the levels of the limits.
///   - threads: the most threads to use; the bits do not depend on it.
/// - Complexity: O(rows × levels): two divisions and a square root a level.
public func proportions(
  of denominators: [Double], having numerators: [Double], per multiplier: Double = 1,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil
) -> StatisticColumns {
  var columns = StatisticColumns()
  proportions(of: denominators, having: numerators, per: multiplier, at: levels, threads: threads, into: &columns)
  return columns
}

/// The proportions of every row, written over the storage of `columns`.
///
/// Fresh memory costs more than the arithmetic does. Where columns of the same length are filled again and again, pass the
/// last ones, of which no other copy may be held.
///
/// - Complexity: as ``proportions(of:having:per:at:threads:)``.
public func proportions(
  of denominators: [Double], having numerators: [Double], per multiplier: Double = 1,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil, into columns: inout StatisticColumns
) {
  precondition(multiplier > 0 && multiplier.isFinite, "a multiplier above 0")
  columns.fill(numerators: numerators, denominators: denominators, levels: levels, threads: threads) {
    cells, figures, block in
    let improper = figures.fillWilson(block, cells, levels, per: multiplier)
    figures.pass(block, .wilson)
    guard improper else { return }
    for row in block {
      let status = ResultStatus.ofCell(events: cells.events[row], people: cells.people[row], limitedByPeople: true)
      if status != .ok { figures.bar(row, status) }
    }
  }
}

/// The proportions of every row, handed over block by block in order: for consumers that need not hold all at once.
///
/// - Parameters:
///   - denominators: n of each row.
///   - numerators: x of each row.
///   - multiplier: what proportions are stated per. Above 0 and finite.
///   - levels: the levels of the limits.
///   - rows: how many rows a block has; the last one may have fewer.
///   - body: receives the rows' range and their figures, which are gone afterwards unless it copies them.
/// - Complexity: as ``proportions(of:having:per:at:threads:)``; memory for one block.
public func proportions<Failure: Error>(
  of denominators: [Double], having numerators: [Double], per multiplier: Double = 1,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official, blocksOf rows: Int,
  _ body: (Range<Int>, borrowing StatisticColumns) throws(Failure) -> Void
) throws(Failure) {
  precondition(rows > 0, "blocks of at least one row")
  precondition(denominators.count == numerators.count, "columns of one length")
  var columns = StatisticColumns()
  for start in stride(from: 0, to: numerators.count, by: rows) {
    let block = start..<min(start + rows, numerators.count)
    proportions(
      of: Array(denominators[block]), having: Array(numerators[block]), per: multiplier, at: levels, threads: 1,
      into: &columns)
    try body(block, columns)
  }
}
