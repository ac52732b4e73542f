import CKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Kernels of simulated projections")
struct AgeingKernelTests {
  /// Risks from 10⁻⁶ to nearly 1 under deviations from none to a hundredfold hazard.
  @Test("risks are 1 - (1 - q)^(1 + g), exactly q for g = 0, and no lane depends on another")
  func risks() {
    let lanes = 24
    var random = SplitMix(state: 3)
    let q = (0..<60).map { pow(10, -6 + 0.1 * Double($0)) * 0.999 } + [0, 1, 0.5]
    let rows = q.count
    var g = (0..<(rows * lanes)).map { _ in Double.random(in: -0.6...0.6, using: &random) }
    for row in 0..<rows {
      g[row * lanes] = 0
      if row % 3 == 0 { g[row * lanes + 5] = 99 }
      if row % 5 == 0 { g[row * lanes + 7] = -1 }
    }
    let mu = q.map { -log1p(-$0) }
    let largest = (0..<rows).map { row in (0..<lanes).map { abs(g[row * lanes + $0]) }.max() ?? 0 }
    var worst = 0.0
    var zeros = true
    for (offset, width) in [(0, 24), (8, 8)] {
      let part = (0..<rows).flatMap { row in g[(row * lanes + offset)..<(row * lanes + offset + width)] }
      for plain in [false, true] {
        var found = [Double](repeating: -1, count: rows * width)
        let order = (0..<rows).map(Int32.init)
        lend([q, mu, part, largest]) { figures in
          order.withUnsafeBufferPointer { order in
            var s = ph_ageing(
              ages: rows - 1, lanes: width, q: figures[0], mu: figures[1], row: order.baseAddress,
              deviation: figures[2], largest: figures[3], net: nil, spread: nil, level: nil, fertility: nil, rates: 0,
              late: 0, mothers_move: 0)
            if plain { ph_risks_plain(&s, &found) } else { ph_risks(&s, &found) }
          }
        }
        for row in 0..<rows {
          for lane in 0..<width {
            let deviation = part[row * width + lane]
            let risk = found[row * width + lane]
            if deviation == 0 { zeros = zeros && risk == q[row] }
            let expected = q[row] < 1 ? -expm1(-mu[row] * (1 + deviation)) : 1
            // The change is met to 5e-11 of itself, the sum to a rounding.
            let allowed = 5e-11 * abs(expected - q[row]) + 4e-16
            worst = max(worst, abs(risk - expected) / allowed)
          }
        }
      }
    }
    #expect(worst <= 1)
    #expect(zeros)
  }

  /// Pointers to some rows, valid while `body` runs.
  private func lend(_ rows: [[Double]], _ body: ([UnsafePointer<Double>]) -> Void) {
    let flat = rows.flatMap { $0 }
    flat.withUnsafeBufferPointer { buffer in
      var starts: [UnsafePointer<Double>] = []
      var next = buffer.baseAddress
      for row in rows {
        if let start = next { starts.append(start) }
        next = next.map { $0 + row.count }
      }
      body(starts)
    }
  }

  @Test("deviations of hazards and sums of rows", arguments: [8, 16, 40])
  func deviations(lanes: Int) {
    var random = SplitMix(state: UInt64(lanes))
    let (loadings, paths) = (random.vector(3), random.vector(3 * lanes))
    var out = [Double](repeating: 0, count: lanes)
    let largest = ph_hazard_deviation(loadings, paths, 3, lanes, &out)
    let expected = (0..<lanes).map { i in expm1((0..<3).reduce(0) { $0 + loadings[$1] * paths[$1 * lanes + i] }) }
    // exp and its argument are each rounded a few times.
    #expect(zip(out, expected).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(largest == out.map(abs).max())
    let rows = random.vector(7 * lanes)
    let weights = random.vector(7)
    var sums = [Double](repeating: 1, count: lanes)
    ph_sum_rows(rows, nil, 7, lanes, 0, &sums)
    ph_sum_rows(rows, weights, 7, lanes, 1, &sums)
    let added = (0..<lanes).map { i in (0..<7).reduce(0) { $0 + rows[$1 * lanes + i] * (1 + weights[$1]) } }
    #expect(zip(sums, added).allSatisfy { abs($0 - $1) < 1e-14 })
    var clipped = rows
    var more = [Double](repeating: 0, count: lanes)
    ph_clip_rows(&clipped, 7, lanes, &more)
    #expect(clipped == rows.map { max(0, $0) })
    #expect(abs(more.reduce(0, +) - rows.reduce(0) { $0 + max(0, -$1) }) < 1e-13)
  }

  @Test("order statistics are those of the sorted numbers, whatever their distribution")
  func selection() {
    var random = SplitMix(state: 5)
    func sample(_ n: Int, _ kind: Int) -> [Double] {
      let u = random.vector(n, in: 0...1)
      switch kind {
      case 0: return u
      case 1: return u.map { -log($0 + 1e-300) }
      case 2: return u.map { ($0 * 5).rounded() }
      case 3: return u.map { _ in 7.25 }
      case 4: return u.enumerated().map { $0 == 0 ? 1e300 : $1 }
      case 5: return u.map { $0 * .leastNormalMagnitude / 64 }
      case 6: return u.enumerated().map { $0 % 2 == 0 ? -1e308 : $1 * 1e308 }
      default: return u.map { pow(10, 600 * $0 - 300) }
      }
    }
    var wrong = 0
    var moments = 0.0
    for n in [1, 2, 7, 8, 9, 40, 49, 50, 300, 1000, 5000] {
      for kind in 0..<8 {
        let x = sample(n, kind)
        let sorted = x.sorted()
        let ranks = Set([0, n / 40, n / 10, n / 2, n / 2 + 1, n * 9 / 10, n - 1].map { min($0, n - 1) }).sorted()
        for plain in [false, true] {
          var chosen = [Double](repeating: .nan, count: ranks.count)
          var scratch = [Double](repeating: .nan, count: 2 * n)
          let m =
            plain
            ? ph_select_plain(x, n, ranks, ranks.count, &chosen, &scratch)
            : ph_select(x, n, ranks, ranks.count, &chosen, &scratch)
          if chosen != ranks.map({ sorted[$0] }) || m.least != sorted[0] || m.greatest != sorted[n - 1] { wrong += 1 }
          guard kind < 4 else { continue }
          let mean = x.reduce(0, +) / Double(n)
          let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)
          moments = max(moments, abs(m.mean - mean), abs(m.variance - variance))
          if kind == 3, m.mean != 7.25 || m.variance != 0 { wrong += 1 }
        }
      }
    }
    #expect(wrong == 0)
    // Sums of at most 5,000 numbers of the size of 1 to 10.
    #expect(moments < 1e-11)
  }
}
