import Tables
import Testing

private func read(
  _ csv: String, _ columns: [ColumnRequest] = [], others: OtherColumns = .skip
) throws(Problems) -> Table {
  try Table.read(csvBytes: Array(csv.utf8), named: "file.csv", columns: columns, others: others)
}

private let area = ColumnRequest("area", .text)
private let people = ColumnRequest("people", .number)

@Suite("Reading CSV") struct CSVReaderTests {
  @Test(
    "line ends, byte-order mark and blank last lines do not matter",
    arguments: [
      "area,people\nE1,5\nE2,7\n", "area,people\nE1,5\nE2,7", "area,people\r\nE1,5\r\nE2,7\r\n",
      "area,people\r\nE1,5\r\nE2,7", "area,people\rE1,5\rE2,7\r", "area,people\nE1,5\nE2,7\r",
      "\u{FEFF}area,people\nE1,5\nE2,7\n", "area,people\nE1,5\nE2,7\n\n\r\n\n",
      "\"area\",\"people\"\n\"E1\",\"5\"\nE2,7\n",
    ])
  func lineEnds(csv: String) throws {
    let table = try read(csv, [area, people])
    #expect(table.rowCount == 2)
    #expect(table.text("area")?.cells == ["E1", "E2"])
    #expect(table.numbers("people") == [5, 7])
    #expect(table.notes.isEmpty)
    #expect(table.line(ofRow: 1) == 3)
  }

  @Test("quoted fields hold commas, quotation marks and line breaks")
  func quotes() throws {
    let table = try read("area,people\n\"a,\"\"b\"\"\nc\",1\n\"\r\n\r\",2\n\"d\",3\n", [area, people])
    #expect(table.text("area")?.cells == ["a,\"b\"\nc", "\r\n\r", "d"])
    // Row 1 starts behind one break inside quotes, row 2 behind two more (CR LF counts once).
    #expect((0..<3).map { table.line(ofRow: $0) } == [2, 4, 7])
    #expect(table.problem(row: 2, column: "people", "odd").description == "file.csv:7:2: odd")
    #expect(table.problem(row: 2, "odd").description == "file.csv:7:1: odd")
  }

  @Test("text is kept to the byte and coded in order of appearance")
  func text() throws {
    let table = try read("area\n b \nÆ\n b \na value of more than fifteen bytes\nÆ\n", [area])
    #expect(table.text("area")?.codes == [0, 1, 0, 2, 1])
    #expect(table.text("area")?.values == [" b ", "Æ", "a value of more than fifteen bytes"])
    #expect(table.text("area")?[4] == "Æ")
  }

  @Test("headers are read without regard to case, blanks and kind of separator, and a note says so")
  func headers() throws {
    let csv = "AREA , net-migration,p25\nE1,5,1\n"
    let table = try read(csv, [area, ColumnRequest("net_migration", .number)])
    #expect(table.columnNames == ["area", "net_migration"])
    #expect(
      table.notes == [#"read header "AREA" as "area""#, #"read header "net-migration" as "net_migration""#])
    #expect(throws: Problems.self) { try read(csv, [ColumnRequest("p2_5", .number)]) }
  }

  @Test("an alias is taken when the name itself is not there")
  func aliases() throws {
    let request = ColumnRequest("area", .text, aliases: ["code", "lad code"])
    #expect(try read("Lad_Code\nE1\n", [request]).notes == [#"read header "Lad_Code" as "area""#])
    let both = try read("code,area\nX,E1\n", [request])
    #expect(both.text("area")?.cells == ["E1"])
    #expect(both.columnNumber("area") == 2)
  }

  @Test("numbers may have blanks around them; missing cells are NaN where they are allowed")
  func numbers() throws {
    let x = ColumnRequest("x", .number, allowsMissing: true)
    let values = try #require(try read("x,y\n 1.5 ,\n,\nNA,\n-2e3,\n\" +.5\",\n7.,\n", [x]).numbers("x"))
    #expect(values.map { $0.isNaN ? nil : $0 } == [1.5, nil, nil, -2000, 0.5, 7])
  }

  @Test("what other programs could not calculate is infinity where that is allowed, and no missing cell")
  func nonFiniteNumbers() throws {
    let x = ColumnRequest("x", .number, allowsMissing: true, allowsNonFinite: true)
    let values = try #require(try read("x,y\nnan,\n,\n-Inf,\n\" NaN \",\nInfinity,\n2,\n", [x]).numbers("x"))
    #expect(values.map { $0.isNaN ? nil : $0 } == [.infinity, nil, .infinity, .infinity, .infinity, 2])
    #expect(throws: Problems.self) { try read("x\n1e999\n", [x]) }
  }

  @Test("a missing text has the code −1")
  func missingText() throws {
    let column = try #require(
      try read("a,b\nx,1\n,2\n\"\",3\n", [ColumnRequest("a", .text, allowsMissing: true)]).text("a"))
    #expect(column.codes == [0, -1, -1])
    #expect(column.isMissing(1))
    #expect(column[1] == "")
  }

  @Test("an optional column may be absent")
  func optional() throws {
    let table = try read("area\nE1\n", [area, ColumnRequest("people", .number, presence: .optional)])
    #expect(table.numbers("people") == nil)
    #expect(table.columnNumber("people") == nil)
  }

  @Test("columns that nobody asked for are skipped, read or inferred")
  func others() throws {
    let csv = "area,n,t,e\nE1,1,1,\nE2,NA,b,\n"
    #expect(try read(csv, [area]).columnNames == ["area"])
    #expect(try read(csv, [area], others: .text).text("n")?.cells == ["1", "NA"])
    let inferred = try read(csv, [area], others: .infer)
    #expect(inferred.numbers("n")?.first == 1)
    #expect(inferred.text("t")?.cells == ["1", "b"])
    #expect(inferred.text("e")?.codes == [-1, -1])
    #expect(throws: Problems.self) { try read(csv, [area], others: .number) }
  }

  @Test("a column that stops being numeric far down is read as text from its first row")
  func lateText() throws {
    let csv = "n,x\n" + (1...5000).map { "\($0),1.50\n" }.joined() + "5001,\"\n\"\n" + "5002,a\n"
    let table = try read(csv, others: .infer)
    #expect(table.text("x")?.cells.prefix(2) == ["1.50", "1.50"])
    #expect(table.text("x")?.cells.suffix(3) == ["1.50", "\n", "a"])
    #expect(table.numbers("n") == (1...5002).map(Double.init))
    #expect(table.line(ofRow: 5001) == 5004)
  }

  @Test("files are read from disk, pipes and empty files included")
  func files() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.csv"
      try AtomicFile.write(Array("area\nE1\n".utf8), to: path)
      #expect(try Table.read(csv: path, columns: [area]).file == path)
      try AtomicFile.write([], to: path)
      let empty = #expect(throws: Problems.self) { try Table.read(csv: path) }
      #expect(empty?.description == "\(path): is empty")
      let directory = #expect(throws: Problems.self) { try Table.read(csv: folder) }
      #expect(directory?.description == "\(folder): is a directory; expected a CSV file")
      let absent = #expect(throws: Problems.self) { try Table.read(csv: folder + "/b.csv") }
      #expect(absent?.description == "\(folder)/b.csv: no such file; expected a CSV file")
    }
  }
}
