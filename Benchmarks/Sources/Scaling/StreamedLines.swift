import Regression
import Samples
import Tables

/// A linear model on the columns of ``sampleTable(rows:)``, `n` on `a` and `b`, read from its CSV file chunk by chunk.
struct StreamedLines: RowSource {
  let layout: DesignLayout
  private let chunks: CSVChunks

  init(_ file: TemporaryFile) throws(Problems) {
    let columns = ["(Intercept)", "a", "b"].enumerated().map { place, name in
      DesignColumn(name: name, term: place, numeric: place == 0 ? nil : place - 1, codings: [])
    }
    layout = DesignLayout(factors: [], numericCount: 2, columns: columns, terms: ["a", "b"], hasIntercept: true)
    chunks = try CSVChunks(csv: file.path, columns: ["n", "a", "b"].map { ColumnRequest($0, .number) }, threads: 1)
  }

  func forEachChunk(_ body: (DesignRows) throws(RegressionError) -> Void) throws(RegressionError) {
    var pass = chunks.pass()
    while let table = try next(&pass) {
      func numbers(_ name: String) -> [Double] { table.numbers(name) ?? [] }
      try body(
        DesignRows(
          count: table.rowCount, numerics: [numbers("a"), numbers("b")], codes: [], response: numbers("n"), offset: nil)
      )
    }
  }

  private func next(_ pass: inout CSVChunks.Pass) throws(RegressionError) -> Table? {
    do throws(Problems) { return try pass.next() } catch { throw .data([error.description]) }
  }
}
