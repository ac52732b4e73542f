extension IncompleteBeta {
  /// The odds x/(1 − x) with I_x(a, b) = p.
  ///
  /// Odds, because they tell x near 0 and near 1 alike, and because F and t distributions are odds themselves.
  static func lowerQuantileOdds(_ a: Double, _ b: Double, _ p: Double) -> Double {
    guard a > 0, b > 0, a.isFinite, b.isFinite, p >= 0, p <= 1 else { return .nan }
    return p <= 0.5 ? fromLower(a, b, p) : 1 / fromLower(b, a, 1 - p)
  }

  /// The odds x/(1 − x) with 1 − I_x(a, b) = q.
  static func upperQuantileOdds(_ a: Double, _ b: Double, _ q: Double) -> Double {
    1 / lowerQuantileOdds(b, a, q)
  }

  /// x and 1 − x from the odds.
  static func shares(odds: Double) -> (x: DoubleDouble, y: DoubleDouble) {
    if odds == .infinity { return (DoubleDouble(1), DoubleDouble(0)) }
    let whole = DoubleDouble(sumOf: 1, odds)
    return (DoubleDouble(odds) / whole, DoubleDouble(1) / whole)
  }

  private static func fromLower(_ a: Double, _ b: Double, _ p: Double) -> Double {
    if p == 0 { return 0 }
    return tailRoot(from: start(a, b, p), probability: p) { odds in
      let (x, y) = shares(odds: odds)
      return (lower(a, b, x, y), kernel(a, b, x, y).multiplied(by: a * (b / (a + b))))
    }
  }

  /// Log odds of a beta variable have mean ψ(a) − ψ(b) and variance ψ′(a) + ψ′(b).
  private static func start(_ a: Double, _ b: Double, _ p: Double) -> Double {
    let spread = (trigamma(a) + trigamma(b)).squareRoot()
    let logOdds = digamma(a) - digamma(b) + spread * Normal.standard.quantile(p)
    return exponential(min(max(logOdds, -700), 700))
  }
}
