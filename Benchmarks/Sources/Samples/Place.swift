import Demography

/// Areas with a population and assumptions of plausible shape.
package struct Place {
  package let population: Population
  package let assumptions: Assumptions

  /// A Gompertz curve with an infant hump, deaths per person-year.
  package static func deathRate(age: Double) -> Double {
    var growth = 1.0
    for _ in 0..<Int(age) { growth *= 1.095 }
    return 0.00005 * growth + (age < 1 ? 0.004 : 0)
  }

  /// Deviations that all areas share: one index of mortality, the level of fertility and of migration.
  package static func uncertainty(of areas: [Area]) -> RateUncertainty {
    let ages = AgeScale.singleYears(to: 90)
    let response = (0..<91).map { max(0.002, 0.02 - 0.00015 * Double($0)) }
    func shared(_ component: Component, _ innovation: Double, _ pattern: [Double] = []) -> ComponentProcess {
      ComponentProcess(
        component: component, areas: areas,
        national: AutoregressiveProcess(coefficient: 1, innovationStandardDeviation: innovation),
        loadings: areas.map { _ in 1 },
        local: areas.map { _ in AutoregressiveProcess(coefficient: 0, innovationStandardDeviation: 0) },
        agePattern: pattern)
    }
    let walk = AutoregressiveProcess(constantStandardError: 0.2, coefficient: 1, innovationStandardDeviation: 1.5)
    return RateUncertainty(
      mortality: MortalityForecast(
        ages: ages, jumpOffYear: 2022, jumpOffLogRates: Array(repeating: -4, count: 182),
        factors: [MortalityForecast.Factor(loadings: response + response, process: walk)]),
      fertility: shared(.fertility, 0.03),
      migration: shared(.migration, 0.0008, Array(repeating: 1.0 / 182, count: 182)))
  }

  package init(areas count: Int, years: Range<Int>) {
    let ages = AgeScale.singleYears(to: 90)
    let areas = (0..<count).map { Area(code: "area-\($0)") }
    let q = [0.004] + (0..<91).map { min(0.9, Self.deathRate(age: Double($0) + 0.5)) }
    let births = (0..<91).map { (15...46).contains($0) ? 0.11 * max(0, 1 - abs(Double($0) - 31) / 16) : 0 }
    let moves = (0..<91).map { (16...40).contains($0) ? 5.0 : 0.5 }
    do {
      population = try Population(
        areas: areas, ages: ages, year: years.lowerBound,
        counts: areas.indices.flatMap { area in
          (0..<182).map { cell in Double(400 + area % 7 * 50) * max(0.02, 1 - Double(cell % 91) / 95) }
        })
      let rows = count * years.count
      assumptions = try Assumptions(
        areas: areas,
        mortality: MortalityRates(
          measure: .deathProbability, ages: ages, years: years, areaCount: count,
          values: (0..<(rows * 2)).flatMap { _ in q }),
        fertility: FertilityRates(
          ages: ages, years: years, areaCount: count, values: (0..<rows).flatMap { _ in births }),
        migration: .net(
          ages: ages, years: years, areaCount: count, values: (0..<(rows * 2)).flatMap { _ in moves }))
    } catch {
      preconditionFailure("the figures of the benchmark are impossible: \(error)")
    }
  }
}
