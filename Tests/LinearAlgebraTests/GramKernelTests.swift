import CKernels
import LinearAlgebra
import Testing

@Suite("Column kernels on every kind of processor up to this one")
struct GramKernelTests {
  /// Lends the columns, which start `offset` doubles into their arrays, as C wants them.
  func lend<Result>(
    _ columns: [[Double]], offset: Int, _ body: (UnsafePointer<UnsafePointer<Double>?>) -> Result
  ) -> Result? {
    let pointers = columns.map { column in
      let start = UnsafeMutablePointer<Double>.allocate(capacity: column.count + offset + 8)
      start.initialize(repeating: .nan, count: column.count + offset + 8)
      for (i, value) in column.enumerated() { start[offset + i] = value }
      return start
    }
    defer { pointers.forEach { $0.deallocate() } }
    let starts = pointers.map { UnsafePointer<Double>?($0 + offset) } + [nil]
    return starts.withUnsafeBufferPointer { $0.baseAddress.map(body) }
  }

  @Test("score and product are their definitions wherever in a cache line the columns start", arguments: [0, 3])
  func scoreAndGram(offset: Int) {
    for rows in [0, 1, 7, 8, 9, 31, 256, 257] {
      for count in [0, 1, 2, 3, 5, 6, 8, 9, 17, 21] {
        var random = SplitMix(state: UInt64(rows * 100 + count))
        let columns = (0..<count).map { _ in random.vector(rows) }
        let (w, r) = (random.vector(rows, in: 0...1), random.vector(rows))
        var expected = plainProduct(columns, w, columns)
        for j in 0..<count {
          for i in 0..<j { expected[i, j] = 0 }
        }
        let expectedScore = plainProduct(columns, nil, [r]).values
        for level in [Int32(0), 3, 4] where level <= ph_processor_level() {
          var gram = Matrix(rows: count, columns: count)
          var score = [Double](repeating: 0, count: count)
          var scratch = [Double](repeating: .nan, count: max(1, ph_weighted_gram_scratch(count, rows)))
          _ = lend(columns, offset: offset) { x in
            ph_score_and_gram_at(level, x, count, w, r, rows, &score, &gram.values, &scratch)
          }
          // Sums of at most 257 terms below 1, in another order.
          let isNear = distance(gram, expected) < 1e-12 && distance(score, expectedScore) < 1e-12
          #expect(isNear, "level \(level), \(rows) rows, \(count) columns")
        }
      }
    }
  }

  @Test("more columns than a group has, in tiles and in panels", arguments: [150, 187, 345])
  func manyColumns(count: Int) {
    var random = SplitMix(state: UInt64(count))
    for (rows, weighted) in [(10, false), (9, true)] {
      let columns = (0..<count).map { _ in random.vector(rows) }
      let (w, r) = (weighted ? random.vector(rows) : nil, random.vector(rows))
      let expected = plainProduct(columns, w, columns)
      for level in [Int32(0), 3, 4] where level <= ph_processor_level() {
        // A block is added to what is there, in the lower triangle only.
        var gram = Matrix(repeating: 1, rows: count, columns: count)
        var score = [Double](repeating: 1, count: count)
        var scratch = [Double](repeating: .nan, count: ph_weighted_gram_scratch(count, rows))
        _ = lend(columns, offset: 1) { x in
          if let w {
            ph_score_and_gram_at(level, x, count, w, r, rows, &score, &gram.values, &scratch)
          } else {
            ph_score_and_gram_at(level, x, count, nil, r, rows, &score, &gram.values, &scratch)
          }
        }
        #expect(gram[0, 1] == 1 && gram[count - 2, count - 1] == 1)
        gram.mirrorLowerTriangle()
        #expect(distance(gram.values, expected.values.map { 1 + $0 }) < 1e-12)
        #expect(distance(score, plainProduct(columns, nil, [r]).values.map { 1 + $0 }) < 1e-12)
      }
    }
  }

