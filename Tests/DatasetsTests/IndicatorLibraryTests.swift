import Datasets
import Indicators
import Probability
import TestSupport
import Testing

/// Indicators of areas as the packages have them, and of areas made of parts.
@Suite struct IndicatorLibraryTests {
  private let registry: AreaRegistry
  private let library: IndicatorLibrary

  init() throws {
    registry = try AreaRegistry(Figures.folder)
    library = try IndicatorLibrary(Figures.folder, registry: registry)
  }

  private func series(_ id: String, _ area: String, at levels: [ConfidenceLevel] = [.percent95]) throws
    -> IndicatorSeries
  {
    let indicator = try #require(library.catalogue[id])
    let entry = try #require(registry.entry(named: area))
    return try library.series(of: [indicator], for: [entry], at: levels)[0][0]
  }

  @Test("QOF 2018/19 of NHS West Kent CCG and England are the published percentages")
  func registers() throws {
    let expected: [(id: String, west: Double, england: Double)] = [
      ("hypertension", 13.74, 13.96), ("diabetes", 6.16, 6.93), ("coronary-heart-disease", 2.62, 3.10),
      ("serious-mental-illness", 0.785, 0.961),
    ]
    for (id, west, england) in expected {
      let one = try #require(try series(id, "west-kent").figure(in: "2018/19"))
      let other = try #require(try series(id, "england").figure(in: "2018/19"))
      // Half of the last printed digit.
      let half = west < 1 ? 0.0005 : 0.005
      #expect(abs(one.statistic.value - west) <= half, "\(id)")
      #expect(abs(other.statistic.value - england) <= half, "\(id)")
      #expect(one.composition == .published && !one.isDerived && one.codes == ["E38000199"])
    }
    let limits = try #require(
      try series("hypertension", "99J").figure(in: "2018/19")?.statistic.interval(at: .percent95))
    // Wilson's limits of 68,520 of 498,638, from SciPy's normal quantile.
    #expect(abs(limits.lower - 13.646151746978575) < 1e-11 && abs(limits.upper - 13.837270233392513) < 1e-11)
  }

  @Test("England's registers are the sums of the commissioning groups of each year")
  func englandOfGroups() throws {
    let groups = registry.entries.filter { $0.code.hasPrefix("E38") }
    let england = try #require(registry.entry(named: "england"))
    let ids = ["hypertension", "diabetes", "palliative-care", "osteoporosis"]
    let found = try library.series(
      of: ids.compactMap { library.catalogue[$0] }, for: [england] + groups)
    for series in found {
      for figure in series[0].figures {
        let parts = series.dropFirst().compactMap { $0.figure(in: figure.period)?.statistic }
        #expect(parts.count >= 135)
        #expect(parts.reduce(0) { $0 + $1.numerator } == figure.statistic.numerator)
        #expect(parts.reduce(0) { $0 + $1.denominator } == figure.statistic.denominator)
      }
    }
  }

  @Test("an area made of districts is their summed counts; a county is published with the same")
  func summedCounts() throws {
    let west = try #require(try series("smoking", "west-kent").figure(in: "2022/23"))
    #expect(west.composition == .districts && west.codes.count == 4)
    // 21,641 + 9,148 + 14,376 + 12,976 of 151,981 + 81,320 + 115,389 + 105,770.
    #expect(west.statistic.numerator == 58_141 && west.statistic.denominator == 454_460)
    let kent = try #require(try series("smoking", "kent").figure(in: "2022/23"))
    #expect(kent.composition == .published && kent.statistic.numerator == 205_484)
    let medway = try #require(try series("smoking", "medway").figure(in: "2022/23"))
    let both = try #require(try series("smoking", "kent-and-medway").figure(in: "2022/23"))
    #expect(both.statistic.numerator == kent.statistic.numerator + medway.statistic.numerator)
    // Regions were last published in 2021/22; then they are made of their districts.
    let region = try series("smoking", "south-east")
    #expect(region.figure(in: "2021/22")?.composition == .published)
    #expect(region.figure(in: "2022/23")?.composition == .districts)
  }

  @Test("counts derived from values and limits are summed and marked")
  func derived() throws {
    let weight = try #require(try series("year-6-overweight", "west-kent").figure(in: "2019/20"))
    #expect(weight.isDerived && weight.codes.count == 4)
    // Effective samples solved from Wilson's widths with SciPy: 1829.6, 1174.6, 1468.2 and 1131.5 children.
    #expect(abs(weight.statistic.value - 31.0456450232264) < 1e-7)
    let limits = try #require(weight.statistic.interval(at: .percent95))
    #expect(abs(limits.lower - 29.847580862204488) < 1e-7 && abs(limits.upper - 32.26967785752651) < 1e-7)
    let deaths = try #require(try series("preventable-cardiovascular-mortality", "west-kent").figure(in: "2018-2020"))
    // 325.4 effective deaths, solved from Byar's widths with SciPy.
    #expect(abs(deaths.statistic.value - 22.291218771116203) < 1e-7)
    let byar = try #require(deaths.statistic.interval(at: .percent95))
    #expect(abs(byar.lower - 19.934688355150435) < 1e-7 && abs(byar.upper - 24.849694905227683) < 1e-7)
    // A district is as published, to the digit.
    let maidstone = try #require(try series("year-6-overweight", "maidstone").figure(in: "2019/20"))
    #expect(!maidstone.isDerived && maidstone.statistic.value == 32.60274)
    let both = try series("year-6-overweight", "maidstone", at: ConfidenceLevel.official)
    let wide = try #require(both.figure(in: "2019/20")?.statistic)
    let (inner, outer) = (try #require(wide.interval(at: .percent95)), try #require(wide.interval(at: .percent99_8)))
    #expect(outer.lower < inner.lower && inner.upper < outer.upper)
  }

  @Test("life expectancy of the four districts and of England from registered deaths")
  func lifeExpectancy() throws {
    // Chiang II written apart from this in NumPy: (e, lower, upper).
    let women = try #require(try series("life-expectancy-female", "west-kent").figures.first)
    let limits = try #require(women.statistic.interval(at: .percent95))
    #expect(abs(women.statistic.value - 84.08171482596101) < 1e-9)
    #expect(abs(limits.lower - 83.63414930934377) < 1e-9 && abs(limits.upper - 84.52928034257826) < 1e-9)
    let men = try #require(try series("life-expectancy-male", "west-kent").figures.first)
    #expect(abs(men.statistic.value - 81.65954294537856) < 1e-9)
    #expect(men.statistic.numerator + women.statistic.numerator == 4_599)
    let england = try #require(try series("life-expectancy-male", "england").figures.first)
    #expect(abs(england.statistic.value - 79.70593748126365) < 1e-9)
  }

  @Test("areas of other boundaries: former districts make up their successor, later codes stand for it")
  func boundaries() throws {
    let buckinghamshire = try series("smoking", "E06000060")
    #expect(buckinghamshire.figure(in: "2013/14")?.statistic.numerator.isNaN == false)
    let deaths = try #require(try series("life-expectancy-male", "E06000060").figures.first)
    #expect(deaths.codes == ["E07000004", "E07000005", "E07000006", "E07000007"])
    let group = try #require(try series("hypertension", "kent-and-medway").figure(in: "2018/19"))
    #expect(group.composition == .commissioningGroups && group.codes.count == 8)
    let later = try #require(try series("hypertension", "kent-and-medway").figure(in: "2019/20"))
    #expect(later.codes == ["E38000237"])
  }

  @Test("which area lies in which")
  func containment() throws {
    func contains(_ outer: String, _ inner: String) throws -> Bool {
      library.hierarchy.contains(
        try #require(registry.entry(named: outer)), try #require(registry.entry(named: inner)))
    }
    for (outer, inner) in [
      ("england", "maidstone"), ("kent", "maidstone"), ("south-east", "maidstone"), ("kent-and-medway", "medway"),
      ("south-east", "kent-and-medway"), ("kent", "west-kent"), ("england", "E38000004"), ("surrey", "woking"),
      ("E06000060", "aylesbury-vale"),
    ] {
      #expect(try contains(outer, inner), "\(outer) \(inner)")
      #expect(try !contains(inner, outer), "\(inner) \(outer)")
    }
    for (one, other) in [("kent", "medway"), ("maidstone", "sevenoaks"), ("london", "kent"), ("kent", "surrey")] {
      #expect(try !contains(one, other) && !contains(other, one), "\(one) \(other)")
    }
    // The footprint holds only a part of Sevenoaks.
    #expect(try !contains("west-kent", "sevenoaks"))
    let names = ["west-kent", "sevenoaks", "medway", "kent", "surrey"]
    let areas = try names.map { try #require(registry.entry(named: $0), "\($0)") }
    #expect(library.hierarchy.overlap(areas[0], areas[1]) && library.hierarchy.overlap(areas[3], areas[0]))
    #expect(!library.hierarchy.overlap(areas[0], areas[2]) && !library.hierarchy.overlap(areas[3], areas[4]))
  }

  @Test("every indicator of the catalogue has figures of England, and each name is one")
  func catalogue() throws {
    let england = try #require(registry.entry(named: "england"))
    let all = try library.series(of: library.catalogue.indicators, for: [england])
    #expect(all.count == library.catalogue.indicators.count)
    for series in all {
      #expect(!series[0].figures.isEmpty, "\(series[0].indicator.id)")
      for figure in series[0].figures {
        let statistic = figure.statistic
        let limits = try #require(statistic.interval(at: .percent95), "\(series[0].indicator.id)")
        #expect(statistic.status == .ok && limits.lower <= statistic.value && statistic.value <= limits.upper)
      }
    }
    let ids = library.catalogue.indicators.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(library.catalogue["Serious_Mental_Illness"]?.id == "serious-mental-illness")
    #expect(library.catalogue.nearest(to: "hypertention").first == "hypertension")
  }

  @Test("a word of the catalogue that is none is a problem with its place")
  func badCatalogue() throws {
    let packages = try Packages(copying: "indicators")
    try packages.edit("indicators/indicators.csv") { lines in
      lines[1] = lines[1].replacing("lowIsGood", with: "low")
    }
    #expect {
      _ = try IndicatorCatalogue(DatasetFolder(path: packages.folder.path))
    } throws: { error in
      "\(error)".contains("indicators.csv:2:4: polarity \"low\"; expected one of lowIsGood, highIsGood, none")
    }
  }
}
