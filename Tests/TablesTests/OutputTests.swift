import Tables
import Testing

@Suite("JSON and text output") struct OutputTests {
  @Test("rows become objects; missing cells and numbers that JSON lacks are null")
  func rows() {
    let table = Table([
      Table.Column("a\"b", text: ["x\u{1}\n", ""]), Table.Column("n", numbers: [1.5, .infinity]),
    ])
    #expect(
      String(decoding: JSONWriter.bytes(table), as: UTF8.self) == #"""
        [
          {
            "a\"b": "x\u0001\n",
            "n": 1.5
          },
          {
            "a\"b": null,
            "n": null
          }
        ]

        """#)
  }

  @Test("nested values close by themselves; empty ones stay on one line")
  func nested() {
    var json = JSONWriter(pretty: false)
    json.object { json in
      json.member("title", "é/\\")
      json.key("empty")
      json.array { _ in }
      json.key("list")
      json.array { json in
        json.integer(-3)
        json.boolean(true)
        json.null()
        json.object { _ in }
      }
      json.member("none", nil as String?)
    }
    #expect(
      String(decoding: json.bytes, as: UTF8.self)
        == #"{"title":"é/\\","empty":[],"list":[-3,true,null,{}],"none":null}"# + "\n")
    var pretty = JSONWriter()
    pretty.array { json in
      json.array { _ in }
      json.number(0.1)
    }
    #expect(String(decoding: pretty.bytes, as: UTF8.self) == "[\n  [],\n  0.1\n]\n")
  }

  private var people: TextTable {
    var table = TextTable(columns: [
      .init("Age"), .init("2023", .right), .init("2043", .right), .init("Change", .right),
    ])
    table.add(["0–14", grouped(91_000), grouped(88_500.4), "-2.7%"])
    table.add(["85 and over", grouped(14_200), grouped(25_000)])
    table.addRule()
    table.add(["All", grouped(491_000), grouped(1_023_456), "8.1%"])
    return table
  }

  @Test("a text table aligns its columns and leaves no blanks at line ends")
  func textTable() {
    #expect(
      people.text() == """
        Age             2023       2043  Change
        ---------------------------------------
        0–14          91,000     88,500   -2.7%
        85 and over   14,200     25,000
        ---------------------------------------
        All          491,000  1,023,456    8.1%

        """)
  }

  @Test("columns that do not fit continue below beside their labels")
  func narrow() {
    #expect(
      people.text(width: 22) == """
        Age             2023
        --------------------
        0–14          91,000
        85 and over   14,200
        --------------------
        All          491,000

        Age               2043
        ----------------------
        0–14            88,500
        85 and over     25,000
        ----------------------
        All          1,023,456

        Age          Change
        -------------------
        0–14          -2.7%
        85 and over
        -------------------
        All            8.1%

        """)
    #expect(people.text(width: 20).hasPrefix("Age           2023\n"))
    #expect(people.text(width: 20).contains("85 and o…") || people.text(width: 20).contains("85 and …"))
  }

  @Test("text is broken between words, with a margin for the first line and one for the others")
  func wrapping() {
    #expect(
      wrappedLines("one two three  four", first: "- ", indent: "  ", width: 9) == ["- one two", "  three", "  four"])
    #expect(wrappedLines("incomprehensible as it is", width: 5) == ["incomprehensible", "as it", "is"])
    #expect(wrappedLines("", first: "- ") == ["- "])
  }

  @Test(
    "the shortest digits of a number end without .0",
    arguments: [
      (3.0, "3"), (-0.0, "0"), (0.1, "0.1"), (-2.5, "-2.5"), (1e15, "1000000000000000"), (1e300, "1e+300"),
      (.nan, ""), (-.infinity, "-∞"),
    ])
  func shortestDigits(value: Double, text: String) {
    #expect(shortest(value) == text)
  }
}
