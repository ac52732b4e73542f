import Testing

@testable import Tables

/// All tables of one pass, or what is said of the file.
private func outcome(ofPass chunks: CSVChunks) -> ReadingOutcome {
  do throws(Problems) {
    return ReadingOutcome(try tables(of: chunks))
  } catch {
    return ReadingOutcome(error)
  }
}

private func tables(of chunks: CSVChunks) throws(Problems) -> [Table] {
  var tables: [Table] = []
  var pass = chunks.pass()
  while let table = try pass.next() { tables.append(table) }
  #expect(try pass.next() == nil)
  return tables
}

private func problems(_ body: () throws(Problems) -> Void) -> String? {
  do throws(Problems) {
    try body()
    return nil
  } catch {
    return error.description
  }
}

@Suite("Reading CSV table by table") struct CSVChunksTests {
  @Test("the tables of a pass are the whole table, cut after every so many rows", arguments: [false, true])
  func concatenation(faulty: Bool) throws {
    var random = ReproducibleNumbers(seed: faulty ? 21 : 22)
    for round in 0..<60 {
      let bytes = randomFile(&random, faulty: faulty)
      let others: OtherColumns = [.infer, .text, .number, .skip][round % 4]
      let whole: ReadingOutcome
      do throws(Problems) {
        whole = ReadingOutcome(try Table.read(csvBytes: bytes, named: "f", others: others))
      } catch {
        whole = ReadingOutcome(error)
      }
      guard let file = try? CSVFile(.memory(bytes), named: "f", columns: [], others: others) else { continue }
      for rows in [1, 7, 1000] {
        let chunks = try CSVChunks(
          file, rowsPerChunk: rows, threads: [1, 2, 7][round % 3], chunkBytes: [5, 40, 200][round % 3])
        // The first pass gathers the texts, the second knows them.
        #expect(outcome(ofPass: chunks) == whole)
        #expect(outcome(ofPass: chunks) == whole)
        if whole.problems.isEmpty {
          #expect(chunks.rowCount == whole.lines.count)
        }
      }
    }
  }

  @Test("a text has one code in all tables, and later tables know the texts of the earlier ones")
  func codes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.csv"
      try AtomicFile.write(Array("area,n\nE1,1\nE2,2\nE1,3\nE3,4\nE2,5\n".utf8), to: path)
      let chunks = try CSVChunks(csv: path, others: .infer, rowsPerChunk: 2)
      #expect(chunks.columnNames == ["area", "n"])
      #expect(chunks.rowCount == nil)
      let first = try tables(of: chunks)
      #expect(first.map { $0.text("area")?.codes } == [[0, 1], [0, 2], [1]])
      #expect(first.last?.text("area")?.values == ["E1", "E2", "E3"])
      #expect(first.map(\.rowCount) == [2, 2, 1])
      #expect(first.map { $0.line(ofRow: 0) } == [2, 4, 6])
      #expect(chunks.rowCount == 5)
      let second = try tables(of: chunks)
      #expect(second.map { $0.text("area")?.codes } == [[0, 1], [0, 2], [1]])
      #expect(second.map { $0.text("area")?.values } == Array(repeating: ["E1", "E2", "E3"], count: 3))
    }
  }

  @Test("tables before a problem are given out; then everything wrong with the file is told, once")
  func lateProblem() throws {
    let bytes = Array("n\n1\n2\n3\n4\nx\n6\n\"y\nz\"\n".utf8)
    let file = try CSVFile(.memory(bytes), named: "f", columns: [ColumnRequest("n", .number)], others: .skip)
    var pass = try CSVChunks(file, rowsPerChunk: 1, threads: 1, chunkBytes: 1).pass()
    // A pass scans a few chunks ahead: four rows of two bytes here.
    #expect(try pass.next()?.numbers("n") == [1])
    var told: String?
    do throws(Problems) {
      while try pass.next() != nil {}
    } catch {
      told = error.description
    }
    #expect(
      told == """
        f:6:1: "x" in column "n" is not a number
        f:8:1: "y\\nz" in column "n" is not a number
        """)
    #expect(try pass.next() == nil)
  }

  @Test("a file that is changed between passes is noticed")
  func changedFile() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.csv"
      try write("n\n1\n2\n", toFile: path)
      let chunks = try CSVChunks(csv: path, others: .number)
      #expect(try tables(of: chunks).count == 1)
      try write("n\n1\n2\n3\n", toFile: path)
      #expect(
        problems { () throws(Problems) in _ = try tables(of: chunks) } == "\(path): was changed while it was read")
    }
  }

  @Test("what cannot be read twice is refused, and so is a row without end")
  func refusals() throws {
    #expect(
      problems { () throws(Problems) in _ = try CSVChunks(csv: "/dev/null") }
        == "/dev/null: is a pipe or a device, which cannot be read more than once; save its content to a file")
    let bytes = Array(("n\n1\n\"" + String(repeating: "2\n", count: 1 << 20)).utf8)
    let file = try CSVFile(.memory(bytes), named: "f", columns: [], others: .number, longestRow: 1 << 20)
    let chunks = try CSVChunks(file, rowsPerChunk: 10, threads: 2, chunkBytes: 1 << 12)
    #expect(
      problems { () throws(Problems) in _ = try tables(of: chunks) }
        == "f:3:1: a row is longer than 1 MB; is a quotation mark never closed?")
    #expect(
      problems { () throws(Problems) in
        _ = try CSVFile(.memory(bytes), named: "f", columns: [], others: .infer, longestRow: 1 << 20)
      } == "f:3:1: a row is longer than 1 MB; is a quotation mark never closed?")
    let header = Array(("\"n\n" + String(repeating: "2\n", count: 1 << 20)).utf8)
    #expect(
      problems { () throws(Problems) in
        _ = try CSVFile(.memory(header), named: "f", columns: [], others: .number, longestRow: 1 << 20)
      } == "f:1:1: the header is longer than 1 MB; is a quotation mark never closed?")
  }
}
