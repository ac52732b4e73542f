import Tables
import Testing

/// What reading the file complains of, `file.csv` left out.
private func complaints(_ bytes: [UInt8], _ columns: [ColumnRequest]) -> [String] {
  do {
    _ = try Table.read(csvBytes: bytes, named: "f", columns: columns)
    return []
  } catch {
    return error.kept.map { String($0.description.dropFirst(1)) }
  }
}

private let columns = [
  ColumnRequest("area", .text), ColumnRequest("year", .integer), ColumnRequest("people", .number),
]

private func complaints(_ rows: String) -> [String] {
  complaints(Array(("area,year,people\n" + rows).utf8), columns)
}

@Suite("Problems in CSV files") struct CSVProblemTests {
  @Test(
    "a cell that is no number is shown with what to write instead",
    arguments: [
      ("abc", "\"abc\"", "is not a number"),
      ("nan", "\"nan\"", "is not a finite number"),
      ("-Inf", "\"-Inf\"", "is not a finite number"),
      ("Infinity", "\"Infinity\"", "is not a finite number"),
      ("0x1F", "\"0x1F\"", "is not a number; write it in decimal digits"),
      ("\"1,234\"", "\"1,234\"", "is not a number; write 1234 without separators"),
      ("\"-1,234,567.5\"", "\"-1,234,567.5\"", "is not a number; write -1234567.5 without separators"),
      ("1 234", "\"1 234\"", "is not a number; write 1234 without separators"),
      ("\"1,5\"", "\"1,5\"", "is not a number; write 1.5 with a decimal point"),
      ("12%", "\"12%\"", "is not a number; write it without the percent sign"),
      ("£5", "\"£5\"", "is not a number; write it without the currency sign"),
      ("1e999", "\"1e999\"", "is too large for a number"),
      ("1.2.3", "\"1.2.3\"", "is not a number"), ("--1", "\"--1\"", "is not a number"),
      ("1e", "\"1e\"", "is not a number"), (".", "\".\"", "is not a number"),
      ("NA", "\"NA\"", "is not a number"),
      ("5\u{7}", "\"5\\u{7}\"", "is not a number"),
    ])
  func badNumbers(cell: String, shown: String, complaint: String) {
    #expect(
      complaints("E1,2001,5\nE2,2002,\(cell)\n") == [":3:3: \(shown) in column \"people\" \(complaint)"])
  }

  @Test("a column of whole numbers refuses fractions, and numbers too large to be exact")
  func integers() {
    #expect(
      complaints("E1,2001.5,1\nE2,9007199254740994,1\nE3,2003.0,1\nE4,-2e3,1\n") == [
        ":2:2: \"2001.5\" in column \"year\" is not a whole number",
        ":3:2: \"9007199254740994\" in column \"year\" is too large for a whole number",
      ])
  }

  @Test("an empty cell is a problem where none is allowed")
  func empty() {
    #expect(
      complaints("E1,2001,\n,2001,  \nE3,\"\",1\n") == [
        ":2:3: column \"people\" is empty; expected a number",
        ":3:1: column \"area\" is empty; expected text",
        ":3:3: column \"people\" is empty; expected a number",
        ":4:2: column \"year\" is empty; expected a whole number",
      ])
  }

  @Test("a row of the wrong length is one problem, whatever its cells hold")
  func ragged() {
    let more = "; a comma inside a field needs quotation marks, and numbers are written without separators"
    #expect(
      complaints("E1,2001\nx,y,z,u\nE3,2001,5,\nE4,2001,5\n") == [
        ":2:3: expected 3 fields, found 2", ":3:4: expected 3 fields, found 4\(more)",
        ":4:4: expected 3 fields, found 4\(more)",
      ])
  }

  @Test("positions are right behind line breaks inside quotes, in the same row too")
  func positions() {
    #expect(
      complaints("\"a\nb\",x,1\n\"c\r\n\r\nd\",2001,y\n") == [
        ":3:2: \"x\" in column \"year\" is not a number", ":6:3: \"y\" in column \"people\" is not a number",
      ])
  }

  @Test("broken quoting is told from its place")
  func quoting() {
    #expect(
      complaints("E\"1,2001,1\n\"E2\"x,2001,1\nE3,2001,\"5\nE4,2001,5\n") == [
        ":2:1: column \"area\" has a quotation mark inside an unquoted field; quote the whole field and double "
          + "the mark",
        ":3:1: column \"area\" has text behind the closing quotation mark",
        ":4:3: column \"people\" has a quotation mark that is never closed",
      ])
  }

  @Test("blank lines between rows are a problem, at the end they are not")
  func blankLines() {
    #expect(complaints("E1,2001,1\n\n\nE2,2001,1\n\n") == [":3:1: is a blank line between rows"])
  }

  @Test("NUL bytes and text that is not UTF-8 are told from their place, in skipped columns too")
  func encoding() {
    let header = Array("area,other\n".utf8)
    let request = [ColumnRequest("area", .text)]
    #expect(
      complaints(
        header + Array("E1,x\nM".utf8) + [0xFC] + Array(",x\nE\0,x\nE3,".utf8) + [0xFC, 0x0A], request) == [
          ":3:1: column \"area\" holds bytes that are not valid UTF-8; save the file as UTF-8",
          ":4:1: column \"area\" holds a NUL byte; expected text",
          ":5:2: column \"other\" holds bytes that are not valid UTF-8; save the file as UTF-8",
        ])
    #expect(complaints([0xFF, 0xFE, 0x61, 0x00], request) == [": is encoded as UTF-16; expected UTF-8"])
    #expect(complaints([0x1F, 0x8B, 8, 0], request) == [": is compressed with gzip; expected plain CSV"])
  }

  @Test(
    "a file without the table that is expected",
    arguments: [
      ("", ": is empty"), ("\n \n", ": is empty"), ("\u{FEFF}", ": is empty"),
      ("area,year,people\n", ": has a header but no rows"),
      ("area,year,people", ": has a header but no rows"),
      ("\narea,year,people\n", ":1:1: is a blank line; expected the header"),
      ("area;year;people\nE1;2001;5\n", ":1:1: is separated by semicolons; expected commas"),
      ("area\tyear\tpeople\nE1\t2001\t5\n", ":1:1: is separated by tabs; expected commas"),
      ("area,year,poeple\n", ":1:1: has no column \"people\"; did you mean \"poeple\"?"),
      ("area,year\n", ":1:1: has no column \"people\"; its columns are \"area\", \"year\""),
      ("area,year,people,area\n", ":1:4: column \"area\" is there twice, first as column 1"),
      ("Area,AREA,year,people\n", ":1:2: columns \"Area\" and \"AREA\" both read as \"area\""),
    ])
  func header(csv: String, complaint: String) {
    #expect(complaints(Array(csv.utf8), columns) == [complaint])
  }

  @Test("twenty problems are told, the rest is counted")
  func many() throws {
    let rows = (1...1000).map { "E\($0),x,y\n" }.joined()
    let problems = #expect(throws: Problems.self) {
      try Table.read(csvBytes: Array(("area,year,people\n" + rows).utf8), named: "f", columns: columns)
    }
    #expect(problems?.kept.count == 20)
    #expect(problems?.total == 2000)
    #expect(problems?.kept.last?.description == "f:11:3: \"y\" in column \"people\" is not a number")
    #expect(problems?.description.hasSuffix("\n… and 1980 more") == true)
  }
}
