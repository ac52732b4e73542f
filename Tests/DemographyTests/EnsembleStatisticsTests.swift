import Testing

@testable import Demography

/// Variances, events, draws and refusals of ensembles.
@Suite struct EnsembleStatisticsTests {
  static let ages = RandomInputs.singleYears

  static func uncertain(_ inputs: RandomInputs) -> RateUncertainty {
    MadeUpUncertainty(areas: inputs.assumptions.areas, ages: ages).uncertainty
  }

  @Test("draws are joint, events count them, and summaries are theirs", arguments: [false, true])
  func draws(process: Bool) throws {
    let inputs = try RandomInputs(seed: 8, .ons, ages: Self.ages, areas: 2)
    let whole = Footprint(area: Area(code: "both"), parts: ["A1", "A0"].map { .init(areaCode: $0) })
    let single = ["A0", "A1"].map { Footprint(area: Area(code: $0), parts: [.init(areaCode: $0)]) }
    let older = EnsembleMeasure.people(AgeBand(5...))
    let ensemble = try CohortComponent(.ons).simulate(
      inputs.base, under: inputs.assumptions, varying: Self.uncertain(inputs), to: 2004, simulations: 60, seed: 3,
      footprints: [whole] + single, measures: [older, .people()],
      events: [EnsembleEvent(areaCode: "both", measure: older, year: 2004, atLeast: 5000)], drawsProcess: process,
      drawnYears: [2000, 2004])
    let draws = try (0..<3).map { try #require(ensemble.draws(of: older, area: $0, in: 2004)) }
    for (total, parts) in zip(draws[0], zip(draws[1], draws[2])) {
      // Ten ages a sex added in another order.
      #expect(abs(total - (parts.0 + parts.1)) < 1e-9)
    }
    let summary = try #require(ensemble.summary(of: older, area: 0, in: 2004))
    let expected = EnsembleTests.summary(Array(draws[0]))
    #expect(largestDifference(EnsembleTests.figures(summary), expected) < 1e-9)
    #expect(ensemble.events[0].count == draws[0].count { $0 >= 5000 })
    #expect(ensemble.events[0].simulations == 60)
    let base = try #require(inputs.base.total(area: 0, ages: AgeBand(5...)))
    #expect(try #require(ensemble.draws(of: older, area: 1, in: 2000)).allSatisfy { abs($0 - base) < 1e-9 })
    #expect(ensemble.draws(of: older, area: 1, in: 2002) == nil)
    #expect(ensemble.summary(of: .births, in: 2004) == nil)
  }

  @Test("the variance of chance is that of its binomials and Poissons; the variance of rates is not touched by it")
  func processVariance() throws {
    let inputs = try RandomInputs(seed: 9, .ons, ages: Self.ages, areas: 1, steps: 1)
    let given = inputs.assumptions
    let n = Self.ages.count
    let projection = try inputs.projected(.ons)
    // One step without uncertain rates: deaths of whole people are binomial, of those who are left Poisson births
    // survive with what infants die of, so that all people have the variance Σ E q(1 − q) + B(1 − q̄) nearly.
    var expected = 0.0
    for sex in Sex.allCases {
      let q = given.mortality.offset(area: 0, year: 2000, sex: sex)
      for x in 0..<n {
        let exposed =
          inputs.base.counts[sex.index * n + x] + given.migration.values[sex.index * n + x] / 2
        let risk = given.mortality.values[q + x + 1]
        if exposed >= 1 { expected += exposed.rounded(.down) * risk * (1 - risk) }
      }
      // Survivors of a Poisson number of births are Poisson.
      expected += projection.birthsBySex[sex.index] * (1 - given.mortality.values[q])
    }
    let count = 4000
    let certain = try CohortComponent(.ons).simulate(
      inputs.base, under: given, to: 2001, simulations: count, seed: 5, drawsProcess: true)
    let summary = try #require(certain.summary(of: .people(), in: 2001))
    #expect(summary.rateVariance == 0)
    // The standard error of a variance is √(2/N) of it: 2%; births are expected where the women who end the step are not.
    #expect(abs(summary.processVariance / expected - 1) < 0.15)
    let mean = try #require(projection.total(in: 2001))
    #expect(abs(summary.mean - mean) < 5 * (expected / Double(count)).squareRoot())

    let uncertainty = Self.uncertain(inputs)
    let (without, with) = try (
      CohortComponent(.ons).simulate(
        inputs.base, under: given, varying: uncertainty, to: 2001, simulations: 500, seed: 5),
      CohortComponent(.ons).simulate(
        inputs.base, under: given, varying: uncertainty, to: 2001, simulations: 500, seed: 5, drawsProcess: true)
    )
    let rates = try #require(without.summary(of: .people(), in: 2001)).rateVariance
    #expect(try #require(with.summary(of: .people(), in: 2001)).rateVariance == rates)
  }

  @Test("the error of a mean falls as 1/√N")
  func monteCarloError() throws {
    let inputs = try RandomInputs(seed: 10, .ons, ages: Self.ages, areas: 1, steps: 2)
    let uncertainty = Self.uncertain(inputs)
    func spread(_ count: Int) throws -> Double {
      let means = try (0..<60).map { seed in
        try #require(
          CohortComponent(.ons).simulate(
            inputs.base, under: inputs.assumptions, varying: uncertainty, to: 2002, simulations: count,
            seed: UInt64(100 + seed)
          ).summary(of: .people(), in: 2002)
        ).mean
      }
      let mean = means.reduce(0, +) / 60
      return (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59).squareRoot()
    }
    let ratio = try spread(16) / spread(256)
    // Four, with a standard error of √(1/59) = 13% of it.
    #expect(ratio > 2.4 && ratio < 6)
  }

