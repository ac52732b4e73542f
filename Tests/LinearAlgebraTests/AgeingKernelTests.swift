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
    let lanes = 3 * Int(PH_LANES)
    var random = SplitMix(state: 3)
    let q = (0..<60).map { pow(10, -6 + 0.1 * Double($0)) * 0.999 } + [0, 1, 0.5]
    let rows = q.count
    var g = (0..<(rows * lanes)).map { _ in Double.random(in: -0.6...0.6, using: &random) }
    for row in 0..<rows {
      g[row * lanes] = 0
      if row % 3 == 0 { g[row * lanes + 5] = 99 }
      if row % 5 == 0 { g[row * lanes + 7] = -1 }
    }
    let mu = q.map { $0 < 1 ? -log1p(-$0) : 0 }
    var series = [UInt8](repeating: 0, count: 1 + (rows + 6) / 8)
    ph_risk_series(mu, rows - 1, &series)
    let largest = (0..<rows).map { row in (0..<lanes).map { abs(g[row * lanes + $0]) }.max() ?? 0 }
    var worst = 0.0
    var zeros = true
    for (offset, width) in [(0, lanes), (Int(PH_LANES), Int(PH_LANES))] {
      let part = (0..<rows).flatMap { row in g[(row * lanes + offset)..<(row * lanes + offset + width)] }
      for plain in [false, true] {
        var found = [Double](repeating: -1, count: rows * width)
        let order = (0..<rows).map(Int32.init)
        lend([q, mu, part, largest]) { figures in
          var s = ph_ageing()
          (s.ages, s.lanes, s.most) = (rows - 1, width, 99)
          (s.q, s.mu, s.deviation, s.largest) = (figures[0], figures[1], figures[2], figures[3])
          order.withUnsafeBufferPointer { order in
            series.withUnsafeBufferPointer { series in
              (s.row, s.series) = (order.baseAddress, series.baseAddress)
              if plain { ph_risks_plain(&s, &found) } else { ph_risks(&s, &found) }
            }
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
    ph_sum_rows(rows, lanes, nil, 7, lanes, 0, &sums)
    ph_sum_rows(rows, lanes, weights, 7, lanes, 1, &sums)
    let added = (0..<lanes).map { i in (0..<7).reduce(0) { $0 + rows[$1 * lanes + i] * (1 + weights[$1]) } }
    #expect(zip(sums, added).allSatisfy { abs($0 - $1) < 1e-14 })
    var placed = [Double](repeating: 1, count: 3 * (lanes + 8))
    ph_place_rows(rows, 3, lanes, 0, &placed, lanes + 8)
    ph_place_rows(rows, 3, lanes, 1, &placed, lanes + 8)
    let twice = (0..<(3 * lanes)).allSatisfy { i in placed[i / lanes * (lanes + 8) + i % lanes] == 2 * rows[i] }
    #expect(twice)
    #expect((0..<2).allSatisfy { placed[($0 + 1) * (lanes + 8) - 1] == 1 })
    var products = [Double](repeating: 0, count: lanes - 3)
    ph_multiply(rows, weights + rows, lanes - 3, &products)
    #expect(products == zip(rows, weights + rows).prefix(lanes - 3).map { $0 * $1 })
    var full = [Double](repeating: 0, count: 7 * lanes)
    ph_fill_rows(weights, 7, lanes, &full)
    #expect(full == weights.flatMap { Array(repeating: $0, count: lanes) })
    var clipped = rows
    var more = [Double](repeating: 0, count: lanes)
    ph_clip_rows(&clipped, 7, lanes, &more)
    #expect(clipped == rows.map { max(0, $0) })
    #expect(abs(more.reduce(0, +) - rows.reduce(0) { $0 + max(0, -$1) }) < 1e-13)
  }

  /// One sex of 20 age groups by the plain formulas of a step.
  @Test(
    "a step moves, kills, bears and adds up as its formulas say, births and newborns too",
    arguments: [0, 1], [[0, 0], [1, 0], [0, 1]])
  func step(rates: Int32, when: [Int32]) {
    let (n, lanes) = (20, Int(PH_LANES) * 2)
    let (late, moving) = (when[0], when[1])
    var random = SplitMix(state: 9)
    let q = (0...n).map { 0.001 + 0.02 * Double($0) }
    let mu = q.map { -log1p(-$0) }
    var series = [UInt8](repeating: 0, count: 1 + (n + 7) / 8)
    ph_risk_series(mu, n, &series)
    let g = random.vector((n + 1) * lanes, in: -0.5...0.5)
    let net = random.vector(n, in: -0.01...0.02)
    let spread = random.vector(n, in: 0...0.1)
    let level = random.vector(lanes)
    let fertility = (0..<n).map { (5..<12).contains($0) ? 0.1 : 0 }
    let start = random.vector(n * lanes, in: 100...200)
    let largest = [Double](repeating: 0.5, count: n + 1)
    let ends = [7, 8, 20]
    var (people, deaths, births) = (start, [Double](repeating: 0, count: lanes), [Double](repeating: 0, count: lanes))
    var sums = [Double](repeating: 0, count: 3 * (lanes + 8))
    var deathCells = [Double](repeating: 0, count: (n + 1) * lanes)
    var birthCells = [Double](repeating: -1, count: n * lanes)
    var born = [Double](repeating: 0, count: 2 * lanes)
    let factors = random.vector(lanes, in: 0.5...1.5)
    let order = (0...n).map(Int32.init)
    for withCells in [true, false] {
      people = start
      lend([q, mu, g, largest, net, spread, level, fertility]) { f in
        order.withUnsafeBufferPointer { order in
          series.withUnsafeBufferPointer { series in
            ends.withUnsafeBufferPointer { ends in
              var s = ph_ageing(
                ages: n, lanes: lanes, q: f[0], mu: f[1], series: series.baseAddress, row: order.baseAddress,
                deviation: f[2], largest: f[3], most: 0.5, net: f[4], spread: f[5], level: f[6], fertility: f[7],
                youngest: 5, oldest: 12, ends: ends.baseAddress, rates: rates, late: late, mothers_move: moving)
              let below =
                withCells
                ? ph_age_plain(&s, &people, &deaths, &births, &deathCells, &birthCells, &sums, lanes + 8)
                : ph_age(&s, &people, &deaths, &births, nil, nil, &sums, lanes + 8)
              #expect(below == 0)
              ph_births(&births, factors, lanes, 1.05, &born)
              #expect(ph_newborns(&s, born, &people, &deaths, nil, &sums) == 0)
            }
          }
        }
      }
      var worst = 0.0
      for i in 0..<lanes {
        func risk(_ origin: Int) -> Double { -expm1(-mu[origin] * (1 + g[origin * lanes + i])) }
        let before = (0..<n).map { start[$0 * lanes + i] }
        let joining = (0..<n).map { spread[$0] * level[i] + net[$0] * (rates != 0 ? before[$0] : 1) }
        let exposed = (0..<n).map { before[$0] + (late != 0 ? 0 : joining[$0]) }
        let dead = (0..<n).map { exposed[$0] * risk($0 + 1) }
        var carried = [0.0] + (0..<(n - 1)).map { exposed[$0] - dead[$0] }
        carried[n - 1] += exposed[n - 1] - dead[n - 1]
        var after = zip(carried, joining).map(+)
        let children =
          (0..<n).reduce(0) { sum, x in
            let women = (moving != 0 ? exposed[x] : before[x]) + (late != 0 ? carried[x] : after[x])
            return sum + fertility[x] * women / 2
          } * factors[i]
        let girls = children / 2.05
        after[0] += girls * (1 - risk(0))
        let bands = [0..<7, 7..<8, 8..<20].map { $0.reduce(0) { $0 + after[$1] } }
        for x in 0..<n { worst = max(worst, abs(people[x * lanes + i] - after[x])) }
        for b in 0..<3 { worst = max(worst, abs(sums[b * (lanes + 8) + i] - bands[b])) }
        worst = max(worst, abs(births[i] - children), abs(born[i] - girls))
        worst = max(worst, abs(deaths[i] - dead.reduce(0, +) - girls * risk(0)))
        if withCells { worst = max(worst, abs(deathCells[3 * lanes + i] - dead[2])) }
      }
      // Up to 4,000 people, risks met to 5e-11 of their change.
      #expect(worst < 1e-7)
    }
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
