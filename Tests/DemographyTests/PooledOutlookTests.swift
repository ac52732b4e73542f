import Testing

@testable import Demography

/// Areas of known rates, whose outlook must find them again.
@Suite("Outlook of many areas from what was known")
struct PooledOutlookTests {
  private static let national = AgeScale.singleYears(to: 100)
  private static let ages = AgeScale.singleYears(to: 90)

  /// Deaths at rates that rise with age and fall by 2% a year, in a nation of a million at each age.
  private func experience(_ years: ClosedRange<Int>) throws -> MortalityExperience {
    let exposures = Array(repeating: 1e6, count: years.count * 101)
    var deaths: [Double] = []
    for year in years {
      let fall = Normalised.exp2(-0.03 * Double(year - years.lowerBound))
      for x in 0...100 { deaths.append(100 * fall * Normalised.exp2(Double(x) / 8)) }
    }
    return try MortalityExperience(ages: Self.national, years: years, deaths: deaths, exposures: exposures)
  }

  /// Three areas that differ in size and in how many come at age 30.
  private func past(base: Int, laterPeople: Double = 1) throws -> KnownPast {
    let areas = (0..<3).map { Area(code: "A\($0)") }
    let years = 2000...2012
    var values: [Double] = []
    for area in areas.indices {
      for year in years {
        let scale = Double(area + 1) * (year > base ? laterPeople : 1)
        for _ in 0..<2 { values += (0...90).map { scale * (1000 - 10 * Double($0) + Double((year + area) % 3)) } }
      }
    }
    let history = try PopulationHistory(areas: areas, ages: Self.ages, years: years, values: values)
    return try KnownPast(
      history: history, female: experience(1965...2014), male: experience(1965...2014), base: base)
  }

  @Test("nothing after the base year changes a bit")
  func knowsNothingLater() throws {
    let one = try past(base: 2006)
    let other = try past(base: 2006, laterPeople: 7)
    #expect(one == other)
    #expect(one.history.years.upperBound == 2006)
    #expect(one.female.years.upperBound == 2006)
    #expect(try PooledOutlook(one, to: 2016).assumptions == PooledOutlook(other, to: 2016).assumptions)
  }

  @Test("mortality goes on by the trend of the past")
  func mortality() throws {
    let past = try past(base: 2006)
    let forecast = try PooledOutlook(past, to: 2016).mortality
    #expect(forecast.jumpOffYear == 2006)
    let now = forecast.medianRates(atHorizon: 0)
    let later = forecast.medianRates(atHorizon: 10)
    // The rates fall by the same factor at every age, so that the model is exact but for rounding.
    for x in [0, 30, 60, 99] {
      #expect((now[x] / (past.female.deaths[41 * 101 + x] / 1e6) - 1).magnitude < 1e-9)
      #expect((later[x] / now[x] / Normalised.exp2(-0.3) - 1).magnitude < 1e-9)
    }
  }

  @Test("a population that the rules describe exactly is carried on exactly")
  func stationary() throws {
    // One area that repeats itself year after year: its residual migration holds it where it is.
    let year = (0...90).map { 1000 - 9 * Double($0) }
    let history = try PopulationHistory(
      areas: [Area(code: "A")], ages: Self.ages, years: 2000...2006, values: (0..<14).flatMap { _ in year })
    let deaths = try flat(1965...2006)
    let known = try KnownPast(history: history, female: deaths, male: deaths, base: 2006)
    var rules = PooledRules()
    rules.smoothingWidth = 1
    // Fertility that stays as it is: children per woman never changed.
    let projection = try PooledOutlook(known, to: 2012, rules: rules).projection()
    for age in [0, 1, 20, 64, 65, 89, 90] {
      let people = projection.population[6 * 182 + age]
      #expect((people / year[age] - 1).magnitude < 1e-6, "age \(age)")
    }
  }

  /// Rates that hardly change: the model needs some change to have a response.
  private func flat(_ years: ClosedRange<Int>) throws -> MortalityExperience {
    var deaths: [Double] = []
    for year in years {
      let change: Double = year % 2 == 0 ? 1 - 1e-9 : 1 + 1e-9
      for x in 0...100 { deaths.append(100 * change * Normalised.exp2(Double(x) / 8)) }
    }
    return try MortalityExperience(
      ages: Self.national, years: years, deaths: deaths,
      exposures: Array(repeating: 1e6, count: years.count * 101))
  }

  @Test("a base year that is not held, and one without deaths before it, are refused")
  func refusals() throws {
    let known = try past(base: 2012)
    #expect(throws: BacktestError.base(2013, held: 2001...2012)) {
      try KnownPast(history: known.history, female: known.female, male: known.male, base: 2013)
    }
    #expect(throws: BacktestError.base(2000, held: 2001...2012)) {
      try KnownPast(history: known.history, female: known.female, male: known.male, base: 2000)
    }
    let late = try experience(2005...2014)
    #expect(throws: BacktestError.noDeathsKnown(base: 2006, first: 2005)) {
      try KnownPast(history: known.history, female: late, male: late, base: 2006)
    }
  }

  @Test("futures keep their bits for one and seven threads and centre on the projection")
  func futures() throws {
    let past = try past(base: 2006)
    let outlook = try PooledOutlook(past, to: 2016)
    let uncertainty = try PooledUncertainty(past, outlook: outlook)
    let one = try outlook.futures(varying: uncertainty, years: [2016], simulations: 200, seed: 3, threads: 1)
    let seven = try outlook.futures(varying: uncertainty, years: [2016], simulations: 200, seed: 3, threads: 7)
    #expect(one.draws == seven.draws)
    let projection = try outlook.projection()
    for area in 0..<3 {
      let expected = try #require(projection.total(area: area, in: 2016))
      let draws = one.draws[0][0][area].sorted()
      #expect(draws[0] < expected)
      #expect(draws[199] > expected)
    }
  }
}

/// exp2 without a system module in the test.
private enum Normalised {
  static func exp2(_ x: Double) -> Double {
    let whole = x.rounded(.down)
    let part = x - whole
    // A Taylor series to the 20th power is exact to rounding for parts below 1.
    var term = 1.0
    var sum = 1.0
    for k in 1...20 {
      term *= part * 0.693_147_180_559_945_3 / Double(k)
      sum += term
    }
    return Double(sign: .plus, exponent: Int(whole), significand: 1) * sum
  }
}
