import Foundation
import Testing

@testable import Demography

/// Areas whose levels are drawn from known processes.
private struct DrawnPanel {
  let panel: ComponentPanel

  /// - Parameters:
  ///   - spread: the degrees of freedom of the areas' variances; infinite for one variance.
  ///   - noise: the standard deviation of independent noise on every level.
  init(
    areas count: Int, steps: Int, national: (φ: Double, σ: Double), local: (φ: Double, σ: Double), spread: Double,
    noise: Double = 0, seed: UInt64
  ) {
    var numbers = SeededNumbers(seed: seed)
    func normal() -> Double {
      (-2 * log(numbers.next(in: 1e-300...1))).squareRoot() * cos(2 * .pi * numbers.next(in: 0...1))
    }
    func process(_ φ: Double, _ σ: Double) -> [Double] {
      var value = σ / (1 - φ * φ).squareRoot() * normal()
      return (0..<steps).map { _ in
        value = φ * value + σ * normal()
        return value
      }
    }
    let shared = process(national.φ, national.σ)
    var levels: [Double] = []
    for _ in 0..<count {
      var variance = 1.0
      if spread.isFinite {
        // d₀/χ²(d₀) for an even number of degrees of freedom.
        let χ² = (0..<Int(spread / 2)).reduce(0) { sum, _ in sum - 2 * log(numbers.next(in: 1e-300...1)) }
        variance = spread / χ²
      }
      let mean = normal()
      let own = process(local.φ, local.σ * variance.squareRoot())
      levels += zip(own, shared).map { $0 + $1 + mean + noise * normal() }
    }
    panel = ComponentPanel(
      component: .fertility, areas: (0..<count).map { Area(code: "\($0)") }, steps: 2000..<(2000 + steps),
      levels: levels, national: shared, countingVariance: Array(repeating: noise * noise, count: count), cells: [])
  }
}

@Suite struct ComponentPoolTests {
  @Test("known processes of many areas come back", arguments: [(0.9, 0.0), (0.6, 0.0), (0.9, 0.03)])
  func recovery(_ φ: Double, _ noise: Double) {
    let drawn = DrawnPanel(
      areas: 600, steps: 24, national: (0.8, 0.02), local: (φ, 0.02), spread: 8, noise: noise, seed: 4)
    let pool = ComponentPool(fitting: drawn.panel)
    // 600 areas of 24 steps: the standard error of φ is near 0.01 without noise and 0.03 with it.
    #expect(abs(pool.localCoefficient - φ) < (noise > 0 ? 0.08 : 0.04))
    #expect(abs(pool.changeVariance / 0.0004 - 1) < (noise > 0 ? 0.35 : 0.12))
    // The noise of every level hides how much areas differ: their spread is then read as smaller than 8 makes it.
    #expect(pool.varianceDegreesOfFreedom > 5 && (noise > 0 || pool.varianceDegreesOfFreedom < 14))
    #expect(pool.coefficientWeight < 0.2)
    // The mean of scaled inverse χ² variances is 8/(8 − 2) of the typical one.
    let areas = ComponentProcess(drawn.panel, pool: pool, window: 10).local
    let found = areas.reduce(0) { $0 + $1.innovationStandardDeviation * $1.innovationStandardDeviation } / 600
    #expect(abs(found / (0.0004 * 8 / 6) - 1) < (noise > 0 ? 0.3 : 0.2))
  }

  @Test("pasts of three steps still give a process that does not explode")
  func shortPasts() {
    for seed in UInt64(1)...40 {
      let drawn = DrawnPanel(
        areas: 5, steps: 3, national: (0.5, 0.01), local: (0.7, 0.02), spread: 8, seed: seed)
      let pool = ComponentPool(fitting: drawn.panel)
      for process in ComponentProcess(drawn.panel, pool: pool, window: 5).local {
        #expect(process.variance(atHorizon: 20).isFinite && process.coefficient < 1)
      }
      #expect((0...ComponentPool.highestCoefficient).contains(pool.nationalCoefficient))
    }
  }

  @Test("given autocorrelations are kept and variances fitted to them")
  func givenCoefficients() {
    let drawn = DrawnPanel(
      areas: 800, steps: 4, national: (0.5, 0.01), local: (0.7, 0.02), spread: .infinity, seed: 8)
    let pool = ComponentPool(fitting: drawn.panel, coefficients: .init(local: 0.7, national: 0.5))
    #expect(pool.localCoefficient == 0.7 && pool.nationalCoefficient == 0.5)
    // 800 areas of three changes: the standard error is near 3%.
    #expect(abs(pool.localVariance * (1 - 0.49) / 0.0004 - 1) < 0.12)
  }

