import Testing

@testable import Tables

private func parsed(_ text: String) -> Double? {
  ByteView.lend(Array(text.utf8)) { view in
    let (value, next) = NumberParsing.number(in: view, from: 0, to: view.count)
    return next == view.count && view.count > 0 ? value : nil
  }
}

@Suite("Numbers") struct NumberTests {
  @Test("10,000 random doubles read back to the same bits as the standard library reads them")
  func randomDoubles() {
    var random = ReproducibleNumbers(seed: 1)
    for _ in 0..<10_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(parsed(value.description)?.bitPattern == value.bitPattern)
    }
  }

  @Test("digit strings of every length, point and exponent are correctly rounded")
  func randomDigits() {
    var random = ReproducibleNumbers(seed: 2)
    for _ in 0..<30_000 {
      var text = Bool.random(using: &random) ? "-" : ""
      let length = Int.random(in: 1...24, using: &random)
      let point = Int.random(in: 0...30, using: &random)
      for k in 0..<length {
        if k == point { text += "." }
        text += String(Int.random(in: 0...9, using: &random))
      }
      if Int.random(in: 0..<3, using: &random) == 0 { text += "e\(Int.random(in: -40...40, using: &random))" }
      #expect(parsed(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test("figures of every length are read from a file as the standard library reads them")
  func figuresInFile() throws {
    var random = ReproducibleNumbers(seed: 5)
    let figures = (0..<5000).map { _ in
      var text = Bool.random(using: &random) ? "-" : ""
      let length = Int.random(in: 1...12, using: &random)
      let point = Int.random(in: 0...16, using: &random)
      for k in 0..<length {
        if k == point { text += "." }
        text += String(Int.random(in: 0...9, using: &random))
      }
      if point == length { text += "." }
      return text
    }
    // The last cells lie so near to the file's end that they are read byte by byte.
    let csv = "a,b\n" + figures.map { "\($0),\($0)\n" }.joined()
    let requests = [ColumnRequest("a", .number), ColumnRequest("b", .number)]
    let table = try Table.read(csvBytes: Array(csv.utf8), named: "t", columns: requests)
    let expected = figures.map { Double($0)?.bitPattern }
    #expect(table.numbers("a")?.map(\.bitPattern) == expected)
    #expect(table.numbers("b")?.map(\.bitPattern) == expected)
  }

  @Test(
    "halfway cases and the ends of the range",
    arguments: [
      "9007199254740993", "9007199254740992.5", "9007199254740993e22", "9007199254740995e-22", "1e22", "1e23",
      "8.5e22", "18446744073709551615", "9999999999999999999e27", "9999999999999999999e-27", "1e-27", "1e27",
      "2.2250738585072014e-308", "5e-324", "2e-324", "1.7976931348623157e308",
      "0.000000000000000000000000000000000000012345678901234567", "0", "-0.0", "00000000000000000000001",
      "4503599627370497.5", "4503599627370496.5", "1152921504606846977e-3",
    ])
  func edges(text: String) {
    #expect(parsed(text)?.bitPattern == Double(text)?.bitPattern)
  }

  @Test(
    "what the grammar does not hold is no number",
    arguments: ["", "-", "+", ".", "e5", "1e", "1e+", "nan", "0x1", "1_0"])
  func refused(text: String) { #expect(parsed(text) == nil) }

  @Test("numbers are written with the fewest digits that read back the same")
  func written() {
    func written(_ value: Double) -> String {
      var bytes: [UInt8] = []
      NumberFormatting.append(value, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(
      [0, -0.0, 1, -120, 0.1, 1e15, 9_007_199_254_740_991].map(written) == [
        "0", "0", "1", "-120", "0.1", "1000000000000000", "9007199254740991",
      ])
    #expect(written(9_007_199_254_740_992) == "9007199254740992")
    #expect(written(1e16) == "1e+16")
    #expect(written(2.5e-7) == "2.5e-07")
  }

  @Test("grouped decimals round the exact value, halves away from zero")
  func groups() {
    #expect(grouped(491_000) == "491,000")
    #expect(grouped(999.5) == "1,000")
    #expect(grouped(-0.4) == "0")
    #expect(grouped(2.5) == "3")
    #expect(grouped(-1234.567, decimals: 1) == "-1,234.6")
    // 1.005 and 0.15 are stored a little below, 0.25 exactly.
    #expect(fixed(1.005, decimals: 2) == "1.00")
    #expect(fixed(0.15, decimals: 1) == "0.1")
    #expect(fixed(0.25, decimals: 1) == "0.3")
    #expect(fixed(0.1, decimals: 18) == "0.100000000000000006")
    #expect(fixed(.leastNonzeroMagnitude, decimals: 3) == "0.000")
    #expect(grouped(1_234_567_890_123_456) == "1,234,567,890,123,456")
    #expect(grouped(.nan) == "")
    #expect(grouped(-.infinity) == "-∞")
    #expect(grouped(1e300) == "1e+300")
  }
}
