import Demography
import TestSupport
import Tables
import Testing

@testable import Datasets

/// Packages with a fault: what is wrong is said, and nothing is passed over.
@Suite struct FaultyPackageTests {
  private func refused(_ make: () throws -> Void) -> String? {
    do {
      try make()
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// A projection of three ages and two steps.
  private func national(
    fertility: String = "age,2018,2019\n1,0.1,0.1\n", mortalityYears: String = "2018,2019",
    migration: String = "in"
  ) throws -> NationalProjection {
    let folder = try TemporaryFolder()
    let people = ["female", "male"].flatMap { sex in ["0", "1", "2+"].map { "\(sex),\($0),9,9,9" } }
    try folder.write(
      "ons-npp-2018/population.csv", (["sex,age,2018,2019,2020"] + people).joined(separator: "\n") + "\n")
    let years = mortalityYears.split(separator: ",").map { _ in "0.1" }.joined(separator: ",")
    let deaths = ["female", "male"].flatMap { sex in ["birth", "0", "1", "2"].map { "\(sex),\($0),\(years)" } }
    try folder.write(
      "ons-npp-2018/mortality.csv", (["sex,age,\(mortalityYears)"] + deaths).joined(separator: "\n") + "\n")
    try folder.write("ons-npp-2018/fertility.csv", fertility)
    let moves = ["female", "male"].flatMap { sex in
      ["0", "1", "2+"].map { "\(migration),all,\(sex),\($0),1,1" }
    }
    try folder.write(
      "ons-npp-2018/migration.csv", (["flow,stream,sex,age,2018,2019"] + moves).joined(separator: "\n") + "\n")
    let read = try NationalProjection(DatasetFolder(path: folder.path), edition: .based2018)
    _ = refused { _ = try read.assumptions() }.map { #expect($0.contains("no stream of the flow")) }
    return read
  }

  @Test("ages and years of a national projection must be those of its population")
  func nationalProjection() throws {
    #expect(refused { _ = try national() } == nil)
    for (fertility, said) in [
      ("age,2018,2019\nx,0.1,0.1\n", #"age "x"; expected a single year of age below 2"#),
      ("age,2018,2019\n30,0.1,0.1\n", #"age "30"; expected a single year of age below 2"#),
      ("age,2018,2019\n1-2,0.1,0.1\n", #"age "1-2""#),
      ("age,2019,2020\n1,0.1,0.1\n", "has the years 2019 to 2020; expected 2018 to 2019"),
    ] {
      #expect(refused { _ = try national(fertility: fertility) }?.contains(said) == true)
    }
    #expect(
      refused { _ = try national(mortalityYears: "2018") }?.contains("has the years 2018 to 2018") == true)
  }

  @Test("life tables of impossible ages and sexes are refused")
  func lifeTables() throws {
    for (row, said) in [
      ("2010,female,101,0.1,0.1", "age 101; expected 0 to 100"), ("2010,female,-1,0.1,0.1", "age -1"),
      ("2010,both,7,0.1,0.1", #"sex "both""#),
    ] {
      let folder = try TemporaryFolder()
      try folder.write("life-tables-england-wales/life-tables.csv", "first_year,sex,age,m,q\n\(row)\n")
      let found = refused {
        _ = try HistoricalMortality.rates(
          DatasetFolder(path: folder.path), from: 2010, openAge: 90,
          openPeople: Array(repeating: 1, count: 202))
      }
      #expect(found?.contains(said) == true)
    }
  }

  @Test("an age of deaths that is none is refused with its line")
  func deathsByAge() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "deaths-by-age-2014-15/deaths.csv", "area,age,deaths\nE07000110,0-4,1\nE07000110,old,1\n")
    let found = refused {
      _ = try DeathsByAge.byBand(DatasetFolder(path: folder.path), areas: [Figures.maidstone])
    }
    #expect(found?.contains("deaths.csv:3") == true && found?.contains(#"age "old""#) == true)
  }

  @Test("a member of a group that the register lacks is refused with its line")
  func members() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "areas/areas.csv",
      "code,slug,name,kind,parent,boundary_year,successor,aliases\nE07000110,maidstone,Maidstone,district,,2023,,\n")
    try folder.write("areas/groups.csv", "group,member,weights\nkent,E07000110,\nkent,E07000999,\n")
    let found = refused { _ = try AreaRegistry(DatasetFolder(path: folder.path)) }
    #expect(found?.contains("groups.csv:3") == true && found?.contains("E07000999") == true)
  }
}
