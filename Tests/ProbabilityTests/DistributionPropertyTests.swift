import Probability
import Testing

@Suite struct DistributionPropertyTests {
  private static let continuous: [any ContinuousDistribution] = [
    Normal(mean: -2, standardDeviation: 3), StudentT(degreesOfFreedom: 0.4), StudentT(degreesOfFreedom: 12),
    StudentT(degreesOfFreedom: 1e9), ChiSquared(degreesOfFreedom: 3), ChiSquared(degreesOfFreedom: 5e7),
    FisherF(numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: 9),
    FisherF(numeratorDegreesOfFreedom: 1e4, denominatorDegreesOfFreedom: .infinity),
    FisherF(numeratorDegreesOfFreedom: .infinity, denominatorDegreesOfFreedom: 8), Gamma(shape: 0.4, scale: 7),
    Gamma(shape: 700), Beta(0.3, 0.7), Beta(40, 2), Beta(3e5, 2e6),
  ]

  private static let discrete: [any DiscreteDistribution] = [
    Poisson(mean: 0.2), Poisson(mean: 31.4), Poisson(mean: 4e7), Binomial(trials: 12, probability: 0.5),
    Binomial(trials: 1e9, probability: 0.3), NegativeBinomial(size: 0.4, mean: 6),
    NegativeBinomial(size: 30, probability: 0.25),
  ]

  private static let probabilities = [1e-290, 1e-30, 1e-8, 0.01, 0.2, 0.5, 0.9, 0.999, 1 - 1e-9]

  @Test("Lower and upper tails add up to 1, and the cumulative probability only rises", arguments: continuous.indices)
  func tails(index: Int) {
    let distribution = Self.continuous[index]
    var previous = 0.0
    for p in [1e-12, 1e-5, 0.1, 0.3, 0.5, 0.501, 0.8, 0.99, 0.999999] {
      let x = distribution.quantile(p)
      let lower = distribution.cumulative(x)
      // The two come from one another on one side, from separate series on the other.
      #expect(abs(lower + distribution.upperTail(x) - 1) < 4e-15)
      #expect(lower > previous)
      previous = lower
    }
  }

  @Test("Quantile and cumulative probability undo each other, from both ends", arguments: continuous.indices)
  func quantiles(index: Int) {
    let distribution = Self.continuous[index]
    for p in Self.probabilities {
      for isUpper in [false, true] {
        let x = isUpper ? distribution.upperQuantile(p) : distribution.quantile(p)
        guard abs(x) > 1e-300, x.isFinite else { continue }
        let tail = isUpper ? distribution.upperTail(x) : distribution.cumulative(x)
        // A double holds x to its last place only (the quantile of a shifted normal two places), which moves the tail.
        let unit = max(distribution.density(at: x), distribution.density(at: x.nextDown)) * x.ulp
        #expect(abs(tail - p) <= 1e-13 * p + 4 * unit)
      }
    }
  }

  @Test("The density is the slope of the cumulative probability", arguments: continuous.indices)
  func slopes(index: Int) {
    let distribution = Self.continuous[index]
    for p in [0.05, 0.4, 0.5, 0.77] {
      let x = distribution.quantile(p)
      let width = distribution.quantile(0.51) - distribution.quantile(0.49)
      let step = 1e-4 * (x == 0 ? width : min(abs(x), width))
      let slope = (distribution.cumulative(x + step) - distribution.cumulative(x - step)) / (2 * step)
      // The central difference errs by rounding over the step and by the curvature times its square.
      #expect(abs(slope / distribution.density(at: x) - 1) < 1e-5)
    }
  }

  @Test("A count's quantile is the smallest that reaches the probability", arguments: discrete.indices)
  func counts(index: Int) {
    let distribution = Self.discrete[index]
    for p in Self.probabilities {
      let k = distribution.quantile(p)
      // 64 roundings are forgiven.
      #expect(distribution.cumulative(k) >= p * (1 - 1.5e-14))
      #expect(k == 0 || distribution.cumulative(k - 1) < p)
      #expect(distribution.quantile(distribution.cumulative(k)) <= k)
      let upper = distribution.upperQuantile(p)
      #expect(distribution.upperTail(upper) <= p * (1 + 1.5e-14))
      #expect(upper == 0 || distribution.upperTail(upper - 1) > p)
    }
  }

  @Test("Probabilities add up to the cumulative probability", arguments: discrete.indices)
  func sums(index: Int) {
    let distribution = Self.discrete[index]
    let first = max(0, distribution.quantile(0.5) - 20)
    var sum = first == 0 ? 0 : distribution.cumulative(first - 1)
    for offset in 0..<40 {
      let k = first + Double(offset)
      sum += distribution.probability(of: k)
      // Forty roundings.
      #expect(abs(sum - distribution.cumulative(k)) < 1e-14)
    }
  }

  @Test("t and normal are symmetric; F turned upside down is F with its degrees of freedom exchanged")
  func symmetry() {
    for x in [0.1, 1, 3.3, 20] {
      let t = StudentT(degreesOfFreedom: 4)
      #expect(t.cumulative(-x) == t.upperTail(x))
      #expect(t.density(at: -x) == t.density(at: x))
      #expect(Normal.standard.cumulative(-x) == Normal.standard.upperTail(x))
      let f = FisherF(numeratorDegreesOfFreedom: 4, denominatorDegreesOfFreedom: 11)
      let g = FisherF(numeratorDegreesOfFreedom: 11, denominatorDegreesOfFreedom: 4)
      #expect(f.upperTail(x).agrees(with: g.cumulative(1 / x)))
      // T² with ν degrees of freedom is F with 1 and ν.
      let square = FisherF(numeratorDegreesOfFreedom: 1, denominatorDegreesOfFreedom: 4)
      #expect(square.upperTail(x * x).agrees(with: t.twoSidedTail(x)))
    }
  }
}
