internal import CBoostMath

/// Temme's uniform expansion for large a near x = a.
extension IncompleteGamma {
  /// P and Q for a ≥ 10⁴ and |x − a| < a/22 by Temme (1979, The asymptotic expansion of the incomplete gamma functions):
  /// Q = ½ erfc(η√(a/2)) + R, R = e^(−aη²/2)/√(2πa) · (C₀(η) + C₁(η)/a + …), where aη²/2 = D(a, x) and η has the sign of
  /// x − a; nil outside, or where the tail underflows.
  ///
  /// D in two doubles keeps the digits that a double of x/a − 1 loses (3·10⁻¹⁴ of P at a = 10⁶ with Boost.Math, growing
  /// as √a). The coefficients are the Taylor series of Temme's C, to the terms that reach 10⁻¹⁶ for |η| < 0.046.
  static func uniform(_ a: Double, _ x: DoubleDouble) -> (lower: Double, upper: Double)? {
    guard a >= 1e4, abs(x.high - a) * 22 < a else { return nil }
    let deviance = Deviance.term(a, x)
    guard deviance.high < 700 else { return nil }
    let isUpper = x.high > a || (x.high == a && x.low > 0)
    let scale = (-deviance).exponential
    let root = max(deviance.high, 0).squareRoot()
    let rest = root > 0 ? (deviance - DoubleDouble(productOf: root, root)).high / (2 * root) : 0
    // erfc(y + δ) = erfc y − 2δe^(−y²)/√π.
    let far = 0.5 * ph_erfc(root) - rest * 0.5641895835477563 * scale
    let near = 1 - far
    let η = (isUpper ? 1 : -1) * (2 * max(deviance.high, 0) / a).squareRoot()
    let correction = scale / (2 * Double.pi * a).squareRoot() * series(η, 1 / a)
    return isUpper
      ? (near - correction, far + correction)
      : (far - correction, near + correction)
  }

  /// C₀(η) + C₁(η)r + C₂(η)r² + C₃(η)r³.
  private static func series(_ η: Double, _ r: Double) -> Double {
    let c0 = polynomial(
      [
        -1.0 / 3, 1.0 / 12, -2.0 / 135, 1.0 / 864, 1.0 / 2835, -139.0 / 777_600, 1.0 / 25_515,
        -571.0 / 261_273_600, -281.0 / 151_559_100,
      ], η)
    let c1 = polynomial(
      [-1.0 / 540, -1.0 / 288, 1.0 / 378, -77.0 / 77_760, 1.0 / 4860, -1.0 / 2_488_320], η)
    let c2 = polynomial([25.0 / 6048, -139.0 / 51_840, 1.0 / 1296, 1.0 / 497_664], η)
    let c3 = polynomial([101.0 / 155_520, 571.0 / 2_488_320], η)
    return c0 + r * (c1 + r * (c2 + r * c3))
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}
