internal import CKernels
import Parallel
import Probability

/// The rows of some ``StatisticColumns`` while they are being filled, several blocks at a time on several threads.
///
/// The one place of this module that lends pointers. Every block belongs to one thread, blocks do not overlap, and the
/// pointers end with the call that lends them; that is why the rows may go to other threads.
struct FigureRows: @unchecked Sendable {
  let values: UnsafeMutablePointer<Double>
  /// A column for each level.
  let lower: [UnsafeMutablePointer<Double>]
  let upper: [UnsafeMutablePointer<Double>]
  let methods: UnsafeMutablePointer<IntervalMethod>
  let statuses: UnsafeMutablePointer<ResultStatus>

  /// Bars a figure.
  func bar(_ row: Int, _ status: ResultStatus) {
    values[row] = .nan
    for level in lower.indices {
      lower[level][row] = .nan
      upper[level][row] = .nan
    }
    methods[row] = .none
    statuses[row] = status
  }

  /// Writes a figure with its limits, or what bars it.
  func put(_ row: Int, _ figure: Statistic) {
    guard figure.status == .ok else { return bar(row, figure.status) }
    values[row] = figure.value
    for (level, interval) in figure.intervals.enumerated() {
      lower[level][row] = interval.lower
      upper[level][row] = interval.upper
    }
    methods[row] = figure.method
    statuses[row] = .ok
  }

  /// Writes the status and the method of every row of a block that has a figure.
  func pass(_ block: Range<Int>, _ method: IntervalMethod) {
    (methods + block.lowerBound).update(repeating: method, count: block.count)
    (statuses + block.lowerBound).update(repeating: .ok, count: block.count)
  }
}

extension FigureRows {
  /// Writes the proportions of a block and Wilson's limits.
  ///
  /// - Returns: whether a row has none; it holds NaN.
  func fillWilson(_ block: Range<Int>, _ cells: CellRows, _ levels: [ConfidenceLevel], per multiplier: Double) -> Bool {
    let start = block.lowerBound
    return ph_wilson(
      cells.events + start, cells.people + start, block.count, multiplier, levels.map(\.criticalValue), levels.count,
      values + start, lower.map { $0 + start }, upper.map { $0 + start }) > 0
  }

  /// Writes the rates of a block and Byar's limits.
  ///
  /// - Returns: whether a row may have too few events for them, or no figure.
  func fillByar(_ block: Range<Int>, _ cells: CellRows, _ levels: [ConfidenceLevel], per multiplier: Double) -> Bool {
    let start = block.lowerBound
    return ph_byar(
      cells.events + start, cells.people + start, block.count, ConfidenceInterval.fewestEventsForByar, multiplier,
      levels.map(\.criticalValue), levels.count, values + start, lower.map { $0 + start }, upper.map { $0 + start }) > 0
  }
}

extension FigureRows {
  /// Writes the directly standardised rates of a block of groups and Dobson's limits, and the sums of their events and
  /// people.
  ///
  /// - Returns: whether a group has no figure of this kind; its value is NaN.
  func fillDobson(
    _ block: Range<Int>, _ table: DirectTable, _ totals: TotalRows, _ levels: [ConfidenceLevel], per multiplier: Double
  ) -> Bool {
    ph_dobson(
      table.events, table.people, table.join.rows, table.weights, table.weights.count, block.lowerBound, block.count,
      ConfidenceInterval.fewestEventsForByar, multiplier, levels.map(\.criticalValue), levels.count, totals.events,
      totals.people, values, lower.map { $0 }, upper.map { $0 }) > 0
  }
}

/// The columns of numerators and denominators, where they are results.
struct TotalRows: @unchecked Sendable {
  let events: UnsafeMutablePointer<Double>
  let people: UnsafeMutablePointer<Double>
}

/// Two input columns as they are read by several threads while the arrays are held.
struct CellRows: @unchecked Sendable {
  let events: UnsafePointer<Double>
  let people: UnsafePointer<Double>
}

extension StatisticColumns {
  /// Rows that are worked on at once: seven columns of them lie in the first two caches.
  private static let blockRows = 1024
  /// Rows that one thread takes at once.
  private static let chunkRows = 64 * 1024

