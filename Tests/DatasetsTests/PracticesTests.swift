import Tables
import TestSupport
import Testing

/// What the packages of practices say of themselves, read back from their files.
@Suite struct PracticesTests {
  private func table(_ package: String, text: [String], numbers: [String]) throws -> Table {
    try Table.read(
      csv: "\(Packages.shipped)/\(package)/practices.csv",
      columns: text.map { ColumnRequest($0, .text, allowsMissing: true) }
        + numbers.map { ColumnRequest($0, .number, allowsMissing: true) }, others: .skip)
  }

  private func sum(_ values: [Double]) -> Double { values.reduce(0) { $1.isNaN ? $0 : $0 + $1 } }

  @Test("registers and lists add up to those of England, and West Kent has 51 practices")
  func registers() throws {
    let table = try table(
      "practices-2022-23", text: ["practice", "ccg_2020", "sub_icb"],
      numbers: ["in_west_kent", "list", "hypertension", "smokers", "aged_15_plus", "imd_score"])
    #expect(table.rowCount == 6264)
    let list = try #require(table.numbers("list"))
    let hypertension = try #require(table.numbers("hypertension"))
    // NHS Digital, QOF 2022/23: 8.9 million of 61.7 million on the register of hypertension, 14.4%.
    #expect(sum(list) == 61_726_669)
    #expect(sum(hypertension) == 8_902_340)
    #expect(try sum(#require(table.numbers("smokers"))) == 7_580_857)
    #expect(try sum(#require(table.numbers("aged_15_plus"))) == 51_562_486)
    let marked = try #require(table.numbers("in_west_kent"))
    let west = marked.indices.filter { marked[$0] == 1 }
    #expect(west.count == 51)
    #expect(sum(west.map { list[$0] }) == 524_720)
    #expect(sum(west.map { hypertension[$0] }) == 76_787)
    let (group, location) = try (#require(table.text("ccg_2020")), #require(table.text("sub_icb")))
    #expect(Set(west.map { group[$0] }) == ["99J"])
    #expect(Set(west.map { location[$0] }) == ["91Q"])
  }

  @Test("no register is longer than its list, and what is missing is missing together")
  func limits() throws {
    let names = [
      "atrial_fibrillation", "coronary_heart_disease", "heart_failure", "hypertension",
      "peripheral_arterial_disease", "stroke",
    ]
    let table = try table("practices-2022-23", text: [], numbers: ["list", "smokers", "aged_15_plus"] + names)
    let list = try #require(table.numbers("list"))
    for name in names {
      let register = try #require(table.numbers(name))
      #expect(list.indices.allSatisfy { list[$0].isNaN ? register[$0].isNaN : register[$0] <= list[$0] }, "\(name)")
    }
    #expect(list.count { $0.isNaN } == 4)
    let (smokers, aged) = try (#require(table.numbers("smokers")), #require(table.numbers("aged_15_plus")))
    #expect(smokers.indices.allSatisfy { smokers[$0].isNaN ? aged[$0].isNaN : smokers[$0] <= aged[$0] })
  }

  @Test(
    "a register over its list is the prevalence as published",
    // Practice and the percentages of NHS Digital's QOF 2022/23 (five decimals) for A81001 and G82013.
    arguments: [
      ("A81001", "hypertension", 15.41542), ("A81001", "heart_failure", 1.37638), ("G82013", "hypertension", 16.16933),
    ])
  func prevalence(_ practice: String, _ register: String, _ percent: Double) throws {
    let table = try table("practices-2022-23", text: ["practice"], numbers: ["list", register])
    let codes = try #require(table.text("practice")?.cells)
    let row = try #require(codes.firstIndex(of: practice))
    let (list, held) = try (#require(table.numbers("list")), #require(table.numbers(register)))
    // Half of the last printed digit.
    #expect(abs(100 * held[row] / list[row] - percent) <= 0.5e-5)
  }

  @Test("the share of the elderly of 2020 is that of the other package")
  func shares() throws {
    let later = try table("practices-2022-23", text: ["practice"], numbers: ["share_65_2020", "share_65"])
    let earlier = try table("practices-2019-20", text: ["practice"], numbers: ["share_65"])
    let codes = try #require(earlier.text("practice")?.cells)
    let shares = try #require(earlier.numbers("share_65"))
    let known = Dictionary(zip(codes, shares), uniquingKeysWith: { first, _ in first })
    let (practices, copied) = try (
      #require(later.text("practice")?.cells), #require(later.numbers("share_65_2020"))
    )
    for (practice, share) in zip(practices, copied) {
      let expected = known[practice] ?? .nan
      #expect(share == expected || share.isNaN && expected.isNaN, "\(practice)")
    }
    #expect(copied.count { $0.isNaN } == 14)
    #expect(try #require(later.numbers("share_65")).count { $0.isNaN } == 1766)
  }
}
