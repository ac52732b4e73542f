import Testing

@testable import Tables

private func outcome(_ bytes: [UInt8], _ others: OtherColumns, threads: Int, chunkBytes: Int) -> ReadingOutcome {
  do throws(Problems) {
    let file = try CSVFile(.memory(bytes), named: "f", columns: [], others: others)
    return ReadingOutcome(try Table.read(file, threads: threads, chunkBytes: chunkBytes))
  } catch {
    return ReadingOutcome(error)
  }
}

@Suite("Scanning CSV in chunks") struct ChunkedScanTests {
  @Test("random files give the same table or problems however they are cut up", arguments: [false, true])
  func cuts(faulty: Bool) {
    var random = ReproducibleNumbers(seed: faulty ? 11 : 12)
    for round in 0..<80 {
      let bytes = randomFile(&random, faulty: faulty)
      let others: OtherColumns = [.infer, .text, .number, .skip][round % 4]
      let whole = outcome(bytes, others, threads: 1, chunkBytes: 1 << 20)
      for chunkBytes in [round % 20 == 0 ? 1 : 7, 16, 64, 257] {
        let threads = [1, 2, 7][Int.random(in: 0..<3, using: &random)]
        let cut = outcome(bytes, others, threads: threads, chunkBytes: chunkBytes)
        #expect(
          cut == whole, "round \(round), \(chunkBytes) bytes a chunk: \(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  @Test("a long quoted field that looks like rows does not mislead, nor does one that is never closed")
  func misleadingQuotes() {
    let rows = String(repeating: "1,x\n", count: 200)
    for csv in [
      "a,b\n1,\"\(rows)\"\n2,y\n", "a,b\n1,\"\(rows)\"\n2,\"\(rows)\n", "a,b\n1,x\"\n\(rows)2,\"\(rows)",
    ] {
      let bytes = Array(csv.utf8)
      let whole = outcome(bytes, .infer, threads: 1, chunkBytes: 1 << 20)
      for chunkBytes in [5, 50, 500] {
        #expect(outcome(bytes, .infer, threads: 2, chunkBytes: chunkBytes) == whole)
      }
    }
  }

  @Test("problems of a large file are counted and told in file order for any number of threads")
  func manyProblems() {
    let bytes = Array(("n\n" + (0..<40_000).map { $0 % 7 == 0 ? "\"\nx\"\n" : "\($0)\n" }.joined()).utf8)
    let whole = outcome(bytes, .number, threads: 1, chunkBytes: 1 << 20)
    #expect(whole.problems.hasPrefix("5715: f:2:1: \"\\nx\" in column \"n\" is not a number"))
    for threads in [1, 2, 7] {
      #expect(outcome(bytes, .number, threads: threads, chunkBytes: 1000) == whole)
    }
  }

  @Test("a file of several chunks gives the same table from disk as in one piece from memory")
  func severalChunks() throws {
    var random = ReproducibleNumbers(seed: 5)
    var text = "n,area,x\n"
    for row in 0..<20_000 {
      text += "\(row),E\(Int.random(in: 0..<300, using: &random)),\(Double.random(in: -1...1, using: &random))\n"
    }
    let bytes = Array(text.utf8)
    #expect(bytes.count > 2 * ChunkedScan.usualChunk)
    let whole = outcome(bytes, .infer, threads: 1, chunkBytes: bytes.count)
    try withTemporaryFolder { folder in
      try AtomicFile.write(bytes, to: folder + "/a.csv")
      for threads in [1, 2, 7] {
        let table = try Table.read(csv: folder + "/a.csv", others: .infer, threads: threads)
        #expect(ReadingOutcome(table) == whole)
      }
    }
  }
}
