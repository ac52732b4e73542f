internal import CBoostMath

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), a > 0, x ≥ 0.
///
/// Both are the Poisson-like kernel xᵃe⁻ˣ/Γ(a + 1) times a series or a continued fraction of positive terms wherever
/// these are short; near x = a for large a Temme's uniform expansion (``uniform(_:_:)``, below a = 10⁴ that of
/// Boost.Math), and for the upper tail of small a Boost.Math's series do the work.
enum IncompleteGamma {
  /// P(a, x).
  static func lower(_ a: Double, _ x: DoubleDouble) -> ScaledTail {
    if let trivial = trivialLower(a, x.high) { return ScaledTail(trivial) }
    if let both = uniform(a, x) { return ScaledTail(both.lower) }
    if x.high <= max(a, 1), isShort(a, x.high) { return lowerSeries(a, x) }
    if x.high > a + 1, isShort(a, x.high) {
      let upper = upperFraction(a, x).value
      if upper < 0.5 { return ScaledTail(1 - upper) }
    }
    return ScaledTail(ph_gamma_p(a, x.high) + carried(a, x))
  }

  /// Q(a, x).
  static func upper(_ a: Double, _ x: DoubleDouble) -> ScaledTail {
    if let trivial = trivialLower(a, x.high) { return ScaledTail(1 - trivial) }
    if let both = uniform(a, x) { return ScaledTail(both.upper) }
    if x.high > a + 1, isShort(a, x.high) { return upperFraction(a, x) }
    if x.high <= a, isShort(a, x.high) {
      let lower = lowerSeries(a, x).value
      if lower < 0.5 { return ScaledTail(1 - lower) }
    }
    return ScaledTail(ph_gamma_q(a, x.high) - carried(a, x))
  }

  /// log P(a, x).
  static func logLower(_ a: Double, _ x: DoubleDouble) -> Double {
    ScaledTail.logarithm(of: lower(a, x), complement: upper(a, x))
  }

  /// log Q(a, x).
  static func logUpper(_ a: Double, _ x: DoubleDouble) -> Double {
    ScaledTail.logarithm(of: upper(a, x), complement: lower(a, x))
  }

  /// xᵃe⁻ˣ/Γ(a + 1), the Poisson probability of a at mean x, a ≥ 0.
  static func kernel(_ a: Double, _ x: DoubleDouble) -> ScaledTail {
    ScaledTail(exponent: -Deviance.term(a, x), factor: Deviance.smoothFactor(a))
  }

  /// P at the ends of the range, NaN outside the domain, nil elsewhere.
  private static func trivialLower(_ a: Double, _ x: Double) -> Double? {
    guard a > 0, a.isFinite, !x.isNaN else { return .nan }
    return x <= 0 ? 0 : x == .infinity ? 1 : nil
  }

  /// Whether series and fraction take at most some hundred terms: a small, or x more than √(20a) away from it, which is
  /// where Boost's expansion at x = a ends.
  private static func isShort(_ a: Double, _ x: Double) -> Bool {
    a < 200 || (x - a) * (x - a) > 20 * a
  }

  /// What the second double of x adds to P.
  private static func carried(_ a: Double, _ x: DoubleDouble) -> Double {
    x.low == 0 ? 0 : x.low * (a / x.high) * kernel(a, x).value
  }

  /// P = kernel · (1 + x/(a + 1) + x²/((a + 1)(a + 2)) + …).
  private static func lowerSeries(_ a: Double, _ x: DoubleDouble) -> ScaledTail {
    var term = 1.0
    var sum = 1.0
    var n = a
    while term > 1e-17 * sum {
      n += 1
      term *= x.high / n
      sum += term
    }
    return kernel(a, x).multiplied(by: sum)
  }

  /// Q = kernel · a · Legendre's continued fraction (Abramowitz and Stegun, 1964, 6.5.31), by Lentz's method.
  private static func upperFraction(_ a: Double, _ x: DoubleDouble) -> ScaledTail {
    var denominator = x.high - a + 1
    var c = 1e300
    var d = 1 / denominator
    var fraction = d
    var n = 0.0
    while n < 100_000 {
      n += 1
      let numerator = n * (a - n)
      denominator += 2
      d = 1 / (denominator + numerator * d)
      c = denominator + numerator / c
      let step = c * d
      fraction *= step
      if abs(step - 1) < 2e-16 { break }
    }
    return kernel(a, x).multiplied(by: a * fraction)
  }
}
