import Probability
import Testing

@Suite struct QuantileTests {
  // mpmath: secant steps on the reference tails at 40 digits.
  @Test("Quantiles from both ends, extreme ones included")
  func continuous() {
    let f = FisherF(numeratorDegreesOfFreedom: 3, denominatorDegreesOfFreedom: 50)
    let pairs: [(Double, Double)] = [
      (StudentT(degreesOfFreedom: 7).quantile(0.975), 2.364624251592785),
      (StudentT(degreesOfFreedom: 7).upperQuantile(1e-200), 7.488454101432353e28),
      (StudentT(degreesOfFreedom: 0.5).upperQuantile(0.01), 1028.4910104716218),
      (StudentT(degreesOfFreedom: 1e5).upperQuantile(1e-10), 6.3620004198436915),
      (ChiSquared(degreesOfFreedom: 1).quantile(0.95), 3.8414588206941245),
      (ChiSquared(degreesOfFreedom: 400).upperQuantile(1e-300), 2504.9076927323295),
      (Gamma(shape: 12).quantile(0.025), 6.200575108722217),
      (Gamma(shape: 13).upperQuantile(0.025), 20.961585048176957),
      (f.quantile(0.95), 2.7900084064022006),
      (FisherF(numeratorDegreesOfFreedom: 2, denominatorDegreesOfFreedom: 5).upperQuantile(1e-100), 2.5e40),
      (Beta(3, 18).quantile(0.025), 0.03207093718546371),
      (Beta(4, 17).upperQuantile(0.025), 0.37892682654531396),
      (Beta(1e4, 3e4).quantile(1e-12), 0.23497585338518745),
    ]
    for (quantile, expected) in pairs { #expect(quantile.agrees(with: expected, relative: 2e-15)) }
    // A shape of 0.01 multiplies the rounding of the tail by a hundred.
    #expect(Beta(0.01, 5).quantile(0.3).agrees(with: 6.462784897212945e-54, relative: 2e-13))
  }

  // qpois, qbinom and qnbinom of R 4.2.2; scipy.stats gives the same.
  @Test("Quantiles of counts are those of R")
  func counts() {
    let poisson: [(Double, [Double])] = [
      (0.5, [0, 0, 2, 10]), (4.2, [1, 4, 9, 23]), (33, [22, 33, 45, 76]), (1000, [938, 1000, 1062, 1208]),
    ]
    for (mean, expected) in poisson {
      #expect(Poisson(mean: mean).quantile([0.025, 0.5, 0.975, 1 - 1e-10]) == expected)
    }
    let binomial: [(Double, Double, [Double])] = [
      (20, 0.1, [0, 0, 2, 5]), (1000, 0.37, [286, 340, 370, 400]), (5, 0.5, [0, 0, 2, 5]),
    ]
    for (trials, p, expected) in binomial {
      #expect(Binomial(trials: trials, probability: p).quantile([1e-8, 0.025, 0.5, 0.975]) == expected)
    }
    let negative: [(Double, Double, [Double])] = [
      (0.5, 10, [0, 0, 4, 51]), (10.7, 100, [4, 47, 97, 172]), (1000, 3, [0, 0, 3, 7]),
    ]
    for (size, mean, expected) in negative {
      #expect(NegativeBinomial(size: size, mean: mean).quantile([1e-8, 0.025, 0.5, 0.975]) == expected)
    }
    let upper: [(Double, [Double])] = [(0.5, [17, 0, 146]), (4.2, [35, 4, 228]), (1000, [1307, 1000, 2383])]
    for (mean, expected) in upper {
      #expect(Poisson(mean: mean).upperQuantile([1e-20, 0.5, 1e-300]) == expected)
    }
  }

  @Test("At an exact cumulative probability the quantile is the count itself", arguments: [1, 2, 4, 10, 30])
  func exactProbabilities(trials: Int) {
    let coins = Binomial(trials: Double(trials), probability: 0.5)
    for k in 0...trials {
      #expect(coins.quantile(coins.cumulative(Double(k))) == Double(k))
      if k < trials { #expect(coins.upperQuantile(coins.upperTail(Double(k))) == Double(k)) }
    }
    #expect(Binomial(trials: 2, probability: 0.5).quantile([0.25, 0.5, 0.75, 1, 0]) == [0, 1, 1, 2, 0])
  }
}
