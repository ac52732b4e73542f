#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Probability

/// Variances of many series that are scaled inverse χ² around a typical one, on top of a known noise of each.
///
/// With s² of d degrees of freedom around m·(typical + noise), m itself d₀/χ²(d₀): log s²/(typical + noise) has the mean
/// ψ(d/2) − log(d/2) − ψ(d₀/2) + log(d₀/2) and the variance ψ′(d/2) + ψ′(d₀/2), which give the typical variance and d₀.
///
/// Source: Smyth (2004), Statistical Applications in Genetics and Molecular Biology 3(1), section 6.2.
struct VariancePrior {
  /// The typical variance beyond the noise; 0 where the noise explains all.
  let typical: Double
  /// d₀; infinite where the spread is no more than that of sampling.
  let freedom: Double

  init(typical: Double, freedom: Double) {
    self.typical = typical
    self.freedom = freedom
  }

  /// - Parameters:
  ///   - variances: s², one a series; those of 0 are series that never change and are passed over.
  ///   - noise: the part of each that is known.
  ///   - freedom: d, degrees of freedom of each.
  init(_ variances: [Double], noise: [Double], freedom d: Double) {
    let used = zip(variances, noise).filter { $0.0 > 0 }
    guard used.count > 1 else {
      self.init(typical: max(0, (used.first?.0 ?? 0) - (used.first?.1 ?? 0)), freedom: .infinity)
      return
    }
    /// The mean by which logarithms exceed what a typical variance lets expect, and d₀ at it.
    func excess(_ typical: Double) -> (mean: Double, freedom: Double) {
      let logs = used.map { log($0.0 / (typical + $0.1)) - digamma(d / 2) + log(d / 2) }
      let mean = logs.reduce(0, +) / Double(logs.count)
      let spread = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count - 1)
      let half = Self.inverseTrigamma(spread - trigamma(d / 2))
      let shift = half.isFinite ? digamma(half) - log(half) : 0
      return (mean + shift, 2 * half)
    }
    let largest = used.reduce(0) { max($0, $1.0) }
    // The excess falls as the typical variance grows. A series' own variance may lie far below the typical one.
    var low = 0.0
    var high = 1e6 * largest
    if let least = used.map(\.1).min(), least > 0, excess(0).mean <= 0 {
      high = 0
    } else {
      low = 1e-12 * largest
    }
    for _ in 0..<120 where high > 0 {
      let middle = (low * high).squareRoot()
      if excess(middle).mean > 0 { low = middle } else { high = middle }
    }
    self.init(typical: high, freedom: excess(high).freedom)
  }

  /// The factor on the typical variance of a series whose own variance is s²: (d₀ + d·s²/(typical + noise))/(d₀ + d),
  /// the posterior mean of the inverse of its inverse; 1 where series do not differ.
  func multiplier(of variance: Double, noise: Double, freedom d: Double) -> Double {
    let expected = typical + noise
    guard freedom.isFinite, expected > 0 else { return 1 }
    return (freedom + d * variance / expected) / (freedom + d)
  }

  /// x with ψ′(x) = y by Newton's method on 1/ψ′; infinite for y of 0 or less.
  static func inverseTrigamma(_ y: Double) -> Double {
    guard y > 0 else { return .infinity }
    if y > 1e7 { return 1 / y.squareRoot() }
    if y < 1e-6 { return 1 / y }
    var x = 0.5 + 1 / y
    for _ in 0..<60 {
      let value = trigamma(x)
      // ψ″ by a central difference: the step needs no more than a direction and a size.
      let width = 1e-4 * x
      let slope = (trigamma(x + width) - trigamma(x - width)) / (2 * width)
      let step = value * (1 - value / y) / slope
      x += step
      if -step / x < 1e-10 { break }
    }
    return x
  }
}
