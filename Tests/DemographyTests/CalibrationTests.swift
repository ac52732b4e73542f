import Demography
import Testing

/// A past made by a projection with known rates must give those rates back.
@Suite struct CalibrationTests {
  private static let ages = ProjectedPast.ages
  private static let steps = ProjectedPast.steps
  private static let nobody = Array(repeating: 0.0, count: AgeScale.singleYears(to: 90).count)

  @Test("without migration the factors of mortality and fertility come back and no migrants remain")
  func closedPopulation() throws {
    let world = try ProjectedPast(migrants: Self.nobody)
    let steps = Array(Self.steps)
    let mortality = try MortalityScaling(world.ground, steps: steps)
    #expect(mortality.referenceSteps == [steps, steps])
    for area in 0..<2 {
      for band in 0..<3 {
        // The open group and the last closed one share a rate of their own; the iteration ends at 1e-14.
        #expect(abs(mortality.factors[area * 3 + band] / world.factors[area] - 1) < 1e-9)
      }
    }
    let fertility = try FertilityScaling(world.ground, steps: steps)
    #expect(largestDifference(fertility.factors, [1.1, 0.9]) < 1e-12)
    #expect(fertility.registeredSteps == [5, 5])
    let residual = try ResidualMigration(
      world.ground, mortality: mortality.applied(to: world.national, years: Self.steps).rates, steps: steps)
    #expect(residual.residuals.allSatisfy { abs($0) < 1e-6 })
    #expect(residual.migrants.allSatisfy { abs($0) < 1e-6 })
  }

  @Test("smooth migration comes back from the residuals")
  func openPopulation() throws {
    let migrants = Self.ages.lowerBounds.map { 20 - 0.3 * Double($0) }
    let world = try ProjectedPast(migrants: migrants)
    let residual = try ResidualMigration(
      world.ground, mortality: world.truth.assumptions.mortality, steps: Array(Self.steps))
    // A straight line passes the smoothing; survival differs a little from step to step.
    for row in 0..<4 {
      #expect(largestDifference(residual.migrants[(row * 91)..<((row + 1) * 91)], migrants) < 0.05)
    }
    #expect(residual.steps == Array(Self.steps) && residual.ages == Self.ages)
    for area in 0..<2 {
      let mean =
        Self.steps.reduce(0.0) { $0 + (world.truth.population(area: area, in: $1, ages: 30...30) ?? 0) } / 5
      let found = residual.meanPopulation[area * 182 + 30] + residual.meanPopulation[area * 182 + 91 + 30]
      #expect(abs(found - mean) < 1e-9 * mean)
    }
  }

  @Test("births that are not registered are those implied by infants and their survival")
  func impliedBirths() throws {
    let world = try ProjectedPast(migrants: Self.nobody, registered: false)
    // National infant deaths stand in for the area's own, which are 1.25 and 0.8 times 0.004.
    for area in 0..<2 {
      let births = world.ground.births(area: area, year: 2002)
      let real = try #require(world.truth.components(area: area, endingIn: 2003)).births
      #expect(!births.registered)
      #expect(abs(births.count / real - (1 - 0.004 * world.factors[area]) / (1 - 0.004)) < 1e-12)
    }
    let fertility = try FertilityScaling(world.ground, steps: Array(Self.steps))
    #expect(fertility.registeredSteps == [0, 0])
    let mortality = try MortalityScaling(world.ground, steps: Array(Self.steps))
    #expect(mortality.factors == Array(repeating: 1, count: 6))
    #expect(mortality.referenceSteps == [[], []])
  }