  /// Fills the columns block by block from events and people, which become their numerators and denominators. Storage of
  /// the right size that nobody else holds is written over in place.
  ///
  /// - Parameter body: must write every row of the block that it is given.
  mutating func fill(
    numerators: [Double], denominators: [Double], levels: [ConfidenceLevel], threads: Int?,
    _ body: @Sendable (CellRows, FigureRows, Range<Int>) -> Void
  ) {
    precondition(numerators.count == denominators.count, "columns of one length")
    let rows = numerators.count
    resize(rows: rows, levels: levels)
    self.numerators = numerators
    self.denominators = denominators
    guard rows > 0 else { return }
    numerators.withUnsafeBufferPointer { events in
      denominators.withUnsafeBufferPointer { people in
        withRows { figures in
          guard let events = events.baseAddress, let people = people.baseAddress else { return }
          let cells = CellRows(events: events, people: people)
          parallelFor(chunks: (rows + Self.chunkRows - 1) / Self.chunkRows, threads: threads) { chunk in
            let end = min((chunk + 1) * Self.chunkRows, rows)
            for start in stride(from: chunk * Self.chunkRows, to: end, by: Self.blockRows) {
              body(cells, figures, start..<min(start + Self.blockRows, end))
            }
          }
        }
      }
    }
  }

  /// Columns of figures whose numerators and denominators are results as well, filled block by block.
  ///
  /// - Parameter body: must write every row of the block that it is given.
  init(
    rows: Int, levels: [ConfidenceLevel], threads: Int?,
    filledBy body: @Sendable (TotalRows, FigureRows, Range<Int>) -> Void
  ) {
    self.init()
    resize(rows: rows, levels: levels)
    var (numerators, denominators) = (unset(rows), unset(rows))
    numerators.withUnsafeMutableBufferPointer { events in
      denominators.withUnsafeMutableBufferPointer { people in
        withRows { figures in
          guard let events = events.baseAddress, let people = people.baseAddress else { return }
          let totals = TotalRows(events: events, people: people)
          parallelFor(chunks: (rows + Self.blockRows - 1) / Self.blockRows, threads: threads) { chunk in
            body(totals, figures, chunk * Self.blockRows..<min((chunk + 1) * Self.blockRows, rows))
          }
        }
      }
    }
    self.numerators = numerators
    self.denominators = denominators
  }

  /// Changes rows that have been filled.
  mutating func change(_ body: (FigureRows) -> Void) {
    if count > 0 { withRows(body) }
  }

  private mutating func resize(rows: Int, levels: [ConfidenceLevel]) {
    self.levels = levels
    if values.count != rows { values = unset(rows) }
    if methods.count != rows { methods = filled(.none, rows) }
    if statuses.count != rows { statuses = filled(.ok, rows) }
    resize(&lower, rows: rows)
    resize(&upper, rows: rows)
  }

  private func resize(_ columns: inout [[Double]], rows: Int) {
    if columns.count > levels.count { columns.removeLast(columns.count - levels.count) }
    for level in columns.indices where columns[level].count != rows { columns[level] = unset(rows) }
    while columns.count < levels.count { columns.append(unset(rows)) }
  }

  private mutating func withRows(_ body: (FigureRows) -> Void) {
    values.withUnsafeMutableBufferPointer { values in
      methods.withUnsafeMutableBufferPointer { methods in
        statuses.withUnsafeMutableBufferPointer { statuses in
          withColumns(&lower) { lower in
            withColumns(&upper) { upper in
              guard let values = values.baseAddress, let methods = methods.baseAddress,
                let statuses = statuses.baseAddress
              else { return }
              body(FigureRows(values: values, lower: lower, upper: upper, methods: methods, statuses: statuses))
            }
          }
        }
      }
    }
  }
}

/// A column whose elements are about to be written: asking for zeros first would touch all its memory twice.
private func unset(_ count: Int) -> [Double] {
  [Double](unsafeUninitializedCapacity: count) { column, initialized in
    preferLargePages(UnsafeRawBufferPointer(column))
    initialized = count
  }
}

private func filled<Element>(_ element: Element, _ count: Int) -> [Element] {
  [Element](unsafeUninitializedCapacity: count) { column, initialized in
    preferLargePages(UnsafeRawBufferPointer(column))
    column.initialize(repeating: element)
    initialized = count
  }
}

/// Lends pointers to all columns at once.
private func withColumns(
  _ columns: inout [[Double]], from index: Int = 0, lent: [UnsafeMutablePointer<Double>] = [],
  _ body: ([UnsafeMutablePointer<Double>]) -> Void
) {
  guard index < columns.count else { return body(lent) }
  // Taken out for the while, so that the column has one owner and is not copied.
  var column: [Double] = []
  swap(&column, &columns[index])
  column.withUnsafeMutableBufferPointer { buffer in
    withColumns(&columns, from: index + 1, lent: lent + (buffer.baseAddress.map { [$0] } ?? []), body)
  }
  swap(&column, &columns[index])
}
