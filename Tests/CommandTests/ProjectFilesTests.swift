import Foundation
import TestSupport
import Testing

/// Folders and files that are not what they should be, and the ways of writing CSV that are.
@Suite struct ProjectFilesTests {
  static let population = "population.csv"
  static let mortality = "mortality-probabilities.csv"

  static let files: [BadInput] =
    [
      BadInput("no population.csv", says: "in/population.csv: no such file; expected a CSV file") {
        $0[population] = []
      },
      BadInput(
        "no mortality",
        says: "in: has no mortality file; expected one of mortality-central-rates.csv, mortality-probabilities.csv, "
          + "survival-ratios.csv"
      ) { $0[mortality] = [] },
      BadInput("no fertility.csv", says: "in/fertility.csv: no such file; expected a CSV file") {
        $0["fertility.csv"] = []
      },
      BadInput(
        "two mortality files",
        says: "in: has mortality-probabilities.csv and survival-ratios.csv; expected one of…"
      ) { $0["survival-ratios.csv"] = ["area,year,sex,age,rate", "*,2023,male,0,1"] },
      BadInput("an empty file", says: "in/population.csv: is empty") { inputs in
        inputs[population] = []
        inputs.raw[population] = []
      },
      BadInput("a header without rows", says: "in/mortality-probabilities.csv: has a header but no rows") {
        $0[mortality] = ["area,year,sex,age,rate"]
      },
      BadInput("rows without a header", says: "in/population.csv:1:1: has no column \"area\"; its columns are…") {
        $0[population].removeFirst()
      },
      BadInput(
        "a row too short", says: "in/population.csv:9:5: expected 5 fields, found 4…"
      ) { $0.replace("A,2023,female,7,1070", by: "A,2023,female,7", in: population) },
      BadInput(
        "a quotation mark never closed",
        says: "in/population.csv:9:5: column \"population\" has a quotation mark that is never closed"
      ) { $0.setCount("\"1070") },
      BadInput("semicolons", says: "in/population.csv:1:1: is separated by semicolons; expected commas") { inputs in
        inputs[population] = inputs[population].map { $0.split(separator: ",").joined(separator: ";") }
      },
      BadInput("UTF-16", says: "in/population.csv: is encoded as UTF-16; expected UTF-8") { inputs in
        let text = inputs[population].joined(separator: "\n")
        inputs[population] = []
        inputs.raw[population] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      },
      BadInput("noise", says: "in/fertility.csv:1:1: the header holds…") { inputs in
        inputs["fertility.csv"] = []
        inputs.raw["fertility.csv"] = (0..<400).map { UInt8(truncatingIfNeeded: 129 + $0 * 37) }
      },
    ]
    + [population, mortality, "fertility.csv", "sex-ratio.csv", "migration.csv"].map { file in
      BadInput("a directory for \(file)", says: "in/\(file): is a directory; expected a CSV file") { inputs in
        inputs[file] = []
        inputs.folders = [file]
      }
    }

  @Test("a file that cannot be read as figures is refused by name", arguments: files)
  func file(_ bad: BadInput) throws { try bad.check() }

  @Test("a folder that is none is refused: missing, or a file")
  func folders() throws {
    let folder = try ProjectInputs().write()
    try folder.write("file", "text")
    for (name, reason) in [
      ("missing", "missing: no such folder"), ("file", "file: is a file; expected a folder that holds population.csv"),
    ] {
      let run = try Program.run(["project", "--inputs", name, "--output", "out/new"], in: folder.path)
      #expect(run.status == 1)
      #expect(run.errors == reason + "\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("out")).isEmpty)
    }
  }

