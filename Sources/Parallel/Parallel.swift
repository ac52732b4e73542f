import Dispatch
import Synchronization

/// Runs `body(0)`, `body(1)`, … `body(chunks − 1)`, each once, on up to `threads` threads, and returns when all are
/// done.
///
/// The caller cuts its work into chunks by the data alone and reduces their results in chunk order; then the answer has
/// the same bits on any number of threads. Free threads take the next chunk in order, so uneven chunks balance.
///
/// - Parameters:
///   - chunks: how many pieces of work there are; none is allowed.
///   - threads: the most threads to use; by default as many as there are processors. One runs everything on the
///     calling thread.
///   - body: the work of one piece, by its number.
/// - Complexity: one atomic addition a chunk beyond the work itself.
public func parallelFor(chunks: Int, threads: Int? = nil, _ body: @Sendable (Int) -> Void) {
  let workers = min(chunks, threads ?? processorCount)
  guard workers > 1 else {
    for chunk in 0..<max(chunks, 0) { body(chunk) }
    return
  }
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    while true {
      let chunk = next.add(1, ordering: .relaxed).oldValue
      if chunk >= chunks { return }
      body(chunk)
    }
  }
}
