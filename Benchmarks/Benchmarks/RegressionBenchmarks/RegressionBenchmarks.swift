import Benchmark
import Regression

/// Fits of the size of a county: the same shapes as the peers' cases, reduced, from figures that are made here.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .peakMemoryResident], warmupIterations: 1, maxDuration: .seconds(5),
    maxIterations: 50)

  let cases: [(name: String, sample: Sample)] = [
    ("Poisson-200000-rows-20-columns", Sample(rows: 200_000, numerics: 20, family: .poisson)),
    ("Logistic-200000-rows-20-columns", Sample(rows: 200_000, numerics: 20, family: .binomial)),
    ("Linear-200000-rows-50-columns", Sample(rows: 200_000, numerics: 50, family: .gaussian)),
    ("Linear-5000-rows-400-columns", Sample(rows: 5_000, numerics: 400, family: .gaussian)),
    (
      "Poisson-500000-rows-factors-of-20-2-300",
      Sample(rows: 500_000, numerics: 4, factors: [20, 2, 300], family: .poisson)
    ),
    ("Poisson-500000-rows-factors-only", Sample(rows: 500_000, numerics: 0, factors: [20, 2, 300], family: .poisson)),
  ]
  for (name, sample) in cases {
    for threads in [1, 2] {
      Benchmark("\(name)-\(threads)-threads") { benchmark in
        benchmark.startMeasurement()
        let fit = try Regression.fit(
          sample.layout, sample.rows, family: sample.family, options: FitOptions(threads: threads))
        benchmark.stopMeasurement()
        if let complaint = sample.complaint(about: fit) { benchmark.error(complaint) }
      }
    }
  }
}
