/// The rows that a large fit is first fitted to: every twentieth run of eight.
///
/// Eight doubles are a cache line, so that a run costs no more to read than a row; the twentieth part of the rows gives
/// coefficients whose error is √20 standard errors, from which two or three passes over all rows remain of six.
enum WarmStart {
  /// The fewest rows for which it pays.
  static let fewestRows = 200_000

  private static let run = 8
  private static let every = 20

  /// The sample.
  ///
  /// - Complexity: O(rows × columns/20).
  static func sample(_ rows: DesignRows) -> DesignRows {
    let starts = Array(stride(from: 0, to: rows.count, by: run * every))
    let last = rows.count - (starts.last ?? 0)
    let count = max(0, starts.count - 1) * run + min(run, last)
    func gather<Element>(_ source: [Element]) -> [Element] {
      [Element](unsafeUninitializedCapacity: count) { target, filled in
        source.withUnsafeBufferPointer { source in
          var next = 0
          for start in starts {
            for i in start..<min(start + run, source.count) {
              target.initializeElement(at: next, to: source[i])
              next += 1
            }
          }
          filled = next
        }
      }
    }
    return DesignRows(
      count: count, numerics: rows.numerics.map { gather($0) }, codes: rows.codes.map { gather($0) },
      response: gather(rows.response), weights: rows.weights.map { gather($0) },
      offset: rows.offset.map { gather($0) })
  }
}
