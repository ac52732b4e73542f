#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Probability

extension ComponentPool {
  /// The pool of fertility: log births over those under one fixed national pattern.
  ///
  /// - Parameters:
  ///   - ground: the past of many areas.
  ///   - steps: steps without a gap, three or more.
  ///   - coefficients: φ of areas and nation where they are not to be fitted. Fewer than six steps cannot tell a
  ///     process that returns from one that does not: give both then.
  /// - Throws: ``AssumptionError/stepsNotHeld(component:years:)`` for fewer than three steps or steps that the past does
  ///   not hold; ``AssumptionError/outOfRange(component:value:area:areaCode:year:sex:age:expected:)`` for an area
  ///   without births or without women.
  /// - Complexity: O(areas × steps × (ages + steps)).
  public static func fertility(
    _ ground: Calibration, steps: Range<Int>, coefficients: Coefficients? = nil
  ) throws(AssumptionError) -> ComponentPool {
    try ComponentPool(fitting: .fertility(ground, steps: steps), coefficients: coefficients)
  }

  /// The pool of net migration: residual migrants for each person at the start.
  ///
  /// - Parameters:
  ///   - ground: the past of many areas.
  ///   - mortality: probabilities of each area for every step.
  ///   - steps: steps without a gap, three or more.
  ///   - coefficients: φ of areas and nation where they are not to be fitted, as for fertility.
  /// - Throws: ``AssumptionError`` as for fertility and as ``ResidualMigration`` does.
  /// - Complexity: O(areas × steps × (ages + steps)).
  public static func migration(
    _ ground: Calibration, mortality: MortalityRates, steps: Range<Int>, coefficients: Coefficients? = nil
  ) throws(AssumptionError) -> ComponentPool {
    try ComponentPool(
      fitting: .migration(ground, mortality: mortality, steps: steps), coefficients: coefficients)
  }

  init(fitting panel: ComponentPanel, coefficients: Coefficients? = nil) {
    let national = Self.national(panel.national, coefficient: coefficients?.national)
    let series = panel.areas.indices.map { panel.local($0, national: panel.national) }
    let variograms = zip(series, panel.countingVariance).map { Variogram($0, noise: $1) }
    let φ = coefficients?.local ?? Variogram.fit(variograms)

    let freedom = Double(panel.steps.count - 2)
    let changes = series.map { Self.changeVariance($0, coefficient: φ, freedom: freedom) }
    let noise = panel.countingVariance.map { $0 * (1 + φ * φ) }
    let prior = VariancePrior(changes, noise: noise, freedom: freedom)
    let multipliers = zip(changes, noise).map { prior.multiplier(of: $0, noise: $1, freedom: freedom) }
    // γ at which typical areas and their multipliers give the pooled variogram.
    let told = variograms.reduce(0) { $0 + $1.weightedTotal }
    let expected = multipliers.reduce(0, +) * (variograms.first?.weightedTotal(ofShape: φ) ?? 0)

    let variance = expected > 0 ? max(0, told / expected) : 0
    let own = series.map(Self.ownCoefficient)
    let mean = own.reduce(0, +) / Double(max(1, own.count))
    let spread = own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, own.count - 1))
    let sampling = 1 / Double(panel.steps.count)
    // Where counts have their chance, own estimates tell how much of an area's variance it is, not the area's φ.
    let isCounted = panel.countingVariance.contains { $0 > 0 }
    let weight = isCounted || spread == 0 ? 0 : max(0, 1 - sampling / spread)
    self.init(
      component: panel.component, steps: panel.steps, nationalLevels: panel.national,
      areaCount: panel.areas.count,
      nationalCoefficient: national.coefficient, nationalInnovation: national.innovation, localCoefficient: φ,
      localVariance: variance, changeVariance: prior.typical,
      varianceDegreesOfFreedom: prior.freedom, meanOwnCoefficient: mean,
      coefficientWeight: weight, agePattern: Self.agePattern(panel))
  }

  /// φ and σ of the level that all areas share; of a given φ, σ is that of N(t) − φ·N(t−1).
  private static func national(
    _ levels: [Double], coefficient: Double?
  ) -> (coefficient: Double, innovation: Double) {
    if let coefficient {
      return (
        coefficient,
        changeVariance(levels, coefficient: coefficient, freedom: Double(levels.count - 2)).squareRoot()
      )
    }
    let fit = AutoregressiveProcess.stationary(through: levels)
    let corrected = fit.coefficient + (1 + 3 * fit.coefficient) / Double(levels.count)
    return (min(highestCoefficient, max(0, corrected)), fit.innovationStandardDeviation)
  }

  /// Σ (e(t) − ē)²/freedom of e(t) = L(t+1) − φ·L(t).
  static func changeVariance(_ series: [Double], coefficient φ: Double, freedom: Double) -> Double {
    let changes = zip(series.dropFirst(), series).map { $0 - φ * $1 }
    let mean = changes.reduce(0, +) / Double(changes.count)
    return changes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / freedom
  }

  /// Σ L(t)·L(t+1)/Σ L(t)² of the centred series; 0 for one that never changes.
  static func ownCoefficient(_ series: [Double]) -> Double {
    let mean = series.reduce(0, +) / Double(series.count)
    let centred = series.map { $0 - mean }
    let squares = centred.dropLast().reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? zip(centred.dropFirst(), centred).reduce(0) { $0 + $1.0 * $1.1 } / squares : 0
  }

  /// Cov(cell, total)/Var(total) over all areas and steps, each area about its own mean.
  private static func agePattern(_ panel: ComponentPanel) -> [Double] {
    let steps = panel.steps.count
    guard !panel.cells.isEmpty else { return [] }
    let block = panel.cells.count / panel.levels.count
    var pattern = Array(repeating: 0.0, count: block)
    var squares = 0.0
    for area in panel.areas.indices {
      let own = area * steps..<(area + 1) * steps
      let mean = panel.levels[own].reduce(0, +) / Double(steps)
      for i in own {
        // The centred total makes the mean of the cells drop out.
        let weight = panel.levels[i] - mean
        squares += weight * weight
        for cell in 0..<block { pattern[cell] += weight * panel.cells[i * block + cell] }
      }
    }
    return squares > 0 ? pattern.map { $0 / squares } : pattern
  }
}

