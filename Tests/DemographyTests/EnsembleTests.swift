import Testing

@testable import Demography

/// Thousands of futures against one future after the other.
@Suite struct EnsembleTests {
  static let ages = RandomInputs.singleYears

  static func inputs(
    seed: UInt64 = 5, _ convention: StepConvention, moves: RandomInputs.Moves = .net, loss: Double = 0,
    order: [Int]? = nil
  ) throws -> RandomInputs {
    try RandomInputs(seed: seed, convention, ages: ages, areas: 3, moves: moves, loss: loss, order: order)
  }

  /// Mean and quantiles of type 7 from sorted numbers.
  static func summary(_ draws: [Double]) -> [Double] {
    let sorted = draws.sorted()
    return [draws.reduce(0, +) / Double(draws.count)]
      + EnsembleSummary.probabilities.map { p in
        let place = p * Double(sorted.count - 1)
        let low = Int(place)
        return sorted[low] + (place - Double(low)) * (sorted[min(low + 1, sorted.count - 1)] - sorted[low])
      }
  }

  static func figures(_ summary: EnsembleSummary) -> [Double] { [summary.mean] + summary.quantiles }

  @Test("without uncertainty every simulation is the projection, bit for bit", arguments: RandomInputs.cases)
  func sameBits(_ convention: StepConvention, _ ages: AgeScale) throws {
    for (moves, loss) in [(RandomInputs.Moves.net, 0.0), (.net, 0.7), (.flows, 0.7), (.netRates, 0), (.none, 0)] {
      let inputs = try RandomInputs(seed: 3, convention, ages: ages, areas: 3, moves: moves, loss: loss)
      let expected = try inputs.projected(convention)
      for count in [1, 9, 37] {
        let ensemble = try CohortComponent(convention).simulate(
          inputs.base, under: inputs.assumptions, to: inputs.end, simulations: count, seed: 1,
          measures: EnsembleMeasure.groups(of: ages))
        #expect(ensemble.summaries.map(\.mean) == expected.population)
        #expect(ensemble.summaries.allSatisfy { $0.rateVariance == 0 && $0.processVariance == 0 })
        #expect(ensemble.summaries.map(\.quantile2_5) == expected.population)
        #expect(ensemble.summaries.map(\.quantile97_5) == expected.population)
        #expect(ensemble.years == expected.years)
      }
    }
  }

  @Test(
    "one simulation of Canada without noise is its projection, bit for bit", arguments: [StepConvention.unEnd, .unEven])
  func canada(_ convention: StepConvention) throws {
    let projection = try PublishedProjectionTests.canada(convention)
    let base = try #require(projection.population(in: 1950))
    let ensemble = try CohortComponent(convention).simulate(
      base, under: projection.assumptions, to: 2020, simulations: 1, seed: 0,
      measures: EnsembleMeasure.groups(of: base.ages))
    #expect(ensemble.summaries.map(\.mean) == projection.population)
    #expect(ensemble.clips.isEmpty)
  }

  @Test(
    "every simulation is the ordinary step on its drawn rates", arguments: StepConvention.allCases,
    [RandomInputs.Moves.net, .netRates, .flows])
  func drawnRates(_ convention: StepConvention, _ moves: RandomInputs.Moves) throws {
    for size in [1.0, 8] {
      let inputs = try Self.inputs(convention, moves: moves)
      let uncertainty = MadeUpUncertainty(
        areas: inputs.assumptions.areas, ages: Self.ages, size: size, mortalityKnownTo: size == 1 ? 1997 : nil
      ).uncertainty
      let count = 43
      let drawn = try DrawnFutures(inputs, convention, uncertainty, simulations: count, seed: 11)
      let bands = [AgeBand(0...), AgeBand(3...7), AgeBand(5...)]
      let measures =
        bands.flatMap { band in [nil, .female, .male].map { EnsembleMeasure.people(band, sex: $0) } } + [
          .births, .deaths,
        ]
      let ensemble = try CohortComponent(convention).simulate(
        inputs.base, under: inputs.assumptions, varying: uncertainty, to: inputs.end, simulations: count, seed: 11,
        measures: measures)
      var worst = 0.0
      for a in 0..<3 {
        for (y, year) in ensemble.years.enumerated() {
          for measure in measures where measure.quantity == .people || y > 0 {
            let groups = try #require(measure.ages.indices(in: Self.ages))
            let draws = (0..<count).map { s -> Double in
              switch measure.quantity {
              case .births: drawn.births[s][a][y - 1]
              case .deaths: drawn.deaths[s][a][y - 1]
              default:
                (measure.sex.map { [$0] } ?? Sex.allCases).flatMap { sex in
                  groups.map { drawn.people[s][a][y][sex.index * Self.ages.count + $0] }
                }.reduce(0, +)
              }
            }
            let found = try #require(ensemble.summary(of: measure, area: a, in: year))
            worst = max(worst, largestDifference(Self.figures(found), Self.summary(draws)) / 1e4)
          }
        }
      }
      // The series of the kernel leaves 5e-11 of the change in a risk; four steps of up to 10⁴ people.
      #expect(worst < 1e-9)
    }
  }

