import Demography
import Testing

@Suite("Healthy life expectancy by Sullivan's method")
struct HealthyLifeExpectancyTests {
  typealias Oracle = SullivanOracles
  static let ages = AgeScale.singleYears(to: 85)
  static let prevalence = (0...85).map { age in
    Oracle.prevalence.last { $0.age <= age }?.share ?? 0
  }

  static func table(_ q: [Double] = Oracle.probabilities) throws -> LifeTable {
    // The manual's example has a₀ = 0.2 and halves above.
    try LifeTable(
      deathProbabilities: q, openDeathRate: Oracle.openRate, ages: ages, sex: .female,
      yearsLivedByDying: [0.2] + [Double](repeating: 0.5, count: 85))
  }

  @Test("reproduces the manual's complete table at every age")
  func manual() throws {
    let healthy = try HealthyLifeExpectancy(table: Self.table(), prevalence: Self.prevalence)
    for x in 0...85 {
      // Twelve digits of q are printed.
      #expect(abs(healthy.lifeExpectancy[x] / Oracle.lifeExpectancy[x] - 1) < 1e-10)
      #expect(abs(healthy.healthyLifeExpectancy[x] / Oracle.disabilityFree[x] - 1) < 1e-10)
    }
    #expect(healthy.healthyLifeExpectancy(at: 85) == healthy.healthyLifeExpectancy[85])
    #expect(healthy.healthyLifeExpectancy(at: 86) == nil)
    #expect(!healthy.hasVariance)
    #expect(try healthy.interval() == nil)
    let total = healthy.healthyPersonYears.reduce(0, +) / 100_000
    #expect(abs(total / healthy.healthyLifeExpectancy[0] - 1) < 1e-13)
  }

  @Test("reproduces the tail of the French table of 1991")
  func france() throws {
    // Robine and Mormiche, women; l and L printed to units. At 85+ the printed share free of
    // disability, 0.710, is a misprint for its complement: 289068 × 0.290 gives the printed product.
    let l = [89367.0, 84968, 78012, 66625, 48532]
    let L = [436589.0, 408793, 364013, 290533, 289068]
    let free = [0.804, 0.714, 0.63, 0.487, 0.29]
    let printed = [12.3, 8.8, 5.8, 3.4, 1.7]
    var rates = [0.001]
    var years = [30.0]
    for x in 0..<4 {
      rates.append((l[x] - l[x + 1]) / L[x])
      years.append((L[x] - 5 * l[x + 1]) / (l[x] - l[x + 1]))
    }
    rates.append(l[4] / L[4])
    years.append(0)
    let table = try LifeTable(
      centralDeathRates: rates, ages: AgeScale(lowerBounds: [0, 65, 70, 75, 80, 85]), sex: .female,
      yearsLivedByDying: years)
    let healthy = try HealthyLifeExpectancy(
      table: table, prevalence: [0] + free.map { 1 - $0 })
    for (ours, text) in zip(healthy.healthyLifeExpectancy.dropFirst(), printed) {
      // One decimal is printed.
      #expect(abs(ours - text) <= 0.05)
    }
  }

  @Test("the variance is that of the propagated errors of q and prevalence")
  func variance() throws {
    let sizes = (0...85).map { Double(40 + $0) }
    let healthy = try HealthyLifeExpectancy(
      table: Self.table(), prevalence: Self.prevalence, deaths: Oracle.deaths, sampleSizes: sizes)
    // Central differences of e′ at birth: their own error is about h² relative.
    let h = 1e-5
    var mortality = 0.0
    var survey = 0.0
    for x in 0...85 {
      if x < 85 {
        let q = Oracle.probabilities[x]
        func shifted(_ step: Double) throws -> Double {
          var changed = Oracle.probabilities
          changed[x] += step
          return try HealthyLifeExpectancy(table: Self.table(changed), prevalence: Self.prevalence)
            .healthyLifeExpectancy[0]
        }
        let slope = try (shifted(h) - shifted(-h)) / (2 * h)
        mortality += slope * slope * q * q * (1 - q) / Oracle.deaths[x]
      }
      let table = try Self.table()
      let slope = table.personYearsLived[x] / table.radix
      survey += slope * slope * Self.prevalence[x] * (1 - Self.prevalence[x]) / sizes[x]
    }
    #expect(abs(healthy.mortalityVariance[0] / mortality - 1) < 1e-6)
    #expect(abs(healthy.prevalenceVariance[0] / survey - 1) < 1e-12)
    #expect(healthy.mortalityVariance[85] == 0)
    let interval = try #require(try healthy.interval())
    let half = 1.959963984540054 * (mortality + survey).squareRoot()
    #expect(abs((interval.upper[0] - interval.lower[0]) / (2 * half) - 1) < 1e-6)
  }

  @Test("each part of the variance stands alone")
  func parts() throws {
    let table = try Self.table()
    let sizes = [Double](repeating: 100, count: 86)
    let both = try HealthyLifeExpectancy(
      table: table, prevalence: Self.prevalence, deaths: Oracle.deaths, sampleSizes: sizes)
    let one = try HealthyLifeExpectancy(
      table: table, prevalence: Self.prevalence, deaths: Oracle.deaths)
    let other = try HealthyLifeExpectancy(
      table: table, prevalence: Self.prevalence, sampleSizes: sizes)
    #expect(one.mortalityVariance == both.mortalityVariance && one.prevalenceVariance[0] == 0)
    #expect(other.prevalenceVariance == both.prevalenceVariance && other.mortalityVariance[0] == 0)
    #expect(other.hasVariance && one.hasVariance)
  }

  @Test("without the condition all years are healthy, with it none")
  func extremes() throws {
    let table = try Self.table()
    let none = try HealthyLifeExpectancy(table: table, prevalence: [Double](repeating: 0, count: 86))
    for (ours, all) in zip(none.healthyLifeExpectancy, table.lifeExpectancy) {
      #expect(abs(ours / all - 1) < 1e-13)
    }
    let all = try HealthyLifeExpectancy(table: table, prevalence: [Double](repeating: 1, count: 86))
    #expect(all.healthyLifeExpectancy.allSatisfy { $0 == 0 })
    #expect(all.healthyShare.allSatisfy { $0 == 0 })
  }

  @Test("bad input is met with the reason")
  func badInput() throws {
    let table = try Self.table()
    var prevalence = Self.prevalence
    prevalence[7] = 1.5
    #expect(throws: LifeTableError.aboveOne(.prevalence, age: 7, value: 1.5)) {
      try HealthyLifeExpectancy(table: table, prevalence: prevalence)
    }
    #expect(throws: LifeTableError.countMismatch(.prevalence, expected: 86, actual: 1)) {
      try HealthyLifeExpectancy(table: table, prevalence: [0.1])
    }
    var sizes = [Double](repeating: 10, count: 86)
    sizes[3] = 0
    #expect(throws: LifeTableError.noExposure(age: 3, deaths: 0)) {
      try HealthyLifeExpectancy(table: table, prevalence: Self.prevalence, sampleSizes: sizes)
    }
    let healthy = try HealthyLifeExpectancy(table: table, prevalence: Self.prevalence)
    #expect(throws: LifeTableError.invalidConfidence) { try healthy.interval(confidence: 95) }
  }
}
