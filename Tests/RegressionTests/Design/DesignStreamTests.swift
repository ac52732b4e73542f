import Regression
import Tables
import TestSupport
import Testing

struct DesignStreamTests {
  /// Rows with missing cells here and there, whole or cut into tables.
  static func columns(_ range: Range<Int>) -> [Table.Column] {
    func number(_ row: Int, _ salt: Int) -> Double { Double((row &* 7919 &+ salt &* 104_729) % 1009) / 100 }
    return [
      .init("deaths", numbers: range.map { $0 % 37 == 5 ? .nan : (number($0, 1)).rounded() }),
      .init("py", numbers: range.map { 1 + number($0, 2) }),
      .init("age", text: range.map { $0 % 41 == 3 ? "" : ["40-59", "20-39", "0-19", "60+"][($0 / 7) % 4] }),
      .init("year", numbers: range.map { Double(2015 + ($0 * $0) % 5) }),
      .init("x", numbers: range.map { number($0, 3) }),
      .init("practice", text: range.map { $0 % 53 == 1 ? "" : "P\(($0 &* 31) % 29)" }),
    ]
  }

  @Test(
    "a design in chunks has the layout, the rows, the clusters and the warnings of the whole",
    arguments: [1, 7, 64, 500, 1000])
  func chunks(_ size: Int) throws {
    let formula = try Formula(
      "deaths ~ age * factor(year) + x + age:x + bs(x, knots = c(3, 6), Boundary.knots = c(0, 11)) + offset(log(py))")
    let count = 500
    let options = DesignOptions(clusters: ["practice"])
    let whole = try Design(formula, Table(Self.columns(0..<count)), family: .poisson, options: options)
    let tables = stride(from: 0, to: count, by: size).map { Table(Self.columns($0..<min($0 + size, count))) }
    let stream = try DesignStream(formula, tables, family: .poisson, options: options)
    #expect(stream.recipe == whole.recipe)
    #expect(stream.dropped == whole.dropped)
    #expect(stream.warnings == whole.warnings)
    #expect(stream.clusters.map(\.codes) == whole.clusters.map(\.codes))
    var numerics = whole.rows.numerics.map { _ in [Double]() }
    var codes = whole.rows.codes.map { _ in [Int32]() }
    var (response, offset, source): ([Double], [Double], [Int]) = ([], [], [])
    // Twice: every pass gives the same.
    for _ in 0..<2 {
      (response, offset, source) = ([], [], [])
      numerics = numerics.map { _ in [] }
      codes = codes.map { _ in [] }
      try stream.forEachChunk { rows in
        for index in numerics.indices { numerics[index] += rows.numerics[index] }
        for index in codes.indices { codes[index] += rows.codes[index] }
        response += rows.response
        offset += rows.offset ?? []
        source += rows.sourceRows ?? []
      }
    }
    #expect(numerics == whole.rows.numerics)
    #expect(codes == whole.rows.codes)
    #expect(response == whole.rows.response)
    #expect(offset == whole.rows.offset)
    #expect(source == whole.rows.sourceRows)
  }

  @Test("bases that need all rows at once are refused", arguments: ["poly(x, 2)", "ns(x, df = 3)", "bs(x, knots = 4)"])
  func refused(_ term: String) throws {
    let tables = [Table(Self.columns(0..<20)), Table(Self.columns(20..<40))]
    let error = try #require(throws: RegressionError.self) {
      try DesignStream(try Formula("deaths ~ \(term)"), tables, family: .poisson)
    }
    guard case .model(let message) = error else { return }
    #expect(message.contains("not in memory at once"))
  }

  @Test("a file read in chunks gives the design of the file read at once, and errors name its lines")
  func file() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<100).map { "\($0 % 7),\(["b", "a", ""][$0 % 3]),\($0 % 10 == 4 ? "NA" : String($0))" }
    let path = try folder.write("data.csv", "deaths,sex,x\n" + rows.joined(separator: "\n") + "\n")
    let formula = try Formula("deaths ~ sex * x")
    let whole = try Design(formula, try Table.read(csv: path, others: .infer), family: .poisson)
    let chunks = try CSVChunks(csv: path, others: .infer, rowsPerChunk: 9)
    let stream = try DesignStream(formula, chunks, family: .poisson)
    #expect(stream.recipe == whole.recipe)
    var source: [Int] = []
    try stream.forEachChunk { source += $0.sourceRows ?? [] }
    #expect(source == whole.rows.sourceRows)
    let wrong = try folder.write("wrong.csv", "deaths,x\n" + (0..<50).map { "\($0 == 30 ? -1 : 2),\($0)\n" }.joined())
    #expect(throws: RegressionError.data(["\(wrong):32:1: deaths is -1; a count is at least 0"])) {
      try DesignStream(
        try Formula("deaths ~ x"), try CSVChunks(csv: wrong, others: .infer, rowsPerChunk: 9), family: .poisson)
    }
  }

  @Test("no chunk at all has no rows")
  func empty() {
    #expect(throws: RegressionError.data(["the data have no rows"])) {
      try DesignStream(try Formula("y ~ x"), [Table]())
    }
  }
}
