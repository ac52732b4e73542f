internal import CBoostMath

/// log |Γ(x)|; NaN at 0 and the negative whole numbers, where Γ has its poles.
///
/// Boost.Math's Lanczos approximation, exact to rounding near its zeros at 1 and 2.
///
/// - Complexity: O(1).
public func logGamma(_ x: Double) -> Double { ph_log_gamma(x) }

/// log |Γ(x)| of every value of a column.
///
/// - Complexity: O(*n*).
public func logGamma(_ values: [Double]) -> [Double] { row(values, ph_log_gamma_row) }

/// ψ(x) = d log Γ(x)/dx; NaN at 0 and the negative whole numbers.
///
/// - Complexity: O(1).
public func digamma(_ x: Double) -> Double { ph_digamma(x) }

/// ψ(x) of every value of a column.
///
/// - Complexity: O(*n*).
public func digamma(_ values: [Double]) -> [Double] { row(values, ph_digamma_row) }

/// ψ′(x) = d² log Γ(x)/dx²; NaN or infinite at 0 and the negative whole numbers.
///
/// - Complexity: O(1).
public func trigamma(_ x: Double) -> Double { ph_trigamma(x) }

/// ψ′(x) of every value of a column.
///
/// - Complexity: O(*n*).
public func trigamma(_ values: [Double]) -> [Double] { row(values, ph_trigamma_row) }

/// Γ(x), inside the module: its users stay below the overflow at 171.
func gamma(_ x: Double) -> Double { ph_gamma(x) }

/// log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b) for a, b > 0, without the cancellation of that difference.
///
/// B(a, b) = (a + b)/(ab) · Γ(a + 1)Γ(b + 1)/Γ(a + b + 1), each Γ split into a power and a smooth factor (Loader, 2000).
///
/// - Complexity: O(1).
public func logBeta(_ a: Double, _ b: Double) -> Double {
  guard a > 0, b > 0 else { return .nan }
  let n = a + b
  let factor = Deviance.smoothFactor(a) * (Deviance.smoothFactor(b) / Deviance.smoothFactor(n))
  let powers = a * logarithm1p(b / a) + b * logarithm1p(a / b)
  return -powers - logarithm(factor) - logarithm(a) - logarithm(b / n)
}

/// log C(n, k) = log(n!/(k!(n − k)!)) for 0 ≤ k ≤ n, whole numbers or not; −∞ outside.
///
/// Accurate relative to itself for n far beyond 2⁵³ too, where a difference of log-gammas has no digit left.
///
/// - Complexity: O(1).
public func logBinomialCoefficient(_ n: Double, _ k: Double) -> Double {
  guard !n.isNaN, !k.isNaN else { return .nan }
  guard k >= 0, k <= n else { return -.infinity }
  if k == 0 || k == n { return 0 }
  let b = n - k
  let factor = Deviance.smoothFactor(k) * (Deviance.smoothFactor(b) / Deviance.smoothFactor(n))
  return k * logarithm1p(b / k) + b * logarithm1p(k / b) + logarithm(factor)
}
