import Demography
import Testing

@Suite("Decomposition and years of life lost")
struct DecompositionTests {
  static let ages = AgeScale.abridged(to: 80)
  static func tables() throws -> (high: LifeTable, low: LifeTable) {
    let rates = LifeTableOracles.mortpak1988Rates
    return (
      try LifeTable(centralDeathRates: rates, ages: ages, sex: .female),
      try LifeTable(centralDeathRates: rates.map { 0.6 * $0 }, ages: ages, sex: .male)
    )
  }

  @Test("contributions sum to the difference, from birth and from 65, both ways")
  func sums() throws {
    let (high, low) = try Self.tables()
    for (a, b) in [(high, low), (low, high)] {
      for age in [0, 65, 80] {
        let parts = try a.contributions(toLifeExpectancyOf: b, at: age)
        let difference = try #require(b.lifeExpectancy(at: age)) - #require(a.lifeExpectancy(at: age))
        // Rounding of eighteen terms of some years.
        #expect(abs(parts.reduce(0, +) - difference) < 1e-12)
        #expect(zip(Self.ages.lowerBounds, parts).allSatisfy { $0 >= age || $1 == 0 })
      }
    }
  }

  @Test("equals Arriaga's direct, indirect and interaction effects as he writes them")
  func arriaga() throws {
    let (one, two) = try Self.tables()
    let parts = try one.contributions(toLifeExpectancyOf: two)
    let (l1, l2) = (one.survivorship, two.survivorship)
    for x in 0..<(Self.ages.count - 1) {
      let direct =
        l1[x] / l1[0] * (two.personYearsLived[x] / l2[x] - one.personYearsLived[x] / l1[x])
      let other = two.personYearsAbove[x + 1] / l1[0] * (l1[x] / l2[x] - l1[x + 1] / l2[x + 1])
      #expect(abs(parts[x] - direct - other) < 1e-12)
    }
  }

  @Test("a difference at one age is that age's alone")
  func oneAge() throws {
    let (one, _) = try Self.tables()
    var rates = LifeTableOracles.mortpak1988Rates
    rates[7] *= 2
    let two = try LifeTable(centralDeathRates: rates, ages: Self.ages, sex: .female)
    let parts = try one.contributions(toLifeExpectancyOf: two)
    #expect(parts.enumerated().allSatisfy { $0.offset == 7 ? $0.element < 0 : abs($0.element) < 1e-14 })
  }

  @Test("tables of other ages cannot be compared")
  func differentTables() throws {
    let (one, _) = try Self.tables()
    let other = try LifeTable(centralDeathRates: [0.1, 0.2], ages: .singleYears(to: 1), sex: nil)
    #expect(throws: LifeTableError.differentTables) { try one.contributions(toLifeExpectancyOf: other) }
    #expect(throws: LifeTableError.unknownAge(66)) {
      try one.contributions(toLifeExpectancyOf: one, at: 66)
    }
  }

  @Test("years of life lost by hand")
  func yearsLost() throws {
    let ages = try AgeScale(lowerBounds: [0, 10, 70, 80])
    let table = try LifeTable(
      centralDeathRates: [0.01, 0.02, 0.05, 0.25], ages: ages, sex: nil,
      yearsLivedByDying: [2, 30, 5, 0])
    let e = table.lifeExpectancy
    let own = try table.yearsOfLifeLost(deaths: [10, 20, 30, 40])
    #expect(abs(own[0] - 10 * (0.8 * e[0] + 0.2 * e[1])) < 1e-10)
    #expect(abs(own[2] - 30 * (e[2] + e[3]) / 2) < 1e-10)
    #expect(own[3] == 160)
    let early = try table.yearsOfLifeLost(deaths: [10, 20, 30, 40], before: 76)
    #expect(early == [740, 20 * 36, 30, 0])
    #expect(throws: LifeTableError.negative(.deaths, age: 10, value: -1)) {
      try table.yearsOfLifeLost(deaths: [0, -1, 0, 0])
    }
    #expect(throws: LifeTableError.countMismatch(.deaths, expected: 4, actual: 1)) {
      try table.yearsOfLifeLost(deaths: [1], before: 75)
    }
  }
}
