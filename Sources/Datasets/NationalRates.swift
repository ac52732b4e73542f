internal import Demography
internal import Tables

/// England's mortality and fertility for past and future steps on the ages of the mid-year estimates.
///
/// Steps before 2018 take the period life tables of England and Wales; the step of 2017, which they do not
/// reach, the mean of its neighbours; later steps the latest edition of the national projection that was out
/// at the base year (2018-based, or 2020-based from 2020 on, the earlier edition for 2018 and 2019).
///
/// Fertility before 2018 is the pattern of 2018 at the level of England's registered births of each step, from the
/// base year on that of the step before it.
struct NationalRates {
  let mortality: MortalityRates
  let fertility: FertilityRates
  /// The edition that carries the future, for people to read.
  let source: String

  init(
    _ folder: DatasetFolder, years: Range<Int>, base: Int, england: PopulationHistory,
    registrations: Registrations
  ) throws(Problems) {
    let openAge = england.ages.openAge
    let first = try NationalProjection(folder, edition: .based2018)
    let latest =
      base >= NationalProjection.Edition.based2020.baseYear
      ? try NationalProjection(folder, edition: .based2020) : first
    source = "ONS's \(latest.edition.rawValue)-based national projection"
    let editions = latest.edition == first.edition ? [first] : [first, latest]

    var mortality = try inFile(folder.path) { () throws(AssumptionError) in
      var byYear: [Int: ArraySlice<Double>] = [:]
      for edition in editions {
        let rates = try edition.mortality(openAge: openAge)
        let block = 2 * rates.rowCount
        for (i, year) in rates.years.enumerated() {
          byYear[year] = rates.values[(i * block)..<((i + 1) * block)]
        }
      }
      return byYear
    }
    if years.lowerBound < 2018 {
      let past = try HistoricalMortality.rates(
        folder, from: years.lowerBound, openAge: openAge, openPeople: Self.peopleTo100(first))
      let block = 2 * past.rowCount
      for (i, year) in past.years.enumerated() {
        mortality[year] = past.values[(i * block)..<((i + 1) * block)]
      }
      for year in past.years.upperBound..<2018 {
        guard let before = mortality[year - 1], let after = mortality[2018] else { continue }
        mortality[year] = zip(before, after).map { ($0 + $1) / 2 }[...]
      }
    }
    self.mortality = try inFile(folder.path) { () throws(AssumptionError) in
      try MortalityRates(
        measure: .deathProbability, ages: england.ages, years: years, areaCount: 1,
        values: years.flatMap { mortality[$0] ?? [] })
    }
    fertility = try Self.fertility(
      editions, years: years, base: base, england: england, registrations: registrations, folder: folder)
  }

  /// The people of mid-2018 at ages 0…99, 100+, `[sex][age]`.
  private static func peopleTo100(_ edition: NationalProjection) -> [Double] {
    let people = edition.population
    return Sex.allCases.flatMap { sex -> [Double] in
      let start = people.offset(area: 0, year: people.years.lowerBound, sex: sex)
      let row = people.values[start..<(start + people.ages.count)]
      return Array(row.prefix(100)) + [row.dropFirst(100).reduce(0, +)]
    }
  }

  private static func fertility(
    _ editions: [NationalProjection], years: Range<Int>, base: Int, england: PopulationHistory,
    registrations: Registrations, folder: DatasetFolder
  ) throws(Problems) -> FertilityRates {
    let ages = england.ages
    var byYear: [Int: [Double]] = [:]
    for edition in editions {
      let rates = edition.fertility
      for year in rates.years {
        // No woman gives birth at an age of the open group.
        byYear[year] = Array(rates.values[rates.offset(area: 0, year: year)...].prefix(ages.count))
      }
    }
    let pattern = byYear[2018] ?? []
    for year in years where year < 2018 {
      // Births of steps from the base year on were not known then.
      let level = Self.level(ofStep: min(year, base - 1), pattern: pattern, england: england, registrations)
      byYear[year] = pattern.map { $0 * level }
    }
    return try inFile(folder.path) { () throws(AssumptionError) in
      try FertilityRates(
        ages: ages, years: years, areaCount: 1, values: years.flatMap { byYear[$0] ?? [] })
    }
  }

  /// England's registered births of a step over those that the pattern gives; 1 where none are registered.
  private static func level(
    ofStep year: Int, pattern: [Double], england: PopulationHistory, _ registrations: Registrations
  ) -> Double {
    guard england.years.contains(year), england.years.contains(year + 1),
      let births = registrations.births(area: 0, year: year)
    else { return 1 }
    let start = england.offset(area: 0, year: year, sex: .female)
    let end = england.offset(area: 0, year: year + 1, sex: .female)
    return births
      / pattern.indices.reduce(0.0) {
        $0 + pattern[$1] * (england.values[start + $1] + england.values[end + $1]) / 2
      }
  }
}
