import Datasets
import Demography
import Tables
import TestSupport
import Testing

@Suite struct NationalDeathsTests {
  @Test("England and Wales 1961–2014: deaths, person-years and the only empty cells")
  func figures() throws {
    let all = try NationalDeaths(Figures.folder, openAge: 105)
    // ONS: 501,424 deaths registered in 2014, 551,758 in 1961.
    func deaths(_ year: Int) -> Double {
      [all.female, all.male].reduce(0) { sum, sex in
        let start = (year - 1961) * 106
        return sum + sex.deaths[start..<(start + 106)].reduce(0, +)
      }
    }
    #expect(deaths(2014) == 501_424 && deaths(1961) == 551_758)
    #expect(all.female.cellsWithoutDeaths.isEmpty)
    #expect(
      all.male.cellsWithoutDeaths == [
        .init(year: 1961, age: 105), .init(year: 1965, age: 105), .init(year: 1967, age: 105),
        .init(year: 1970, age: 104), .init(year: 1971, age: 104),
      ])
    let gathered = try NationalDeaths(Figures.folder)
    #expect(gathered.female.ages.openAge == 100 && gathered.male.cellsWithoutDeaths.isEmpty)
    #expect(gathered.male.deaths.reduce(0, +) == all.male.deaths.reduce(0, +))
    #expect(gathered.male.exposures.reduce(0, +) == all.male.exposures.reduce(0, +))
  }

  @Test("the Poisson likelihood of either sex has the maximum of a Newton search over all coefficients at once")
  func poisson() throws {
    let national = try NationalDeaths(Figures.folder)
    let (ages, years) = ([0, 20, 50, 85, 100], [0, 10, 30, 53])
    // NumPy, full Hessian over a, b and k, printed to eight decimals.
    let women = try LeeCarter(national.female, secondStage: .poisson)
    for (found, expected) in zip(
      ages.map { women.level[$0] }, [-4.82454817, -8.03204495, -5.71593149, -2.1815461, -0.76111763])
    { #expect(abs(found - expected) < 1e-8) }
    for (found, expected) in zip(
      ages.map { women.response[$0] }, [0.0220509, 0.00914218, 0.00995695, 0.00839488, 0.00129134])
    { #expect(abs(found - expected) < 1e-8) }
    for (found, expected) in zip(
      years.map { women.index[$0] }, [39.73844142, 23.93602368, -2.89885085, -50.68484998])
    { #expect(abs(found - expected) < 1e-7) }
    #expect(abs(women.explained - 0.966399991212138) < 1e-9)
    let men = try LeeCarter(national.male, secondStage: .poisson)
    for (found, expected) in zip(years.map { men.index[$0] }, [34.14044157, 26.32122067, 0.16739305, -55.15376017]) {
      #expect(abs(found - expected) < 1e-7)
    }
    #expect(abs(men.explained - 0.9748144171273744) < 1e-9)
  }

  @Test("the sexes forecast together stay apart by no more than the past had them")
  func coherentForecast() throws {
    let national = try NationalDeaths(Figures.folder)
    let model = try LiLee(female: national.female, male: national.male)
    #expect(model.female.explained > 0.9 && model.male.explained > 0.9)
    let forecast = model.forecast(from: .actual)
    func expectancy(_ h: Int, _ sex: Sex) throws -> Double {
      let rates = forecast.medianRates(atHorizon: h)[(sex.index * 101)..<(sex.index * 101 + 101)]
      return try LifeTable(centralDeathRates: Array(rates), ages: forecast.ages, sex: sex).lifeExpectancy[0]
    }
    let now = try (female: expectancy(0, .female), male: expectancy(0, .male))
    let later = try (female: expectancy(50, .female), male: expectancy(50, .male))
    // ONS's national life tables of 2013–15 have 83.1 and 79.4 years.
    #expect(abs(now.female - 83.2) < 0.3 && abs(now.male - 79.5) < 0.3)
    #expect(later.female - later.male > 1 && later.female - later.male < now.female - now.male + 1.5)
    #expect(later.female > now.female + 3)
  }

  @Test("years and ages that are not held are refused")
  func refusals() throws {
    let some = try NationalDeaths(Figures.folder, years: 1981...2010)
    #expect(some.male.years == 1981...2010)
    #expect(throws: Problems.self) { try NationalDeaths(Figures.folder, years: 1981...2015) }
    #expect(throws: Problems.self) { try NationalDeaths(Figures.folder, openAge: 110) }
  }
}
