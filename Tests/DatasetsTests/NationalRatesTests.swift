import Demography
import Tables
import Testing

@testable import Datasets

/// Which national rates stand behind a base year, and what those of the past are made of.
@Suite struct NationalRatesTests {
  private let england = [NationalProjection.england]

  private func national(base: Int, from first: Int = 2001) throws -> NationalRates {
    try NationalRates(
      Figures.folder, years: first..<2040, base: base,
      england: Estimates.rebased(Figures.folder, areas: england),
      registrations: ComponentsOfChange(Figures.folder).registrations(of: england))
  }

  private func row(_ rates: MortalityRates, _ year: Int, _ sex: Sex = .female) -> [Double] {
    let start = rates.offset(area: 0, year: year, sex: sex)
    return Array(rates.values[start..<(start + rates.rowCount)])
  }

  @Test("the edition that was out at the base year carries the future, the first one 2018 and 2019")
  func editions() throws {
    let first = try NationalProjection(Figures.folder, edition: .based2018)
    let second = try NationalProjection(Figures.folder, edition: .based2020)
    for (base, edition) in [(2010, first), (2018, first), (2019, first), (2020, second), (2023, second)] {
      let national = try national(base: base)
      #expect(national.source.contains("\(edition.edition.rawValue)-based"))
      let own = try edition.mortality(openAge: 90)
      let births = edition.fertility
      for year in [2020, 2024, 2039] {
        #expect(row(national.mortality, year) == row(own, year))
        let start = births.offset(area: 0, year: year)
        let found = national.fertility.offset(area: 0, year: year)
        #expect(
          national.fertility.values[found..<(found + 91)].elementsEqual(births.values[start..<(start + 91)]))
      }
      #expect(row(national.mortality, 2019) == row(try first.mortality(openAge: 90), 2019))
    }
    #expect(row(try first.mortality(openAge: 90), 2030) != row(try second.mortality(openAge: 90), 2030))
  }

  @Test("past steps take the mean of the life tables of both mid-years")
  func lifeTables() throws {
    let table = try Table.read(
      csv: Figures.folder.file("life-tables-england-wales", "life-tables.csv"),
      columns: [
        ColumnRequest("first_year", .integer), ColumnRequest("sex", .text), ColumnRequest("age", .integer),
        ColumnRequest("l", .number),
      ], others: .skip)
    let first = try #require(table.numbers("first_year"))
    let sexes = try #require(table.text("sex"))
    let ages = try #require(table.numbers("age"))
    let survivors = try #require(table.numbers("l"))
    /// L(x+1)/L(x) of the table of three years around mid-`year`, deaths spread evenly over a year of age.
    func survival(_ year: Int, _ sex: Sex, _ age: Int) -> Double {
      var l = [0.0, 0, 0]
      for row in 0..<table.rowCount where Int(first[row]) == year - 1 && sexes[row] == sex.rawValue {
        let place = Int(ages[row]) - age
        if (0...2).contains(place) { l[place] = survivors[row] }
      }
      return (l[1] + l[2]) / (l[0] + l[1])
    }
    let rates = try national(base: 2019).mortality
    for year in [2003, 2009, 2014] {
      for sex in Sex.allCases {
        for age in [60, 75, 88] {
          let expected = 1 - (survival(year, sex, age) + survival(year + 1, sex, age)) / 2
          // Survivors are printed to a tenth of 100,000.
          #expect(abs(row(rates, year, sex)[1 + age] - expected) < 5e-6, "\(year) \(sex) \(age)")
        }
      }
    }
  }

  @Test("the step between the last life table and the projection is the mean of its neighbours")
  func gap() throws {
    let rates = try national(base: 2019).mortality
    let last = try HistoricalMortality.rates(
      Figures.folder, from: 2010, openAge: 90, openPeople: Array(repeating: 1, count: 202)
    ).years.upperBound
    #expect((2013...2017).contains(last))
    for year in last..<2018 {
      let expected = zip(row(rates, year - 1), row(rates, 2018)).map { ($0 + $1) / 2 }
      #expect(row(rates, year) == expected, "\(year)")
    }
  }

  @Test("fertility of the past gives England's registered births, in the pattern of 2018")
  func fertility() throws {
    let history = try Estimates.rebased(Figures.folder, areas: england)
    let registered = try ComponentsOfChange(Figures.folder).registrations(of: england)
    let rates = try national(base: 2019).fertility
    let pattern = rates.offset(area: 0, year: 2018)
    for year in 2001..<2018 {
      let start = rates.offset(area: 0, year: year)
      let births = (0..<91).reduce(0.0) { sum, x in
        let now = history.values[history.offset(area: 0, year: year, sex: .female) + x]
        let next = history.values[history.offset(area: 0, year: year + 1, sex: .female) + x]
        return sum + rates.values[start + x] * (now + next) / 2
      }
      let counted = try #require(registered.births(area: 0, year: year))
      #expect(abs(births / counted - 1) < 1e-12, "\(year)")
      let level = rates.values[start + 30] / rates.values[pattern + 30]
      #expect(abs(rates.values[start + 20] / rates.values[pattern + 20] - level) < 1e-12)
      // Fertility has moved by less than a fifth between 2001 and 2018.
      #expect(abs(level - 1) < 0.25)
    }
  }

  @Test("a row of registrations is the step that ends in its year")
  func registrations() throws {
    // Source: ONS components of change, Medway, mid-2001 to mid-2002: 3,092 births and 2,213 deaths.
    let medway = try ComponentsOfChange(Figures.folder).registrations(of: [
      Area(code: "E06000035"), Area(code: "X"),
    ])
    #expect(medway.births(area: 0, year: 2001) == 3092)
    #expect(medway.deaths(area: 0, year: 2001) == 2213)
    #expect(medway.births(area: 0, year: 2000) == nil)
    #expect(medway.births(area: 1, year: 2005) == nil && medway.deaths(area: 1, year: 2005) == nil)
  }

  @Test("deaths by age are gathered at 65 and 85, those of England from the English districts")
  func deathsByBand() throws {
    let table = try Table.read(
      csv: Figures.folder.file("deaths-by-age-2014-15", "deaths.csv"),
      columns: [
        ColumnRequest("area", .text), ColumnRequest("age", .text), ColumnRequest("deaths", .number),
      ], others: .skip)
    let area = try #require(table.text("area"))
    let age = try #require(table.text("age"))
    let deaths = try #require(table.numbers("deaths"))
    var expected = Array(repeating: 0.0, count: 6)
    for row in 0..<table.rowCount {
      let low = Int(age[row].prefix { $0.isNumber }) ?? -1
      let band = low < 65 ? 0 : low < 85 ? 1 : 2
      if area[row] == Figures.maidstone.code { expected[band] += deaths[row] }
      if area[row].hasPrefix("E") { expected[3 + band] += deaths[row] }
    }
    let found = try DeathsByAge.byBand(Figures.folder, areas: [Figures.maidstone, NationalProjection.england])
    #expect(found.year == 2014)
    #expect(found.values == expected)
    #expect(try DeathsByAge.byBand(Figures.folder, areas: [Area(code: "X")]).values.allSatisfy(\.isNaN))
  }
}
