/// The results of `body(0)`, `body(1)`, … `body(chunks − 1)` in that order, computed on up to `threads` threads.
///
/// Reducing them from the first to the last gives the same bits on any number of threads.
///
/// - Parameters:
///   - chunks: how many pieces of work there are; none gives none.
///   - threads: the most threads to use; by default as many as there are processors.
///   - body: the work of one piece, by its number.
/// - Complexity: one atomic addition and one lock a chunk beyond the work itself; all results are held at once.
public func parallelMap<Result: Sendable>(
  chunks: Int, threads: Int? = nil, _ body: @Sendable (Int) -> Result
) -> [Result] {
  let results = Guarded([Result?](repeating: nil, count: max(chunks, 0)))
  parallelFor(chunks: chunks, threads: threads) { chunk in
    let result = body(chunk)
    results.withLock { $0[chunk] = result }
  }
  return results.withLock { $0.compactMap(\.self) }
}
