#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension AutoregressiveProcess {
  /// The random walk with drift through a series: drift d = (k(T) − k(1))/(T − 1), σ² = Σ (Δk − d)²/(T − 2), standard
  /// error of the drift σ/√(T − 1), which are the maximum likelihood estimates but for the divisor of σ². It starts
  /// at the last value.
  ///
  /// - Precondition: Three values or more.
  /// - Complexity: O(*n*).
  public static func randomWalk(through series: [Double]) -> AutoregressiveProcess {
    precondition(series.count >= 3, "a walk of fewer than two changes")
    let changes = zip(series.dropFirst(), series).map { $0 - $1 }
    let drift = changes.reduce(0, +) / Double(changes.count)
    let squares = changes.reduce(0) { $0 + ($1 - drift) * ($1 - drift) }
    let deviation = (squares / Double(changes.count - 1)).squareRoot()
    return AutoregressiveProcess(
      start: series[series.count - 1], constant: drift,
      constantStandardError: deviation / Double(changes.count).squareRoot(), coefficient: 1,
      innovationStandardDeviation: deviation)
  }

  /// The stationary process through a series by exact maximum likelihood, whose |φ| is below 1 whatever the series.
  ///
  /// With μ = c/(1 − φ) the likelihood has −2·log L = n·log S(φ, μ) − log(1 − φ²) + constant,
  /// S = (1 − φ²)(k(1) − μ)² + Σ (k(t) − μ − φ(k(t−1) − μ))², σ² = S/n, and μ solved for each φ. The standard error
  /// of c is σ/√n, (1 − φ) times that of μ. The process starts at the last value; a series that never changes gives
  /// φ = 0 and σ = 0.
  ///
  /// Source: Hamilton (1994), *Time Series Analysis*, chapter 5.
  ///
  /// - Precondition: Three values or more.
  /// - Complexity: O(*n*), a few hundred passes.
  public static func stationary(through series: [Double]) -> AutoregressiveProcess {
    precondition(series.count >= 3, "a process through fewer than three values")
    let n = Double(series.count)
    guard series.contains(where: { $0 != series[0] }) else {
      return AutoregressiveProcess(
        start: series[0], constant: series[0], coefficient: 0, innovationStandardDeviation: 0)
    }
    let likelihood = StationaryLikelihood(series)
    let coefficient = likelihood.bestCoefficient()
    let (mean, squares) = likelihood.solution(coefficient)
    let deviation = (squares / n).squareRoot()
    return AutoregressiveProcess(
      start: series[series.count - 1], constant: mean * (1 - coefficient),
      constantStandardError: deviation / n.squareRoot(), coefficient: coefficient,
      innovationStandardDeviation: deviation)
  }

  /// ε(2), ε(3), … of a series times σ: what each value differs from its expectation after the one before.
  func innovations(of series: [Double]) -> [Double] {
    zip(series.dropFirst(), series).map { $0 - constant - coefficient * $1 }
  }
}

/// The exact likelihood of a stationary process of first order as a function of its coefficient alone.
private struct StationaryLikelihood {
  private let series: [Double]

  init(_ series: [Double]) { self.series = series }

  /// μ and S at a coefficient.
  func solution(_ φ: Double) -> (mean: Double, squares: Double) {
    let n = series.count
    let ends = series[0] + series[n - 1]
    let inner = series[1..<(n - 1)].reduce(0, +)
    let mean = (ends + (1 - φ) * inner) / (2 + Double(n - 2) * (1 - φ))
    let first = series[0] - mean
    let squares = zip(series.dropFirst(), series).reduce((1 - φ * φ) * first * first) { sum, pair in
      let rest = pair.0 - mean - φ * (pair.1 - mean)
      return sum + rest * rest
    }
    return (mean, squares)
  }

  /// −2·log L but for a constant.
  private func deviance(_ φ: Double) -> Double {
    Double(series.count) * log(solution(φ).squares) - log(1 - φ * φ)
  }

  /// Its derivative; μ is at its best and adds nothing.
  private func slope(_ φ: Double) -> Double {
    let (mean, squares) = solution(φ)
    let first = series[0] - mean
    let cross = zip(series.dropFirst(), series).reduce(-φ * first * first) { sum, pair in
      sum - (pair.1 - mean) * (pair.0 - mean - φ * (pair.1 - mean))
    }
    return Double(series.count) * 2 * cross / squares + 2 * φ / (1 - φ * φ)
  }

  /// The best of a grid, then halving between its neighbours: the slope is below 0 at −1 and above 0 at 1.
  func bestCoefficient() -> Double {
    let steps = 200
    let grid = (1..<steps).map { Double(2 * $0 - steps) / Double(steps) }
    let best = grid.indices.min { deviance(grid[$0]) < deviance(grid[$1]) } ?? 0
    var low = best == 0 ? -1 : grid[best - 1]
    var high = best == grid.count - 1 ? 1 : grid[best + 1]
    for _ in 0..<80 {
      let middle = (low + high) / 2
      guard middle > low, middle < high, middle.magnitude < 1 else { break }
      if slope(middle) > 0 { high = middle } else { low = middle }
    }
    return low.magnitude < 1 ? low : high
  }
}