  @Test("blocks add up in the sums that a packed block leaves, and the linear predictor is its definition")
  func packedBlocks() {
    for count in [1, 2, 5, 9, 21, 130] {
      for block in count > 100 ? [33] : [1, 8, 33, 128] {
        let rows = 3 * block - block / 2
        var random = SplitMix(state: UInt64(count + 1000 * block))
        let columns = (0..<count).map { _ in random.vector(rows) }
        let (w, r, offset) = (random.vector(rows, in: 0...1), random.vector(rows), random.vector(rows))
        let beta = random.vector(count)
        for weights in [w, nil] {
          let expected = plainProduct(columns, weights, columns)
          let expectedScore = plainProduct(columns, nil, [r]).values
          let expectedEta = (0..<rows).map { i in columns.indices.reduce(offset[i]) { $0 + beta[$1] * columns[$1][i] } }
          var gram = Matrix(rows: count, columns: count)
          var score = [Double](repeating: 0, count: count)
          var eta = [Double](repeating: 0, count: rows)
          var sums = [Double](repeating: 0, count: ph_gram_sums(count))
          var pack = [Double](repeating: .nan, count: ph_pack_size(count, block))
          for start in stride(from: 0, to: rows, by: block) {
            let range = start..<min(start + block, rows)
            var etas = [Double](repeating: 0, count: range.count)
            _ = lend(columns.map { Array($0[range]) }, offset: 1) { x in
              ph_predict_and_pack(x, count, beta, Array(offset[range]), range.count, &etas, &pack)
              let (w, r) = (weights.map { Array($0[range]) }, Array(r[range]))
              if let w {
                ph_gram_add(x, count, w, r, range.count, &pack, &sums)
              } else {
                ph_gram_add(x, count, nil, r, range.count, &pack, &sums)
              }
            }
            eta.replaceSubrange(range, with: etas)
          }
          ph_gram_total(&sums, count, &score, &gram.values)
          gram.mirrorLowerTriangle()
          // Sums of at most 320 terms below 1, in another order.
          let isNear = distance(gram, expected) < 1e-12 && distance(score, expectedScore) < 1e-12
          #expect(isNear && distance(eta, expectedEta) < 1e-13, "\(count) columns, blocks of \(block)")
        }
      }
    }
  }

  @Test("the product alone is the product beside the score, to the bit", arguments: [11, 190])
  func productAlone(count: Int) {
    var random = SplitMix(state: 4)
    let columns = (0..<count).map { _ in random.vector(50) }
    let (w, r) = (random.vector(50, in: 0...1), random.vector(50))
    var (alone, beside) = (Matrix(rows: count, columns: count), Matrix(rows: count, columns: count))
    var score = [Double](repeating: 0, count: count)
    var scratch = [Double](repeating: .nan, count: ph_weighted_gram_scratch(count, 50))
    _ = lend(columns, offset: 0) { x in
      ph_weighted_gram(x, count, w, 50, &alone.values, &scratch)
      ph_score_and_gram(x, count, w, r, 50, &score, &beside.values, &scratch)
    }
    #expect(alone == beside)
  }

  @Test("plain and dispatched kernels agree", arguments: [0, 1, 31, 32, 33, 256, 257])
  func plainAndDispatched(rows: Int) {
    for count in [0, 1, 3, 4, 5, 21] {
      var random = SplitMix(state: UInt64(rows + 31 * count))
      let columns = (0..<count).map { _ in random.vector(rows) }
      let (beta, w, r) = (random.vector(count), random.vector(rows, in: 0...1), random.vector(rows))
      let cells = (0..<rows).map { _ in Int32.random(in: 0..<4, using: &random) }
      let stride = (count + 9) / 8 * 8
      var (eta, etaPlain) = ([Double](repeating: 0, count: rows), [Double](repeating: 0, count: rows))
      var (packedEta, packedEtaPlain) = (eta, eta)
      let filling = [Double](repeating: 5, count: ph_pack_size(count, rows))
      var (pack, packPlain) = (filling, filling)
      var (score, scorePlain) = ([Double](repeating: 1, count: count), [Double](repeating: 1, count: count))
      var (table, tablePlain) = ([Double](repeating: 2, count: 4 * stride), [Double](repeating: 2, count: 4 * stride))
      _ = lend(columns, offset: 3) { x in
        ph_linear_predictor(x, count, beta, r, rows, &eta)
        ph_linear_predictor_plain(x, count, beta, r, rows, &etaPlain)
        ph_predict_and_pack(x, count, beta, r, rows, &packedEta, &pack)
        ph_predict_and_pack_plain(x, count, beta, r, rows, &packedEtaPlain, &packPlain)
        ph_score(x, count, r, rows, &score)
        ph_score_plain(x, count, r, rows, &scorePlain)
        ph_moment_table(cells, x, count, w, r, rows, &table, stride)
        ph_moment_table_plain(cells, x, count, w, r, rows, &tablePlain, stride)
      }
      // One fused rounding a term.
      #expect(distance(eta, etaPlain) < 1e-13 && distance(score, scorePlain) < 1e-12)
      #expect(distance(packedEta, etaPlain) < 1e-13 && distance(packedEtaPlain, etaPlain) < 1e-13)
      #expect(pack == packPlain)
      #expect(distance(table, tablePlain) < 1e-12)
      #expect(
        (0..<4).allSatisfy { cell in table[(cell * stride + 2 + count)..<((cell + 1) * stride)].allSatisfy { $0 == 2 } }
      )
    }
  }
}
