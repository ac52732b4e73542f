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
    let shares = try FootprintShares.byDistrict(DatasetFolder(path: folder.path), package: "small")
    // 30 of 60 at age 0; nobody at 1, so 60 of 100; 30 of 40 at 2+.
    #expect(shares == ["D": [0.5, 0.6, 0.75], "E": [1, 1, 1], "F": [0, 0, 0]])
  }
}