/// The mean squared change of one series over 1, 2, … years beyond the chance of counts, to half its length.
private struct Variogram {
  private let values: [Double]
  private let pairs: [Double]
  /// The mean squared change of a year, chance included.
  private let scale: Double

  init(_ series: [Double], noise: Double) {
    let lags = 1...max(2, series.count / 2)
    values = lags.map { lag in
      zip(series.dropFirst(lag), series).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(series.count - lag)
        - 2 * noise
    }
    pairs = lags.map { Double(series.count - $0) }
    scale = values[0] + 2 * noise
  }

  /// Σ pairs·value.
  var weightedTotal: Double { zip(pairs, values).reduce(0) { $0 + $1.0 * $1.1 } }

  /// The same of 2(1 − φ^k).
  func weightedTotal(ofShape φ: Double) -> Double {
    zip(pairs, Self.shape(φ, pairs.count)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func shape(_ φ: Double, _ lags: Int) -> [Double] {
    (1...lags).map { 2 * (1 - pow(φ, Double($0))) }
  }

  /// φ of the scaled mean of variograms, from 0 to the highest that a pool may have, to 0.001.
  static func fit(_ variograms: [Variogram]) -> Double {
    let moving = variograms.filter { $0.scale > 0 }
    guard let first = moving.first else { return 0 }
    let mean = first.values.indices.map { lag in
      moving.reduce(0) { $0 + $1.values[lag] / $1.scale } / Double(moving.count)
    }
    func squares(_ φ: Double) -> Double {
      let shape = Self.shape(φ, mean.count)
      let product = mean.indices.reduce(0) { $0 + first.pairs[$1] * shape[$1] * mean[$1] }
      let length = mean.indices.reduce(0) { $0 + first.pairs[$1] * shape[$1] * shape[$1] }
      let γ = max(0, product / length)
      return mean.indices.reduce(0) { sum, lag in
        let rest = mean[lag] - γ * shape[lag]
        return sum + first.pairs[lag] * rest * rest
      }
    }
    let grid = stride(from: 0, through: ComponentPool.highestCoefficient, by: 0.001).map { ($0, squares($0)) }
    return grid.min { $0.1 < $1.1 }?.0 ?? 0
  }
}
