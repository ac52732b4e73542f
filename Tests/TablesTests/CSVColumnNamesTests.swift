import Tables
import TestSupport
import Testing

/// The header alone.
@Suite struct CSVColumnNamesTests {
  @Test("The names of the header come back without blanks around them, unnamed columns empty")
  func names() throws {
    let text = "\u{FEFF}\"a, b\" , Deaths,,\" x\"\"y\"\r\n1,2,3,4\n"
    let expected = ["a, b", "Deaths", "", "x\"y"]
    // A blank behind a closing quotation mark is a fault; without it the names are read.
    let sound = text.replacing("\"a, b\" ,", with: "\"a, b\",")
    #expect(try Table.columnNames(ofCSVBytes: Array(sound.utf8), named: "x.csv") == expected)
    let folder = try TemporaryFolder()
    let path = try folder.write("x.csv", sound)
    #expect(try Table.columnNames(ofCSV: path) == expected)
    #expect(throws: Problems.self) { try Table.columnNames(ofCSVBytes: Array(text.utf8), named: "x.csv") }
  }

  @Test("A header longer than the first window is read whole")
  func longHeader() throws {
    let names = (0..<30_000).map { "column \($0)" }
    let text = names.joined(separator: ",") + "\n" + names.map { _ in "1" }.joined(separator: ",") + "\n"
    #expect(try Table.columnNames(ofCSVBytes: Array(text.utf8), named: "x.csv") == names)
  }

  @Test("An empty file, a repeated name and a missing file are problems")
  func problems() throws {
    for text in ["", "a,a\n1,2\n"] {
      #expect(throws: Problems.self) { try Table.columnNames(ofCSVBytes: Array(text.utf8), named: "x.csv") }
    }
    #expect(throws: Problems.self) { try Table.columnNames(ofCSV: "/nowhere/x.csv") }
  }
}
