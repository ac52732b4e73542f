import Demography
import Tables
import Testing

@testable import Datasets

/// What local assumptions are calibrated to.
@Suite struct LocalAssumptionsTests {
  /// q(x+½) and births of England in the steps 2014 to 2022, and the past of the areas.
  private func ground(
    _ areas: [Area], base: Int
  ) throws -> (PopulationHistory, NationalRates, Registrations) {
    let england = [NationalProjection.england]
    let estimates = try Estimates.rebased(Figures.folder, areas: areas + england)
    let components = try ComponentsOfChange(Figures.folder)
    let national = try NationalRates(
      Figures.folder, years: 2010..<2030, base: base, england: estimates.selecting(england),
      registrations: components.registrations(of: england))
    return (try estimates.selecting(areas), national, try components.registrations(of: areas))
  }

  /// D = q/(1 − q/2)·(P + P′)/2 for each cohort, the two that end in the open group together.
  private func modelledDeaths(
    _ history: PopulationHistory, _ national: NationalRates, area: Int, year: Int, births: Double,
    factors: [Double]
  ) -> Double {
    let n = history.ages.count
    return Sex.allCases.reduce(0) { sum, sex in
      let row = national.mortality.offset(area: 0, year: year, sex: sex)
      let p = history.values[history.offset(area: area, year: year, sex: sex)...]
      let next = history.values[history.offset(area: area, year: year + 1, sex: sex)...]
      func q(_ x: Int) -> Double {
        national.mortality.values[row + 1 + x] * factors[x < 65 ? 0 : x < 85 ? 1 : 2]
      }
      func cohort(_ q: Double, _ before: Double, _ after: Double) -> Double {
        q / (1 - q / 2) * (before + after) / 2
      }
      let boysOrGirls = births * (sex == .female ? 1 : 1.05) / 2.05
      var deaths = boysOrGirls * national.mortality.values[row] * factors[0]
      for x in 0..<(n - 2) { deaths += cohort(q(x), p[p.startIndex + x], next[next.startIndex + x + 1]) }
      let (last, open) = (p[p.startIndex + n - 2], p[p.startIndex + n - 1])
      let mean = (q(n - 2) * last + q(n - 1) * open) / (last + open)
      return sum + deaths + cohort(mean, last + open, next[next.startIndex + n - 1])
    }
  }

  @Test("modelled deaths of the reference steps are the registered ones in Kent's districts and Medway")
  func deaths() throws {
    let areas = Figures.kentAndMedway
    let local = try Figures.local(areas)
    let (history, national, registered) = try ground(areas, base: 2023)
    for area in areas.indices {
      let steps = local.mortalityScaling.referenceSteps[area]
      #expect(steps == [2014, 2015, 2016, 2017, 2018])
      let factors = Array(local.mortalityScaling.factors[(area * 3)..<(area * 3 + 3)])
      #expect(factors.allSatisfy { $0 > 0.5 && $0 < 1.5 }, "\(areas[area].code) \(factors)")
      #expect(Set(factors).count == 3)
      var modelled = 0.0
      var counted = 0.0
      for year in steps {
        let births = try #require(registered.births(area: area, year: year))
        modelled += modelledDeaths(
          history, national, area: area, year: year, births: births, factors: factors)
        counted += try #require(registered.deaths(area: area, year: year))
      }
      #expect(abs(modelled / counted - 1) < 1e-9, "\(areas[area].code)")
    }
  }