  @Test("areas that never change have no variance")
  func constantAreas() {
    let panel = ComponentPanel(
      component: .migration, areas: ["A", "B"].map { Area(code: $0) }, steps: 2000..<2004,
      levels: [1, 1, 1, 1, 2, 2, 2, 2], national: [0, 0, 0, 0], countingVariance: [0, 0], cells: [])
    let process = ComponentProcess(panel, pool: ComponentPool(fitting: panel), window: 2)
    for local in process.local + [process.national] { #expect(local.variance(atHorizon: 10) == 0) }
  }

  @Test("areas of one variance are pooled in full")
  func oneVariance() {
    let drawn = DrawnPanel(
      areas: 300, steps: 20, national: (0.5, 0.01), local: (0.7, 0.02), spread: .infinity, seed: 6)
    #expect(ComponentPool(fitting: drawn.panel).varianceDegreesOfFreedom > 60)
  }

  @Test("the inverse of the trigamma function is one")
  func inverseTrigamma() {
    // ψ′(1) = π²/6, ψ′(½) = π²/2.
    #expect(abs(VariancePrior.inverseTrigamma(.pi * .pi / 6) - 1) < 1e-9)
    #expect(abs(VariancePrior.inverseTrigamma(.pi * .pi / 2) - 0.5) < 1e-9)
    #expect(VariancePrior.inverseTrigamma(0) == .infinity && VariancePrior.inverseTrigamma(-1) == .infinity)
  }

  @Test("an area's variance lies between its own and the typical one")
  func shrinkage() {
    let prior = VariancePrior(typical: 2, freedom: 6)
    // (6 + 12·(8/2))/(6 + 12) = 3: its own would be 4, the typical 1.
    #expect(prior.multiplier(of: 8, noise: 0, freedom: 12) == 3)
    #expect(prior.multiplier(of: 8, noise: 2, freedom: 12) == (6 + 12 * 2) / 18.0)
    #expect(VariancePrior(typical: 2, freedom: .infinity).multiplier(of: 8, noise: 0, freedom: 12) == 1)
  }

  @Test("around the mean of a window: the variance is that of future less mean")
  func window() {
    for (φ, w) in [(0.5, 10), (0.9, 10), (0.98, 5), (0.0, 1)] {
      let process = AutoregressiveProcess(aroundMeanOf: w, coefficient: φ, variance: 2, noise: 0)
      for h in [1, 5, 10, 20] {
        // Var(y(T+h) − ȳ) from the autocovariances 2φ^|lag|.
        func covariance(_ i: Int, _ j: Int) -> Double { 2 * pow(φ, Double(abs(i - j))) }
        let window = Array((1 - w)...0)
        let mean = window.reduce(0) { sum, i in sum + window.reduce(0) { $0 + covariance(i, $1) } } / Double(w * w)
        let cross = window.reduce(0) { $0 + covariance($1, h) } / Double(w)
        let exact = 2 + mean - 2 * cross
        // The two terms that are drawn as independent are slightly correlated.
        #expect(abs(process.variance(atHorizon: h) / exact - 1) < 0.12, "\(φ) \(w) \(h)")
      }
    }
  }

  @Test("fertility and migration of a projected past are read as they were made")
  func projectedPast() throws {
    let ages = ProjectedPast.ages
    let world = try ProjectedPast(migrants: ages.lowerBounds.map { 20 - 0.3 * Double($0) })
    let steps = ProjectedPast.steps
    let pool = try ComponentPool.fertility(world.ground, steps: steps)
    let panel = try ComponentPanel.fertility(world.ground, steps: steps)
    // Fertility 1.1 and 0.9 times the national rates in every step.
    for (i, factor) in [1.1, 0.9].enumerated() {
      for t in 0..<5 { #expect(abs(panel.levels[i * 5 + t] - log(factor)) < 1e-12) }
    }
    let fertility = try ComponentProcess.fertility(world.ground, pool: pool, window: 5)
    #expect(fertility.areas == ProjectedPast.areas && fertility.loadings == [1, 1])
    let moves = try ComponentPanel.migration(
      world.ground, mortality: world.truth.assumptions.mortality, steps: steps)
    let migration = try ComponentPool.migration(
      world.ground, mortality: world.truth.assumptions.mortality, steps: steps)
    let net = ages.lowerBounds.reduce(0.0) { $0 + 20 - 0.3 * Double($1) } * 2
    for area in 0..<2 {
      for (t, year) in steps.enumerated() {
        let people = try #require(world.truth.total(area: area, in: year))
        // A tenth of a percent: migrants at the oldest ages half die in the step, which smoothing spreads.
        #expect(abs(moves.levels[area * 5 + t] / (net / people) - 1) < 1e-2)
      }
    }
    #expect(abs(migration.agePattern.reduce(0, +) - 1) < 1e-9 && migration.agePattern.count == 182)
    #expect(throws: AssumptionError.stepsNotHeld(component: .fertility, years: [2000, 2001])) {
      try ComponentPool.fertility(world.ground, steps: 2000..<2002)
    }
    #expect(throws: AssumptionError.stepsNotHeld(component: .migration, years: [2005])) {
      try ComponentPool.migration(
        world.ground, mortality: world.truth.assumptions.mortality, steps: 2001..<2006)
    }
  }

  @Test("shares of the shared deviation and the choice of areas")
  func shares() throws {
    let areas = ["A", "B"].map { Area(code: $0) }
    let process = ComponentProcess(
      component: .fertility, areas: areas,
      national: AutoregressiveProcess(coefficient: 0.5, innovationStandardDeviation: 2), loadings: [1, 0],
      local: [
        AutoregressiveProcess(coefficient: 0.5, innovationStandardDeviation: 2),
        AutoregressiveProcess(coefficient: 0.9, innovationStandardDeviation: 1),
      ])
    #expect(process.sharedShare(area: 0, atHorizon: 7) == 0.5 && process.sharedShare(area: 1, atHorizon: 7) == 0)
    #expect(process.sharedShare(area: 0, atHorizon: 0) == 0)
    let turned = try #require(process.selecting([areas[1], areas[0]]))
    #expect(turned.local == [process.local[1], process.local[0]] && turned.loadings == [0, 1])
    #expect(process.selecting([Area(code: "C")]) == nil)
  }
}
