import Demography
import Probability
import Testing

@Suite("Life expectancy as OHID publishes it")
struct ChiangTests {
  typealias Oracle = ChiangOracles
  static let ages = AgeScale.abridged(to: 90)
  /// Expected figures are printed to four decimals.
  static let printed = 0.5e-4 + 1e-9

  static func table(
    _ deaths: [Double] = Oracle.deaths, _ population: [Double] = Oracle.population,
    areas: Int = 1, confidence: Double = 0.95
  ) throws -> LifeExpectancyTable {
    try LifeExpectancyTable(
      deaths: deaths, population: population, ages: ages, areaCount: areas, confidence: confidence)
  }

  /// The ordinary area with one count replaced.
  static func changed(deaths: (Int, Double)? = nil, population: (Int, Double)? = nil) throws
    -> LifeExpectancyTable
  {
    var d = Oracle.deaths
    var p = Oracle.population
    if let (band, value) = deaths { d[band] = value }
    if let (band, value) = population { p[band] = value }
    return try table(d, p)
  }

  @Test("gives the published figures and limits at every age")
  func ordinaryArea() throws {
    let table = try Self.table()
    for x in 0..<20 {
      #expect(abs(table.lifeExpectancy[x] - Oracle.expectancy[x]) < Self.printed)
      #expect(abs(table.lower[x] - Oracle.lower[x]) < Self.printed)
      #expect(abs(table.upper[x] - Oracle.upper[x]) < Self.printed)
    }
    #expect(table.status.allSatisfy { $0 == .ok })
    #expect(table.offset(age: 65) == 14)
    #expect(table.offset(age: 66) == nil)
    #expect(table.offset(area: 1, age: 65) == nil)
  }

