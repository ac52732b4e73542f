internal import CBoostMath

/// The regularised incomplete beta function I_x(a, b), a, b > 0, from x and y = 1 − x both, each with more digits than
/// a double: near x = 1 everything hangs on y.
///
/// On the side of the mean where it is small, I is a binomial-like kernel times the continued fraction of DiDonato and
/// Morris (1992, Algorithm 708, equation 9); on the other side 1 minus its complement. Where that would lose digits
/// (a or b far below 1), Boost.Math's series answer.
enum IncompleteBeta {
  /// I_x(a, b).
  static func lower(_ a: Double, _ b: Double, _ x: DoubleDouble, _ y: DoubleDouble) -> ScaledTail {
    guard a > 0, b > 0, a.isFinite, b.isFinite, !x.high.isNaN else { return ScaledTail(.nan) }
    if x.high <= 0 { return ScaledTail(0) }
    if y.high <= 0 { return ScaledTail(1) }
    if x.high * (a + b) <= a { return fraction(a, b, x, y) }
    let upper = fraction(b, a, y, x).value
    if upper < 0.9 { return ScaledTail(1 - upper) }
    return ScaledTail(x.high < 0.5 ? ph_beta_i(a, b, x.high) : ph_beta_ic(b, a, y.high))
  }

  /// 1 − I_x(a, b) = I_y(b, a).
  static func upper(_ a: Double, _ b: Double, _ x: DoubleDouble, _ y: DoubleDouble) -> ScaledTail {
    lower(b, a, y, x)
  }

  /// log I_x(a, b).
  static func logLower(_ a: Double, _ b: Double, _ x: DoubleDouble, _ y: DoubleDouble) -> Double {
    ScaledTail.logarithm(of: lower(a, b, x, y), complement: upper(a, b, x, y))
  }

  /// xᵃyᵇ Γ(a + b + 1)/(Γ(a + 1)Γ(b + 1)), the binomial probability of a in a + b trials, a, b ≥ 0.
  static func kernel(_ a: Double, _ b: Double, _ x: DoubleDouble, _ y: DoubleDouble) -> ScaledTail {
    let n = DoubleDouble(sumOf: a, b)
    let deviance = Deviance.term(a, n * x) + Deviance.term(b, n * y)
    let factor = Deviance.smoothFactor(a) * (Deviance.smoothFactor(b) / Deviance.smoothFactor(n.high))
    return ScaledTail(exponent: -deviance, factor: factor)
  }

  /// I = kernel · ab/(a + b) · 1/(β₀ + α₁/(β₁ + α₂/(β₂ + …))) for x ≤ a/(a + b), by Lentz's method.
  private static func fraction(_ a: Double, _ b: Double, _ x: DoubleDouble, _ y: DoubleDouble) -> ScaledTail {
    let lambda = (a * y - b * x).high
    let odds = x.high
    var c = 1e300
    var d = (a + 1) / (a * (lambda + 1))
    var fraction = d
    var n = 0.0
    while n < 1_000_000 {
      n += 1
      let span = a + 2 * n
      let numerator = ((a + n - 1) / (span - 1)) * ((a + b + n - 1) / (span - 1)) * n * (b - n) * odds * odds
      let denominator =
        n + n * (b - n) * odds / (span - 1) + (a + n) * (lambda + 1 + n * (1 + y.high)) / (span + 1)
      d = 1 / (denominator + numerator * d)
      c = denominator + numerator / c
      let step = c * d
      fraction *= step
      if abs(step - 1) < 2e-16 { break }
    }
    return kernel(a, b, x, y).multiplied(by: a * (b / (a + b)) * fraction)
  }
}
