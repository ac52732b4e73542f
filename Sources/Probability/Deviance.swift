/// The two factors of Loader's form of Poisson, binomial, gamma and beta densities:
/// xᵃe⁻ˣ/Γ(a + 1) = g(a) e^−D(a, x), g smooth and D free of cancellation (Loader, 2000, Fast and accurate computation
/// of binomial probabilities). Here D carries twice the digits of a double, as Welinder proposed for R.
enum Deviance {
  /// D(x, m) = x log(x/m) + m − x ≥ 0 for x ≥ 0, m > 0, to about 2⁻⁵⁸ of itself.
  static func term(_ x: Double, _ m: DoubleDouble) -> DoubleDouble {
    if x == 0 { return m }
    if m.high <= 0 || m.high == .infinity { return DoubleDouble(.infinity) }
    // An infinite x or NaN has no exponent to count with.
    guard x.isFinite, m.high.isFinite else { return DoubleDouble(.nan) }
    let difference = DoubleDouble(x) - m
    if abs(difference.high) < 0.1 * (x + m.high) {
      // With v = (x − m)/(x + m): x log(x/m) = 2x artanh v, and 2xv + m − x = v(x − m).
      let v = difference / (DoubleDouble(x) + m)
      let v2 = v.high * v.high
      return difference * v + DoubleDouble(2 * x * v.high * v2 * artanhTail(v2))
    }
    return x * logarithmOfRatio(x, m) - difference
  }

  /// log(x/m) = k log 2 + 2 artanh z, z = (x − 2ᵏm)/(x + 2ᵏm), |z| ≤ 0.34.
  static func logarithmOfRatio(_ x: Double, _ m: DoubleDouble) -> DoubleDouble {
    var k = x.exponent - m.high.exponent
    if x.significand > 1.414 * m.high.significand { k += 1 }
    if 1.414 * x.significand < m.high.significand { k -= 1 }
    // Scaling x rather than m keeps both parts of m.
    let scaled = Double(sign: .plus, exponent: x.exponent - k, significand: x.significand)
    let z = (DoubleDouble(scaled) - m) / (DoubleDouble(scaled) + m)
    let z2 = z * z
    // 1 + z²(1/3 + z²(1/5 + …)): the bracketed rest adds so little that a double of it will do.
    let third = DoubleDouble(high: 1.0 / 3, low: 1.850371707708594e-17)
    let rest = z2.high * fifthsTail(z2.high)
    let series = DoubleDouble(1) + z2 * (third + DoubleDouble(rest))
    return Double(k) * logarithmOf2 + 2 * (z * series)
  }

  /// g(a) = aᵃe⁻ᵃ/Γ(a + 1), 1 at 0, about 1/√(2πa) for large a.
  static func smoothFactor(_ a: Double) -> Double {
    if a == 0 { return 1 }
    if a < 16 { return power(a, a) * exponential(-a) / gamma(a + 1) }
    return exponential(-stirlingError(a)) / (2 * Double.pi * a).squareRoot()
  }

  /// log Γ(a + 1) − log(√(2πa) aᵃe⁻ᵃ) for a ≥ 16, by Stirling's series (Abramowitz and Stegun, 1964, 6.1.41); the
  /// first term left out is below 4e-18.
  static func stirlingError(_ a: Double) -> Double {
    let s = 1 / (a * a)
    return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * (691.0 / 360_360))))))
      / a
  }

  /// log 2 in two doubles.
  private static let logarithmOf2 = DoubleDouble(high: 0.6931471805599453, low: 2.3190468138462996e-17)

  /// 1/3 + s/5 + s²/7 + … for s ≤ 0.01.
  private static func artanhTail(_ s: Double) -> Double { 1.0 / 3 + s * fifthsTail(s) }

  /// 1/5 + s/7 + s²/9 + … for s ≤ 0.03.
  private static func fifthsTail(_ s: Double) -> Double {
    var sum = 0.0
    for odd in stride(from: 25.0, through: 5, by: -2) { sum = 1 / odd + s * sum }
    return sum
  }
}
