import Probability
import Testing

/// Every family against the reference cases.
@Suite struct DistributionTests {
  private func checkTails<Family: Distribution>(_ c: ReferenceCase<Family>) {
    #expect(c.distribution.cumulative(c.x).agrees(with: c.cumulative))
    #expect(c.distribution.upperTail(c.x).agrees(with: c.upperTail))
  }

  private func check<Family: ContinuousDistribution>(_ c: ReferenceCase<Family>) {
    #expect(c.distribution.density(at: c.x).agrees(with: c.density))
    checkTails(c)
  }

  private func check<Family: DiscreteDistribution>(_ c: ReferenceCase<Family>) {
    #expect(c.distribution.probability(of: c.x).agrees(with: c.density))
    checkTails(c)
  }

  @Test("Normal density and tails", arguments: ReferenceCases.normal)
  func normal(c: ReferenceCase<Normal>) { check(c) }

  @Test("Student's t density and tails", arguments: ReferenceCases.studentT)
  func studentT(c: ReferenceCase<StudentT>) { check(c) }

  @Test("χ² density and tails", arguments: ReferenceCases.chiSquared)
  func chiSquared(c: ReferenceCase<ChiSquared>) { check(c) }

  @Test("F density and tails", arguments: ReferenceCases.fisherF)
  func fisherF(c: ReferenceCase<FisherF>) { check(c) }

  @Test("Gamma density and tails", arguments: ReferenceCases.gamma)
  func gamma(c: ReferenceCase<Gamma>) { check(c) }

  @Test("Beta density and tails", arguments: ReferenceCases.beta)
  func beta(c: ReferenceCase<Beta>) { check(c) }

  @Test("Poisson probabilities and tails", arguments: ReferenceCases.poisson)
  func poisson(c: ReferenceCase<Poisson>) { check(c) }

  @Test("Binomial probabilities and tails", arguments: ReferenceCases.binomial)
  func binomial(c: ReferenceCase<Binomial>) { check(c) }

  @Test("Negative binomial probabilities and tails", arguments: ReferenceCases.negativeBinomial)
  func negativeBinomial(c: ReferenceCase<NegativeBinomial>) { check(c) }

  // mpmath, as the reference cases; the probabilities are far below the smallest double.
  @Test("Logarithms go on where the tails themselves underflow")
  func logTails() {
    let f = FisherF(numeratorDegreesOfFreedom: 3, denominatorDegreesOfFreedom: 1e4)
    let pairs: [(Double, Double)] = [
      (Normal.standard.logUpperTail(100), -5005.524208694205),
      (Normal.standard.logCumulative(-1e5), -5000000012.431864),
      (StudentT(degreesOfFreedom: 30).logUpperTail(1e15), -987.7732001385981),
      (StudentT(degreesOfFreedom: 1000).logUpperTail(200), -1861.1467781670601),
      (ChiSquared(degreesOfFreedom: 1).logUpperTail(5000), -2504.484587848451),
      (ChiSquared(degreesOfFreedom: 1000).logCumulative(1e-5), -8714.366786215263),
      (f.logUpperTail(3000), -3205.2634731641547),
      (Beta(2000, 3).logCumulative(0.001), -13801.00240085054),
      (Poisson(mean: 10).logUpperTail(2000), -8616.647974258156),
      (Binomial(trials: 10_000, probability: 0.001).logUpperTail(3000), -14632.427588618493),
      (NegativeBinomial(size: 2.5, mean: 10).logUpperTail(9000), -1997.5554339372188),
    ]
    for (logTail, expected) in pairs { #expect(logTail.agrees(with: expected)) }
    #expect((2 * StudentT(degreesOfFreedom: 7).upperTail(2.1)) == StudentT(degreesOfFreedom: 7).twoSidedTail(-2.1))
    #expect(Normal.standard.logTwoSidedTail(-100).agrees(with: -5005.524208694205 + 0.6931471805599453))
  }

  @Test("The logarithm of a probability close to 1 keeps the digits of what is missing")
  func logNearOne() {
    // log(1 − ε) = −ε to first order; the complements are those of the reference cases.
    #expect(Normal.standard.logUpperTail(-37).agrees(with: -5.725571222524577e-300))
    #expect(StudentT(degreesOfFreedom: 1e5).logCumulative(37).agrees(with: -5.98731412171233e-298))
    #expect(Poisson(mean: 250).logUpperTail(100).agrees(with: -2.953524450691059e-27))
  }

  // mpmath: log-gamma at 80 digits. A difference of log-gammas in doubles has lost nine digits here.
  @Test("Probabilities of huge counts lose nothing")
  func hugeCounts() {
    #expect(Poisson(mean: 1e9).probability(of: 1e9).agrees(with: 1.2615662609049494e-05))
    #expect(Poisson(mean: 1e9).probability(of: 1_000_200_000).agrees(with: 2.6034905403282688e-14))
    #expect(Poisson(mean: 1e9).logProbability(of: 2.5e9).agrees(with: -790726841.4241045))
    let coins = Binomial(trials: 1e12, probability: 0.5)
    #expect(coins.probability(of: 500_010_000_000).agrees(with: 1.1041896579299857e-93))
    #expect(Binomial(trials: 1e12, probability: 1e-9).probability(of: 1010).agrees(with: 0.011941828911082962))
    let counts = NegativeBinomial(size: 1e9, mean: 1e9)
    #expect(counts.probability(of: 1_000_100_000).agrees(with: 7.322857383255401e-07))
  }

  @Test("A column gives what its values give one by one")
  func columns() {
    let x = [0.1, 1, 2.5, 40]
    let t = StudentT(degreesOfFreedom: 9)
    #expect(t.upperTail(x) == x.map { t.upperTail($0) })
    #expect(t.quantile([0.1, 0.9]) == [t.quantile(0.1), t.quantile(0.9)])
    #expect(t.density(at: x) == x.map { t.density(at: $0) })
    #expect(Poisson(mean: 2).probability(of: [0, 3]) == [0, 3].map { Poisson(mean: 2).probability(of: $0) })
    #expect(logGamma(x) == x.map { logGamma($0) })
    #expect(digamma([]) == [])
  }
}
