import Regression
import Tables

/// Case d read from a CSV file at every pass: columns `y`, `off`, `age`, `sex`, `area`, `z0` … `z3`.
struct StreamedCase: RowSource {
  let layout = RegressionCase.layout(numerics: 4, factors: [("age", 20), ("sex", 2), ("area", 300)])
  private let chunks: CSVChunks

  /// Opens the file.
  init(_ file: String) throws(Problems) {
    let codes = ["age", "sex", "area"].map { ColumnRequest($0, .integer) }
    let numbers = ["y", "off", "z0", "z1", "z2", "z3"].map { ColumnRequest($0, .number) }
    chunks = try CSVChunks(csv: file, columns: codes + numbers, threads: 1)
  }

  func forEachChunk(_ body: (DesignRows) throws(RegressionError) -> Void) throws(RegressionError) {
    var pass = chunks.pass()
    while let table = try next(&pass) {
      func numbers(_ name: String) -> [Double] { table.numbers(name) ?? [] }
      try body(
        DesignRows(
          count: table.rowCount, numerics: (0..<4).map { numbers("z\($0)") },
          codes: ["age", "sex", "area"].map { name in numbers(name).map { Int32($0) } }, response: numbers("y"),
          offset: numbers("off")))
    }
  }

  private func next(_ pass: inout CSVChunks.Pass) throws(RegressionError) -> Table? {
    do throws(Problems) { return try pass.next() } catch { throw .data([error.description]) }
  }
}
