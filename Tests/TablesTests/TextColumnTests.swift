import Tables
import Testing

@Suite("A column of text")
struct TextColumnTests {
  @Test("that is coded anew is the column of the same cells")
  func recoding() {
    let column = TextColumn(["b", "", "a", "b", "c", "a"])
    for rows in [[0, 1, 2, 3, 4, 5], [4, 2, 2, 1], [1, 1], []] {
      let found = TextColumn(recoding: rows.map { column.codes[$0] }, of: column.values)
      #expect(found == TextColumn(rows.map { column[$0] }))
    }
  }
}