  /// Other spellings of the same figures.
  struct Spelling: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// How many remarks are made of it.
    let notes: Int
    let respell: @Sendable ([String]) -> String
  }

  static let spellings = [
    Spelling(testDescription: "a byte-order mark", notes: 0) { "\u{FEFF}" + $0.joined(separator: "\n") + "\n" },
    Spelling(testDescription: "CR LF", notes: 0) { $0.joined(separator: "\r\n") + "\r\n" },
    Spelling(testDescription: "no line end at the end", notes: 0) { $0.joined(separator: "\n") },
    Spelling(testDescription: "blank lines at the end", notes: 0) { $0.joined(separator: "\n") + "\n\n\r\n\n" },
    Spelling(testDescription: "every field in quotes", notes: 0) {
      $0.map { "\"" + $0.split(separator: ",").joined(separator: "\",\"") + "\"" }.joined(separator: "\n")
    },
    Spelling(testDescription: "headers in capitals", notes: 5) {
      ([$0[0].uppercased()] + $0.dropFirst()).joined(separator: "\n")
    },
    Spelling(testDescription: "sexes in capitals", notes: 0) {
      ([$0[0]] + $0.dropFirst().map { $0.uppercased() }).joined(separator: "\n")
    },
    Spelling(testDescription: "rows in reverse", notes: 0) {
      ([$0[0]] + $0.dropFirst().sorted { $0.prefix(1) == $1.prefix(1) ? $0 > $1 : $0 < $1 }).joined(separator: "\n")
    },
    Spelling(testDescription: "columns in another order", notes: 0) {
      $0.map { $0.split(separator: ",").reversed().joined(separator: ",") }.joined(separator: "\n")
    },
    Spelling(testDescription: "a column that nobody asked for", notes: 1) {
      $0.enumerated().map { $1 + ($0 == 0 ? ",colour" : ",red") }.joined(separator: "\n")
    },
    Spelling(testDescription: "an empty column without a name", notes: 0) {
      $0.map { $0 + "," }.joined(separator: "\n")
    },
  ]

  @Test("the same figures, written otherwise, give the same result to the byte", arguments: spellings)
  func accepted(_ spelling: Spelling) throws {
    let plain = ProjectInputs()
    var other = plain
    other[Self.population] = []
    other.raw[Self.population] = Array(spelling.respell(plain[Self.population]).utf8)
    let expected = try plain.project("--detail", "single")
    let found = try other.project("--detail", "single")
    #expect(expected.status == 0 && found.status == 0, "\(found.errors)")
    #expect(found.bytes == expected.bytes)
    #expect(expected.errors.isEmpty)
    #expect(found.errors.split(separator: "\n").count == spelling.notes)
  }

  @Test("a row that names its area goes before the row of all areas, cell by cell")
  func override() throws {
    var named = ProjectInputs()
    named[Self.mortality].append("B,2024,male,3,0.5")
    let usual = try ProjectInputs().project("--detail", "single")
    let found = try named.project("--detail", "single")
    #expect(found.status == 0)
    let changed = zip(usual.lines, found.lines).filter { $0 != $1 }.map { $1.prefix { $0 != "." } }
    // Three-year-olds of mid-2024 and where they are in the two years after.
    #expect(
      changed.map { $0.split(separator: ",").prefix(4).joined(separator: ",") } == ["B,2025,male,4", "B,2026,male,5"])
  }

  @Test("files that are not read, absent ones and areas of nobody are remarked on")
  func notes() throws {
    var inputs = ProjectInputs()
    inputs["Migration.csv"] = inputs["migration.csv"]
    inputs["migration.csv"] = []
    inputs["sex-ratio.csv"] = []
    inputs["fertility.csv"] += ["b,2023,5,0.1", "C,2023,5,0.1"]
    let run = try inputs.project()
    #expect(run.status == 0)
    #expect(
      run.errors == """
        note: in/Migration.csv: not read; did you mean migration.csv?
        note: in: no migration.csv; no migration assumed
        note: in: no sex-ratio.csv; 1.05 boys to a girl assumed
        note: in/fertility.csv:17:1: area "b" is not in population.csv; its rows are not used; did you mean "B"?
        note: in/fertility.csv:18:1: area "C" is not in population.csv; its rows are not used

        """)
  }

  @Test("years between estimates may be missing, which is remarked on: only the base year counts")
  func populationGap() throws {
    var inputs = ProjectInputs()
    inputs[Self.population] += inputs[Self.population].dropFirst().map { "\($0.prefix(2))2019\($0.dropFirst(6))" }
    let run = try inputs.project("--detail", "single")
    #expect(run.status == 0)
    #expect(run.errors == "note: in/population.csv: no year between 2019 and 2023; only the base year is used\n")
    #expect(try run.bytes == ProjectInputs().project("--detail", "single").bytes)
  }

  @Test("groups of ages are spread over single years that add up to them")
  func graduation() throws {
    var inputs = ProjectInputs()
    inputs[Self.population] = ProjectBadPopulationTests.fiveYears
    inputs["migration.csv"] = []
    let run = try inputs.project("--detail", "single", "--graduate", "monotone")
    #expect(run.status == 0)
    #expect(run.errors.contains("note: in/population.csv: age groups spread over single years (monotone)\n"))
    let base = Rows(run)
    for (group, total) in [(0..<5, 1000.0), (5..<10, 800)] {
      let people = group.reduce(0) { $0 + base["A,2023,female,\($1)", default: .nan] }
      // Interpolation keeps sums to the rounding of ten additions.
      #expect(abs(people - total) < 1e-9)
    }
    #expect(base["A,2023,male,10+"] == 600)
  }
}

/// The last field of each row of a CSV result by the fields before it.
struct Rows {
  private let values: [String: Double]

  init(_ run: Program.Outcome) {
    values = Dictionary(
      run.lines.dropFirst().compactMap { line in
        line.lastIndex(of: ",").map { (String(line[..<$0]), Double(line[line.index(after: $0)...]) ?? .nan) }
      }, uniquingKeysWith: { _, _ in .nan })
  }

  var count: Int { values.count }

  subscript(key: String) -> Double? { values[key] }
  subscript(key: String, default other: Double) -> Double { values[key] ?? other }
}
