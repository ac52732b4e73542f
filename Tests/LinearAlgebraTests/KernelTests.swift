import CKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Vector kernels against their definitions, on this processor and on the oldest")
struct KernelTests {
  static let counts = [0, 1, 7, 8, 9, 31, 32, 33, 255, 256, 257]

  typealias Elementary = @Sendable (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void

  /// The distance in units in the last place of the expected value, subnormal ones included.
  func ulps(_ value: Double, _ expected: Double) -> Double {
    if value == expected || (value.isNaN && expected.isNaN) { return 0 }
    if !value.isFinite || !expected.isFinite { return .infinity }
    return abs(value - expected) / expected.ulp
  }

  func apply(_ kernel: Elementary, to x: [Double]) -> [Double] {
    var y = [Double](repeating: -7, count: x.count)
    kernel(x, &y, x.count)
    return y
  }

  @Test("exp is within 2 units in the last place over the whole range")
  func exponential() {
    var random = SplitMix(state: 20)
    var x = random.vector(20_000, in: -746...710) + random.vector(20_000) + random.vector(5_000, in: -745.2 ... -700)
    x += (0..<2000).map { _ in
      Double.random(in: -1...1, using: &random) * pow(2, -Double.random(in: 0...60, using: &random))
    }
    x += [
      .nan, .infinity, -.infinity, 0, -0.0, 709.78, 709.79, 710, -745.1, -745.2, -708, 708, .leastNonzeroMagnitude,
      1e300, -1e300,
    ]
    for kernel in [ph_exp, ph_exp_plain] as [Elementary] {
      for (value, argument) in zip(apply(kernel, to: x), x) {
        // glibc's exp is itself off by up to half a unit.
        #expect(ulps(value, exp(argument)) <= 2, "exp(\(argument))")
      }
    }
  }

  @Test("log is within 1 unit in the last place over the whole range")
  func logarithm() {
    var random = SplitMix(state: 21)
    // Every bit pattern of a positive number, numbers near 1 and subnormal ones.
    var x = (0..<20_000).map { _ in Double(bitPattern: UInt64.random(in: 1..<0x7ff0_0000_0000_0000, using: &random)) }
    x += random.vector(20_000, in: 0.5...2)
    x += (0..<5_000).map { _ in
      1 + Double.random(in: -1...1, using: &random) * pow(2, -Double.random(in: 1...50, using: &random))
    }
    x += (0..<2_000).map { _ in Double(bitPattern: UInt64.random(in: 1..<0x10_0000_0000_0000, using: &random)) }
    x += [
      .nan, .infinity, -.infinity, 0, -0.0, -1, -Double.leastNonzeroMagnitude, .leastNonzeroMagnitude, 1,
      .greatestFiniteMagnitude,
    ]
    for kernel in [ph_log, ph_log_plain] as [Elementary] {
      for (value, argument) in zip(apply(kernel, to: x), x) {
        // Rounded to doubles, a distance below 1 from the true value and glibc's half unit make at most 1.
        #expect(ulps(value, log(argument)) <= 1, "log(\(argument))")
      }
    }
  }

  @Test("every count of elements is computed, and nothing beyond it", arguments: counts)
  func elementaryEdges(count: Int) {
    let x = (0..<count).map { 0.5 + Double($0) / 100 }
    for (kernel, exact) in [(ph_exp, exp), (ph_log, log)] as [(Elementary, (Double) -> Double)] {
      var y = [Double](repeating: -7, count: count + 8)
      kernel(x, &y, count)
      #expect(zip(y, x).allSatisfy { ulps($0, exact($1)) <= 2 } && y[count...].allSatisfy { $0 == -7 })
    }
  }

  typealias Block =
    @Sendable (
      UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Double>?, Int, UnsafeMutablePointer<Double>?,
      UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?
    ) -> Double

  /// Compares a block step with its definition in elementary Swift, with and without weights and means.
  func compare(
    _ kernel: Block, _ count: Int, response: ClosedRange<Double>,
    definition: (_ eta: Double, _ y: Double, _ a: Double) -> (mean: Double, weight: Double, score: Double, sum: Double)
  ) {
    var random = SplitMix(state: UInt64(22 + count))
    let eta = random.vector(count, in: -30...8)
    let y = random.vector(count, in: response)
    let prior = random.vector(count, in: 0...3)
    for weighted in [false, true] {
      for withMean in [false, true] {
        var mean = [Double](repeating: -7, count: count + 8)
        var (weight, score) = (mean, mean)
        let a = weighted ? prior : nil
        let sum = (a ?? []).withUnsafeBufferPointer { a in
          mean.withUnsafeMutableBufferPointer { mean in
            kernel(
              eta, y, weighted ? a.baseAddress : nil, count, withMean ? mean.baseAddress : nil, &weight, &score)
          }
        }
        var expected = 0.0
        for i in 0..<count {
          let row = definition(eta[i], y[i], a?[i] ?? 1)
          expected += row.sum
          #expect(!withMean || abs(mean[i] / row.mean - 1) < 1e-14)
          #expect(weight[i] == row.weight || abs(weight[i] / row.weight - 1) < 1e-14)
          #expect(abs(score[i] - row.score) <= 1e-14 * (abs(row.score) + row.weight))
        }
        // Rounding of at most 257 terms of up to 1e4, in another order.
        #expect(abs(sum - expected) < 1e-9)
        #expect((weight[count...] + score[count...] + mean[count...]).allSatisfy { $0 == -7 })
      }
    }
  }

  @Test("the Poisson step gives means, weights, scores and the log-likelihood", arguments: counts)
  func poisson(count: Int) {
    for kernel in [ph_poisson_log_block, ph_poisson_log_block_plain] as [Block] {
      compare(kernel, count, response: 0...9) { eta, y, a in
        let mean = exp(eta)
        return (mean, a * mean, a * (y - mean), a * (y * eta - mean))
      }
    }
  }

  @Test("the binomial step gives means, weights, scores and the log-likelihood", arguments: counts)
  func binomial(count: Int) {
    for kernel in [ph_binomial_logit_block, ph_binomial_logit_block_plain] as [Block] {
      compare(kernel, count, response: 0...1) { eta, y, a in
        let mean = eta < 0 ? exp(eta) / (1 + exp(eta)) : 1 / (1 + exp(-eta))
        let other = 1 / (1 + exp(eta))
        return (mean, a * mean * other, a * (y * other - (1 - y) * mean), a * (y * eta - log1p(exp(eta))))
      }
    }
  }

  @Test("numbers outside an interval are counted, its ends and NaN are not", arguments: counts)
  func outside(count: Int) {
    var random = SplitMix(state: UInt64(91 + count))
    let x = random.vector(count).enumerated().map { $0 % 5 == 0 ? [-0.5, 0.5, .nan, .infinity][$0 / 5 % 4] : $1 }
    for kernel in [ph_count_outside, ph_count_outside_plain] {
      #expect(kernel(x, count, -0.5, 0.5) == x.count { $0 < -0.5 || $0 > 0.5 })
      #expect(kernel(x, count, -0.5, .infinity) == x.count { $0 < -0.5 })
    }
  }

  @Test("Pearson's chi-squared leaves out rows without weight", arguments: counts)
  func pearson(count: Int) {
    var random = SplitMix(state: UInt64(90 + count))
    let (weight, score) = (random.vector(count, in: -1...3).map { max(0, $0) }, random.vector(count))
    let expected = weight.indices.filter { weight[$0] > 0 }.reduce(0) { $0 + score[$1] * score[$1] / weight[$1] }
    for kernel in [ph_pearson, ph_pearson_plain] {
      // Positive terms in another order.
      #expect(abs(kernel(weight, score, count) - expected) <= 1e-13 * expected)
    }
  }

  @Test("far out the binomial step neither overflows nor cancels")
  func binomialTails() {
    let eta = [800.0, -800, 40, -40, 700, -700]
    let y = [1.0, 0, 1, 0, 1, 0]
    for kernel in [ph_binomial_logit_block, ph_binomial_logit_block_plain] as [Block] {
      var (mean, weight, score) = ([0.0, 0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0, 0])
      let sum = kernel(eta, y, nil, 6, &mean, &weight, &score)
      #expect(abs(sum / (-2 * exp(-40)) - 1) < 1e-14)
      #expect(mean[0] == 1 && weight[0] == 0 && score[0] == 0 && mean[1] == 0 && score[1] == 0)
      #expect(abs(score[2] / exp(-40) - 1) < 1e-14 && abs(score[3] / -exp(-40) - 1) < 1e-14)
      #expect(abs(weight[4] / exp(-700) - 1) < 1e-13 && abs(weight[5] / exp(-700) - 1) < 1e-13)
    }
  }
}