  @Test("the pattern by band is that of registered deaths, the level that of the reference steps")
  func bands() throws {
    let world = try ProjectedPast(migrants: Self.nobody)
    let flat = try MortalityScaling(world.ground, steps: Array(Self.steps))
    // Twice as many of the deaths under 65 as the others have.
    let deaths = MortalityScaling.DeathsByBand(year: 2002, values: [200, 100, 100, .nan, 100, 100])
    let scaled = try MortalityScaling(world.ground, steps: Array(Self.steps), deathsByBand: deaths)
    #expect(scaled.factors[0] > 0 && scaled.factors[0] != scaled.factors[1])
    // An area whose bands are not all known keeps one factor.
    #expect(Array(scaled.factors[3...]) == Array(flat.factors[3...]))
    let twice = try MortalityScaling(
      world.ground, steps: Array(Self.steps),
      deathsByBand: MortalityScaling.DeathsByBand(year: 2002, values: [401, 100, 100, 1, 1, 1]))
    // (401 + 1)/(200 + 1) = 2: the level cancels in the ratio of bands.
    #expect(
      abs(twice.factors[0] / twice.factors[1] / (scaled.factors[0] / scaled.factors[1]) - 2) < 1e-12)
  }

  @Test("half of a cohort's deaths count at the age of its start, half at the next")
  func patternByAge() throws {
    let world = try ProjectedPast(migrants: Self.nobody)
    let history = world.ground.history
    let births = try #require(world.ground.registrations.births(area: 0, year: 2002))
    var modelled = [0.0, 0, 0]
    func band(_ age: Int) -> Int { age < 65 ? 0 : age < 85 ? 1 : 2 }
    for sex in Sex.allCases {
      let rates = world.national.values[world.national.offset(area: 0, year: 2002, sex: sex)...]
      let now = history.values[history.offset(area: 0, year: 2002, sex: sex)...]
      let next = history.values[history.offset(area: 0, year: 2003, sex: sex)...]
      modelled[0] += births * (sex == .female ? 1 : 1.05) / 2.05 * rates[rates.startIndex]
      for x in 0..<89 {
        let q = rates[rates.startIndex + 1 + x]
        let dead = q / (1 - q / 2) * (now[now.startIndex + x] + next[next.startIndex + x + 1]) / 2
        modelled[band(x)] += dead / 2
        modelled[band(x + 1)] += dead / 2
      }
      let old = (now[now.startIndex + 89], now[now.startIndex + 90])
      let q = (rates[rates.startIndex + 90] * old.0 + rates[rates.startIndex + 91] * old.1) / (old.0 + old.1)
      modelled[2] += q / (1 - q / 2) * (old.0 + old.1 + next[next.startIndex + 90]) / 2
    }
    let observed = [400.0, 2_000, 3_000]
    let scaled = try MortalityScaling(
      world.ground, steps: Array(Self.steps),
      deathsByBand: MortalityScaling.DeathsByBand(year: 2002, values: observed + observed))
    for b in 1...2 {
      let expected = (observed[b] + 1) / (modelled[b] + 1) / ((observed[0] + 1) / (modelled[0] + 1))
      #expect(abs(scaled.factors[b] / scaled.factors[0] / expected - 1) < 1e-12)
    }
  }

  @Test("scaled probabilities above 1 are held at 1 and counted")
  func capped() throws {
    let world = try ProjectedPast(migrants: Self.nobody)
    let high = try MortalityRates(
      measure: .deathProbability, ages: Self.ages, years: Self.steps, areaCount: 1,
      values: world.national.values.map { $0 > 0.1 ? 0.9 : $0 })
    let scaling = try MortalityScaling(world.ground, steps: Array(Self.steps))
    let (rates, capped) = try scaling.applied(to: high, years: 2003..<2005)
    // Only the area whose factor is above 1 passes the bound.
    let expected = high.values[(3 * 184)...].count { $0 == 0.9 }
    #expect(capped == expected && capped > 0)
    #expect(rates.values.count { $0 == 1 } == expected)
    #expect(throws: AssumptionError.stepsNotHeld(component: .mortality, years: [2005])) {
      try scaling.applied(to: high, years: 2003..<2006)
    }
  }

  @Test("counts stay, rates follow the people, damped numbers start at full size and halve")
  func outlooks() throws {
    let migrants = Self.ages.lowerBounds.map { 20 - 0.3 * Double($0) }
    let world = try ProjectedPast(migrants: migrants)
    let residual = try ResidualMigration(
      world.ground, mortality: world.truth.assumptions.mortality, steps: Array(Self.steps))
    let years = 2005..<2016
    let counts = try residual.migration(.counts, years: years)
    let damped = try residual.migration(.damped(halfLife: 5), years: years)
    let rates = try residual.migration(.rates, years: years)
    #expect(counts.form == .net && damped.form == .net && rates.form == .netRates)
    for area in 0..<2 {
      for sex in Sex.allCases {
        let own = (area * 2 + sex.index) * 91
        for (year, factor) in [(2005, 1.0), (2010, 0.5), (2015, 0.25)] {
          let at = counts.offset(area: area, year: year, sex: sex)
          for x in 0..<91 {
            #expect(counts.values[at + x] == residual.migrants[own + x])
            #expect(damped.values[at + x] == residual.migrants[own + x] * factor)
            #expect(
              abs(rates.values[at + x] * residual.meanPopulation[own + x] - residual.migrants[own + x])
                < 1e-12)
          }
        }
      }
    }
  }
}
