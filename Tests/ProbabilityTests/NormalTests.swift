import Probability
import Testing

@Suite struct NormalTests {
  // Abramowitz and Stegun (1964), table 26.5, to the digits that doubles carry.
  @Test(
    "Quantiles of the standard normal distribution",
    arguments: [(0.975, 1.959963984540054), (0.999, 3.090232306167813), (0.5, 0), (1e-300, -37.0471)])
  func quantiles(p: Double, z: Double) {
    #expect(abs(Normal.standard.quantile(p) - z) <= (p < 1e-10 ? 1e-4 : 1e-14))
  }

  @Test("Distribution and quantile undo each other over the whole range", arguments: [-8.0, -3, -0.1, 0, 0.7, 2.5, 5])
  func inverse(x: Double) {
    // In the upper tail a double of the probability itself holds x to 1e-16/density only.
    #expect(abs(Normal.standard.quantile(Normal.standard.cumulative(x)) - x) < (x > 3 ? 1e-9 : 1e-13))
  }

  @Test("Outside 0 to 1 there is no quantile")
  func outside() {
    #expect(Normal.standard.quantile(-0.1).isNaN)
    #expect(Normal.standard.quantile(1.1).isNaN)
    #expect(Normal.standard.quantile(.nan).isNaN)
  }

  @Test("The 95% interval is 1.96 standard errors wide on each side, unrounded")
  func twoSided() {
    // (1 − 0.95)/2 is not quite 0.025 in binary.
    #expect(abs(Normal.twoSidedQuantile(confidence: 0.95) - 1.959963984540054) < 1e-14)
    #expect(abs(Normal.twoSidedQuantile(confidence: 0.998) - 3.090232306167813) < 1e-12)
  }
}
