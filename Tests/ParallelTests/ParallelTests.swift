import Parallel
import Testing

@Suite("Chunks of work side by side")
struct ParallelTests {
  @Test("every chunk runs once whatever the number of threads", arguments: [1, 2, 7, 64])
  func everyChunkOnce(threads: Int) {
    let counts = Guarded([Int](repeating: 0, count: 1000))
    parallelFor(chunks: 1000, threads: threads) { chunk in counts.withLock { $0[chunk] += 1 } }
    #expect(counts.withLock { $0 } == [Int](repeating: 1, count: 1000))
  }

  @Test("no chunks are no work")
  func noChunks() {
    parallelFor(chunks: 0) { _ in Issue.record("ran a chunk") }
    parallelFor(chunks: -1) { _ in Issue.record("ran a chunk") }
  }

  @Test("results come in the order of the chunks", arguments: [1, 2, 7])
  func orderedResults(threads: Int) {
    #expect(parallelMap(chunks: 100, threads: threads) { $0 * $0 } == (0..<100).map { $0 * $0 })
    #expect(parallelMap(chunks: 0, threads: threads) { $0 }.isEmpty)
  }
}
