import CKernels
import Testing

@Suite("Kernels over cells")
struct CellKernelTests {
  @Test("moment tables hold the sums of each cell, for one line a cell and for several", arguments: [0, 7, 8, 9, 100])
  func moments(rows: Int) {
    for count in [0, 1, 5, 6, 7, 13, 15, 40] {
      var random = SplitMix(state: UInt64(rows + 100 * count))
      let columns = (0..<count).map { _ in random.vector(rows) }
      let (w, r) = (random.vector(rows), random.vector(rows))
      // Runs of one cell too: sums must follow each other through memory.
      let cells: [Int32] = (0..<rows).map { row in row / 3 % 2 == 0 ? 1 : Int32(row % 5) }
      let stride = (count + 9) / 8 * 8
      var expected = [Double](repeating: 0, count: 5 * stride)
      for i in 0..<rows {
        let start = Int(cells[i]) * stride
        expected[start] += w[i]
        expected[start + 1] += r[i]
        for j in 0..<count { expected[start + 2 + j] += w[i] * columns[j][i] }
      }
      var table = [Double](repeating: 0, count: 5 * stride)
      var plain = table
      let flat = columns.flatMap { $0 }
      flat.withUnsafeBufferPointer { buffer in
        let x = (0..<count).map { j in buffer.baseAddress.map { $0 + j * rows } }
        ph_moment_table(cells, x, count, w, r, rows, &table, stride)
        ph_moment_table_plain(cells, x, count, w, r, rows, &plain, stride)
      }
      // Products are rounded once more, or once less where they are fused; no sum is larger than the 100 rows.
      #expect(zip(table, expected).allSatisfy { abs($0 - $1) < 1e-13 })
      #expect(zip(plain, expected).allSatisfy { abs($0 - $1) < 1e-13 })
    }
  }

  @Test("cells and their linear predictor", arguments: [0, 1, 15, 16, 33, 256])
  func predictor(rows: Int) {
    var random = SplitMix(state: UInt64(rows))
    let (constants, offset, beta) = (random.vector(12), random.vector(rows), random.vector(2))
    let columns = (0..<2).map { _ in random.vector(rows) }
    let codes: [[Int32]] = [(0..<rows).map { row in Int32(row % 3) }, (0..<rows).map { row in Int32(row / 3 % 4) }]
    let flatCodes = codes.flatMap { $0 }
    let flat = columns.flatMap { $0 }
    var cells = [[Int32]](repeating: [Int32](repeating: -1, count: rows), count: 3)
    var etas = [[Double]](repeating: [Double](repeating: 0, count: rows), count: 3)
    let expected: [Int] = (0..<rows).map { row in row % 3 + 3 * (row / 3 % 4) }
    flatCodes.withUnsafeBufferPointer { buffer in
      let pointers = (0..<2).map { f in buffer.baseAddress.map { $0 + f * rows } }
      ph_cells(pointers, [1, 3], 2, rows, &cells[0])
      ph_cells_plain(pointers, [1, 3], 2, rows, &cells[1])
      ph_cells(pointers, [], 0, rows, &cells[2])
    }
    #expect(cells[0] == expected.map { Int32($0) } && cells[1] == cells[0] && cells[2].allSatisfy { $0 == 0 })
    flat.withUnsafeBufferPointer { buffer in
      let x = (0..<2).map { j in buffer.baseAddress.map { $0 + j * rows } }
      ph_cell_predictor(cells[0], constants, x, 2, beta, offset, rows, &etas[0])
      ph_cell_predictor_plain(cells[0], constants, x, 2, beta, offset, rows, &etas[1])
      ph_cell_predictor(cells[0], constants, x, 0, beta, nil, rows, &etas[2])
    }
    for i in 0..<rows {
      let numerics: Double = beta[0] * columns[0][i] + beta[1] * columns[1][i]
      let eta = constants[expected[i]] + offset[i] + numerics
      #expect(abs(etas[0][i] - eta) < 8e-15 && abs(etas[1][i] - eta) < 8e-15)
      #expect(etas[2][i] == constants[expected[i]])
    }
  }
}
