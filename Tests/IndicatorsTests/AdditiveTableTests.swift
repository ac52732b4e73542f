import Indicators
import Testing

@Suite("A table of cells and totals")
struct AdditiveTableTests {
  @Test("ties each total among the rows to its parts, in every dimension")
  func relations() throws {
    let table = try AdditiveTable(
      counts: [1, 2, 3, 4, 5, 9, 5, 7, 12],
      dimensions: [
        .init(members: ["a", "a", "a", "b", "b", "b", "E", "E", "E"], parents: ["a": "E", "b": "E"]),
        .init(members: ["f", "m", "p", "f", "m", "p", "f", "m", "p"], total: "p"),
      ])
    #expect(
      Set(table.relations) == [
        .init(total: 2, parts: [0, 1]), .init(total: 5, parts: [3, 4]), .init(total: 8, parts: [6, 7]),
        .init(total: 6, parts: [0, 3]), .init(total: 7, parts: [1, 4]), .init(total: 8, parts: [2, 5]),
      ])
    #expect(table.relationsThatDoNotAdd.isEmpty && table.counts.count == 9)
  }

  @Test("goes past levels that have no rows and keeps what a total has beyond its parts")
  func missingLevels() throws {
    let parents = ["d1": "c1", "d2": "c1", "d3": "c2", "c1": "E", "c2": "E"]
    let districts = try AdditiveTable(
      counts: [4, 5, 6, 15], dimensions: [.init(members: ["d1", "d2", "d3", "E"], parents: parents)])
    #expect(districts.relations == [.init(total: 3, parts: [0, 1, 2])])
    let some = try AdditiveTable(
      counts: [4, 9, 15], dimensions: [.init(members: ["d1", "c1", "E"], parents: parents)])
    #expect(Set(some.relations) == [.init(total: 1, parts: [0, 3]), .init(total: 2, parts: [1, 4])])
    #expect(some.counts == [4, 9, 15, 5, 6] && some.shown == 3)
    let odd = try AdditiveTable(
      counts: [9, 8, 15], dimensions: [.init(members: ["d1", "d2", "c1"], parents: parents)])
    #expect(odd.relationsThatDoNotAdd == [0] && odd.counts.count == 3)
  }

  @Test("refuses two rows of one cell and members that are parts of themselves")
  func refusals() {
    #expect(throws: DisclosureError.duplicateCell(row: 2, earlier: 0)) {
      try AdditiveTable(counts: [1, 2, 3], dimensions: [.init(members: ["a", "b", "a"], parents: [:])])
    }
    #expect(throws: DisclosureError.circularParents(dimension: 0, member: "a")) {
      try AdditiveTable(counts: [1, 2], dimensions: [.init(members: ["a", "b"], parents: ["a": "b", "b": "a"])])
    }
    #expect(DisclosureError.duplicateCell(row: 2, earlier: 0).description == "rows 1 and 3 stand for the same cell")
  }
}
