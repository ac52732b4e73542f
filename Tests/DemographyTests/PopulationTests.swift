import Demography
import Testing

@Suite struct PopulationTests {
  private let ages = AgeScale.singleYears(to: 2)
  private let areas = [Area(code: "A", name: "Ashdown"), Area(code: "B")]
  /// Every cell another power of two, so that each sum tells its cells.
  private var counts: [Double] { (0..<12).map { Double(1 << $0) } }

  @Test("totals by area, sex and band are of the right cells")
  func totals() throws {
    let people = try Population(areas: areas, ages: ages, year: 2020, counts: counts)
    #expect(people.total(area: 0) == 63)
    #expect(people.total(area: 1) == 63 * 64)
    #expect(people.total(area: 1, sex: .female) == 7 * 64)
    #expect(people.total(area: 0, sex: .male) == 7 * 8)
    #expect(people.total(area: 0, ages: AgeBand(1...)) == 54.0)
    #expect(people.total(area: 1, ages: AgeBand(0...1), sex: .male) == 1536.0)
    #expect(people.total(area: 0, ages: AgeBand(0...2)) == nil)
    #expect(Array(people.row(area: 1, sex: .female)) == [64, 128, 256])
    #expect(people.offset(area: 1, sex: .male) == 9)
    #expect(people.index(ofArea: "B") == 1)
    #expect(people.index(ofArea: "b") == nil)
    #expect(areas.map(\.name) == ["Ashdown", "B"])
  }

  @Test("other areas in another order, or nothing where one is not held")
  func selecting() throws {
    let people = try Population(areas: areas, ages: ages, year: 2020, counts: counts)
    let turned = try #require(people.selecting(areaCodes: ["B", "A"]))
    #expect(turned.areas == areas.reversed())
    #expect(turned.counts == Array(counts[6...] + counts[..<6]))
    #expect(turned.year == 2020)
    #expect(people.selecting(areaCodes: ["A", "C"]) == nil)
    #expect(people.selecting(areaCodes: ["A", "A"]) == nil)
    let whole = Footprint(area: Area(code: "F"), parts: [Footprint.Part(areaCode: "A")])
    #expect(throws: FootprintError.duplicateFootprint(code: "F")) { try people.combined(into: [whole, whole]) }
  }

  @Test("impossible counts are refused with their place")
  func refusals() {
    #expect(throws: PopulationError.countMismatch(expected: 12, found: 11)) {
      try Population(areas: areas, ages: ages, year: 2020, counts: Array(counts.dropLast()))
    }
    #expect(throws: PopulationError.duplicateArea(areas[0])) {
      try Population(areas: [areas[0], areas[0]], ages: ages, year: 2020, counts: counts)
    }
    for bad in [-1, Double.infinity] {
      var counts = counts
      counts[10] = bad
      #expect(throws: PopulationError.impossibleCount(bad, area: areas[1], sex: .male, age: "1")) {
        try Population(areas: areas, ages: ages, year: 2020, counts: counts)
      }
    }
    var missing = counts
    missing[2] = .nan
    #expect(throws: PopulationError.self) {
      try Population(areas: areas, ages: ages, year: 2020, counts: missing)
    }
  }

  @Test("a history gives years, areas and steps that lie before a base")
  func history() throws {
    let values = (0..<36).map(Double.init)
    let history = try PopulationHistory(areas: areas, ages: ages, years: 2018...2020, values: values)
    let middle = try #require(history.population(in: 2019))
    #expect(middle.counts == Array(values[6..<12] + values[24..<30]))
    #expect(middle.year == 2019)
    #expect(history.population(in: 2017) == nil && history.population(in: 2021) == nil)
    #expect(history.offset(area: 1, year: 2020, sex: .male) == 33)
    let second = try history.selecting([areas[1]])
    #expect(second.areas == [areas[1]])
    #expect(second.values == Array(values[18...]))
    let stranger = Area(code: "C")
    #expect(throws: PopulationError.missingArea(stranger)) { try history.selecting([areas[1], stranger]) }
    #expect(throws: PopulationError.duplicateArea(areas[1])) { try history.selecting([areas[1], areas[1]]) }
    #expect(history.steps(before: 2020, count: 10) == [2018, 2019])
    #expect(history.steps(before: 2020, count: 1) == [2019])
    #expect(history.steps(before: 2019, count: 5) == [2018])
    #expect(history.steps(before: 2030, count: 5) == [2018, 2019])
    #expect(history.steps(before: 2018, count: 5).isEmpty)
    #expect(history.steps(before: 2010, count: 5).isEmpty)
    #expect(history.steps(before: 2020, count: 2, leavingOut: [2018, 2025]) == [2019])
  }

  @Test("a history of impossible counts is refused with its place")
  func historyRefusals() throws {
    var values = Array(repeating: 1.0, count: 36)
    #expect(throws: PopulationError.countMismatch(expected: 36, found: 35)) {
      try PopulationHistory(areas: areas, ages: ages, years: 2018...2020, values: Array(values.dropLast()))
    }
    // Area 1 (18 on), 2019 (6 on), male (3 on), age 2+.
    values[18 + 6 + 3 + 2] = -3
    #expect(throws: PopulationError.impossibleCount(-3, area: areas[1], sex: .male, age: "2+")) {
      try PopulationHistory(areas: areas, ages: ages, years: 2018...2020, values: values)
    }
  }

  @Test("registrations know what is unknown")
  func registrations() throws {
    let known = try Registrations(years: 2018..<2020, births: [1, 2, .nan, 4], deaths: [5, .nan, 7, 8])
    #expect(known.births(area: 0, year: 2019) == 2)
    #expect(known.births(area: 1, year: 2018) == nil)
    #expect(known.births(area: 1, year: 2019) == 4)
    #expect(known.deaths(area: 0, year: 2019) == nil)
    #expect(known.deaths(area: 1, year: 2018) == 7)
    #expect(known.deaths(area: 0, year: 2020) == nil && known.births(area: 0, year: 2017) == nil)
    #expect(throws: AssumptionError.countMismatch(component: .mortality, expected: 2, found: 1)) {
      try Registrations(years: 2018..<2020, births: [1, 2], deaths: [1])
    }
    #expect(throws: AssumptionError.countMismatch(component: .fertility, expected: 2, found: 3)) {
      try Registrations(years: 2018..<2020, births: [1, 2, 3], deaths: [1, 2, 3])
    }
  }

  @Test("a projection gives its people by year, band and sex")
  func projection() throws {
    let inputs = try RandomInputs(seed: 31, .ons, ages: RandomInputs.singleYears, areas: 2)
    let projection = try inputs.projected(.ons)
    #expect(projection.baseYear == 2000 && projection.endYear == 2004)
    #expect(projection.population(in: 2000) == inputs.base)
    #expect(projection.population(in: 1999) == nil && projection.row(area: 0, year: 2005, sex: .male) == nil)
    let people = try #require(projection.population(in: 2003))
    for sex in [Sex.female, .male, nil] {
      #expect(
        projection.population(area: 1, in: 2003, ages: 3...7, sex: sex)
          == people.total(area: 1, ages: AgeBand(3...7), sex: sex))
      #expect(
        projection.population(area: 1, in: 2003, ages: 8..., sex: sex)
          == people.total(area: 1, ages: AgeBand(8...), sex: sex))
    }
    #expect(projection.population(in: 2003, ages: 3...40) == nil)
    #expect(projection.components(area: 0, endingIn: 2000) == nil)
    #expect(projection.index(ofArea: "A1") == 1)
  }
}
