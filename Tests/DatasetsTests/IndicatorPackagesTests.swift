import Datasets
import Indicators
import Tables
import TestSupport
import Testing

/// What the packages of health figures say of themselves, read back from their files.
@Suite struct IndicatorPackagesTests {
  @Test("conceptions times a thousand over the girls are the published rates of the Health Index")
  func conceptions() throws {
    let index = try HealthIndex(Figures.folder, measures: ["teenage_pregnancy"])
    let table = try Table.read(
      csv: "\(Packages.shipped)/under-18-conceptions/conceptions.csv",
      columns: [ColumnRequest("area", .text), ColumnRequest("conceptions", .number), ColumnRequest("girls", .number)],
      others: .skip)
    let (areas, events, girls) = (
      try #require(table.text("area")), try #require(table.numbers("conceptions")),
      try #require(table.numbers("girls"))
    )
    for row in 0..<table.rowCount where areas[row] != "E92000001" {
      let rate = try #require(index.value(of: "teenage_pregnancy", area: areas[row], in: 2018))
      // Half of the fifth printed decimal, and the rounding of a division.
      #expect(abs(events[row] / girls[row] * 1000 - rate) <= 0.0000051, "\(areas[row])")
    }
    #expect(table.rowCount == 14)
  }

  @Test("the Health Index's median, and years it does not have")
  func healthIndex() throws {
    let index = try HealthIndex(Figures.folder, measures: ["sedentary_behaviour", "suicides"])
    let median = try #require(index.median(of: "suicides", in: 2020))
    #expect(median.value == 10.4 && median.districts == 307)
    #expect(index.value(of: "sedentary_behaviour", area: "E07000116", in: 2022) == nil)
    #expect(index.median(of: "frailty", in: 2020) == nil)
    #expect(index.years == 2015...2021)
    #expect(throws: Problems.self) { try HealthIndex(Figures.folder, measures: ["happyness"]) }
  }

  @Test("Fingertips' values of England: counts over denominators are the published rates")
  func fingertips() throws {
    let england = try FingertipsEngland(Figures.folder)
    let diabetes = try #require(england.value(of: 241, in: 2018, age: "17+ yrs"))
    #expect(abs(diabetes.count / diabetes.denominator * 100 - diabetes.value) < 1e-6)
    #expect(england.values.allSatisfy { $0.value.isNaN || $0.lower.isNaN || $0.lower <= $0.value })
    #expect(england.value(of: 241, in: 2017, age: "17+ yrs") == nil)
  }

  @Test("the standards of the package are those of the library")
  func standards() throws {
    let pairs: [(String, StandardPopulation, Double)] = [
      ("esp2013", .european2013, 1), ("esp2013-20", .european2013WithInfants, 1), ("who", .world2000, 1),
    ]
    for (name, expected, _) in pairs {
      let found = try #require(try StandardPopulations.standard(named: name, in: Figures.folder), "\(name)")
      #expect(found.bands == expected.bands, "\(name)")
      let scale = expected.weights.reduce(0, +) / found.weights.reduce(0, +)
      for (one, other) in zip(found.weights, expected.weights) {
        // WHO's weights are printed as percentages, and may stand as people of 100,000 or a million elsewhere.
        #expect(abs(one * scale - other) <= 1e-9 * other, "\(name)")
      }
    }
    #expect(try StandardPopulations.standard(named: "esp1976", in: Figures.folder) == nil)
  }

  @Test("claims: 13 better, 6 worse, every indicator and area that they name is there")
  func claims() throws {
    let claims = try WestKentClaims.indicatorClaims(Figures.folder)
    #expect(claims.count { $0.list == .better } == 13 && claims.count { $0.list == .worse } == 6)
    #expect(claims.map(\.order) == Array(1...claims.count))
    let catalogue = try IndicatorCatalogue(Figures.folder)
    let registry = try AreaRegistry(Figures.folder)
    for claim in claims {
      for id in [claim.indicator].compactMap(\.self) + claim.otherIndicators { #expect(catalogue[id] != nil, "\(id)") }
      for slug in claim.besideAreas { #expect(registry.entry(named: slug) != nil, "\(slug)") }
      #expect(claim.isHigher != nil || claim.value != nil, "\(claim.id)")
    }
  }
}
