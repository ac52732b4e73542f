import Probability
import Testing

// Values: mpmath 1.4 at 60 digits.
@Suite struct SpecialFunctionTests {
  @Test("log Γ, also close to its zeros and beyond its poles")
  func logGammaValues() {
    let pairs = [
      (1e-10, 23.025850929882736), (0.3, 1.0957979948180756), (1.0001, -5.771334222047127e-05), (2, 0),
      (7.7, 7.926541356269005), (100, 359.1342053695754), (1e10, 220258509288.81058), (-0.5, 1.2655121234846454),
    ]
    for (x, expected) in pairs { #expect(logGamma(x).agrees(with: expected, relative: 2e-15)) }
    #expect(logGamma(-2).isNaN || logGamma(-2) == .infinity)
    #expect(logGamma(Double.nan).isNaN)
  }

  @Test("Digamma and trigamma")
  func polygammas() {
    let values: [(Double, Double, Double)] = [
      (1e-10, -10000000000.577215, 1e20), (0.3, -3.502524222200133, 12.245364546107732),
      (1.4616321449683622, -9.241265521729427e-17, 0.9676722454476212), (2, 0.42278433509846713, 0.6449340668482264),
      (7.7, 1.9748820949131018, 0.13866710857111123), (100, 4.600161852738087, 0.010050166663333571),
      (1e10, 23.025850929890456, 1.00000000005e-10), (-0.5, 0.03648997397857652, 8.934802200544679),
    ]
    for (x, ψ, ψ1) in values {
      #expect(digamma(x).agrees(with: ψ, relative: 2e-15))
      #expect(trigamma(x).agrees(with: ψ1, relative: 2e-15))
    }
    #expect(digamma(0).isNaN || digamma(0).isInfinite)
  }

  @Test("log B and log C keep their digits where log-gammas cancel")
  func logBetaValues() {
    #expect(logBeta(1e9, 3).agrees(with: -61.47665033327929, relative: 2e-15))
    #expect(logBeta(1.5, 0.5).agrees(with: 0.4515827052894549, relative: 2e-15))
    #expect(logBeta(1e-5, 3).agrees(with: 11.512910465032729, relative: 2e-15))
    #expect(logBeta(0, 1).isNaN)
    #expect(logBinomialCoefficient(1e12, 5e11).agrees(with: 693147180545.904, relative: 2e-15))
    #expect(logBinomialCoefficient(50, 3).agrees(with: 9.883284845218608, relative: 2e-15))
    #expect(logBinomialCoefficient(1e15, 2).agrees(with: 68.38440560926142, relative: 2e-15))
    #expect(logBinomialCoefficient(1e6, 999_990).agrees(with: 123.05064800642472, relative: 2e-15))
    #expect(logBinomialCoefficient(9, 0) == 0)
    #expect(logBinomialCoefficient(3, 4) == -.infinity)
  }

  @Test("log(1 − eˣ) and log(1 + eˣ) at both ends")
  func logHelpers() {
    // First terms of their series: −eˣ, log(−x), eˣ, x.
    #expect(log1mexp(-40).agrees(with: -4.248354255291589e-18, relative: 1e-15))
    #expect(log1mexp(-1e-20).agrees(with: -46.051701859880914, relative: 1e-15))
    #expect(log1mexp(0) == -.infinity)
    #expect(log1mexp(0.1).isNaN)
    #expect(log1pexp(-40).agrees(with: 4.248354255291589e-18, relative: 1e-15))
    #expect(log1pexp(1000) == 1000)
    #expect(log1pexp(0).agrees(with: 0.6931471805599453, relative: 1e-15))
  }
}
