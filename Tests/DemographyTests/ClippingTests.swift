import Testing

@testable import Demography

/// Accounts that close, and nothing that is set to zero in silence.
@Suite struct ClippingTests {
  /// P(t+1) = P(t) + births − deaths + net migration + adjustment for every area, sex and step.
  private func expectClosedAccounts(
    _ projection: Projection, _ location: SourceLocation = #_sourceLocation
  ) throws {
    for area in projection.areas.indices {
      for (year, next) in zip(projection.years, projection.years.dropFirst()) {
        for sex in [Sex.female, .male, nil] {
          let before = try #require(projection.total(area: area, in: year, sex: sex))
          let after = try #require(projection.total(area: area, in: next, sex: sex))
          let step = try #require(projection.components(area: area, endingIn: next, sex: sex))
          // The published requirement: 1e-9 relative to the people there, or to one where none are left.
          #expect(
            abs(before + step.change - after) <= 1e-9 * max(1, before, after), sourceLocation: location)
        }
      }
    }
  }

  private func footprints(_ ages: AgeScale) -> [Footprint] {
    var numbers = SeededNumbers(seed: 11)
    return [
      Footprint(
        area: Area(code: "F"),
        parts: [
          Footprint.Part(areaCode: "A0", shares: numbers.row(ages.count, in: 0...1)),
          Footprint.Part(areaCode: "A2", shares: numbers.row(ages.count, in: 0...1)),
          Footprint.Part(areaCode: "A1"),
        ]),
      Footprint(area: Area(code: "G"), parts: [Footprint.Part(areaCode: "A2")]),
    ]
  }

  @Test(
    "accounts close by area, sex and year with clipping, flows, rates and footprints",
    arguments: RandomInputs.cases)
  func accounts(_ convention: StepConvention, _ ages: AgeScale) throws {
    for moves in [RandomInputs.Moves.net, .flows, .netRates] {
      for loss in [0, 0.8] {
        let projection = try RandomInputs(
          seed: 12, convention, ages: ages, areas: 3, moves: moves, loss: loss
        ).projected(convention)
        if loss > 0, moves != .netRates { #expect(!projection.clips.isEmpty) }
        try expectClosedAccounts(projection)
        try expectClosedAccounts(projection.combined(into: footprints(ages)))
      }
    }
  }

  @Test("arrivals less departures are net migration, in districts and in footprints")
  func flows() throws {
    let ages = RandomInputs.singleYears
    let projection = try RandomInputs(seed: 13, .ons, ages: ages, areas: 3, moves: .flows).projected(.ons)
    for result in [projection, try projection.combined(into: footprints(ages))] {
      #expect(result.arrivals.count == result.netMigration.count)
      let net = zip(result.arrivals, result.departures).map { $0 - $1 }
      // Sums of three products.
      #expect(largestDifference(net, result.netMigration) < 1e-10)
    }
    let net = try RandomInputs(seed: 13, .ons, ages: ages, areas: 3).projected(.ons)
    #expect(net.arrivals.isEmpty && net.departures.isEmpty)
    #expect(try net.combined(into: footprints(ages)).arrivals.isEmpty)
  }

  @Test("every clip is reported with its people, and nothing else is", arguments: RandomInputs.cases)
  func reported(_ convention: StepConvention, _ ages: AgeScale) throws {
    let projection = try RandomInputs(seed: 14, convention, ages: ages, areas: 3, loss: 0.6)
      .projected(convention)
    let steps = projection.years.count - 1
    var expected: [Clip] = []
    for area in 0..<3 {
      for s in 0..<steps {
        for sex in Sex.allCases {
          for x in 0..<ages.count {
            let people = projection.adjustment[((area * steps + s) * 2 + sex.index) * ages.count + x]
            #expect(people >= 0)
            guard people > 0 else { continue }
            expected.append(
              Clip(
                area: projection.areas[area], year: projection.years[s + 1], sex: sex,
                age: ages.label(at: x), people: people))
            let cell = try #require(projection.row(area: area, year: projection.years[s + 1], sex: sex))
            #expect(cell[cell.startIndex + x] == 0)
          }
        }
      }
    }
    #expect(!expected.isEmpty)
    #expect(projection.clips == expected)
    #expect(projection.population.allSatisfy { $0 >= 0 })
  }

  @Test("a strict projection stops with the first clip, and runs through where there is none")
  func strict() throws {
    for (convention, ages) in RandomInputs.cases {
      let inputs = try RandomInputs(seed: 15, convention, ages: ages, areas: 3, loss: 0.6)
      let first = try #require(inputs.projected(convention).clips.first)
      #expect(throws: ProjectionError.negativePopulation(first)) {
        try CohortComponent(convention, clipping: .stop).project(
          inputs.base, under: inputs.assumptions, to: inputs.end)
      }
      let quiet = try RandomInputs(seed: 15, convention, ages: ages, areas: 3, moves: .none)
      let strict = try CohortComponent(convention, clipping: .stop).project(
        quiet.base, under: quiet.assumptions, to: quiet.end)
      #expect(try strict.population == quiet.projected(convention).population)
    }
  }

  @Test("a footprint reports the clips of its parts")
  func footprintClips() throws {
    let ages = RandomInputs.singleYears
    let projection = try RandomInputs(seed: 16, .ons, ages: ages, areas: 3, loss: 0.6).projected(.ons)
    let two = try projection.combined(
      into: [Footprint(area: Area(code: "F"), parts: [Footprint.Part(areaCode: "A1")])])
    #expect(two.clips == projection.clips.filter { $0.area.code == "A1" })
    #expect(!two.clips.isEmpty)
  }
}