  @Test("modelled births of the last steps are registered births, or those that infants imply")
  func births() throws {
    let areas = Figures.kentAndMedway
    for (base, registeredSteps) in [(2019, 5), (2023, 1)] {
      let local = try Figures.local(areas, base: base)
      let (history, national, registered) = try ground(areas, base: base)
      #expect(local.fertilityScaling.steps == Array((base - 5)..<base))
      #expect(local.fertilityScaling.registeredSteps == areas.map { _ in registeredSteps })
      for area in areas.indices {
        var modelled = 0.0
        var born = 0.0
        for year in local.fertilityScaling.steps {
          let rates = national.fertility.offset(area: 0, year: year)
          let now = history.offset(area: area, year: year, sex: .female)
          let next = history.offset(area: area, year: year + 1, sex: .female)
          for x in 0..<history.ages.count {
            modelled +=
              local.fertilityScaling.factors[area] * national.fertility.values[rates + x]
              * (history.values[now + x] + history.values[next + x]) / 2
          }
          born +=
            registered.births(area: area, year: year)
            ?? Sex.allCases.reduce(0) { sum, sex in
              let dies = national.mortality.values[national.mortality.offset(area: 0, year: year, sex: sex)]
              return sum + history.values[history.offset(area: area, year: year + 1, sex: sex)] / (1 - dies)
            }
        }
        #expect(abs(modelled / born - 1) < 1e-12)
      }
    }
  }

  @Test("rates of the projection are national ones times the factors")
  func rates() throws {
    let local = try Figures.local([Figures.canterbury, Figures.maidstone])
    let (_, national, _) = try ground([Figures.maidstone], base: 2023)
    for area in 0..<2 {
      let factors = local.mortalityScaling.factors[(area * 3)..<(area * 3 + 3)]
      for sex in Sex.allCases {
        let from = national.mortality.offset(area: 0, year: 2028, sex: sex)
        let to = local.assumptions.mortality.offset(area: area, year: 2028, sex: sex)
        for (row, band) in [(0, 0), (1, 0), (65, 0), (66, 1), (85, 1), (86, 2), (91, 2)] {
          #expect(
            local.assumptions.mortality.values[to + row]
              == national.mortality.values[from + row] * factors[factors.startIndex + band])
        }
      }
      let from = national.fertility.offset(area: 0, year: 2028)
      let to = local.assumptions.fertility.offset(area: area, year: 2028)
      for x in 15..<50 {
        #expect(
          local.assumptions.fertility.values[to + x]
            == national.fertility.values[from + x] * local.fertilityScaling.factors[area])
      }
    }
  }

  @Test("districts without registered deaths take national mortality")
  func elsewhere() throws {
    let leeds = Area(code: "E08000035", name: "Leeds")
    let local = try Figures.local([leeds, Figures.maidstone])
    #expect(Array(local.mortalityScaling.factors[..<3]) == [1, 1, 1])
    #expect(local.mortalityScaling.referenceSteps[0].isEmpty)
    #expect(!local.mortalityScaling.factors[3...].contains(1))
    #expect(local.fertilityScaling.registeredSteps[0] == 0)
    #expect(local.fertilityScaling.factors[0] != 1)
    // The package of all districts holds the same Maidstone as that of Kent.
    let alone = try Figures.local([Figures.maidstone])
    #expect(
      try Figures.projected(local).population(in: 2043)?.row(area: 1, sex: .male)
        == Figures.projected(alone).population(in: 2043)?.row(area: 0, sex: .male))
  }

  @Test("west Kent has 486,498 people at mid-2018 as rebased and 490,596 in the projection of ONS")
  func westKent() throws {
    // Source: ONS mid-year estimates rebased to the 2021 Census; ONS 2018-based subnational projections.
    let footprint = try Figures.westKent()
    let areas = footprint.parts.map { Area(code: $0.areaCode) }
    let local = try Figures.local(areas, base: 2018)
    #expect(abs(try local.population.combined(into: [footprint]).total(area: 0) - 486_498) < 0.5)
    let published = try SubnationalProjection.based2018(Figures.folder, areas: areas)
    let start = try #require(published.population(in: 2018)).combined(into: [footprint])
    let end = try #require(published.population(in: 2035)).combined(into: [footprint])
    #expect(start.total(area: 0).rounded() == 490_596)
    func ratio(_ band: AgeBand) throws -> Double {
      try #require(end.total(area: 0, ages: band)) / #require(start.total(area: 0, ages: band))
    }
    // The two decimals that are quoted.
    #expect(abs(try ratio(AgeBand(85...)) - 1.75) <= 0.005)
    #expect(abs(try ratio(AgeBand(65...84)) - 1.30) <= 0.005)
  }
}
