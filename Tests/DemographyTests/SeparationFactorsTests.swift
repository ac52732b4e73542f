import Demography
import Testing

@Suite struct SeparationFactorsTests {
  /// A table of groups that are `width` years wide, its mortality doubling about every nine years.
  private func table(_ ages: AgeScale) throws -> LifeTable {
    try LifeTable(
      centralDeathRates: ages.lowerBounds.map { age in (0..<age).reduce(0.0004) { m, _ in m * 1.08 } },
      ages: ages, sex: .female, radix: 1)
  }

  @Test(
    "a stationary population dies by age and period as its life table says, whatever the width",
    arguments: [AgeScale.singleYears(to: 90), .groups(of: 5, to: 90), .groups(of: 10, to: 80)])
  func stationary(_ ages: AgeScale) throws {
    let table = try table(ages)
    let n = ages.count
    let width = try #require(ages.uniformWidth)
    let area = [Area(code: "A")]
    let years = 2000..<(2000 + width)
    // One girl and one boy are born a year; both sexes die alike.
    var births = Array(repeating: 0.0, count: n)
    births[3] = 2 / table.personYearsLived[3]
    let survival = try table.survivalRatios()
    let assumptions = try Assumptions(
      areas: area,
      mortality: MortalityRates(
        measure: .survivalRatio, ages: ages, years: years, areaCount: 1,
        values: (0..<(2 * width)).flatMap { _ in survival }),
      fertility: FertilityRates(
        ages: ages, years: years, areaCount: 1, values: (0..<width).flatMap { _ in births },
        sexRatios: years.map { _ in 1 }),
      migration: .none(ages: ages, years: years, areaCount: 1))
    let people = try Population(
      areas: area, ages: ages, year: 2000, counts: table.personYearsLived + table.personYearsLived)
    let projection = try CohortComponent(.unEnd).project(people, under: assumptions, to: 2000 + width)
    let factors = try SeparationFactors(table)
    #expect(factors.values.allSatisfy { $0 > 0 && $0 < 1 })
    for sex in Sex.allCases {
      let found = try #require(
        projection.periodDeaths(endingIn: 2000 + width, sex: sex, separation: factors))
      // Differences of person-years up to ten lose three digits of sixteen.
      #expect(largestDifference(found, table.deaths.map { $0 * Double(width) }) < 1e-12)
    }
  }

  @Test("uneven groups, wrong counts and impossible columns are refused")
  func refusals() throws {
    let abridged = try table(.abridged(to: 85))
    #expect(throws: LifeTableError.unevenAges(singleYears: false)) { try SeparationFactors(abridged) }
    let ages = AgeScale.singleYears(to: 2)
    func factors(_ l: [Double], _ L: [Double]) throws {
      _ = try SeparationFactors(survivorship: l, personYearsLived: L, ages: ages)
    }
    #expect(throws: LifeTableError.countMismatch(.survivorship, expected: 3, actual: 2)) {
      try factors([1, 1], [1, 1, 1])
    }
    #expect(throws: LifeTableError.countMismatch(.personYearsLived, expected: 3, actual: 0)) {
      try factors([1, 1, 1], [])
    }
    #expect(throws: LifeTableError.nonFinite(.personYearsLived, age: 1)) { try factors([1, 1, 1], [1, .nan, 1]) }
    #expect(throws: LifeTableError.negative(.survivorship, age: 2, value: -1)) {
      try factors([1, 1, -1], [1, 1, 1])
    }
    #expect(throws: Never.self) { try factors([1, 0.9, 0.8], [1, 0.9, .infinity]) }
  }
}
