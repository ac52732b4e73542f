import Demography
import Testing

/// Inputs that make no projection, and what is said about them.
@Suite struct ProjectionRefusalTests {
  private let ages = AgeScale.singleYears(to: 3)
  private let areas = [Area(code: "A"), Area(code: "B")]
  private let years = 2000..<2003

  private func mortality(_ measure: MortalityMeasure, _ value: Double = 0.5) throws -> MortalityRates {
    let rows = MortalityRates.rowCount(of: measure, ages: ages)
    return try MortalityRates(
      measure: measure, ages: ages, years: years, areaCount: 2,
      values: Array(repeating: value, count: 12 * rows))
  }

  private func fertility(_ value: Double = 0) throws -> FertilityRates {
    try FertilityRates(ages: ages, years: years, areaCount: 2, values: Array(repeating: value, count: 24))
  }

  private var noMoves: Migration { .none(ages: ages, years: years, areaCount: 2) }

  private func base(_ ages: AgeScale? = nil, areas: [Area]? = nil, year: Int = 2000) throws -> Population {
    let ages = ages ?? self.ages
    return try Population(
      areas: areas ?? self.areas, ages: ages, year: year, counts: Array(repeating: 1, count: 4 * ages.count))
  }

  @Test("a step refuses a measure that is not its own and takes central rates always")
  func measures() throws {
    for convention in StepConvention.allCases {
      for measure in MortalityMeasure.allCases {
        let assumptions = try Assumptions(
          areas: areas, mortality: mortality(measure), fertility: fertility(), migration: noMoves)
        let projection = { try CohortComponent(convention).project(base(), under: assumptions, to: 2003) }
        if measure == .centralDeathRate || measure == convention.mortalityMeasure {
          #expect(throws: Never.self) { _ = try projection() }
        } else {
          #expect(
            throws: ProjectionError.assumptions(.measureMismatch(measure: measure, step: convention))
          ) { _ = try projection() }
        }
      }
    }
    #expect(StepConvention.ons.mortalityMeasure == .deathProbability)
    #expect(StepConvention.unEven.mortalityMeasure == .survivalRatio)
    #expect(StepConvention.unEnd.mortalityMeasure == .survivalRatio)
  }

  @Test("central rates that make no life table are named with year and sex")
  func noLifeTable() throws {
    var values = Array(repeating: 0.5, count: 48)
    // Area B (24 on), step 2001 (8 on), male (4 on), open group (3 on).
    values[24 + 8 + 4 + 3] = 0
    let rates = try MortalityRates(
      measure: .centralDeathRate, ages: ages, years: years, areaCount: 2, values: values)
    let assumptions = try Assumptions(
      areas: areas, mortality: rates, fertility: fertility(), migration: noMoves)
    #expect(
      throws: ProjectionError.assumptions(
        .lifeTable(.zeroRateInOpenGroup(age: 3), area: 1, areaCode: "B", year: 2001, sex: .male))
    ) { try CohortComponent(.unEven).project(base(), under: assumptions, to: 2003) }
  }

  @Test("ages, areas, years and end must fit")
  func axes() throws {
    let assumptions = try Assumptions(
      areas: areas, mortality: mortality(.deathProbability), fertility: fertility(), migration: noMoves)
    func project(_ base: Population, to end: Int) throws {
      _ = try CohortComponent(.ons).project(base, under: assumptions, to: end)
    }
    let other = AgeScale.singleYears(to: 4)
    #expect(throws: ProjectionError.agesDiffer(population: other, assumptions: ages)) {
      try project(base(other), to: 2003)
    }
    #expect(throws: ProjectionError.areasDiffer) { try project(base(areas: areas.reversed()), to: 2003) }
    #expect(throws: ProjectionError.noAssumptions(year: 2003, held: years)) { try project(base(), to: 2004) }
    #expect(throws: ProjectionError.noAssumptions(year: 1999, held: years)) {
      try project(base(year: 1999), to: 2001)
    }
    #expect(throws: ProjectionError.impossibleEnd(1999, base: 2000, stepLength: 1)) {
      try project(base(), to: 1999)
    }
    for end in [Int.min, Int.max] {
      #expect(throws: ProjectionError.self) { try project(base(), to: end) }
    }
    #expect(throws: ProjectionError.self) { try project(base(year: Int.min), to: Int.max) }
    #expect(throws: ProjectionError.noAssumptions(year: Int.min, held: years)) {
      try project(base(year: Int.min), to: -1)
    }
    let standing = try CohortComponent(.ons).project(base(), under: assumptions, to: 2000)
    #expect(standing.years == [2000])
    #expect(standing.population(in: 2000) == (try base()))
  }

  @Test("groups of unequal width make no steps, and five-year steps end on a fifth year")
  func widths() throws {
    let abridged = AgeScale.abridged(to: 10)
    let five = AgeScale.groups(of: 5, to: 10)
    for (scale, end, error) in [
      (abridged, 2005, ProjectionError.unequalAgeGroups),
      (five, 2007, .impossibleEnd(2007, base: 2000, stepLength: 5)),
    ] {
      let n = scale.count
      let assumptions = try Assumptions(
        areas: [areas[0]],
        mortality: MortalityRates(
          measure: .survivalRatio, ages: scale, years: 2000..<2010, areaCount: 1,
          values: Array(repeating: 1, count: 20 * n)),
        fertility: FertilityRates(
          ages: scale, years: 2000..<2010, areaCount: 1, values: Array(repeating: 0, count: 10 * n)),
        migration: .none(ages: scale, years: 2000..<2010, areaCount: 1))
      let people = try Population(
        areas: [areas[0]], ages: scale, year: 2000, counts: Array(repeating: 1, count: 2 * n))
      #expect(throws: error) { try CohortComponent(.unEven).project(people, under: assumptions, to: end) }
    }
  }

  @Test("parts of assumptions must share ages, years and areas")
  func partsDiffer() throws {
    let short = 2000..<2002
    #expect(throws: AssumptionError.axesDiffer(component: .mortality)) {
      try Assumptions(
        areas: [areas[0]], mortality: mortality(.deathProbability), fertility: fertility(),
        migration: noMoves)
    }
    #expect(throws: AssumptionError.axesDiffer(component: .fertility)) {
      try Assumptions(
        areas: areas, mortality: mortality(.deathProbability),
        fertility: FertilityRates(
          ages: ages, years: short, areaCount: 2, values: Array(repeating: 0, count: 16)),
        migration: noMoves)
    }
    #expect(throws: AssumptionError.axesDiffer(component: .migration)) {
      try Assumptions(
        areas: areas, mortality: mortality(.deathProbability), fertility: fertility(),
        migration: .none(ages: .singleYears(to: 4), years: years, areaCount: 2))
    }
  }

  @Test("wrong counts are refused with the number expected")
  func counts() throws {
    #expect(throws: AssumptionError.countMismatch(component: .mortality, expected: 60, found: 48)) {
      try MortalityRates(
        measure: .deathProbability, ages: ages, years: years, areaCount: 2,
        values: Array(repeating: 0, count: 48))
    }
    #expect(throws: AssumptionError.countMismatch(component: .fertility, expected: 24, found: 23)) {
      try FertilityRates(ages: ages, years: years, areaCount: 2, values: Array(repeating: 0, count: 23))
    }
    #expect(throws: AssumptionError.countMismatch(component: .sexRatio, expected: 3, found: 2)) {
      try FertilityRates(
        ages: ages, years: years, areaCount: 2, values: Array(repeating: 0, count: 24), sexRatios: [1, 1])
    }
    #expect(throws: AssumptionError.countMismatch(component: .migration, expected: 48, found: 47)) {
      try Migration.net(ages: ages, years: years, areaCount: 2, values: Array(repeating: 0, count: 47))
    }
    #expect(throws: AssumptionError.countMismatch(component: .migration, expected: 48, found: 46)) {
      try Migration.flows(
        ages: ages, years: years, areaCount: 2, arrivals: Array(repeating: 0, count: 48),
        departures: Array(repeating: 0, count: 46))
    }
  }

  /// What an out-of-range value was said to be.
  private func complaint(_ make: () throws -> Void) -> (Double, Int?, Int, Sex?, String?)? {
    do {
      try make()
      return nil
    } catch AssumptionError.outOfRange(_, let value, let area, _, let year, let sex, let age, _) {
      return (value, area, year, sex, age)
    } catch {
      return nil
    }
  }

  @Test("impossible values are refused with their place")
  func ranges() throws {
    for bad in [-0.1, 1.1, .nan, .infinity] {
      for (measure, label) in [(MortalityMeasure.deathProbability, "2"), (.survivalRatio, "3+")] {
        let rows = MortalityRates.rowCount(of: measure, ages: ages)
        var values = Array(repeating: 0.5, count: 12 * rows)
        // Area 1, step 2 (2002), male, row 3.
        values[((1 * 3 + 2) * 2 + 1) * rows + 3] = bad
        let found = complaint {
          _ = try MortalityRates(measure: measure, ages: ages, years: years, areaCount: 2, values: values)
        }
        #expect(found?.1 == 1 && found?.2 == 2002 && found?.3 == .male && found?.4 == label)
      }
    }
    #expect(complaint { _ = try mortality(.centralDeathRate, 1.5) } == nil)
    #expect(complaint { _ = try mortality(.centralDeathRate, -1) }?.0 == -1)
    #expect(complaint { _ = try mortality(.centralDeathRate, .infinity) } != nil)
    var births = Array(repeating: 0.0, count: 24)
    births[(1 * 3 + 1) * 4 + 2] = -0.01
    let found = complaint {
      _ = try FertilityRates(ages: ages, years: years, areaCount: 2, values: births)
    }
    #expect(found?.0 == -0.01 && found?.1 == 1 && found?.2 == 2001 && found?.4 == "2")
    for ratio in [0, -1, Double.nan] {
      let found = complaint {
        _ = try FertilityRates(
          ages: ages, years: years, areaCount: 2, values: Array(repeating: 0, count: 24),
          sexRatios: [1, ratio, 1])
      }
      #expect(found?.2 == 2001)
    }
    var moves = Array(repeating: 0.0, count: 48)
    moves[((1 * 3 + 2) * 2 + 1) * 4 + 1] = -1
    #expect(complaint { _ = try Migration.net(ages: ages, years: years, areaCount: 2, values: moves) } == nil)
    let zero = Array(repeating: 0.0, count: 48)
    for (arrivals, departures) in [(moves, zero), (zero, moves)] {
      let found = complaint {
        _ = try Migration.flows(
          ages: ages, years: years, areaCount: 2, arrivals: arrivals, departures: departures)
      }
      #expect(found?.0 == -1 && found?.1 == 1 && found?.2 == 2002 && found?.3 == .male && found?.4 == "1")
    }
  }

  @Test("a birth rate in the youngest group is refused unless there is no other")
  func youngestMothers() throws {
    var births = Array(repeating: 0.0, count: 24)
    births[(1 * 3 + 1) * 4] = 0.01
    let found = complaint {
      _ = try FertilityRates(ages: ages, years: years, areaCount: 2, values: births)
    }
    #expect(found?.0 == 0.01 && found?.1 == 1 && found?.2 == 2001 && found?.4 == "0")
    #expect(throws: Never.self) {
      try FertilityRates(ages: .singleYears(to: 0), years: years, areaCount: 1, values: [0.1, 0.1, 0.1])
    }
  }

  @Test("people who become infinite stop the projection with area and year")
  func overflow() throws {
    let large = Double.greatestFiniteMagnitude
    for moves in [[large, large], [-large, -large]] {
      var values = Array(repeating: 0.0, count: 48)
      // Area B (24 on), steps 2000 and 2001 (8 apart), female, the open group.
      for (step, value) in moves.enumerated() { values[24 + step * 8 + 3] = value }
      let assumptions = try Assumptions(
        areas: areas, mortality: mortality(.deathProbability, 0), fertility: fertility(),
        migration: .net(ages: ages, years: years, areaCount: 2, values: values))
      let make = { try CohortComponent(.ons).project(base(), under: assumptions, to: 2003) }
      if moves[0] > 0 {
        #expect(throws: ProjectionError.notFinite(area: areas[1], year: 2002)) { _ = try make() }
      } else {
        #expect(throws: Never.self) { _ = try make() }
      }
    }
  }
}
