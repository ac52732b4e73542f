import Benchmark
import Measure
import Samples
import Tables

/// Reading and writing CSV: 100,000 rows of six columns (two whole numbers, two fractions, two words), from memory, from a
/// file, and in tables of a bounded size.
let benchmarks: @Sendable () -> Void = {
  let rows = 100_000
  let cells = Double(6 * rows)
  let floor = Case.Floor(1.2, "9 bytes read and 8 written a cell at 14 GB/s")
  let complaint: @Sendable (Double) -> String? = { $0 == Double(rows) ? nil : "\($0) rows; expected \(rows)" }

  guarded(
    Case("CSV-read-100000-rows-6-columns", unit: "cell", units: cells, floor: floor, against: .branches)
  ) {
    CSVWriter.bytes(sampleTable(rows: rows))
  } kernel: { bytes in
    Double(try Table.read(csvBytes: bytes, named: "sample", others: .infer, threads: 1).rowCount)
  } complaint: {
    complaint($0)
  }

  guarded(
    Case("CSV-file-100000-rows-6-columns", unit: "cell", units: cells, floor: floor, against: .branches)
  ) {
    try TemporaryFile(CSVWriter.bytes(sampleTable(rows: rows)))
  } kernel: { file in
    Double(try Table.read(csv: file.path, others: .infer, threads: 1).rowCount)
  } complaint: {
    complaint($0)
  }

  guarded(
    Case("CSV-chunks-100000-rows-6-columns", unit: "cell", units: cells, floor: floor, against: .branches)
  ) {
    try TemporaryFile(CSVWriter.bytes(sampleTable(rows: rows)))
  } kernel: { file in
    var pass = try CSVChunks(csv: file.path, others: .infer, threads: 1).pass()
    var count = 0
    while let table = try pass.next() { count += table.rowCount }
    return Double(count)
  } complaint: {
    complaint($0)
  }

  guarded(
    Case("CSV-write-100000-rows-6-columns", unit: "cell", units: cells, floor: floor, against: .branches)
  ) {
    sampleTable(rows: rows)
  } kernel: { table in
    Double(CSVWriter.bytes(table).count { $0 == 10 } - 1)
  } complaint: {
    complaint($0)
  }
}
