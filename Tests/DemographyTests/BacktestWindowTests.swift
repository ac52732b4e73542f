import Testing

@testable import Demography

/// Forecasts from one base beside their rivals, on areas whose people and deaths are made up.
@Suite("Windows of backtests")
struct BacktestWindowTests {
  private static let areas = (0..<5).map { Area(code: "A\($0)") }

  /// Areas that differ in size and shape and grow by as many people every year, mid-2000 to mid-2012.
  private func estimates(_ areas: [Area] = areas, newest: Double = 1) throws -> PopulationHistory {
    var values: [Double] = []
    for area in areas {
      let size = Double(area.code.utf8.last ?? 0) - 47
      let people = (0...90).map { age -> Double in size * Double(1000 - 10 * age + age % 7) }
      for year in 2000...2012 {
        let growth = (1 + size * 0.002 * Double(year - 2000)) * (year == 2012 ? newest : 1)
        for _ in 0..<2 { values += people.map { growth * $0 } }
      }
    }
    return try PopulationHistory(areas: areas, ages: .singleYears(to: 90), years: 2000...2012, values: values)
  }

  /// Deaths at rates that rise with age and fall year by year, in a nation of a million at each age.
  private func deaths() throws -> MortalityExperience {
    var rates: [Double] = []
    for year in 0..<45 {
      for age in 0...100 {
        rates.append((0..<age).reduce(50.0 / (1 + 0.02 * Double(year))) { rate, _ in rate * 1.09 })
      }
    }
    return try MortalityExperience(
      ages: .singleYears(to: 100), years: 1965...2009, deaths: rates,
      exposures: Array(repeating: 1e6, count: rates.count))
  }

  private func window(
    _ estimates: PopulationHistory, base: Int = 2006, to end: Int = 2012, scoring areas: [Area] = areas
  ) throws -> BacktestWindow {
    let deaths = try deaths()
    return try BacktestWindow(
      estimates: estimates, female: deaths, male: deaths, base: base, to: end, scoring: areas, simulations: 50, seed: 4,
      threads: 2)
  }

  @Test("every year after the base is scored, the intervals at the last, beside the rivals that reach back")
  func entries() throws {
    let window = try window(estimates())
    #expect(window.entries.map(\.forecast) == ["pooled", "constant", "linear-5"])
    #expect(window.rivalsWithoutPast == [.linear(years: 10)])
    #expect(window.entries.allSatisfy { $0.scores.count == 6 })
    #expect(window.deathsKnownTo == 2006)
    #expect(window.entries[0].final?.scores.allSatisfy { $0.spread != nil } == true)
    #expect(window.entries[0].scores.dropLast().allSatisfy { $0.scores.allSatisfy { $0.spread == nil } })
    // Growth by as many people every year is what the linear rival takes it to be, but for rounding.
    #expect(window.entries[2].scores.allSatisfy { $0.scores.allSatisfy { $0.meanAbsoluteError < 1e-9 } })
    // The constant one is too low by the growth from mid-2006: 0.012·s of 1 + 0.024·s.
    let errors = [1.0, 2, 3, 4, 5].map { size -> Double in -1.2 * size / (1 + 0.024 * size) }
    let bias = errors.reduce(0, +) / 5
    let constant = try #require(window.entries[1].final)
    #expect(abs(constant.scores[0].bias - bias) < 1e-9)
  }

  @Test("an area's forecast is the same whichever areas are scored and however they stand in the estimates")
  func subset() throws {
    let all = try window(estimates())
    let order = [3, 1, 4, 0, 2].map { Self.areas[$0] }
    let some = try window(estimates(order), scoring: [Self.areas[4], Self.areas[1]])
    let count = Backtest.groups.count
    for (entry, whole) in zip(some.entries, all.entries) {
      for (place, area) in [4, 1].enumerated() {
        for group in 0..<count {
          let expected = whole.figures[area * count + group]
          // National rates are sums over areas in the order of the estimates.
          #expect(abs(entry.figures[place * count + group] / expected - 1) < 1e-12)
        }
      }
    }
    #expect(some.outcome.areas == [Self.areas[4], Self.areas[1]])
    let alone = try window(estimates(), scoring: [Self.areas[1]])
    #expect(alone.entries[0].figures == Array(all.entries[0].figures[count..<(2 * count)]))
  }

  @Test("what is estimated after the base moves the scores, never a forecast")
  func knowsNothingLater() throws {
    let (one, other) = try (window(estimates()), window(estimates(newest: 1.3)))
    #expect(one.entries.map(\.figures) == other.entries.map(\.figures))
    #expect(one.entries[0].final != other.entries[0].final)
    #expect(one.entries[0].scores.dropLast() == other.entries[0].scores.dropLast())
  }

  @Test("shelf life ends with the first year in which more than a fifth of the areas are off by 10%")
  func shelfLife() throws {
    /// A year in which `wrong` of five areas are 20% too low in every band.
    func year(_ wrong: Int) throws -> Backtest {
      func people(_ factor: (Int) -> Double) throws -> Population {
        try Population(
          areas: Self.areas, ages: AgeScale(lowerBounds: [0, 15, 65, 85]), year: 2012,
          counts: (0..<5).flatMap { area in Array(repeating: 1000 * factor(area), count: 8) })
      }
      return try Backtest(people { $0 < wrong ? 0.8 : 1 }, outcome: BacktestOutcome(people { _ in 1 }))
    }
    func life(_ years: [Int]) throws -> Int {
      let entry = try BacktestWindow.Entry(forecast: "", scores: years.map(year), figures: [])
      return entry.shelfLife(group: 1)
    }
    #expect(try life([0, 1, 2, 1]) == 2)
    #expect(try life([2, 0, 0]) == 0)
    #expect(try life([1, 1, 0]) == 3)
  }

  @Test("years without estimates on either side and areas that are not held are refused")
  func refusals() throws {
    let estimates = try estimates()
    for base in [1999, 2000, 2012, 2013] {
      #expect(throws: BacktestError.base(base, held: 2001...2011)) { try window(estimates, base: base, to: 2020) }
    }
    for end in [2005, 2006, 2013] {
      #expect(throws: BacktestError.end(end, base: 2006, last: 2012)) { try window(estimates, to: end) }
    }
    let stranger = Area(code: "B")
    #expect(throws: BacktestError.population(.missingArea(stranger))) { try window(estimates, scoring: [stranger]) }
    #expect(throws: BacktestError.population(.duplicateArea(Self.areas[0]))) {
      try window(estimates, scoring: [Self.areas[0], Self.areas[0]])
    }
  }

  @Test("a base with a single year behind it is forecast without the doubt about levels that no change tells")
  func shortestPast() throws {
    let window = try window(estimates(), base: 2001, to: 2004)
    #expect(window.entries.map(\.forecast) == ["pooled", "constant"])
    #expect(window.entries[0].figures.allSatisfy { $0.isFinite && $0 > 0 })
  }
}
