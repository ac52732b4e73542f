#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Births of many areas from children per woman: each area's ratio to the nation of all areas, times a national level
/// that returns to its long mean.
///
/// The general rate of a step is g = births ÷ women of 15 to 44 (the mean of those at the start and those expected at
/// the end), births being those that the children of age 0 at its end imply. The national level h years on is
/// g∞ + φ^h·(g₀ − g∞); g∞ is g₀ times the ratio that the nation's long mean of children of age 0 per woman bears to its
/// last value.
struct PooledFertility {
  static let mothers = 15..<45

  /// g of every area over that of all areas, the mean of the last steps.
  let ratios: [Double]
  /// g₀ and g∞.
  let level: Double
  let mean: Double
  /// Boys per girl among the births of the last step.
  let sexRatio: Double

  init(_ past: KnownPast, survival: [Int: [Double]], steps: [Int], rules: PooledRules) {
    var sums = Array(repeating: 0.0, count: past.history.areas.count)
    var level = 0.0
    var sexRatio = FertilityRates.onsSexRatio
    for step in steps {
      guard let survival = survival[step] else { continue }
      let born = Self.generalRates(past.history, ratios: survival, step: step)
      level = born.national
      sexRatio = born.sexRatio
      for area in sums.indices { sums[area] += born.rates[area] / level / Double(steps.count) }
    }
    ratios = sums
    self.level = level
    self.sexRatio = sexRatio
    let national = Self.childrenPerWoman(past).suffix(rules.fertilityYears)
    mean = level * national.reduce(0, +) / Double(national.count) / (national.last ?? 1)
  }

  /// g of every area and of all together in a step, and boys per girl.
  static func generalRates(
    _ history: PopulationHistory, ratios: [Double], step: Int
  ) -> (rates: [Double], national: Double, sexRatio: Double) {
    let n = history.ages.count
    var (allGirls, allBoys, allWomen) = (0.0, 0.0, 0.0)
    var rates: [Double] = []
    for area in history.areas.indices {
      let start = history.offset(area: area, year: step, sex: .female)
      let end = history.offset(area: area, year: step + 1, sex: .female)
      let girls = history.values[end] / ratios[0]
      let boys = history.values[end + n] / ratios[n]
      let women = mothers.reduce(0.0) {
        $0 + (history.values[start + $1] + PooledMigration.survivors(history.values, start, ratios, 0, $1, n)) / 2
      }
      rates.append(women > 0 ? (girls + boys) / women : 0)
      allGirls += girls
      allBoys += boys
      allWomen += women
    }
    return (
      rates, (allGirls + allBoys) / allWomen,
      allGirls > 0 && allBoys > 0 ? allBoys / allGirls : FertilityRates.onsSexRatio
    )
  }

  /// Children of age 0 per woman of 15 to 44 in the nation, a year each.
  static func childrenPerWoman(_ past: KnownPast) -> [Double] {
    let n = past.female.ages.count
    return past.female.years.map { year in
      let row = (year - past.female.years.lowerBound) * n
      let women = mothers.reduce(0.0) { $0 + past.female.exposures[row + $1] }
      return (past.female.exposures[row] + past.male.exposures[row]) / women
    }
  }

  /// Births per woman of every step, `[area][step][age]`, the same at all ages of mothers.
  func rates(ages: Int, steps: Int, persistence: Double) -> [Double] {
    ratios.flatMap { ratio in
      (1...steps).flatMap { h in
        let rate = ratio * (mean + (level - mean) * pow(persistence, Double(h)))
        return (0..<ages).map { Self.mothers.contains($0) ? rate : 0 }
      }
    }
  }
}
