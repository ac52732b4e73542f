import Benchmark
import FoundationEssentials
import Tables

/// Reading and writing CSV: half a million rows of six columns (two whole numbers, two fractions, two words), from
/// memory and from a file, on one thread and on all, and in tables of 100,000 rows.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .throughput, .peakMemoryResident], warmupIterations: 1,
    maxDuration: .seconds(5), maxIterations: 50)
  let table = sample(rows: 500_000)
  let bytes = CSVWriter.bytes(table)

  Benchmark("CSV-read-500000-rows-6-columns") { benchmark in
    benchmark.startMeasurement()
    let read = try Table.read(csvBytes: bytes, named: "sample", others: .infer)
    benchmark.stopMeasurement()
    if read.rowCount != 500_000 || read.numbers("b")?[7] != table.numbers("b")?[7] {
      benchmark.error("the table read is not the table written")
    }
  }

  let path = FileManager.default.temporaryDirectory.path + "/benchmark-\(UUID().uuidString).csv"
  Benchmark.startupHook = { try AtomicFile.write(bytes, to: path) }
  Benchmark.shutdownHook = { try FileManager.default.removeItem(atPath: path) }

  for (name, threads) in [("1-thread", 1), ("all-threads", nil)] as [(String, Int?)] {
    Benchmark("CSV-file-500000-rows-6-columns-\(name)") { benchmark in
      benchmark.startMeasurement()
      let read = try Table.read(csv: path, others: .infer, threads: threads)
      benchmark.stopMeasurement()
      if read.rowCount != 500_000 { benchmark.error("\(read.rowCount) rows; expected 500000") }
    }

    Benchmark("CSV-chunks-500000-rows-6-columns-\(name)") { benchmark in
      let chunks = try CSVChunks(csv: path, others: .infer, threads: threads)
      benchmark.startMeasurement()
      var rows = 0
      var pass = chunks.pass()
      while let table = try pass.next() { rows += table.rowCount }
      benchmark.stopMeasurement()
      if rows != 500_000 { benchmark.error("\(rows) rows; expected 500000") }
    }
  }

  Benchmark("CSV-write-500000-rows-6-columns") { benchmark in
    benchmark.startMeasurement()
    let written = CSVWriter.bytes(table)
    benchmark.stopMeasurement()
    if written.count != bytes.count { benchmark.error("\(written.count) bytes; expected \(bytes.count)") }
  }
}

/// A table whose figures follow from the row number (a linear congruence), the same in every run.
func sample(rows: Int) -> Table {
  var state: UInt64 = 42
  func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }
  let words = ["Maidstone", "Sevenoaks", "Tonbridge and Malling", "Tunbridge Wells"]
  return Table([
    Table.Column("i", integers: Array(0..<rows)),
    Table.Column("n", integers: (0..<rows).map { _ in Int(next() * 100_000) }),
    Table.Column("a", numbers: (0..<rows).map { _ in next() }),
    Table.Column("b", numbers: (0..<rows).map { _ in (next() * 1_000_000).rounded() / 1_000 }),
    Table.Column("s", text: (0..<rows).map { _ in words[Int(next() * 4)] }),
    Table.Column("t", text: (0..<rows).map { _ in next() < 0.5 ? "female" : "male" }),
  ])
}
