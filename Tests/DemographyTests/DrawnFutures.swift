@testable import Demography

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The clear version of an ensemble: one simulation after the other through the ordinary step, on rates drawn for it.
struct DrawnFutures {
  /// One projection a simulation and area: people of every year, `[simulation][area][year][sex][age]`, and births and
  /// deaths of every step, `[simulation][area][step]`.
  var people: [[[[Double]]]] = []
  var births: [[[Double]]] = []
  var deaths: [[[Double]]] = []

  init(
    _ inputs: RandomInputs, _ convention: StepConvention, _ uncertainty: RateUncertainty, simulations: Int, seed: UInt64
  ) throws {
    let given = inputs.assumptions
    let (n, steps) = (given.ages.count, given.years.count)
    let paths = FuturePaths(uncertainty: uncertainty, years: Array(given.years), seed: seed)
    let width = (simulations + 7) / 8 * 8
    let shared = paths.shared(0..<width)
    let death = try given.mortality.deathProbabilitiesByOrigin(for: convention)
    let loadings = uncertainty.mortality?.loadings(onto: given.ages) ?? []
    for s in 0..<simulations {
      people.append([])
      births.append([])
      deaths.append([])
      for (a, area) in given.areas.enumerated() {
        let key = FuturePaths.key(of: area.code)
        func own(_ process: ComponentProcess?) -> Int { process?.areas.firstIndex { $0.code == area.code } ?? 0 }
        let fertility = paths.fertilityFactors(area: own(uncertainty.fertility), key: key, shared: shared, 0..<width)
        let levels = paths.migrationLevels(area: own(uncertainty.migration), key: key, shared: shared, 0..<width)
        var now = Array(inputs.base.counts[(a * 2 * n)..<((a + 1) * 2 * n)])
        var course = [now]
        var born: [Double] = []
        var dead: [Double] = []
        var step = CohortStep(convention: convention, ages: n)
        for t in 0..<steps {
          let block = a * steps + t
          let risks = (0..<(2 * (n + 1))).map { origin -> Double in
            let change = loadings.indices.reduce(0) {
              $0 + loadings[$1][origin] * shared.mortality[(t * loadings.count + $1) * width + s]
            }
            return 1 - pow(1 - death[block * 2 * (n + 1) + origin], exp(change))
          }
          let factor = fertility.isEmpty ? 1 : fertility[t * width + s]
          var moves = given.migration.resolved(step: block, people: now).net
          if let pattern = uncertainty.migration?.agePattern {
            let all = now.reduce(0, +)
            for cell in moves.indices { moves[cell] += pattern[cell] * levels[t * width + s] * all }
          }
          let rates = given.fertility.values[(block * n)..<((block + 1) * n)].map { $0 * factor }
          step.advance(
            start: now.span, death: risks.span, fertility: rates.span, migration: moves.span,
            sexRatio: given.fertility.sexRatios[t])
          now = step.population
          course.append(now)
          born.append(step.birthsBySex.reduce(0, +))
          dead.append(step.deaths.reduce(0, +))
        }
        people[s].append(course)
        births[s].append(born)
        deaths[s].append(dead)
      }
    }
  }
}

/// Deviations of all three components for some made-up areas: two correlated factors of mortality, a national and a
/// local process of the others, all constants uncertain.
struct MadeUpUncertainty {
  let uncertainty: RateUncertainty

  init(areas: [Area], ages: AgeScale, size: Double = 1, mortalityKnownTo: Int? = nil) {
    let n = ages.count
    func process(_ coefficient: Double, _ innovation: Double, _ error: Double = 0) -> AutoregressiveProcess {
      AutoregressiveProcess(
        constantStandardError: error * size, coefficient: coefficient, innovationStandardDeviation: innovation * size)
    }
    let loading = (0..<n).map { 0.3 - 0.2 * Double($0) / Double(n) }
    let mortality = MortalityForecast(
      ages: ages, jumpOffYear: 1999, jumpOffLogRates: (0..<(2 * n)).map { -3 + 2 * Double($0 % n) / Double(n) },
      factors: [
        .init(loadings: loading + loading.map { $0 * 0.9 }, process: process(1, 0.5, 0.2)),
        .init(loadings: Array(repeating: 0, count: n) + loading, process: process(0.5, 0.4)),
      ], mixing: [1, 0, 0.6, 0.8])
    func component(_ component: Component, _ pattern: [Double], _ scale: Double) -> ComponentProcess {
      ComponentProcess(
        component: component, areas: areas.reversed(), national: process(0.9, 0.08 * scale, 0.02 * scale),
        loadings: areas.indices.map { 1 + 0.1 * Double($0) },
        local: areas.indices.map { process(0.7, 0.05 * scale, $0 == 0 ? 0 : 0.01 * scale) }, agePattern: pattern)
    }
    let weights = (0..<(2 * n)).map { 1 + Double($0 % 5) }
    let all = weights.reduce(0, +)
    uncertainty = RateUncertainty(
      mortality: mortality, mortalityKnownTo: mortalityKnownTo, fertility: component(.fertility, [], 1),
      migration: component(.migration, weights.map { $0 / all }, 0.3))
  }
}
