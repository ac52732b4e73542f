import Datasets
import Demography
import TestSupport
import Testing

/// Base years, the order of areas, and what may be known at a base year.
@Suite struct BaseYearTests {
  @Test("every base year from 2001 to 2023 runs", arguments: 2001...2023)
  func everyBase(_ base: Int) throws {
    let local = try Figures.local([Figures.maidstone], base: base, to: base + 10)
    #expect(local.population.year == base)
    #expect(local.assumptions.years == base..<(base + 10))
    #expect(local.residual.steps.allSatisfy { $0 < base && $0 >= base - 10 && $0 != 2020 })
    #expect(local.residual.steps.last == (base == 2021 ? 2019 : base - 1))
    let projection = try Figures.projected(local)
    let before = try #require(projection.total(area: 0, in: base))
    let after = try #require(projection.total(area: 0, in: base + 10))
    // Maidstone has grown by 6 to 14% in every ten years since 2001; a slip of ages or years doubles that.
    #expect(after / before > 0.98 && after / before < 1.2)
    #expect(projection.clips.isEmpty)
  }

  @Test("years without estimates or national rates are refused")
  func impossible() {
    for (base, end) in [(2000, 2010), (1999, 2010), (2024, 2030)] {
      #expect {
        _ = try Figures.local([Figures.maidstone], base: base, to: end)
      } throws: { error in
        guard case LocalAssumptionsError.baseYear(base, held: 2001...2023) = error else { return false }
        return true
      }
    }
    for (base, end) in [(2023, 2023), (2023, 2020), (2023, 2044)] {
      #expect {
        _ = try Figures.local([Figures.maidstone], base: base, to: end)
      } throws: { error in
        guard case LocalAssumptionsError.endYear(end, base: base) = error else { return false }
        return true
      }
    }
    #expect(throws: LocalAssumptionsError.self) { try Figures.local([Area(code: "E07000999")]) }
  }

  @Test("two runs are equal bit for bit, whatever the order of areas")
  func repeatable() throws {
    let areas = Array(Figures.kentAndMedway.prefix(4))
    let first = try Figures.projected(Figures.local(areas, to: 2033))
    let second = try Figures.projected(Figures.local(areas, to: 2033))
    #expect(first.population == second.population && first.deaths == second.deaths)
    #expect(first.assumptions == second.assumptions)
    let turned = try Figures.projected(Figures.local(areas.reversed(), to: 2033))
    let alone = try Figures.projected(Figures.local([areas[2]], to: 2033))
    for year in [2023, 2033] {
      let codes = areas.map(\.code)
      #expect(
        try #require(first.population(in: year)).counts
          == (try #require(turned.population(in: year)?.selecting(areaCodes: codes)).counts))
      #expect(first.population(in: year)?.selecting(areaCodes: [codes[2]]) == alone.population(in: year))
    }
  }

  /// A folder of the packages that local assumptions read, with every estimate and registration after
  /// `year` halved in the rows of the areas that `alters` names.
  private func altered(
    after year: Int, in folder: TemporaryFolder, alters: (String) -> Bool
  ) throws -> DatasetFolder {
    for package in [
      "areas", "components-of-change", "deaths-by-age-2014-15", "life-tables-england-wales",
      "mid-year-estimates-kent", "ons-npp-2018", "ons-npp-2020",
    ] {
      try folder.copy(Figures.folder.path + "/" + package, as: package)
    }
    func rewrite(_ name: String, _ change: ([String], [String]) -> [String]) throws {
      let lines = try folder.read(name).split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let rows = lines.dropFirst().map { alters($0[0]) ? change(lines[0], $0) : $0 }
      try folder.write(name, ([lines[0]] + rows).map { $0.joined(separator: ",") + "\n" }.joined())
    }
    func halved(_ text: String) -> String { Double(text).map { "\(($0 / 2).rounded())" } ?? text }
    try rewrite("mid-year-estimates-kent/population.csv") { header, row in
      zip(header, row).map { column, cell in (Int(column) ?? 0) > year ? halved(cell) : cell }
    }
    try rewrite("components-of-change/components.csv") { _, row in
      (Int(row[1]) ?? 0) > year ? Array(row[..<2]) + row[2...].map(halved) : row
    }
    return DatasetFolder(path: folder.path)
  }

  @Test("what is estimated of an area after the base year changes nothing", arguments: [2008, 2015, 2019])
  func hindsight(_ base: Int) throws {
    let folder = try TemporaryFolder()
    let england = NationalProjection.england.code
    let other = try altered(after: base, in: folder) { $0 != england }
    let areas = [Figures.maidstone, Figures.canterbury]
    let real = try Figures.local(areas, base: base, to: base + 12)
    let blind = try Figures.local(areas, base: base, to: base + 12, folder: other)
    #expect(real.assumptions == blind.assumptions)
    #expect(real.population == blind.population)
    #expect(try Figures.projected(real).population == Figures.projected(blind).population)
    // The change is seen as soon as the base is later.
    let later = try Figures.local(areas, base: base + 1, to: base + 12)
    let laterBlind = try Figures.local(areas, base: base + 1, to: base + 12, folder: other)
    #expect(later.assumptions != laterBlind.assumptions)
  }

  @Test("of England only the level of fertility before 2018 is later knowledge")
  func nationalHindsight() throws {
    let folder = try TemporaryFolder()
    let other = try altered(after: 2015, in: folder) { _ in true }
    let real = try Figures.local([Figures.maidstone], base: 2015, to: 2025)
    let blind = try Figures.local([Figures.maidstone], base: 2015, to: 2025, folder: other)
    #expect(real.population == blind.population)
    #expect(real.assumptions.mortality == blind.assumptions.mortality)
    #expect(real.assumptions.migration == blind.assumptions.migration)
    #expect(real.fertilityScaling == blind.fertilityScaling)
    let from = real.assumptions.fertility.offset(area: 0, year: 2018)
    #expect(real.assumptions.fertility.values[from...] == blind.assumptions.fertility.values[from...])
  }
}