  @Test("a wide interval suppresses the figure and shows the limits")
  func wideIntervals() throws {
    // 99.8% limits do not change which figures are suppressed: that goes by the 95% ones.
    for confidence in [0.95, 0.998] {
      let table = try Self.table(Oracle.smallDeaths, Oracle.smallPopulation, confidence: confidence)
      for x in 0..<20 {
        #expect(table.status[x] == (x < 9 ? .ok : .intervalTooWide))
        #expect(table.lifeExpectancy[x].isNaN == (x >= 9))
        if x < 9 { #expect(abs(table.lifeExpectancy[x] - Oracle.smallExpectancy[x]) < Self.printed) }
        guard confidence == 0.95 else { continue }
        #expect(abs(table.lower[x] - Oracle.smallLower[x]) < Self.printed)
        #expect(abs(table.upper[x] - Oracle.smallUpper[x]) < Self.printed)
      }
    }
  }

  @Test("limits at another confidence stand in the ratio of the quantiles")
  func confidence() throws {
    let narrow = try Self.table()
    let wide = try Self.table(confidence: 0.998)
    // Φ⁻¹(0.999) / Φ⁻¹(0.975)
    let ratio = 3.090232306167813 / 1.959963984540054
    for x in 0..<20 {
      let halves = (wide.upper[x] - wide.lower[x]) / (narrow.upper[x] - narrow.lower[x])
      // Limits near 80 lose two digits in the difference.
      #expect(abs(halves / ratio - 1) < 1e-12)
    }
  }

  @Test("an area that cannot be calculated says why at all its ages")
  func barredAreas() throws {
    let cases: [(LifeExpectancyTable, ResultStatus)] = [
      (try Self.changed(deaths: (3, -5)), .negative),
      (try Self.changed(population: (5, 0)), .zeroDenominator),
      (try Self.changed(population: (18, 119)), .numeratorExceedsDenominator),
      (try Self.changed(population: (3, -10)), .negative),
      (try Self.changed(deaths: (5, 50000)), .numeratorExceedsDenominator),
      (try Self.table(Oracle.tinyDeaths, Oracle.tinyPopulation), .populationTooSmall),
      (try Self.changed(deaths: (19, .nan), population: (19, .nan)), .bandsIncomplete),
      (try Self.changed(deaths: (19, 0)), .zeroDenominator),
      (try Self.changed(population: (2, .infinity)), .nonFinite),
      // M = 0.45 in a band of five years: q = 2.25/2.125 > 1.
      (try Self.changed(deaths: (17, 0.45 * 23306)), .numeratorExceedsDenominator),
    ]
    for (table, status) in cases {
      #expect(table.status == [ResultStatus](repeating: status, count: 20))
      #expect(table.lifeExpectancy.allSatisfy(\.isNaN) && table.lower.allSatisfy(\.isNaN))
      #expect(table.upper.allSatisfy(\.isNaN) && table.standardError.allSatisfy(\.isNaN))
    }
    var deaths = Oracle.smallDeaths
    deaths[19] = 312
    let open = try Self.table(deaths, Oracle.smallPopulation)
    #expect(open.status.allSatisfy { $0 == .numeratorExceedsDenominator })
  }

  @Test("5,000 people are too few, 5,001 are enough")
  func smallestPopulation() throws {
    let deaths = [Double](repeating: 2, count: 20)
    var population = [Double](repeating: 250, count: 20)
    #expect(try Self.table(deaths, population).status[0] == .populationTooSmall)
    population[0] = 251
    #expect(try Self.table(deaths, population).status[0] != .populationTooSmall)
  }

  @Test("one area's trouble leaves the others as they are")
  func batch() throws {
    let bad = Oracle.deaths.map { -$0 }
    let table = try Self.table(
      Oracle.deaths + bad + Oracle.smallDeaths,
      Oracle.population + Oracle.population + Oracle.smallPopulation, areas: 3)
    let first = try Self.table()
    let third = try Self.table(Oracle.smallDeaths, Oracle.smallPopulation)
    #expect(Array(table.lifeExpectancy[..<20]) == first.lifeExpectancy)
    #expect(Array(table.lower[40...]) == third.lower)
    #expect(table.status[20..<40].allSatisfy { $0 == .negative })
    #expect(Array(table.status[40...]) == third.status)
  }

  @Test("a band without deaths adds nothing to the variance")
  func bandWithoutDeaths() throws {
    let table = try Self.changed(deaths: (2, 0))
    #expect(table.status[0] == .ok)
    #expect(table.standardError[2] == table.standardError[3])
    #expect(abs(table.lifeExpectancy[2] - table.lifeExpectancy[3] - 5) < 1e-12)
  }

  @Test("the life table behind it has the same life expectancy")
  func columns() throws {
    let columns = try LifeTable.chiang(
      deaths: Oracle.deaths, population: Oracle.population, ages: Self.ages)
    let table = try Self.table()
    for x in 0..<20 {
      #expect(abs(columns.lifeExpectancy[x] / table.lifeExpectancy[x] - 1) < 1e-13)
    }
    // V by the published form, Σ W / l².
    let q = columns.deathProbability
    let l = columns.survivorship
    var sum = 0.0
    for x in stride(from: 19, through: 0, by: -1) {
      let D = Oracle.deaths[x]
      if x == 19 {
        let M = columns.centralDeathRate[x]
        sum += (l[x] / 2) * (l[x] / 2) * 4 / (D * M * M)
      } else {
        let n = Double(Self.ages.width(at: x) ?? 0)
        let reach = n - columns.yearsLivedByDying[x] + columns.lifeExpectancy[x + 1]
        sum += q[x] * q[x] * (1 - q[x]) / D * l[x] * l[x] * reach * reach
      }
      #expect(abs(sum.squareRoot() / l[x] / table.standardError[x] - 1) < 1e-13)
    }
  }

  @Test("wrong numbers of counts and confidences are errors")
  func badInput() {
    #expect(throws: LifeTableError.countMismatch(.deaths, expected: 40, actual: 20)) {
      try LifeExpectancyTable(
        deaths: Oracle.deaths, population: Oracle.population, ages: Self.ages, areaCount: 2)
    }
    #expect(throws: LifeTableError.countMismatch(.population, expected: 20, actual: 1)) {
      try LifeExpectancyTable(deaths: Oracle.deaths, population: [1], ages: Self.ages)
    }
    for confidence in [0, 1, 95, Double.nan] {
      #expect(throws: LifeTableError.invalidConfidence) {
        try LifeExpectancyTable(
          deaths: Oracle.deaths, population: Oracle.population, ages: Self.ages,
          confidence: confidence)
      }
    }
  }
}
