import Demography

/// A past of two areas made by a projection with known rates, and what a calibration sees of it.
struct ProjectedPast {
  static let ages = AgeScale.singleYears(to: 90)
  static let steps = 2000..<2005
  static let areas = [Area(code: "A"), Area(code: "B")]

  let national: MortalityRates
  let nationalFertility: FertilityRates
  let truth: Projection
  let ground: Calibration
  let factors = [1.25, 0.8]

  /// - Parameter registered: whether births and deaths are known.
  init(migrants: [Double], registered: Bool = true) throws {
    let n = Self.ages.count
    // Mortality that doubles about every eight years, men above women, falling by a hundredth a year.
    func q(_ age: Int, _ sex: Sex, _ year: Int) -> Double {
      let base = (0..<age).reduce(sex == .male ? 0.00007 : 0.00005) { q, _ in q * 1.09 }
      return min(0.4, base) * (1 - 0.01 * Double(year - 2000))
    }
    let deaths = Self.steps.flatMap { year in
      Sex.allCases.flatMap { sex in [0.004] + (0..<n).map { q($0, sex, year) } }
    }
    let births = (0..<n).map { (18...42).contains($0) ? 0.06 : 0 }
    national = try MortalityRates(
      measure: .deathProbability, ages: Self.ages, years: Self.steps, areaCount: 1, values: deaths)
    nationalFertility = try FertilityRates(
      ages: Self.ages, years: Self.steps, areaCount: 1, values: Self.steps.flatMap { _ in births })
    let own = try MortalityRates(
      measure: .deathProbability, ages: Self.ages, years: Self.steps, areaCount: 2,
      values: factors.flatMap { factor in deaths.map { $0 * factor } })
    let ownBirths = try FertilityRates(
      ages: Self.ages, years: Self.steps, areaCount: 2,
      values: [1.1, 0.9].flatMap { factor in Self.steps.flatMap { _ in births.map { $0 * factor } } })
    var numbers = SeededNumbers(seed: 81)
    let assumptions = try Assumptions(
      areas: Self.areas, mortality: own, fertility: ownBirths,
      migration: .net(
        ages: Self.ages, years: Self.steps, areaCount: 2,
        values: (0..<(2 * Self.steps.count * 2)).flatMap { _ in migrants }))
    let projected = try CohortComponent(.ons).project(
      Population(areas: Self.areas, ages: Self.ages, year: 2000, counts: numbers.row(4 * n, in: 800...1200)),
      under: assumptions, to: 2005)
    truth = projected
    let history = try PopulationHistory(
      areas: Self.areas, ages: Self.ages, years: 2000...2005, values: projected.population)
    func known(_ value: (ComponentTotals) -> Double) -> [Double] {
      guard registered else { return Array(repeating: .nan, count: 2 * Self.steps.count) }
      var values: [Double] = []
      for area in 0..<2 {
        for year in Self.steps {
          if let step = projected.components(area: area, endingIn: year + 1) { values.append(value(step)) }
        }
      }
      return values
    }
    ground = try Calibration(
      history: history, nationalMortality: national, nationalFertility: nationalFertility,
      registrations: Registrations(
        years: Self.steps, births: known(\.births), deaths: known(\.deaths)))
  }
}
