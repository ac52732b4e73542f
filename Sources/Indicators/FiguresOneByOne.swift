import Parallel
import Probability

/// Figures 0, 1, … worked out one by one on some threads, as columns.
func figuresOneByOne(
  _ count: Int, levels: [ConfidenceLevel], threads: Int?, _ figure: @Sendable (Int) -> Statistic
) -> StatisticColumns {
  // Some hundred microseconds a chunk: long beside what starting one costs, short enough to balance.
  let chunk = 256
  let chunks = parallelMap(chunks: (count + chunk - 1) / chunk, threads: threads) { index in
    (index * chunk..<min((index + 1) * chunk, count)).map(figure)
  }
  return StatisticColumns(chunks.flatMap { $0 }, levels: levels)
}
