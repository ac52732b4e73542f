import Demography
import Testing

@Suite("Life tables")
struct LifeTableTests {
  /// Gompertz's rates, 10% up a year, with an infant rate beside them.
  static let gompertz = (0...100).map { age in
    (0..<age).reduce(0.00005) { rate, _ in rate * 1.1 } + (age == 0 ? 0.004 : 0)
  }
  static let singleYears = AgeScale.singleYears(to: 100)

  @Test("reproduces the United Nations model table")
  func unitedNations() throws {
    let table = try LifeTable(
      centralDeathRates: LifeTableOracles.unitedNations1982Rates, ages: .abridged(to: 85),
      sex: .male)
    for (e, printed) in zip(table.lifeExpectancy, LifeTableOracles.unitedNations1982Expectancy) {
      // The UN takes a by Greville's formula above age 10, this table n/2.
      #expect(abs(e / printed - 1) < 0.005)
    }
  }

  @Test("reproduces the MORTPAK example")
  func mortpak() throws {
    let table = try LifeTable(
      centralDeathRates: LifeTableOracles.mortpak1988Rates, ages: .abridged(to: 80), sex: .female)
    for (e, printed) in zip(table.lifeExpectancy, LifeTableOracles.mortpak1988Expectancy) {
      // a by Greville there, n/2 here; the same closing 1/m.
      #expect(abs(e / printed - 1) < 0.005)
    }
  }

