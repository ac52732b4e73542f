import Probability

/// The count of every row with Poisson limits: the same numbers, to the bit, as ``eventCount(of:at:)``.
///
/// - Complexity: O(rows × levels); see ``crudeRates(of:among:per:at:threads:)``.
public func eventCounts(
  of events: [Double], at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil
) -> StatisticColumns {
  crudeRates(of: events, among: [Double](repeating: 1, count: events.count), per: 1, at: levels, threads: threads)
}

/// The crude rate O/n · k of every row with the limits of its count: the same numbers, to the bit, as
/// ``crudeRate(of:among:per:at:)``.
///
/// - Parameters:
///   - events: O of each row.
///   - people: n of each row.
///   - multiplier: k, what rates are stated per. Above 0 and finite.
///   - levels: the levels of the limits.
///   - threads: the most threads to use; the bits do not depend on it.
/// - Complexity: O(rows × levels). Exact limits of whole counts below ten are worked out once; those of other counts below
///   ten cost some 10⁻⁶ s a row.
public func crudeRates(
  of events: [Double], among people: [Double], per multiplier: Double = 100_000,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil
) -> StatisticColumns {
  var columns = StatisticColumns()
  crudeRates(of: events, among: people, per: multiplier, at: levels, threads: threads, into: &columns)
  return columns
}

/// The crude rates of every row, written over the storage of `columns`, of which no other copy should be held.
///
/// - Complexity: as ``crudeRates(of:among:per:at:threads:)``.
public func crudeRates(
  of events: [Double], among people: [Double], per multiplier: Double = 100_000,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil, into columns: inout StatisticColumns
) {
  precondition(multiplier > 0 && multiplier.isFinite, "a multiplier above 0")
  let exact = levels.map(SmallCountLimits.init)
  columns.fill(numerators: events, denominators: people, levels: levels, threads: threads) { cells, figures, block in
    let unusual = figures.fillByar(block, cells, levels, per: multiplier)
    figures.pass(block, .byar)
    guard unusual else { return }
    for row in block where !figures.isUsual(row, cells) { settle(row, cells, figures, exact, per: multiplier) }
  }
}

extension FigureRows {
  /// Whether a row has ten events, people and finite limits, so that it stands as it is.
  @inline(__always)
  fileprivate func isUsual(_ row: Int, _ cells: CellRows) -> Bool {
    let n = cells.people[row]
    guard cells.events[row] >= ConfidenceInterval.fewestEventsForByar, n > 0, n < .infinity, values[row] < .infinity
    else { return false }
    for column in upper where !(column[row] < .infinity) { return false }
    return true
  }
}

/// Gives an unusual row its limits, method and status.
private func settle(
  _ row: Int, _ cells: CellRows, _ figures: FigureRows, _ exact: [SmallCountLimits], per multiplier: Double
) {
  let (x, n) = (cells.events[row], cells.people[row])
  let status = ResultStatus.ofCell(events: x, people: n, limitedByPeople: false)
  if status != .ok { return figures.bar(row, status) }
  var isFinite = figures.values[row].isFinite
  if x < ConfidenceInterval.fewestEventsForByar { figures.methods[row] = .exact }
  for level in exact.indices {
    if x < ConfidenceInterval.fewestEventsForByar {
      let limits = exact[level].interval(of: x)
      figures.lower[level][row] = limits.lower / n * multiplier
      figures.upper[level][row] = limits.upper / n * multiplier
    }
    isFinite = isFinite && figures.upper[level][row].isFinite
  }
  if !isFinite { figures.bar(row, .nonFinite) }
}

/// The exact limits of 0, 1, … 9 events at one level.
private struct SmallCountLimits: Sendable {
  private let level: ConfidenceLevel
  private let whole: [ConfidenceInterval]

  init(_ level: ConfidenceLevel) {
    self.level = level
    whole = (0..<Int(ConfidenceInterval.fewestEventsForByar)).map { .exactPoisson(count: Double($0), at: level) }
  }

  /// The exact limits of a count of at least 0 and below ten.
  func interval(of count: Double) -> ConfidenceInterval {
    let floor = Int(count)
    return Double(floor) == count ? whole[floor] : .exactPoisson(count: count, at: level)
  }
}
