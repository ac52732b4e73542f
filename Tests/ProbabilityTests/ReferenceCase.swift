import Probability
import Testing

/// Density, cumulative probability and upper tail at one point, made with mpmath 1.4 from the defining formulas: log-gamma
/// for densities, series and continued fractions at 60 digits for tails. 0 stands for less than the smallest double.
struct ReferenceCase<Family: Distribution>: Sendable, CustomTestStringConvertible {
  let distribution: Family
  let x: Double
  let density: Double
  let cumulative: Double
  let upperTail: Double

  init(_ distribution: Family, _ x: Double, _ density: Double, _ cumulative: Double, _ upperTail: Double) {
    self.distribution = distribution
    self.x = x
    self.density = density
    self.cumulative = cumulative
    self.upperTail = upperTail
  }

  var testDescription: String { "\(distribution) at \(x)" }
}

extension Double {
  /// Within 2e-14 of the expected value. All but a few cases need 2e-15; a beta distribution with a shape of 0.01 and a
  /// negative binomial with such a size lose a digit.
  func agrees(with expected: Double, relative: Double = 2e-14) -> Bool {
    self == expected || abs(self - expected) <= relative * abs(expected)
  }
}
