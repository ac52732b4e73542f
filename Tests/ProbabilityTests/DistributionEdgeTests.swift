import Probability
import Testing

@Suite struct DistributionEdgeTests {
  @Test("Parameters that make no distribution give NaN everywhere")
  func badParameters() {
    let distributions: [any Distribution] = [
      Normal(mean: 0, standardDeviation: 0), Normal(mean: .nan, standardDeviation: 1), StudentT(degreesOfFreedom: 0),
      StudentT(degreesOfFreedom: .nan), ChiSquared(degreesOfFreedom: -1), Gamma(shape: 0), Gamma(shape: 1, scale: -1),
      FisherF(numeratorDegreesOfFreedom: 0, denominatorDegreesOfFreedom: 3), Beta(-1, 2), Beta(1, .nan),
      Poisson(mean: -0.1), Poisson(mean: .infinity), Binomial(trials: 2.5, probability: 0.5),
      Binomial(trials: 3, probability: 1.1), NegativeBinomial(size: 0, mean: 2), NegativeBinomial(size: 2, mean: .nan),
      NegativeBinomial(size: 2, probability: 0),
    ]
    for distribution in distributions {
      #expect(distribution.cumulative(1).isNaN)
      #expect(distribution.upperTail(1).isNaN)
      #expect(distribution.logUpperTail(1).isNaN)
      #expect(distribution.quantile(0.3).isNaN)
      #expect(distribution.upperQuantile(0.3).isNaN)
    }
  }

  private static let proper: [any Distribution] = [
    Normal.standard, StudentT(degreesOfFreedom: 3), StudentT(degreesOfFreedom: .infinity),
    ChiSquared(degreesOfFreedom: 2), FisherF(numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: 3),
    FisherF(numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: .infinity),
    FisherF(numeratorDegreesOfFreedom: .infinity, denominatorDegreesOfFreedom: 2), Gamma(shape: 3), Beta(2, 3),
    Poisson(mean: 4), Binomial(trials: 6, probability: 0.4), NegativeBinomial(size: 1.5, mean: 3),
  ]

  @Test("NaN and probabilities outside 0 to 1 give NaN; infinities are the ends of the line", arguments: proper.indices)
  func badArguments(index: Int) {
    let distribution = Self.proper[index]
    #expect(distribution.cumulative(.nan).isNaN)
    #expect(distribution.upperTail(.nan).isNaN)
    #expect(distribution.logCumulative(.nan).isNaN)
    for p in [-0.1, 1.1, .nan, .infinity] {
      #expect(distribution.quantile(p).isNaN)
      #expect(distribution.upperQuantile(p).isNaN)
    }
    #expect(distribution.cumulative(.infinity) == 1)
    #expect(distribution.upperTail(.infinity) == 0)
    #expect(distribution.logUpperTail(.infinity) == -.infinity)
    #expect(distribution.cumulative(-.infinity) == 0)
    #expect(distribution.upperTail(-.infinity) == 1)
    #expect(distribution.logCumulative(-.infinity) == -.infinity)
    #expect(distribution.quantile(0) == distribution.upperQuantile(1))
    #expect(distribution.quantile(1) == distribution.upperQuantile(0))
    #expect(distribution.cumulative(distribution.quantile(1)) == 1)
  }

  @Test("Densities at the ends of their support")
  func densityEnds() {
    #expect(Gamma(shape: 0.5).density(at: 0) == .infinity)
    #expect(Gamma(shape: 1, scale: 4).density(at: 0) == 0.25)
    #expect(Gamma(shape: 2).density(at: 0) == 0)
    #expect(ChiSquared(degreesOfFreedom: 2).density(at: 0) == 0.5)
    #expect(Gamma(shape: 2).density(at: -1) == 0)
    #expect(Gamma(shape: 2).logDensity(at: -1) == -.infinity)
    #expect(Beta(1, 3).density(at: 0) == 3)
    #expect(Beta(3, 1).density(at: 1) == 3)
    #expect(Beta(0.5, 0.5).density(at: 1) == .infinity)
    #expect(Beta(2, 2).density(at: 1.5) == 0)
    #expect(FisherF(numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: 5).density(at: 0) == 1)
    #expect(StudentT(degreesOfFreedom: 2).density(at: .infinity) == 0)
    #expect(Normal.standard.density(at: .nan).isNaN)
  }

  @Test("Counts that are no counts have probability 0; certain outcomes are certain")
  func counts() {
    for distribution: any DiscreteDistribution in [
      Poisson(mean: 4), Binomial(trials: 6, probability: 0.4), NegativeBinomial(size: 1.5, mean: 3),
    ] {
      #expect(distribution.probability(of: 2.5) == 0)
      #expect(distribution.logProbability(of: -1) == -.infinity)
      #expect(distribution.probability(of: .infinity) == 0)
      #expect(distribution.probability(of: .nan).isNaN)
      #expect(distribution.cumulative(2.9) == distribution.cumulative(2))
      #expect(distribution.cumulative(-0.5) == 0)
      #expect(distribution.upperTail(-0.5) == 1)
    }
    for certain: any DiscreteDistribution in [
      Poisson(mean: 0), Binomial(trials: 5, probability: 0), Binomial(trials: 0, probability: 0.5),
      NegativeBinomial(size: 2, mean: 0), NegativeBinomial(size: 2, probability: 1),
    ] {
      #expect(certain.probability(of: 0) == 1)
      #expect(certain.probability(of: 1) == 0)
      #expect(certain.cumulative(0) == 1)
      #expect(certain.upperTail(0) == 0)
      #expect(certain.quantile([0, 0.5, 1]) == [0, 0, 0])
      #expect(certain.upperQuantile([0, 0.5, 1]) == [0, 0, 0])
    }
    let all = Binomial(trials: 5, probability: 1)
    #expect(all.probability(of: 5) == 1)
    #expect(all.cumulative(4) == 0)
    #expect(all.quantile([0.1, 1]) == [5, 5])
  }

  @Test("Means and variances, and where there are none")
  func moments() {
    #expect(StudentT(degreesOfFreedom: 1).mean.isNaN)
    #expect(StudentT(degreesOfFreedom: 2).variance == .infinity)
    #expect(StudentT(degreesOfFreedom: 4).variance == 2)
    #expect(FisherF(numeratorDegreesOfFreedom: 3, denominatorDegreesOfFreedom: 2).mean == .infinity)
    #expect(FisherF(numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: 6).variance == 6.75)
    #expect(Beta(2, 3).variance == 0.04)
    #expect(Gamma(shape: 3, scale: 2).variance == 12)
    #expect(NegativeBinomial(size: 2, mean: 3).variance == 7.5)
    #expect(NegativeBinomial(size: 2, probability: 0.4).mean.agrees(with: 3))
  }

  @Test("A t with endless degrees of freedom is normal, and near it already with very many")
  func limits() {
    #expect(StudentT(degreesOfFreedom: .infinity).upperTail(2) == Normal.standard.upperTail(2))
    #expect(StudentT(degreesOfFreedom: .infinity).twoSidedQuantile(confidence: 0.95).agrees(with: 1.959963984540054))
    // The first correction is (t³ + t)/(4ν) densities, 5e-15 here.
    #expect(StudentT(degreesOfFreedom: 1e15).upperTail(2).agrees(with: Normal.standard.upperTail(2), relative: 5e-14))
  }
}
