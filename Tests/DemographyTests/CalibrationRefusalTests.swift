import Demography
import Testing

/// What makes no calibration, and what is said about it.
@Suite struct CalibrationRefusalTests {
  private static let nobody = Array(repeating: 0.0, count: AgeScale.singleYears(to: 90).count)
  private let world: ProjectedPast

  init() throws { world = try ProjectedPast(migrants: Self.nobody) }

  private func ground(
    history: PopulationHistory? = nil, mortality: MortalityRates? = nil, fertility: FertilityRates? = nil,
    registrations: Registrations? = nil
  ) throws -> Calibration {
    try Calibration(
      history: history ?? world.ground.history, nationalMortality: mortality ?? world.national,
      nationalFertility: fertility ?? world.nationalFertility,
      registrations: registrations ?? world.ground.registrations)
  }

  @Test("the ground needs single years of age and probabilities of one nation")
  func ground() throws {
    for ages in [AgeScale.groups(of: 5, to: 90), .singleYears(to: 1)] {
      let history = try PopulationHistory(
        areas: ProjectedPast.areas, ages: ages, years: 2000...2001,
        values: Array(repeating: 1, count: 8 * ages.count))
      #expect(throws: AssumptionError.unsuitableAges(ages)) { try ground(history: history) }
    }
    let ratios = try MortalityRates(
      measure: .survivalRatio, ages: ProjectedPast.ages, years: ProjectedPast.steps, areaCount: 1,
      values: Array(repeating: 0.9, count: 10 * 91))
    #expect(throws: AssumptionError.wrongMeasure(.survivalRatio, expected: .deathProbability)) {
      try ground(mortality: ratios)
    }
    #expect(throws: AssumptionError.severalAreas(component: .mortality, found: 2)) {
      try ground(mortality: world.truth.assumptions.mortality)
    }
    #expect(throws: AssumptionError.severalAreas(component: .fertility, found: 2)) {
      try ground(fertility: world.truth.assumptions.fertility)
    }
  }

  @Test("steps outside the past are named")
  func steps() throws {
    let past = world.truth.assumptions.mortality
    #expect(throws: AssumptionError.stepsNotHeld(component: .mortality, years: [1999, 2005])) {
      try MortalityScaling(world.ground, steps: [1999, 2000, 2005])
    }
    #expect(throws: AssumptionError.stepsNotHeld(component: .fertility, years: [2005])) {
      try FertilityScaling(world.ground, steps: [2005])
    }
    for steps in [[], [2005]] {
      #expect(throws: AssumptionError.stepsNotHeld(component: .migration, years: steps)) {
        try ResidualMigration(world.ground, mortality: past, steps: steps)
      }
    }
    #expect(throws: AssumptionError.wrongMeasure(.centralDeathRate, expected: .deathProbability)) {
      try ResidualMigration(
        world.ground,
        mortality: MortalityRates(
          measure: .centralDeathRate, ages: ProjectedPast.ages, years: ProjectedPast.steps, areaCount: 2,
          values: Array(repeating: 0.1, count: 20 * 91)), steps: [2000])
    }
    let deaths = MortalityScaling.DeathsByBand(year: 2014, values: Array(repeating: 1, count: 6))
    #expect(throws: AssumptionError.stepsNotHeld(component: .mortality, years: [2014])) {
      try MortalityScaling(world.ground, steps: [2000], deathsByBand: deaths)
    }
  }

  @Test("deaths by band must be one a band and area, and possible")
  func deathsByBand() throws {
    #expect(throws: AssumptionError.countMismatch(component: .mortality, expected: 6, found: 3)) {
      try MortalityScaling(
        world.ground, steps: [2000], deathsByBand: MortalityScaling.DeathsByBand(year: 2002, values: [1, 1, 1]))
    }
    for bad in [-1, Double.infinity] {
      do throws(AssumptionError) {
        _ = try MortalityScaling(
          world.ground, steps: [2000],
          deathsByBand: MortalityScaling.DeathsByBand(year: 2002, values: [1, 1, 1, 1, bad, 1]))
        Issue.record("\(bad) deaths were accepted")
      } catch {
        #expect(error.description.contains("area B, age 65-84"))
      }
    }
  }

  @Test("more deaths than people have no level of mortality")
  func noLevel() throws {
    let known = world.ground.registrations
    let registrations = try Registrations(
      years: known.years, births: known.births,
      deaths: known.deaths.enumerated().map { $0 < ProjectedPast.steps.count ? $1 : 1e7 })
    #expect(
      throws: AssumptionError.noConvergence(
        component: .mortality, areaCode: "B", years: Array(ProjectedPast.steps))
    ) { try MortalityScaling(ground(registrations: registrations), steps: Array(ProjectedPast.steps)) }
  }

  @Test("births divide by the national sex ratio of their year")
  func sexRatio() throws {
    let usual = world.nationalFertility
    let girls = try FertilityRates(
      ages: usual.ages, years: usual.years, areaCount: 1, values: usual.values,
      sexRatios: usual.years.map { $0 == 2001 ? 1 : 1.05 })
    let past = world.truth.assumptions.mortality
    let residual = { (ground: Calibration, step: Int) in
      try ResidualMigration(ground, mortality: past, steps: [step]).residuals[0]
    }
    let (before, after) = (world.ground, try ground(fertility: girls))
    #expect(try residual(before, 2000) == residual(after, 2000))
    // Half instead of 1/2.05 of the births are girls, of whom 1 − 0.004·1.25·0.99 survive.
    let births = try #require(before.registrations.births(area: 0, year: 2001))
    let more = births * (0.5 - 1 / 2.05) * (1 - past.values[past.offset(area: 0, year: 2001, sex: .female)])
    // Differences of some hundred people.
    #expect(try abs(residual(before, 2001) - residual(after, 2001) - more) < 1e-9)
  }
}
