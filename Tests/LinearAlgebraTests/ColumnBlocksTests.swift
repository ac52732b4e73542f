import LinearAlgebra
import Testing

@Suite("Products over blocks of columns")
struct ColumnBlocksTests {
  static let rowCounts = [0, 1, 7, 255, 256, 257, 700]

  func design(_ rows: Int, _ count: Int, intercept: Bool) -> (blocks: ColumnBlocks, full: [[Double]]) {
    var random = SplitMix(state: UInt64(rows * 1000 + count))
    let columns = (0..<count).map { _ in random.vector(rows) }
    let blocks = ColumnBlocks(columns: columns, intercept: intercept, rows: rows)
    return (blocks, (intercept ? [[Double](repeating: 1, count: rows)] : []) + columns)
  }

  @Test("XᵀWX is the sum of its definition at every block edge", arguments: rowCounts)
  func gram(rows: Int) {
    for count in [0, 1, 4, 7, 12, 25, 50] {
      let (blocks, full) = design(rows, count, intercept: count % 2 == 0)
      var random = SplitMix(state: 1)
      let weights = random.vector(rows, in: 0...2)
      // Sums of at most 700 terms below 2: rounding in another order stays below 700² × 2⁻⁵³ × 2.
      #expect(distance(blocks.weightedGram(weights), plainProduct(full, weights, full)) < 1e-10)
      #expect(distance(blocks.weightedGram(), plainProduct(full, nil, full)) < 1e-10)
    }
  }

  @Test("the linear predictor and the score are the sums of their definitions", arguments: rowCounts)
  func vectors(rows: Int) {
    for count in [0, 1, 2, 3, 4, 5, 8, 9, 21, 50] {
      let (blocks, full) = design(rows, count, intercept: count % 3 == 0)
      var random = SplitMix(state: 2)
      let beta = random.vector(full.count)
      let offset = random.vector(rows)
      var eta = offset
      for (j, column) in full.enumerated() {
        for i in 0..<rows { eta[i] += beta[j] * column[i] }
      }
      #expect(distance(blocks.linearPredictor(beta, offset: offset), eta) < 1e-12)
      #expect(distance(blocks.linearPredictor(beta), zip(eta, offset).map { $0 - $1 }) < 1e-12)
      #expect(distance(blocks.transposedProduct(eta), plainProduct(full, nil, [eta]).values) < 1e-10)
    }
  }

  @Test("the bits do not depend on the number of threads")
  func threads() {
    let (blocks, _) = design(20_000, 13, intercept: true)
    var random = SplitMix(state: 3)
    let weights = random.vector(20_000, in: 0...1)
    let one = blocks.weightedGram(weights, threads: 1)
    let score = blocks.transposedProduct(weights, threads: 1)
    for threads in [2, 7] {
      #expect(blocks.weightedGram(weights, threads: threads) == one)
      #expect(blocks.transposedProduct(weights, threads: threads) == score)
    }
  }

  @Test("chunks are whole blocks, cover the rows once and depend on the size alone")
  func chunks() {
    for rows in [0, 1, 256, 257, 100_000, 1_000_001] {
      for columns in [0, 1, 21, 1000] {
        let chunks = ColumnBlocks.chunks(rows: rows, columns: columns)
        #expect(chunks.count <= 64 && chunks.count * columns * columns * 8 <= 33_554_432)
        #expect(chunks.flatMap { [$0.lowerBound, $0.upperBound] }.first ?? 0 == 0)
        #expect((chunks.last?.upperBound ?? 0) == rows)
        for (chunk, next) in zip(chunks, chunks.dropFirst()) {
          #expect(chunk.upperBound == next.lowerBound && chunk.count % ColumnBlocks.blockRows == 0)
        }
      }
    }
  }

  @Test("the moment table sums each cell's rows", arguments: [0, 1, 5, 6, 7, 14, 15])
  func moments(count: Int) {
    let rows = 600
    let (blocks, full) = design(rows, count, intercept: false)
    var random = SplitMix(state: 4)
    // Few cells, so that neighbouring rows share one.
    let cells = (0..<rows).map { _ in Int32.random(in: 0..<3, using: &random) }
    let (w, r) = (random.vector(rows, in: 0...1), random.vector(rows))
    var table = MomentTable(cells: 3, columns: count)
    blocks.forEachBlock(in: 0..<rows) { block in
      block.addMoments(
        cells: Array(cells[block.rows]), Array(w[block.rows]), Array(r[block.rows]), into: &table)
    }
    for cell in 0..<3 {
      let inCell = cells.indices.filter { cells[$0] == cell }
      #expect(abs(table.weight(cell: cell) - inCell.reduce(0) { $0 + w[$1] }) < 1e-11)
      #expect(abs(table.residual(cell: cell) - inCell.reduce(0) { $0 + r[$1] }) < 1e-11)
      for j in 0..<count {
        #expect(abs(table.weighted(cell: cell, column: j) - inCell.reduce(0) { $0 + w[$1] * full[j][$1] }) < 1e-11)
      }
    }
  }
}
