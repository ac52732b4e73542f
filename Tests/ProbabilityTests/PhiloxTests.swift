import Probability
import Testing

@Suite struct PhiloxTests {
  // The known answers that come with Random123 (Salmon and others, 2011) for philox4x64 with ten rounds.
  @Test("Known answers of Random123")
  func knownAnswers() {
    #expect(
      Philox(key: [0, 0]).words(at: [0, 0, 0, 0])
        == [0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b])
    #expect(
      Philox(key: [.max, .max]).words(at: [.max, .max, .max, .max])
        == [0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0])
    let pi = Philox(key: [0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c])
    #expect(
      pi.words(at: [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89])
        == [0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5, 0x57bd_43b5_e52b_7fe6])
  }

  @Test("A row filled in pieces, in any order, has the same bits", arguments: [0, 1, 3, 4, 5, 64, 103])
  func pieces(count: Int) {
    let random = Philox(seed: 7, purpose: 3)
    var whole = [Double](repeating: 0, count: count)
    random.fill(&whole, from: [10, 2, 5, 0])
    for i in whole.indices.reversed() {
      #expect(whole[i] == random.uniforms(at: [10 + UInt64(i / 4), 2, 5, 0])[i % 4])
    }
    var tail = [Double](repeating: 0, count: max(0, count - 4))
    random.fill(&tail, from: [11, 2, 5, 0])
    #expect(tail == Array(whole.dropFirst(4)))
    var normal = whole
    random.fillNormal(&normal, from: [10, 2, 5, 0])
    for (z, u) in zip(normal, whole) { #expect(z == Normal.standard.quantile(u)) }
    #expect(count == 0 || normal[0] == random.normal(at: [10, 2, 5, 0]))
  }

  @Test("Seeds, purposes and every word of the counter matter")
  func distinct() {
    let counters: [SIMD4<UInt64>] = [[0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    var words = Set(counters.map { Philox(seed: 1).words(at: $0) })
    words.insert(Philox(seed: 2).words(at: counters[0]))
    words.insert(Philox(seed: 1, purpose: 1).words(at: counters[0]))
    #expect(words.count == 7)
  }

  // The seed is fixed, so are the figures; 1e-4 is what one such test in 10,000 would pass below by chance.
  @Test("Uniforms are even: mean, variance and each of 64 cells")
  func uniforms() {
    var row = [Double](repeating: 0, count: 20_000)
    Philox(seed: 20_260_101).fill(&row, from: .zero)
    #expect(row.allSatisfy { $0 > 0 && $0 < 1 })
    var cells = [Double](repeating: 0, count: 64)
    for u in row { cells[Int(u * 64)] += 1 }
    let expected = Double(row.count) / 64
    let statistic = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    let chance = ChiSquared(degreesOfFreedom: 63).upperTail(statistic)
    #expect(chance > 1e-4 && chance < 1 - 1e-4)
  }

  /// The χ² test of draws against their own distribution, in the ten cells between its deciles.
  private func chance(
    _ distribution: some Distribution, count: Int = 10_000, _ draw: (SIMD4<UInt64>) -> Double
  ) -> Double {
    let bounds = (1..<10).map { distribution.quantile(Double($0) / 10) }
    var cells = [Double](repeating: 0, count: 10)
    for i in 0..<count {
      let x = draw([0, UInt64(i), 9, 0])
      cells[bounds.firstIndex { x <= $0 } ?? 9] += 1
    }
    let edges = [0] + bounds.map { distribution.cumulative($0) } + [1]
    var statistic = 0.0
    var used = -1.0
    for j in 0..<10 where edges[j + 1] > edges[j] {
      let expected = Double(count) * (edges[j + 1] - edges[j])
      statistic += (cells[j] - expected) * (cells[j] - expected) / expected
      used += 1
    }
    return ChiSquared(degreesOfFreedom: used).upperTail(statistic)
  }

  @Test("Variates follow their distributions")
  func variates() {
    let random = Philox(seed: 42)
    #expect(chance(Normal.standard) { random.normal(at: $0) } > 1e-4)
    #expect(chance(Gamma(shape: 1)) { random.exponential(at: $0) } > 1e-4)
    for shape in [0.2, 1, 6.5, 400] {
      #expect(chance(Gamma(shape: shape)) { random.gamma(shape: shape, at: $0) } > 1e-4)
    }
    for mean in [0.3, 4, 9.9, 10, 37.5, 1e4, 1e9] {
      #expect(chance(Poisson(mean: mean)) { random.poisson(mean: mean, at: $0) } > 1e-4)
    }
    for (n, p) in [(5, 0.3), (60, 0.9), (40, 0.25), (1000, 0.5), (1e6, 2e-6), (1e10, 0.3)] {
      let distribution = Binomial(trials: n, probability: p)
      #expect(chance(distribution) { random.binomial(trials: n, probability: p, at: $0) } > 1e-4)
    }
  }

  @Test("Variates without a distribution are NaN, certain ones certain")
  func variateEdges() {
    let random = Philox(seed: 1)
    #expect(random.gamma(shape: 0, at: .zero).isNaN)
    #expect(random.poisson(mean: -1, at: .zero).isNaN)
    #expect(random.poisson(mean: .infinity, at: .zero).isNaN)
    #expect(random.poisson(mean: 0, at: .zero) == 0)
    #expect(random.binomial(trials: 1.5, probability: 0.2, at: .zero).isNaN)
    #expect(random.binomial(trials: 5, probability: 1.2, at: .zero).isNaN)
    #expect(random.binomial(trials: 5, probability: 1, at: .zero) == 5)
    #expect(random.binomial(trials: 5, probability: 0, at: .zero) == 0)
    #expect(random.binomial(trials: 0, probability: 0.4, at: .zero) == 0)
  }
}