  @Test("mortality keeps its probabilities between 0 and 1 however far its rates stray")
  func wildMortality() throws {
    let inputs = try RandomInputs(seed: 11, .ons, ages: Self.ages, areas: 1)
    var uncertainty = MadeUpUncertainty(areas: inputs.assumptions.areas, ages: Self.ages, size: 40).uncertainty
    uncertainty.fertility = nil
    uncertainty.migration = nil
    let ensemble = try CohortComponent(.ons).simulate(
      inputs.base, under: inputs.assumptions, varying: uncertainty, to: 2004, simulations: 200, seed: 1,
      measures: EnsembleMeasure.groups(of: Self.ages) + [.deaths])
    #expect(ensemble.summaries.allSatisfy { $0.mean.isNaN || $0.quantile2_5 >= 0 && $0.quantile97_5 < 1e5 })
  }

  @Test("what does not fit is refused")
  func refusals() throws {
    let inputs = try RandomInputs(seed: 1, .ons, ages: Self.ages, areas: 2, steps: 2)
    let fives = try RandomInputs(seed: 1, .ons, ages: RandomInputs.fiveYears, areas: 2, steps: 2)
    let uncertainty = Self.uncertain(inputs)
    func run(
      _ inputs: RandomInputs, _ uncertainty: RateUncertainty = .none, to end: Int = 2002, simulations: Int = 2,
      footprints: [Footprint]? = nil, measures: [EnsembleMeasure] = [.people()], events: [EnsembleEvent] = [],
      drawnYears: [Int] = []
    ) -> EnsembleError? {
      do throws(EnsembleError) {
        _ = try CohortComponent(.ons).simulate(
          inputs.base, under: inputs.assumptions, varying: uncertainty, to: end, simulations: simulations, seed: 1,
          footprints: footprints, measures: measures, events: events, drawnYears: drawnYears)
        return nil
      } catch { return error }
    }
    #expect(run(inputs, uncertainty) == nil)
    #expect(run(inputs, simulations: 0) == .simulations(0))
    #expect(run(inputs, simulations: -3) == .simulations(-3))
    #expect(run(fives, uncertainty, to: 2010) == .stepLength(5))
    #expect(run(inputs, measures: [.people(AgeBand(3...20))]) == .cutBand(AgeBand(3...20)))
    #expect(run(inputs, drawnYears: [2003]) == .yearNotHeld(2003, held: 2000...2002))
    let event = EnsembleEvent(areaCode: "A9", measure: .people(), year: 2001, atLeast: 1)
    #expect(run(inputs, events: [event]) == .unknownArea(code: "A9"))
    let early = EnsembleEvent(areaCode: "A0", measure: .births, year: 2000, atLeast: 1)
    #expect(run(inputs, events: [early]) == .yearNotHeld(2000, held: 2001...2002))
    let twice = Footprint(area: Area(code: "x"), parts: [.init(areaCode: "A0")])
    #expect(run(inputs, footprints: [twice, twice]) == .footprint(.duplicateFootprint(code: "x")))
    var fewer = uncertainty
    fewer.fertility = uncertainty.fertility?.selecting([Area(code: "A0")])
    #expect(run(inputs, fewer) == .noProcess(component: .fertility, areaCode: "A1"))
    var short = uncertainty
    short.migration = ComponentProcess(
      component: .migration, areas: inputs.assumptions.areas,
      national: AutoregressiveProcess(coefficient: 0, innovationStandardDeviation: 1), loadings: [1, 1],
      local: Array(repeating: AutoregressiveProcess(coefficient: 0, innovationStandardDeviation: 1), count: 2),
      agePattern: [1, 2, 3])
    #expect(run(inputs, short) == .agePattern(expected: 22, found: 3))
    guard case .projection = run(inputs, to: 2050) else {
      Issue.record("an end without assumptions was not refused")
      return
    }
  }

  @Test("simulations that lose more people than there are stop a strict run and are told otherwise")
  func clipping() throws {
    let inputs = try RandomInputs(seed: 3, .ons, ages: Self.ages, areas: 2, loss: 0.7)
    let ensemble = try CohortComponent(.ons).simulate(
      inputs.base, under: inputs.assumptions, to: 2004, simulations: 10, seed: 1, measures: EnsembleMeasure.components)
    let expected = try inputs.projected(.ons)
    let first = try #require(ensemble.clips.first)
    let people = expected.clips.filter { $0.area.code == first.area.code && $0.year == first.year }
    #expect(first.simulations == 10)
    #expect(abs(first.meanPeople - people.reduce(0) { $0 + $1.people }) < 1e-9)
    #expect(throws: EnsembleError.negativePopulation(first)) {
      try CohortComponent(.ons, clipping: .stop).simulate(
        inputs.base, under: inputs.assumptions, to: 2004, simulations: 10, seed: 1, measures: EnsembleMeasure.components
      )
    }
  }
}