  @Test("footprints add up their parts in every simulation, with shares as the projection takes them")
  func footprints() throws {
    let inputs = try Self.inputs(.ons)
    let areas = inputs.assumptions.areas
    let shares = (0..<Self.ages.count).map { 0.2 + 0.05 * Double($0) }
    let footprints = [
      Footprint(area: Area(code: "all"), parts: areas.map { Footprint.Part(areaCode: $0.code) }),
      Footprint(area: Area(code: "part"), parts: [.init(areaCode: "A2"), .init(areaCode: "A0", shares: shares)]),
      Footprint(area: Area(code: "one"), parts: [.init(areaCode: "A1")]),
    ]
    let expected = try inputs.projected(.ons).combined(into: footprints)
    let measures = [EnsembleMeasure.people(), .people(AgeBand(4...6), sex: .male)] + EnsembleMeasure.components
    let certain = try CohortComponent(.ons).simulate(
      inputs.base, under: inputs.assumptions, to: inputs.end, simulations: 3, seed: 1, footprints: footprints,
      measures: measures)
    for f in footprints.indices {
      for year in certain.years {
        func mean(_ m: Int) -> Double? { certain.summary(of: measures[m], area: f, in: year)?.mean }
        let band = expected.population(area: f, in: year, ages: 4...6, sex: .male)
        #expect(abs(try #require(mean(0)) - #require(expected.total(area: f, in: year))) < 1e-8)
        #expect(abs(try #require(mean(1)) - #require(band)) < 1e-8)
        guard let parts = expected.components(area: f, endingIn: year) else {
          #expect(mean(2) == nil)
          continue
        }
        let figures = [parts.births, parts.deaths, parts.netMigration, parts.adjustment]
        #expect(largestDifference((2...5).compactMap(mean), figures) < 1e-8)
      }
    }
    let uncertainty = MadeUpUncertainty(areas: areas, ages: Self.ages).uncertainty
    let drawn = try DrawnFutures(inputs, .ons, uncertainty, simulations: 20, seed: 2)
    let ensemble = try CohortComponent(.ons).simulate(
      inputs.base, under: inputs.assumptions, varying: uncertainty, to: inputs.end, simulations: 20, seed: 2,
      footprints: footprints)
    let totals = drawn.people.map { areas in areas.map { $0[4].reduce(0, +) }.reduce(0, +) }
    let shared = drawn.people.map { areas in
      areas[2][4].reduce(0, +) + areas[0][4].indices.reduce(0) { $0 + areas[0][4][$1] * shares[$1 % Self.ages.count] }
    }
    for (f, draws) in [totals, shared].enumerated() {
      let found = try #require(ensemble.summary(of: .people(), area: f, in: 2004))
      #expect(largestDifference(Self.figures(found), Self.summary(draws)) < 1e-5)
    }
  }

