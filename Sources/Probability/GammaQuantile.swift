extension IncompleteGamma {
  /// The x with P(a, x) = p.
  static func lowerQuantile(_ a: Double, _ p: Double) -> Double {
    guard a > 0, a.isFinite, p >= 0, p <= 1 else { return .nan }
    return p <= 0.5 ? fromLower(a, p) : fromUpper(a, 1 - p)
  }

  /// The x with Q(a, x) = q.
  static func upperQuantile(_ a: Double, _ q: Double) -> Double {
    guard a > 0, a.isFinite, q >= 0, q <= 1 else { return .nan }
    return q <= 0.5 ? fromUpper(a, q) : fromLower(a, 1 - q)
  }

  private static func fromLower(_ a: Double, _ p: Double) -> Double {
    if p == 0 { return 0 }
    // P(a, x) ≤ xᵃ/Γ(a + 1), so the root lies above the second start.
    let smallest = exponential((logarithm(p) + logGamma(a + 1)) / a)
    if smallest == 0 { return 0 }
    // log Γ runs over near the largest shapes, where the normal start is as good as exact.
    let start = max(cubed(a, Normal.standard.quantile(p)), smallest.isFinite ? smallest : 0)
    return tailRoot(from: start, probability: p) { x in
      (lower(a, DoubleDouble(x)), kernel(a, DoubleDouble(x)).multiplied(by: a))
    }
  }

  private static func fromUpper(_ a: Double, _ q: Double) -> Double {
    if q == 0 { return .infinity }
    var start = cubed(a, Normal.standard.upperQuantile(q))
    // For small shapes the cube root is no normal variable: Q < e⁻ˣ below shape 1.
    if a < 1 { start = -logarithm(q) }
    return tailRoot(from: start, probability: q) { x in
      (upper(a, DoubleDouble(x)), kernel(a, DoubleDouble(x)).multiplied(by: -a))
    }
  }

  /// Wilson and Hilferty's (1931) approximate quantile, from that of the normal distribution.
  private static func cubed(_ a: Double, _ z: Double) -> Double {
    let root = 1 - 1 / (9 * a) + z / (3 * a.squareRoot())
    return root > 0 ? a * root * root * root : 0
  }
}
