import Demography
import Tables
import TestSupport
import Testing

@testable import Datasets

@Suite struct FootprintSharesTests {
  private static let package = "west-kent-footprint"

  @Test("the footprint of 2019 is 278 small areas with 495,068 people")
  func footprint() throws {
    // Source: ONS, small-area population estimates for LSOAs, mid-2019, of the former West Kent CCG.
    let table = try Table.read(
      csv: Figures.folder.file(Self.package, "lsoa.csv"),
      columns: [
        ColumnRequest("lsoa", .text), ColumnRequest("district", .text),
        ColumnRequest("in_footprint", .integer),
      ], others: .number)
    let inside = try #require(table.numbers("in_footprint"))
    let lsoa = try #require(table.text("lsoa"))
    #expect(Set((0..<table.rowCount).map { lsoa[$0] }).count == table.rowCount)
    #expect(inside.allSatisfy { $0 == 0 || $0 == 1 })
    #expect(inside.reduce(0, +) == 278)
    let ages = table.columnNames.filter { !["lsoa", "district", "in_footprint"].contains($0) }
    #expect(ages == (0..<90).map(String.init) + ["90+"])
    let people = try ages.reduce(0.0) { sum, age in
      let column = try #require(table.numbers(age))
      return sum + zip(column, inside).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(people == 495_068)
  }

  @Test("three districts lie wholly inside, Sevenoaks in part at every age")
  func shares() throws {
    let shares = try FootprintShares.byDistrict(Figures.folder, package: Self.package)
    for whole in ["E07000110", "E07000115", "E07000116"] {
      #expect(shares[whole] == Array(repeating: 1, count: 91))
    }
    let sevenoaks = try #require(shares["E07000111"])
    #expect(sevenoaks.count == 91)
    #expect(sevenoaks.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(shares.count == 4)
  }

  @Test("a share is that of its age, and of all ages where nobody is of it")
  func arithmetic() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "small/lsoa.csv",
      """
      lsoa,district,in_footprint,0,1,2+
      a,D,1,10,0,30
      b,D,0,30,0,10
      c,D,1,20,0,0
      d,E,1,5,5,5
      e,F,0,1,1,1

      """)
    let shares = try FootprintShares.byDistrict(
      DatasetFolder(path: folder.path), package: "small", ages: .singleYears(to: 2))
    // 30 of 60 at age 0; nobody at 1, so 60 of 100; 30 of 40 at 2+.
    #expect(shares == ["D": [0.5, 0.6, 0.75], "E": [1, 1, 1], "F": [0, 0, 0]])
  }

  @Test("columns are found by their age, in whatever order they stand")
  func order() throws {
    let folder = try TemporaryFolder()
    try folder.write("small/lsoa.csv", "lsoa,2+,district,in_footprint,1,0\na,3,D,1,2,1\nb,1,D,0,2,3\n")
    let shares = try FootprintShares.byDistrict(
      DatasetFolder(path: folder.path), package: "small", ages: .singleYears(to: 2))
    #expect(shares == ["D": [0.25, 0.5, 0.75]])
  }

  @Test(
    "part membership, missing, foreign and worded columns are refused",
    arguments: [
      ("lsoa,district,in_footprint,0,1,2+\na,D,2,1,1,1\n", "in_footprint 2; expected 0 or 1"),
      ("lsoa,district,in_footprint,0,1\na,D,1,1,1\n", "has no numbers for age 2+"),
      ("lsoa,district,in_footprint,0,1,2,2+\na,D,1,1,1,1,1\n", "expected one for each of the ages 0 to 2+"),
      ("lsoa,district,in_footprint,0,1,2+\na,D,1,1,few,1\n", "few"),
    ])
  func refused(_ text: String, _ said: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("small/lsoa.csv", text)
    do throws(Problems) {
      _ = try FootprintShares.byDistrict(
        DatasetFolder(path: folder.path), package: "small", ages: .singleYears(to: 2))
      Issue.record("a share was made of \(text)")
    } catch {
      #expect(error.description.contains(said))
    }
  }
}
