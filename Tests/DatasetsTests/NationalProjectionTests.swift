import Datasets
import Demography
import Testing

/// The acceptance test: England as ONS projected it, from what ONS put into it.
@Suite struct NationalProjectionTests {
  /// Published people at mid-2043 by edition.
  ///
  /// Source: ONS, *National population projections, England*, principal projection, 2018-based (October 2019)
  /// and 2020-based interim (January 2022).
  static let published: [NationalProjection.Edition: Double] = [
    .based2018: 61_744_098, .based2020: 60_113_364,
  ]

  @Test(
    "England to 2043: the total within 60 people, every cell under 105 within 7",
    arguments: NationalProjection.Edition.allCases)
  func england(_ edition: NationalProjection.Edition) throws {
    let national = try NationalProjection(Figures.folder, edition: edition)
    let base = try #require(national.population.population(in: edition.baseYear))
    let projection = try CohortComponent(.ons, clipping: .stop).project(
      base, under: national.assumptions(), to: 2043)
    let total = try #require(projection.total(area: 0, in: 2043))
    let expected = try #require(Self.published[edition])
    #expect(abs(total - expected) <= 60)
    #expect(national.population.population(in: 2043)?.total(area: 0).rounded() == expected)
    var worst = 0.0
    for year in edition.baseYear...2043 {
      for sex in Sex.allCases {
        let found = try #require(projection.row(area: 0, year: year, sex: sex))
        let start = national.population.offset(area: 0, year: year, sex: sex)
        for x in 0..<105 {
          worst = max(worst, abs(found[found.startIndex + x] - national.population.values[start + x]))
        }
      }
    }
    #expect(worst <= 7)
    // The open group rests on a stationary population above 105: within 5% of the published people.
    let old = try #require(projection.population(in: 2043, ages: 105...))
    let end = try #require(national.population.population(in: 2043))
    let oldPublished = try #require(end.total(area: 0, ages: AgeBand(105...)))
    #expect(abs(old / oldPublished - 1) < 0.05)
  }

  @Test(
    "each step from published people ends within 1.5 people of them at ages 1 to 99",
    arguments: NationalProjection.Edition.allCases)
  func singleSteps(_ edition: NationalProjection.Edition) throws {
    let national = try NationalProjection(Figures.folder, edition: edition)
    let assumptions = try national.assumptions()
    var worst = 0.0
    for year in edition.baseYear..<2043 {
      let base = try #require(national.population.population(in: year))
      let next = try CohortComponent(.ons).project(base, under: assumptions, to: year + 1)
      for sex in Sex.allCases {
        let found = try #require(next.row(area: 0, year: year + 1, sex: sex))
        let start = national.population.offset(area: 0, year: year + 1, sex: sex)
        for x in 1...99 {
          worst = max(worst, abs(found[found.startIndex + x] - national.population.values[start + x]))
        }
      }
    }
    // Published people, flows and deaths are rounded to whole ones.
    #expect(worst < 1.5)
  }

  @Test("births and deaths of the projection are those that ONS published")
  func components() throws {
    let national = try NationalProjection(Figures.folder, edition: .based2018)
    let projection = try CohortComponent(.ons).project(
      #require(national.population.population(in: 2018)), under: national.assumptions(), to: 2019)
    let step = try #require(projection.components(area: 0, endingIn: 2019))
    let before = try #require(projection.total(area: 0, in: 2018))
    let change = try #require(projection.total(area: 0, in: 2019)) - before
    #expect(abs(step.births - step.deaths + step.netMigration - change) < 1e-6)
    let birthsBySex = projection.birthsBySex
    #expect(abs(birthsBySex[1] / birthsBySex[0] - 1.05) < 1e-12)
    #expect(step.adjustment == 0 && projection.clips.isEmpty)
    #expect(projection.arrivals.reduce(0, +) > projection.netMigration.reduce(0, +))
  }
}