  @Test("reproduces the Census Bureau's spreadsheet from deaths and population")
  func populationAnalysisSpreadsheet() throws {
    let ages = AgeScale.abridged(to: 100)
    let plain = try LifeTable(
      deaths: LifeTableOracles.pasDeaths, exposure: LifeTableOracles.pasExposure, ages: ages,
      sex: .male)
    // The spreadsheet takes infant mortality, q₀ = 0.1, from outside.
    let table = try LifeTable(
      deathProbabilities: [0.1] + plain.deathProbability.dropFirst(),
      openDeathRate: plain.centralDeathRate[21], ages: ages, sex: .male)
    for x in 0..<22 {
      // Two decimals are printed; at birth a₀ and ₄a₁ add as much again.
      #expect(abs(table.lifeExpectancy[x] - LifeTableOracles.pasExpectancy[x]) < 0.01)
      if x > 0 { #expect(abs(plain.lifeExpectancy[x] - LifeTableOracles.pasExpectancy[x]) < 0.01) }
    }
  }

  @Test("gives the French table to the printed digits")
  func france() throws {
    for (year, rates) in LifeTableOracles.franceRates {
      // Both sexes: a₀ is the mean of women's and men's.
      let table = try LifeTable(centralDeathRates: rates, ages: Self.singleYears, sex: nil, radix: 1)
      for row in LifeTableOracles.franceRows where row.year == year {
        let x = row.age
        let pairs = [
          (table.deathProbability[x], row.q), (table.survivorship[x], row.l), (table.deaths[x], row.d),
          (table.personYearsLived[x], row.L), (table.personYearsAbove[x], row.T),
          (table.lifeExpectancy[x], row.e),
        ]
        // Twelve digits are printed; the open rate enters with twelve.
        for (ours, printed) in pairs { #expect(abs(ours / printed - 1) < 2e-11) }
      }
    }
  }

  @Test("columns agree with each other")
  func identities() throws {
    let table = try LifeTable(centralDeathRates: Self.gompertz, ages: Self.singleYears, sex: .female)
    let last = table.ages.count - 1
    for x in 0..<last {
      #expect(table.survivorship[x + 1] < table.survivorship[x])
      #expect(
        abs(table.survivorship[x] - table.deaths[x] - table.survivorship[x + 1])
          <= 1e-11 * table.radix)
    }
    #expect(abs(table.deaths.reduce(0, +) / table.radix - 1) < 1e-13)
    for x in 0...last {
      let ratio = table.personYearsAbove[x] / table.survivorship[x]
      #expect(abs(ratio / table.lifeExpectancy[x] - 1) < 1e-12)
      #expect(abs(table.deaths[x] / table.personYearsLived[x] / Self.gompertz[x] - 1) < 1e-12)
    }
    #expect(table.deathProbability[last] == 1)
    #expect(table.adjustedProbabilities.isEmpty)
    #expect(table.lifeExpectancy(at: 65) == table.lifeExpectancy[65])
    #expect(table.lifeExpectancy(at: 101) == nil)
    #expect(table.lifeExpectancy(at: -1) == nil)
  }

  @Test("an age inside a wider group has no life expectancy of its own")
  func ageInsideGroup() throws {
    let table = try LifeTable(
      centralDeathRates: LifeTableOracles.mortpak1988Rates, ages: .abridged(to: 80), sex: .female)
    #expect(table.lifeExpectancy(at: 65) == table.lifeExpectancy[14])
    #expect(table.lifeExpectancy(at: 66) == nil)
  }

  @Test("rates come back from a table of probabilities", arguments: [Sex.female, .male, nil])
  func roundTrip(sex: Sex?) throws {
    for rates in [
      LifeTableOracles.unitedNations1982Rates, LifeTableOracles.mortpak1988Rates,
      Array(Self.gompertz.prefix(1)) + LifeTableOracles.unitedNations1982Rates.dropFirst(),
      // Just below the rate from where Coale and Demeny hold a constant.
      [0.1] + LifeTableOracles.unitedNations1982Rates.dropFirst(),
    ] {
      let ages = AgeScale.abridged(to: rates.count == 19 ? 85 : 80)
      let table = try LifeTable(centralDeathRates: rates, ages: ages, sex: sex)
      let back = try LifeTable(
        deathProbabilities: table.deathProbability, openDeathRate: rates[rates.count - 1],
        ages: ages, sex: sex)
      for (ours, given) in zip(back.centralDeathRate, rates) { #expect(abs(ours / given - 1) < 1e-12) }
    }
  }

  @Test("Coale and Demeny's values for the first years")
  func standardYears() {
    let ages = AgeScale.abridged(to: 85)
    let low = LifeTable.standardYearsLivedByDying(ages: ages, infantDeathRate: 0.05, sex: .female)
    #expect(abs(low[0] - 0.193) < 1e-12 && abs(low[1] - 1.4461) < 1e-12 && low[2] == 2.5)
    let high = LifeTable.standardYearsLivedByDying(ages: ages, infantDeathRate: 0.2, sex: .male)
    #expect(high[0] == 0.33 && high[1] == 1.352)
    let both = LifeTable.standardYearsLivedByDying(ages: ages, infantDeathRate: 0.2, sex: nil)
    #expect(abs(both[0] - 0.34) < 1e-12)
    let wide = LifeTable.standardYearsLivedByDying(
      ages: .groups(of: 5, to: 85), infantDeathRate: 0.05, sex: .male)
    #expect(wide[0] == 2.5)
  }

  @Test("a rate too high for the formula turns to a constant force and is reported")
  func adjustedProbability() throws {
    var rates = LifeTableOracles.unitedNations1982Rates
    rates[10] = 0.9
    let table = try LifeTable(centralDeathRates: rates, ages: .abridged(to: 85), sex: .male)
    #expect(table.adjustedProbabilities == [10])
    // 1 − exp(−4.5)
    #expect(abs(table.deathProbability[10] - 0.988891003461758) < 1e-13)
    #expect(abs(table.deaths[10] / table.personYearsLived[10] - 0.9) < 1e-12)
    rates[10] = 1e6
    let extreme = try LifeTable(centralDeathRates: rates, ages: .abridged(to: 85), sex: .male)
    #expect(extreme.deathProbability[10] == 1)
    #expect(extreme.survivorship[11] == 0)
    #expect(extreme.lifeExpectancy.allSatisfy { $0.isFinite && $0 > 0 })
  }

  @Test("survival ratios reproduce the United Nations' Canadian ones")
  func canadianSurvival() throws {
    let l = LifeTableOracles.canada1950Survivorship
    let L = LifeTableOracles.canada1950PersonYears
    var rates = [Double](repeating: l[100] / L[100], count: 101)
    var years = [Double](repeating: 0, count: 101)
    for x in 0..<100 {
      rates[x] = (l[x] - l[x + 1]) / L[x]
      years[x] = (L[x] - l[x + 1]) / (l[x] - l[x + 1])
    }
    let table = try LifeTable(
      centralDeathRates: rates, ages: Self.singleYears, sex: .male, yearsLivedByDying: years)
    let ratios = try table.survivalRatios()
    #expect(ratios.count == 101)
    for (ours, printed) in zip(ratios, LifeTableOracles.canada1950Survival) {
      // Twelve digits are printed, of l and L too.
      #expect(abs(ours / printed - 1) < 1e-10)
    }
    let step = try table.stepProbabilities()
    #expect(abs(step.birth - (1 - ratios[0])) < 1e-15)
    for x in 0..<99 { #expect(abs(step.byAge[x] - (1 - ratios[x + 1])) < 1e-15) }
    #expect(step.byAge[99] == step.byAge[100])
    #expect(abs(step.byAge[100] - (1 - ratios[100])) < 1e-15)
  }

  @Test("a stationary population stays as it is under its own survival ratios")
  func stationaryPopulation() throws {
    let rates = [0.02, 0.002, 0.004, 0.01, 0.05, 0.2]
    let ages = AgeScale.groups(of: 15, to: 75)
    let table = try LifeTable(centralDeathRates: rates, ages: ages, sex: nil)
    let S = try table.survivalRatios()
    let L = table.personYearsLived
    #expect(abs(15 * table.radix * S[0] / L[0] - 1) < 1e-13)
    for x in 1..<5 { #expect(abs(L[x - 1] * S[x] / L[x] - 1) < 1e-13) }
    #expect(abs((L[4] + L[5]) * S[5] / L[5] - 1) < 1e-13)
  }

  @Test("uneven groups have no survival ratios")
  func unevenAges() throws {
    let table = try LifeTable(
      centralDeathRates: LifeTableOracles.mortpak1988Rates, ages: .abridged(to: 80), sex: .female)
    #expect(throws: LifeTableError.unevenAges(singleYears: false)) { try table.survivalRatios() }
    #expect(throws: LifeTableError.unevenAges(singleYears: true)) { try table.stepProbabilities() }
  }

  @Test("bad figures are met with the reason")
  func badInput() {
    let ages = AgeScale.singleYears(to: 2)
    func build(_ rates: [Double], years: [Double]? = nil, radix: Double = 1) throws(LifeTableError) {
      _ = try LifeTable(
        centralDeathRates: rates, ages: ages, sex: nil, yearsLivedByDying: years, radix: radix)
    }
    #expect(throws: LifeTableError.countMismatch(.centralDeathRate, expected: 3, actual: 2)) {
      try build([0.1, 0.1])
    }
    #expect(throws: LifeTableError.negative(.centralDeathRate, age: 1, value: -0.1)) {
      try build([0.1, -0.1, 0.1])
    }
    #expect(throws: LifeTableError.nonFinite(.centralDeathRate, age: 1)) {
      try build([0.1, .nan, 0.1])
    }
    #expect(throws: LifeTableError.nonFinite(.centralDeathRate, age: 2)) {
      try build([0.1, 0.1, .infinity])
    }
    #expect(throws: LifeTableError.zeroRateInOpenGroup(age: 2)) { try build([0.1, 0.1, 0]) }
    #expect(throws: LifeTableError.yearsLivedExceedWidth(age: 1, value: 1.5, width: 1)) {
      try build([0.1, 0.1, 0.1], years: [0.1, 1.5, 99])
    }
    #expect(throws: LifeTableError.countMismatch(.yearsLivedByDying, expected: 3, actual: 1)) {
      try build([0.1, 0.1, 0.1], years: [0.1])
    }
    #expect(throws: LifeTableError.invalidRadix) { try build([0.1, 0.1, 0.1], radix: 0) }
    #expect(throws: LifeTableError.noExposure(age: 1, deaths: 3)) {
      try LifeTable(deaths: [1, 3, 1], exposure: [10, 0, 10], ages: ages, sex: nil)
    }
    #expect(throws: LifeTableError.aboveOne(.deathProbability, age: 1, value: 1.2)) {
      try LifeTable(deathProbabilities: [0.1, 1.2, 1], openDeathRate: 0.3, ages: ages, sex: nil)
    }
    #expect(throws: LifeTableError.zeroRateInOpenGroup(age: 2)) {
      try LifeTable(deathProbabilities: [0.1, 0.2, 1], openDeathRate: 0, ages: ages, sex: nil)
    }
  }
}
