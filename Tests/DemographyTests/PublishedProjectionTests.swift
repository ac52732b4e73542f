import Demography
import TestSupport
import Testing

/// Projections that others have published or computed, at the digits they give.
@Suite struct PublishedProjectionTests {
  /// Preston, Heuveline and Guillot (2001), Box 6.2: Sweden 1993, five-year groups, one step.
  struct Box62 {
    let fixture: Fixture
    let ages = AgeScale.groups(of: 5, to: 85)
    let projection: Projection

    init(_ convention: StepConvention) throws {
      fixture = try Fixture("preston-box-6-2.csv")
      let area = [Area(code: "SE", name: "Sweden")]
      let base = try Population(
        areas: area, ages: ages, year: 1993,
        counts: fixture.numbers("female") + fixture.numbers("male"))
      let assumptions = try Assumptions(
        areas: area,
        mortality: MortalityRates(
          measure: .survivalRatio, ages: ages, years: 1993..<1994, areaCount: 1,
          values: fixture.numbers("survival_female") + fixture.numbers("survival_male")),
        fertility: FertilityRates(
          ages: ages, years: 1993..<1994, areaCount: 1, values: fixture.numbers("fertility")),
        migration: .net(
          ages: ages, years: 1993..<1994, areaCount: 1,
          values: fixture.numbers("migrants_female") + fixture.numbers("migrants_male")))
      projection = try CohortComponent(convention).project(base, under: assumptions, to: 1998)
    }
  }

  @Test("Preston Box 6.2 at full precision, migrants half at each end and all at the end")
  func prestonFullPrecision() throws {
    for (convention, prefix) in [(StepConvention.unEven, "even"), (.unEnd, "end")] {
      let box = try Box62(convention)
      for sex in Sex.allCases {
        let expected = box.fixture.numbers("\(prefix)_\(sex.rawValue)")
        let found = try #require(box.projection.row(area: 0, year: 1998, sex: sex))
        // The reference prints ten decimals.
        #expect(largestRelativeError(found, expected) < 1e-9)
      }
      let births = box.fixture.numbers("\(prefix)_births")
      for (found, expected) in zip(box.projection.births, births) {
        #expect(abs(found - expected) <= 1e-9 * expected)
      }
    }
  }

  @Test("Preston Box 6.2 to the printed person")
  func prestonPrinted() throws {
    let box = try Box62(.unEven)
    for sex in Sex.allCases {
      let found = try #require(box.projection.row(area: 0, year: 1998, sex: sex))
      #expect(found.map { $0.rounded() } == box.fixture.numbers("printed_\(sex.rawValue)"))
    }
    #expect(box.projection.births.map { $0.rounded() } == box.fixture.numbers("printed_births"))
  }

  /// Canada 1950–2020, single years to 100+: inputs of the UN, results of other programs.
  static func canada(_ convention: StepConvention) throws -> Projection {
    let ages = AgeScale.singleYears(to: 100)
    let years = 1950..<2020
    let area = [Area(code: "CA", name: "Canada")]
    func rows(_ name: String) throws -> [Double] {
      let fixture = try Fixture(name)
      return years.flatMap { year in
        ["female", "male"].flatMap { fixture.numbers("\(year)", sex: $0) }
      }
    }
    let births = try Fixture("canada-fertility.csv")
    let first = Int(births.rows[0][0])!
    let fertility = years.flatMap { year -> [Double] in
      var row = Array(repeating: 0.0, count: ages.count)
      for (i, rate) in births.numbers("\(year)").enumerated() { row[first + i] = rate }
      return row
    }
    let population = try Fixture("canada-population.csv")
    let base = try Population(
      areas: area, ages: ages, year: 1950,
      counts: population.numbers("1950", sex: "female") + population.numbers("1950", sex: "male"))
    let assumptions = try Assumptions(
      areas: area,
      mortality: MortalityRates(
        measure: .survivalRatio, ages: ages, years: years, areaCount: 1,
        values: rows("canada-survival.csv")),
      fertility: FertilityRates(
        ages: ages, years: years, areaCount: 1, values: fertility,
        sexRatios: Fixture("canada-sex-ratio.csv").numbers("ratio")),
      migration: .net(
        ages: ages, years: years, areaCount: 1, values: rows("canada-migration.csv")))
    return try CohortComponent(convention).project(base, under: assumptions, to: 2020)
  }

  @Test("Canada 1950 to 2020, migrants at the end: every cell of every year")
  func canadaEnd() throws {
    let projection = try Self.canada(.unEnd)
    let expected = try Fixture("canada-end.csv")
    var worst = 0.0
    for year in 1951...2020 {
      for sex in Sex.allCases {
        let found = try #require(projection.row(area: 0, year: year, sex: sex))
        worst = max(worst, largestRelativeError(found, expected.numbers("\(year)", sex: sex.rawValue)))
      }
    }
    // 70 steps; the reference prints twelve significant digits.
    #expect(worst < 1e-9)
    let births = try Fixture("canada-sex-ratio.csv").numbers("births")
    for (step, expected) in births.enumerated() {
      let found = try #require(projection.components(area: 0, endingIn: 1951 + step)).births
      #expect(abs(found - expected) < 1e-9 * expected)
    }
    #expect(projection.clips.isEmpty)
  }

  @Test("Canada 1950 to 2020, half of the migrants at each end, against a second program")
  func canadaEven() throws {
    let projection = try Self.canada(.unEven)
    let expected = try Fixture("canada-even.csv")
    for year in expected.header.dropFirst(2) where !expected.rows[0][expected.header.firstIndex(of: year)!].isEmpty {
      for sex in Sex.allCases {
        let found = try #require(projection.row(area: 0, year: Int(year)!, sex: sex))
        #expect(largestRelativeError(found, expected.numbers(year, sex: sex.rawValue)) < 1e-9, "\(year)")
      }
    }
  }

  @Test("Canada 1950: deaths by age and period from cohort deaths, against a second program")
  func canadaPeriodDeaths() throws {
    let projection = try Self.canada(.unEnd)
    let expected = try Fixture("canada-period-deaths.csv")
    for sex in Sex.allCases {
      let factors = try SeparationFactors(
        survivorship: expected.numbers("survivors", sex: sex.rawValue),
        personYearsLived: expected.numbers("person_years", sex: sex.rawValue), ages: projection.ages)
      let found = try #require(
        projection.periodDeaths(endingIn: 1951, sex: sex, separation: factors))
      // The inputs carry twelve digits, of which differences of person-years lose up to three.
      #expect(largestRelativeError(found, expected.numbers("deaths", sex: sex.rawValue)) < 1e-9)
      let cohort = projection.deaths[(sex.index * 102)..<((sex.index + 1) * 102)].reduce(0, +)
      #expect(abs(found.reduce(0, +) - cohort) < 1e-9 * cohort)
    }
  }
}
