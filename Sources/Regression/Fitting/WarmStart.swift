/// The rows that a large fit is first fitted to: every twentieth run of eight.
///
/// Eight doubles are a cache line, so that a run costs no more to read than a row; the twentieth part of the rows gives
/// coefficients whose error is √20 standard errors, from which three or four passes over all rows remain of six. A step
/// over one block of rows in four, which copies nothing, brings that down to twice the standard errors and saves one
/// more.
enum WarmStart {
  /// The fewest rows for which it pays.
  static let fewestRows = 200_000

  /// Of how many blocks of rows one is taken for the step after the sample's fit.
  static let refinement = 4

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

  /// Coefficients after one step of scoring over part of the rows; those given, where a pass takes all rows only or the
  /// part is deficient.
  ///
  /// - Complexity: a quarter of a pass.
  static func refine(
    _ coefficients: [Double], _ pass: some WorkingPass, settings: EstimationSettings
  ) throws(RegressionError) -> [Double] {
    guard let part = pass.thinned(to: refinement) else { return coefficients }
    let sums = try part.sums(at: .coefficients(coefficients), gram: true)
    guard sums.totals.isValid, let gram = sums.gram else { return coefficients }
    let equations = try NormalEquations(gram, settings: settings)
    let (step, decrement) = equations.step(sums.score)
    guard equations.aliased.isEmpty, decrement.isFinite else { return coefficients }
    return zip(coefficients, step).map { $0 + $1 }
  }
}
