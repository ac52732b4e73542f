#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// log(1 − eˣ) for x ≤ 0, accurate at both ends: log(−expm1 x) above −log 2, log1p(−eˣ) below (Mächler, 2012).
///
/// It is how the logarithm of one tail gives that of the other. 0 gives −∞, a positive x NaN.
///
/// - Complexity: O(1).
public func log1mexp(_ x: Double) -> Double {
  x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x))
}

/// log(1 + eˣ) without overflow, accurate for very negative x too (Mächler, 2012).
///
/// - Complexity: O(1).
public func log1pexp(_ x: Double) -> Double {
  x > 0 ? x + log1p(exp(-x)) : log1p(exp(x))
}

// The C library's functions under this module's roof, so that one file alone says where they come from.
func exponential(_ x: Double) -> Double { exp(x) }
func exponentialMinus1(_ x: Double) -> Double { expm1(x) }
func logarithm(_ x: Double) -> Double { log(x) }
func logarithm1p(_ x: Double) -> Double { log1p(x) }
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
