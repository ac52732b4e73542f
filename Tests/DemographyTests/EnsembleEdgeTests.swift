import Testing

@testable import Demography

/// What an ensemble says where a figure lies exactly on an edge, and of which draws it says it.
@Suite struct EnsembleEdgeTests {
  static let ages = RandomInputs.singleYears

  @Test("a level that is just reached is reached, in the base year and later")
  func levelReached() throws {
    let inputs = try RandomInputs(seed: 12, .ons, ages: Self.ages, areas: 1, steps: 1)
    let projection = try inputs.projected(.ons)
    let base = inputs.base.total(area: 0)
    let end = try #require(projection.total(in: 2001))
    func count(_ year: Int, _ level: Double) throws -> Int {
      try CohortComponent(.ons).simulate(
        inputs.base, under: inputs.assumptions, to: 2001, simulations: 9, seed: 1,
        events: [EnsembleEvent(areaCode: "A0", measure: .people(), year: year, atLeast: level)]
      ).events[0].count
    }
    let told = try CohortComponent(.ons).simulate(
      inputs.base, under: inputs.assumptions, to: 2001, simulations: 9, seed: 1)
    let exact = try [2000, 2001].map { try #require(told.summary(of: .people(), in: $0)).mean }
    // The rows are added up in another order than by the projection.
    #expect(abs(exact[0] - base) < 1e-9 && abs(exact[1] - end) < 1e-9)
    for (year, level) in zip([2000, 2001], exact) {
      #expect(try count(year, level) == 9 && count(year, level.nextUp) == 0)
    }
  }

  @Test("events and the variance of chance are those of the draws with chance")
  func drawsOfChance() throws {
    let inputs = try RandomInputs(seed: 13, .ons, ages: Self.ages, areas: 1, steps: 2)
    let total = try #require(inputs.projected(.ons).total(in: 2002))
    let event = EnsembleEvent(areaCode: "A0", measure: .people(), year: 2002, atLeast: total)
    let uncertainty = EnsembleStatisticsTests.uncertain(inputs)
    for varying in [RateUncertainty.none, uncertainty] {
      func run(process: Bool) throws -> Ensemble {
        try CohortComponent(.ons).simulate(
          inputs.base, under: inputs.assumptions, varying: varying, to: 2002, simulations: 50, seed: 7,
          events: [event], drawsProcess: process, drawnYears: [2002])
      }
      let (rates, chance) = try (run(process: false), run(process: true))
      let (without, with) = try (
        #require(rates.draws(of: .people(), in: 2002)), #require(chance.draws(of: .people(), in: 2002))
      )
      #expect(chance.events[0].count == with.count { $0 >= total })
      let squares = zip(with, without).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let variance = try #require(chance.summary(of: .people(), in: 2002)).processVariance
      #expect(abs(variance / (squares / 50) - 1) < 1e-12)
    }
    // With certain rates chance alone lifts some futures over the projection and leaves others below.
    let certain = try CohortComponent(.ons).simulate(
      inputs.base, under: inputs.assumptions, to: 2002, simulations: 50, seed: 7, events: [event], drawsProcess: true)
    #expect((5...45).contains(certain.events[0].count))
  }

  /// One step from as many people in every cell, with the rates of made-up inputs and no migration.
  private static func alike(
    _ people: Double, sexRatio: Double = 1.05, simulations: Int, measures: [EnsembleMeasure]
  ) throws -> (ensemble: Ensemble, projection: Projection) {
    let inputs = try RandomInputs(seed: 14, .ons, ages: ages, areas: 1, steps: 1, moves: .none)
    let given = inputs.assumptions
    let base = try Population(
      areas: given.areas, ages: ages, year: 2000, counts: Array(repeating: people, count: 2 * ages.count))
    let assumptions = try Assumptions(
      areas: given.areas, mortality: given.mortality,
      fertility: FertilityRates(
        ages: ages, years: given.years, areaCount: 1, values: given.fertility.values, sexRatios: [sexRatio]),
      migration: given.migration)
    return try (
      CohortComponent(.ons).simulate(
        base, under: assumptions, to: 2001, simulations: simulations, seed: 2, measures: measures, drawsProcess: true,
        drawnYears: [2001]),
      CohortComponent(.ons).project(base, under: assumptions, to: 2001)
    )
  }

  @Test("chance keeps the means of deaths, births and girls where people come in fractions and boys are many")
  func meansOfChance() throws {
    let girls = EnsembleMeasure.people(AgeBand(0...0), sex: .female)
    let count = 1500
    let (ensemble, projection) = try Self.alike(
      1.6, sexRatio: 3, simulations: count, measures: [.deaths, .births, girls])
    let flows = try #require(projection.components(area: 0, endingIn: 2001))
    let newborn = try #require(projection.row(area: 0, year: 2001, sex: .female)?.first)
    for (measure, expected) in [(EnsembleMeasure.deaths, flows.deaths), (.births, flows.births), (girls, newborn)] {
      let found = try #require(ensemble.summary(of: measure, in: 2001))
      // Five standard errors of a mean.
      #expect(abs(found.mean - expected) < 5 * (found.processVariance / Double(count)).squareRoot(), "\(measure)")
      #expect(found.processVariance > 0)
    }
    #expect(try #require(ensemble.draws(of: .births, in: 2001)).allSatisfy { $0 == $0.rounded() })
  }

  @Test("chance takes no more people than there are")
  func fractions() throws {
    let (ensemble, _) = try Self.alike(0.6, simulations: 300, measures: [.people()])
    #expect(ensemble.clips.isEmpty)
  }

  @Test("what is clipped is told of the draws with chance, as the mean of all simulations")
  func clipsOfChance() throws {
    var partly = 0
    for seed in 3..<8 {
      let inputs = try RandomInputs(seed: UInt64(seed), .ons, ages: Self.ages, areas: 2, loss: -0.2)
      let ensemble = try CohortComponent(.ons).simulate(
        inputs.base, under: inputs.assumptions, varying: EnsembleStatisticsTests.uncertain(inputs), to: 2004,
        simulations: 40, seed: 1, measures: EnsembleMeasure.components, drawsProcess: true)
      let adjustment = try #require(EnsembleMeasure.components.last)
      partly += ensemble.clips.count { $0.simulations < 40 }
      for clip in ensemble.clips {
        let area = try #require(ensemble.index(ofArea: clip.area.code))
        let told = try #require(ensemble.summary(of: adjustment, area: area, in: clip.year)).mean
        #expect(abs(clip.meanPeople - told) < 1e-9 * (1 + told))
      }
    }
    // Otherwise the mean of all simulations would be that of those that were clipped.
    #expect(partly > 0)
  }
}
