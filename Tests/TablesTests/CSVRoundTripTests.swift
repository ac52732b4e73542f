import Tables
import Testing

private func randomText(_ random: inout ReproducibleNumbers) -> String {
  let pieces = ["a", "E07000110", ",", "\"", "\n", "\r\n", "\r", " ", "é", "🙂", "90+", "NA", ";", "0", "-"]
  return (0..<Int.random(in: 1...12, using: &random)).map { _ in
    pieces[Int.random(in: 0..<pieces.count, using: &random)]
  }.joined()
}

private func randomTable(_ random: inout ReproducibleNumbers) -> Table {
  let rows = Int.random(in: 1...40, using: &random)
  let columns = (0..<Int.random(in: 1...5, using: &random)).map { index in
    if Bool.random(using: &random) {
      return Table.Column(
        "n\(index)",
        numbers: (0..<rows).map { _ in
          switch Int.random(in: 0..<4, using: &random) {
          case 0: return .nan
          case 1: return Double(Int.random(in: -5000...5000, using: &random))
          case 2: return Double.random(in: -1...1, using: &random)
          default:
            let value = Double(bitPattern: random.next())
            return value.isFinite ? value : 0.5
          }
        })
    }
    return Table.Column(
      "t\(index)",
      text: (0..<rows).map { _ in Int.random(in: 0..<4, using: &random) == 0 ? "" : randomText(&random) })
  }
  return Table(columns)
}

private func requests(for table: Table) -> [ColumnRequest] {
  table.columns.map { column in
    if case .text = column.cells { return ColumnRequest(column.name, .text, allowsMissing: true) }
    return ColumnRequest(column.name, .number, allowsMissing: true)
  }
}

@Suite("CSV round trips") struct CSVRoundTripTests {
  @Test("random tables come back as they were written")
  func roundTrip() throws {
    var random = ReproducibleNumbers(seed: 3)
    for _ in 0..<300 {
      let table = randomTable(&random)
      let back = try Table.read(csvBytes: CSVWriter.bytes(table), named: "t", columns: requests(for: table))
      #expect(back.columnNames == table.columnNames)
      for column in table.columns {
        #expect(back.text(column.name)?.cells == table.text(column.name)?.cells)
        // NaN is not equal to itself, so missing cells are compared as nil.
        #expect(
          back.numbers(column.name)?.map { $0.isNaN ? nil : $0 }
            == table.numbers(column.name)?.map { $0.isNaN ? nil : $0 })
      }
    }
  }

  @Test("files with random bytes changed, cut or doubled are read or refused, and lines stay in the file")
  func mutations() {
    var random = ReproducibleNumbers(seed: 4)
    let odd: [UInt8] = [0, 0x0A, 0x0D, 0x22, 0x2C, 0x20, 0x30, 0x2D, 0x2E, 0x65, 0x80, 0xC3, 0xFF]
    for round in 0..<3000 {
      let table = randomTable(&random)
      var bytes = CSVWriter.bytes(table)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0..<max(1, bytes.count), using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes = Array(bytes[..<min(index, bytes.count)])
        case 1: bytes.insert(odd[Int.random(in: 0..<odd.count, using: &random)], at: min(index, bytes.count))
        case 2 where index < bytes.count: bytes[index] = odd[Int.random(in: 0..<odd.count, using: &random)]
        default: if index < bytes.count { bytes.remove(at: index) }
        }
      }
      let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
      let others: OtherColumns = [.skip, .text, .infer][round % 3]
      do {
        let back = try Table.read(
          csvBytes: bytes, named: "t", columns: round % 2 == 0 ? requests(for: table) : [], others: others)
        #expect(back.columns.allSatisfy { $0.cells.count == back.rowCount })
        #expect(back.line(ofRow: back.rowCount - 1) <= lines)
      } catch {
        #expect(error.kept.allSatisfy { ($0.line ?? 1) <= lines })
      }
    }
  }

  @Test("fields are quoted only where they must be; missing cells are empty")
  func golden() {
    let table = Table([
      Table.Column("area", text: ["E1", "a,b", "", "say \"x\"", " c "]),
      Table.Column("people, all", numbers: [1, .nan, 2.5, 1e6, -0.0]),
    ])
    #expect(
      String(decoding: CSVWriter.bytes(table), as: UTF8.self) == """
        area,"people, all"
        E1,1
        "a,b",
        ,2.5
        "say ""x""\",1000000
         c ,0

        """)
  }

  @Test("a missing cell alone in its row is no blank line")
  func singleColumn() throws {
    let bytes = CSVWriter.bytes(Table([Table.Column("x", numbers: [1, .nan])]))
    #expect(String(decoding: bytes, as: UTF8.self) == "x\n1\n\"\"\n")
  }
}
