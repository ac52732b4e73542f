#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Exponential damping by half-life.
enum Damping {
  /// 2^(−years/halfLife), for a half-life above 0.
  static func factor(years: Int, halfLife: Double) -> Double {
    exp2(-Double(years) / halfLife)
  }
}