  @Test("neither threads nor the order of areas change a bit", arguments: [false, true])
  func sameOnAllThreads(process: Bool) throws {
    func run(_ order: [Int], threads: Int) throws -> Ensemble {
      let inputs = try Self.inputs(.ons, loss: 0.2, order: order)
      let areas = inputs.assumptions.areas
      return try CohortComponent(.ons).simulate(
        inputs.base, under: inputs.assumptions,
        varying: MadeUpUncertainty(areas: [Area(code: "A0"), Area(code: "A1"), Area(code: "A2")], ages: Self.ages)
          .uncertainty,
        to: inputs.end, simulations: 70, seed: 4,
        footprints: [Footprint(area: Area(code: "all"), parts: areas.map { Footprint.Part(areaCode: $0.code) })]
          + ["A1", "A0"].map { Footprint(area: Area(code: $0), parts: [.init(areaCode: $0)]) },
        measures: EnsembleMeasure.groups(of: Self.ages) + [.people()] + EnsembleMeasure.components.prefix(2),
        drawsProcess: process, threads: threads)
    }
    let first = try run([0, 1, 2], threads: 1)
    for (order, threads) in [([0, 1, 2], 2), ([0, 1, 2], 7), ([2, 0, 1], 1), ([1, 2, 0], 7)] {
      let other = try run(order, threads: threads)
      // Components of the base year are NaN, so bits are compared.
      #expect(Self.bits(first) == Self.bits(other))
      #expect(first.clips == other.clips)
    }
    #expect(!first.clips.isEmpty)
  }

  @Test("areas whose every cell is told go a few steps at a time, without a change in any bit")
  func fewStepsAtATime() throws {
    let inputs = try RandomInputs(seed: 2, .ons, ages: Self.ages, areas: 2, steps: 4)
    let uncertainty = MadeUpUncertainty(areas: inputs.assumptions.areas, ages: Self.ages).uncertainty
    let measures = [EnsembleMeasure.people()] + EnsembleMeasure.components + EnsembleMeasure.groups(of: Self.ages)
    func run(_ simulations: Int, threads: Int) throws -> Ensemble {
      try CohortComponent(.ons).simulate(
        inputs.base, under: inputs.assumptions, varying: uncertainty, to: inputs.end, simulations: simulations, seed: 6,
        footprints: [Footprint(area: Area(code: "both"), parts: ["A0", "A1"].map { .init(areaCode: $0) })]
          + ["A0", "A1"].map { Footprint(area: Area(code: $0), parts: [.init(areaCode: $0)]) },
        measures: measures, drawnYears: [2002, 2004], threads: threads)
    }
    // 16,000 simulations × 25 rows × 4 steps are more draws than are held at a time.
    let many = try run(16_000, threads: 1)
    let few = try run(40, threads: 1)
    #expect(Self.bits(many) == Self.bits(try run(16_000, threads: 2)))
    for area in many.areas.indices {
      for (year, measure) in [2002, 2004].flatMap({ year in measures.map { (year, $0) } }) {
        let first = try #require(many.draws(of: measure, area: area, in: year)).prefix(40)
        #expect(Array(first) == Array(try #require(few.draws(of: measure, area: area, in: year))))
      }
    }
  }

  static func bits(_ ensemble: Ensemble) -> [UInt64] {
    ensemble.summaries.flatMap { summary in
      (figures(summary) + [summary.rateVariance, summary.processVariance]).map(\.bitPattern)
    }
  }

  @Test("more simulations keep the earlier ones")
  func growth() throws {
    let inputs = try Self.inputs(.ons)
    let uncertainty = MadeUpUncertainty(areas: inputs.assumptions.areas, ages: Self.ages).uncertainty
    for process in [false, true] {
      let sums = try [1, 2, 3, 8, 33, 34, 40, 41].map { count -> Double in
        let ensemble = try CohortComponent(.ons).simulate(
          inputs.base, under: inputs.assumptions, varying: uncertainty, to: inputs.end, simulations: count, seed: 4,
          drawsProcess: process)
        return try #require(ensemble.summary(of: .people(), in: 2004)).mean * Double(count)
      }
      // What each step adds must be what the drawn simulations between add: the differences are figures of people.
      let single = sums[0]
      #expect(sums[1] - sums[0] > 0.3 * single && sums[1] - sums[0] < 3 * single)
      let level = try (0..<3).map { s -> Int in
        let one = try CohortComponent(.ons).simulate(
          inputs.base, under: inputs.assumptions, varying: uncertainty, to: inputs.end, simulations: [3, 34, 41][s],
          seed: 4, events: [EnsembleEvent(areaCode: "A0", measure: .people(), year: 2004, atLeast: single)],
          drawsProcess: process)
        return one.events[0].count
      }
      // Simulation 0 reaches its own level, exactly, in every one; counts never fall.
      #expect(level[0] >= 1 && level[0] <= level[1] && level[1] <= level[2] && level[2] < 41)
    }
  }
}
