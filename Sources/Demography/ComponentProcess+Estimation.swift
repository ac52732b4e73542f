extension ComponentProcess {
  /// The process of fertility of every area of a past, each area's variance and autocorrelation shrunk towards the
  /// pool's.
  ///
  /// - Parameters:
  ///   - ground: the past of the areas that are projected, one or many, over the steps of the pool, with the pool's
  ///     national rates.
  ///   - pool: what many areas say together.
  ///   - window: how many steps, one or more, the assumption's level was averaged over; that the level then differs
  ///     from today's and from the long run's is part of the process.
  /// - Throws: ``AssumptionError`` as ``ComponentPool/fertility(_:steps:coefficients:)``.
  /// - Complexity: O(areas × steps × ages).
  public static func fertility(
    _ ground: Calibration, pool: ComponentPool, window: Int
  ) throws(AssumptionError) -> ComponentProcess {
    ComponentProcess(try .fertility(ground, steps: pool.steps), pool: pool, window: window)
  }

  /// The process of net migration of every area of a past, as for fertility.
  ///
  /// - Parameters:
  ///   - ground: the past of the areas that are projected, over the steps of the pool.
  ///   - mortality: probabilities of each area for every step.
  ///   - pool: what many areas say together.
  ///   - window: how many steps, one or more, the migration was averaged over.
  /// - Throws: ``AssumptionError`` as ``ComponentPool/migration(_:mortality:steps:coefficients:)``.
  /// - Complexity: O(areas × steps × ages).
  public static func migration(
    _ ground: Calibration, mortality: MortalityRates, pool: ComponentPool, window: Int
  ) throws(AssumptionError) -> ComponentProcess {
    ComponentProcess(try .migration(ground, mortality: mortality, steps: pool.steps), pool: pool, window: window)
  }

  init(_ panel: ComponentPanel, pool: ComponentPool, window: Int) {
    let freedom = Double(panel.steps.count - 2)
    let prior = VariancePrior(typical: pool.changeVariance, freedom: pool.varianceDegreesOfFreedom)
    let φ = pool.localCoefficient
    let local = panel.areas.indices.map { area in
      let series = panel.local(area, national: pool.nationalLevels)
      let noise = panel.countingVariance[area]
      let multiplier = prior.multiplier(
        of: ComponentPool.changeVariance(series, coefficient: φ, freedom: freedom), noise: noise * (1 + φ * φ),
        freedom: freedom)
      let own = φ + pool.coefficientWeight * (ComponentPool.ownCoefficient(series) - pool.meanOwnCoefficient)
      return AutoregressiveProcess(
        aroundMeanOf: window, coefficient: min(ComponentPool.highestCoefficient, max(0, own)),
        variance: pool.localVariance * multiplier, noise: noise)
    }
    let national = pool.nationalCoefficient
    let innovation = pool.nationalInnovation
    self.init(
      component: panel.component, areas: panel.areas,
      national: AutoregressiveProcess(
        aroundMeanOf: window, coefficient: national,
        variance: innovation * innovation / (1 - national * national), noise: 0),
      loadings: panel.areas.map { _ in 1 }, local: local, agePattern: pool.agePattern)
  }
}

extension AutoregressiveProcess {
  /// What a stationary level y departs from its own mean ȳ over the last w years:
  /// y(T + h) − ȳ = φ^h·(y(T) − ȳ) − (1 − φ^h)·(ȳ − μ) + innovations.
  ///
  /// The first term is the start, the second the error of the constant; both variances are those of a process of
  /// variance γ, Var ȳ = γ/w²·Σ_ij φ^|i−j| + noise/w, and the two are drawn as if they were independent.
  init(aroundMeanOf window: Int, coefficient φ: Double, variance γ: Double, noise: Double) {
    precondition(window >= 1, "a mean of no years")
    let w = Double(window)
    var power = 1.0
    var withLast = 0.0
    var pairs = w
    for lag in 0..<window {
      withLast += power / w
      if lag > 0 { pairs += 2 * Double(window - lag) * power }
      power *= φ
    }
    let meanVariance = γ * pairs / (w * w) + noise / w
    self.init(
      startStandardDeviation: max(0, γ - 2 * γ * withLast + meanVariance).squareRoot(),
      constantStandardError: (1 - φ) * meanVariance.squareRoot(), coefficient: φ,
      innovationStandardDeviation: (γ * (1 - φ * φ)).squareRoot())
  }
}
