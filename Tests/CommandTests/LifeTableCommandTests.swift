import Foundation
import TestSupport
import Testing

@Suite("pophealth lifetable")
struct LifeTableCommandTests {
  typealias Oracle = LifeTableOracle

  /// Runs the command on a file of the given text, named `data.csv` in its working folder.
  static func run(_ text: String, _ options: String...) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", text)
    let outcome = try Program.run(["lifetable", "--data", "data.csv"] + options, in: folder.path)
    #expect(folder.contents == ["data.csv"])
    return outcome
  }

  /// Expects data that are refused with one message, and nothing written.
  static func expectRefusal(
    _ text: String, _ message: String, _ options: String..., location: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", text)
    let outcome = try Program.run(
      ["lifetable", "--data", "data.csv", "--output", "out.csv"] + options, in: folder.path)
    #expect(outcome.status == 1, sourceLocation: location)
    #expect(outcome.errors == message + "\n", sourceLocation: location)
    #expect(outcome.output.isEmpty, sourceLocation: location)
    #expect(folder.contents == ["data.csv"], sourceLocation: location)
  }

  /// The rows of CSV output by column name.
  static func table(_ outcome: Program.Outcome) -> [[String: String]] {
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  @Test("gives the published life expectancies with limits at full precision")
  func published() throws {
    let outcome = try Self.run(Oracle.file, "--method", "chiang-ii", "--format", "csv")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.lines.first == "age,m,q,a,l,d,L,T,e,e_lower,e_upper,status")
    let rows = Self.table(outcome)
    #expect(rows.map { $0["age"] } == Oracle.labels)
    for (row, published) in zip(rows, Oracle.expectancy) {
      let e = try #require(Double(row["e"] ?? ""))
      // Published to four decimals.
      #expect(abs(e - published) < 0.5e-4 + 1e-9)
      #expect(row["status"] == "ok")
    }
    // The same published figures before rounding.
    #expect(rows[0]["e"]?.hasPrefix("80.16960813") == true)
    #expect(rows[1]["e"]?.hasPrefix("79.36245674") == true)
    #expect(rows[0]["e_lower"]?.hasPrefix("79.8826") == true)
    #expect(rows[0]["e_upper"]?.hasPrefix("80.4565") == true)
  }

  @Test("writes a table for people that fits 80 columns")
  func tableForPeople() throws {
    let outcome = try Self.run(Oracle.file)
    let lines = outcome.lines
    #expect(lines[0] == "age           m         q     a        l       d        L          T      e")
    #expect(lines[2] == "0      0.002408  0.002402  0.06  100,000     240   99,773  8,016,910  80.17")
    #expect(lines[21] == "90+    0.162282  1.000000  6.16   17,871  17,871  110,121    110,121   6.16")
    #expect(lines[22] == "status: ok")
    let chiang = try Self.run(Oracle.file, "--method", "chiang-ii").lines
    #expect(chiang[0] == "age    life expectancy  95% lower  upper  status")
    #expect(chiang[2] == "0                80.17      79.88  80.46  ok")
    for line in lines + chiang { #expect(line.count <= 80) }
  }

  @Test("JSON carries where the figures come from, and nothing else of the input")
  func json() throws {
    let file = Oracle.text(Oracle.rows().map { $0 + ",secret" }, header: "age,deaths,population,remark")
    let outcome = try Self.run(file, "--method", "chiang-ii", "--format", "json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
    let provenance = try #require(object["provenance"] as? [String: Any])
    #expect(provenance["program"] as? String == "pophealth")
    #expect(provenance["method"] as? String == "chiang-ii")
    #expect(provenance["confidence"] as? Double == 0.95)
    #expect(provenance["input"] as? String == "data.csv")
    #expect((provenance["input_sha256"] as? String)?.count == 64)
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.count == 20)
    #expect(rows[0]["l"] as? Double == 100_000)
    #expect((object["notes"] as? [String])?.isEmpty == true)
    #expect(!outcome.output.contains("secret"))
  }

  @Test("areas and sexes keep their order, unordered ages are sorted and a note says so")
  func order() throws {
    let rows = Oracle.rows(ages: Oracle.labels)
    let file = Oracle.text(
      rows.reversed().flatMap { ["Zeal,Male,\($0)", "Zeal,FEMALE,\($0)"] } + rows.map { "Ash,persons,\($0)" },
      header: "area,sex,age,deaths,population")
    let outcome = try Self.run(file, "--format", "csv")
    #expect(outcome.status == 0)
    let table = Self.table(outcome)
    #expect(table.count == 60)
    #expect(table.map { $0["age"] } == Oracle.labels + Oracle.labels + Oracle.labels)
    #expect(stride(from: 0, to: 60, by: 20).map { table[$0]["sex"] } == ["male", "female", "persons"])
    #expect(table[40]["area"] == "Ash")
    #expect(outcome.errors.contains("note: rows sorted by age (Zeal, male; Zeal, female)\n"))
    #expect(outcome.errors.contains("note: read sex \"FEMALE\" as female\n"))
    // Persons take the mean of both sexes' a at age 0.
    let a = [0, 20, 40].compactMap { Double(table[$0]["a"] ?? "") }
    #expect(abs(a[2] - (a[0] + a[1]) / 2) < 1e-12)
  }

  @Test("a byte-order mark, CR LF, quotes and other headers change nothing but the notes")
  func foreignFile() throws {
    let plain = try Self.run(Oracle.file, "--format", "csv")
    let rows = zip(Oracle.starts, zip(Oracle.deaths, Oracle.population)).map {
      "\"\($0)\",\"\($1.0)\",\($1.1)"
    }
    let text = "\u{FEFF}" + Oracle.text(rows, header: "AGE,Deaths,Person-years")
    let other = try Self.run(text.replacing("\n", with: "\r\n"), "--format", "csv")
    #expect(other.output == plain.output)
    #expect(
      other.errors == """
        note: read header "AGE" as "age"
        note: read header "Deaths" as "deaths"
        note: read header "Person-years" as "population"

        """)
  }

  @Test("rates and probabilities make the same table as the counts")
  func measures() throws {
    let counts = Self.table(try Self.run(Oracle.file, "--format", "csv"))
    let ages = Oracle.labels
    let rates = zip(ages, counts).map { "\($0),\($1["m"] ?? "")" }
    let fromRates = Self.table(
      try Self.run(Oracle.text(rates, header: "age,mx"), "--format", "csv"))
    #expect(fromRates == counts)
    let probabilities = zip(ages, counts).map { age, row in
      "\(age),\(row["q"] ?? ""),\(age == "90+" ? row["m"] ?? "" : "")"
    }
    let fromProbabilities = Self.table(
      try Self.run(Oracle.text(probabilities, header: "age,q,m"), "--format", "csv"))
    for (a, b) in zip(fromProbabilities, counts) {
      // q carries m to a few units in its last place.
      #expect(abs((Double(a["e"] ?? "") ?? 0) - (Double(b["e"] ?? "") ?? 1)) < 1e-10)
    }
    let closed = try Self.run("age,q\n0,0.1\n1,0.2\n2,1\n", "--format", "csv")
    #expect(closed.status == 0)
    #expect(Self.table(closed).last?["e"] == "0.5")
    #expect(closed.errors.contains("taken to last 0.5 years"))
  }

  @Test("what OHID suppresses carries its status, and the run goes on")
  func statuses() throws {
    func file(_ change: (inout [Int], inout [Int]) -> Void) -> String {
      var deaths = Oracle.deaths
      var population = Oracle.population
      change(&deaths, &population)
      return Oracle.text(
        Oracle.starts.indices.map { "\(Oracle.starts[$0]),\(deaths[$0]),\(population[$0])" })
    }
    let cases = [
      (
        file { d, p in
          p[4] = 0; d[4] = 0
        }, "zero_denominator"
      ),
      (file { d, p in d[18] = p[18] + 1 }, "numerator_exceeds_denominator"),
      (file { d, p in for i in p.indices { d[i] = 1; p[i] = 250 } }, "population_too_small"),
    ]
    for (text, status) in cases {
      let outcome = try Self.run(text, "--method", "chiang-ii", "--format", "csv")
      #expect(outcome.status == 0)
      let rows = Self.table(outcome)
      #expect(rows.allSatisfy { $0["status"] == status && $0["e"] == "" && $0["e_lower"] == "" })
    }
    let wide = try Self.run(
      file { d, p in for i in p.indices { d[i] = i < 17 ? 0 : 1; p[i] = 260 } },
      "--method", "chiang-ii", "--format", "csv")
    #expect(Self.table(wide).contains { $0["status"] == "interval_too_wide" && $0["e"] == "" })
    let standard = try Self.run(cases[0].0, "--format", "csv")
    #expect(standard.status == 0)
    #expect(Self.table(standard).allSatisfy { $0["status"] == "zero_denominator" && $0["m"] == "" })
    #expect(standard.errors == "note: no life table: no exposure at age 15 (0.0 deaths); there is no rate\n")
  }

  @Test("wrong cells are told with line and column, all of them")
  func wrongCells() throws {
    var rows = Oracle.rows()
    rows[2] = "5,-4,46974"
    try Self.expectRefusal(Oracle.text(rows), "data.csv:4:2: deaths is -4; expected 0 or more")
    rows[2] = "5,many,46974"
    rows[4] = "15,20,nan"
    rows[16] = "75,\"1,390\",33288"
    try Self.expectRefusal(
      Oracle.text(rows),
      """
      data.csv:4:2: "many" in column "deaths" is not a number
      data.csv:6:3: "nan" in column "population" is not a finite number
      data.csv:18:2: "1,390" in column "deaths" is not a number; write 1390 without separators
      """)
    rows = Oracle.rows()
    rows[0] = "0,,7060"
    rows[1] = "toddlers,9,35059"
    try Self.expectRefusal(
      Oracle.text(rows),
      """
      data.csv:2:2: deaths is missing; expected a number
      data.csv:3:1: age "toddlers"; expected an age such as 0, 1-4 or 90+
      """, "--format", "csv")
    rows[1] = Oracle.rows()[1]
    try Self.expectRefusal(Oracle.text(rows), "data.csv:2:2: deaths is missing; expected a number")
    try Self.expectRefusal(
      "age,q\n0-4,1.5\n5+,1\n", "data.csv:2:2: q is 1.5; expected a probability, at most 1")
    try Self.expectRefusal(
      "age,q\n0-4,0.5\n5+,1\n",
      "data.csv:3:2: the open age group has no death rate, and q cannot tell how long people live in it; "
        + "expected m of this row in a column m")
    try Self.expectRefusal(
      "sex,age,m\nwomen,0+,0.01\n", "data.csv:2:1: \"women\"; expected female, male or persons")
  }

  @Test("a missing, doubled or overlapping age group is named")
  func wrongAges() throws {
    var rows = Oracle.rows()
    rows.remove(at: 9)
    try Self.expectRefusal(
      Oracle.text(rows),
      "data.csv:11:1: no row for ages 40-44 between the first ages 35 and 45, which go in steps of 5 elsewhere; "
        + "write groups of other widths with both ends, as 35-44")
    var labelled = Oracle.rows(ages: Oracle.labels)
    labelled.remove(at: 9)
    try Self.expectRefusal(
      Oracle.text(labelled), "data.csv:11:1: no row for ages 40-44 before age 45-49")
    labelled = Oracle.rows(ages: Oracle.labels)
    try Self.expectRefusal(
      Oracle.text(labelled + ["40-44,1,2"]), "data.csv:22:1: age 40-44 is there twice, first in line 11")
    try Self.expectRefusal(
      Oracle.text(Array(labelled.dropLast())),
      "data.csv:20:1: ages end at 89; expected an open last group, such as 90+")
    try Self.expectRefusal(
      Oracle.text(Array(labelled.dropFirst())), "data.csv:2:1: no row for age 0; expected ages from 0")
    labelled[1] = "1-5,9,35059"
    try Self.expectRefusal(
      Oracle.text(labelled), "data.csv:4:1: age 5-9 overlaps 1-5 of line 3")
    let areas = "area,age,m\nA,0-4,0.1\nA,5+,0.1\nB,0-4,0.1\nB,10+,0.1\n"
    try Self.expectRefusal(areas, "data.csv:5:2: B: no row for ages 5-9 before age 10+")
    let single = (0...90).filter { $0 != 45 }.map { "\($0),1,100" }
    try Self.expectRefusal(
      Oracle.text(single),
      "data.csv:47:1: no row for age 45 between the first ages 44 and 46, which go in steps of 1 elsewhere; "
        + "write groups of other widths with both ends, as 44-45")
  }

  @Test("wrong files are refused with what was expected")
  func wrongFiles() throws {
    try Self.expectRefusal("", "data.csv: is empty")
    try Self.expectRefusal("age,deaths,population\n", "data.csv: has a header but no rows")
    try Self.expectRefusal(
      "age,deaths\n0+,1\n", "data.csv:1:1: has deaths but no column population")
    try Self.expectRefusal(
      "age,deaths,populaton\n0+,1,2\n",
      "data.csv:1:1: has deaths but no column population; did you mean \"populaton\"?")
    try Self.expectRefusal(
      "age,m\n0+,1\n", "data.csv:1:1: has no columns deaths and population, which --method chiang-ii needs",
      "--method", "chiang-ii")
    let folder = try TemporaryFolder()
    let directory = try Program.run(["lifetable", "--data", "."], in: folder.path)
    #expect(directory.status == 1)
    #expect(directory.errors == ".: is a directory; expected a CSV file\n")
    let missing = try Program.run(["lifetable", "--data", "none.csv"], in: folder.path)
    #expect(missing.status == 1)
    #expect(missing.errors == "none.csv: no such file; expected a CSV file\n")
  }

  @Test("wrong commands end with 2")
  func wrongCommands() throws {
    let cases = [
      ([], "Missing expected argument '--data <file>'"),
      (["--data", "x.csv", "--confidence", "0.9"], "--confidence belongs to --method chiang-ii"),
      (["--data", "x.csv", "--method", "chiang-ii", "--confidence", "95"], "did you mean 0.95?"),
      (["--data", "x.csv", "--method", "chiang"], "'standard' and 'chiang-ii'"),
      (["--data", "x.csv", "--format", "xml"], "'table', 'csv' or 'json'"),
    ]
    for (arguments, message) in cases {
      let outcome = try Program.run(["lifetable"] + arguments)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains(message))
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("reads standard input and writes a whole file")
  func pipes() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["lifetable", "--data", "-", "--format", "csv", "--output", "out.csv"], input: Oracle.file,
      in: folder.path)
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty)
    #expect(folder.contents == ["out.csv"])
    let direct = try Self.run(Oracle.file, "--format", "csv")
    #expect(try folder.read("out.csv") == direct.output)
  }

  @Test("a higher confidence level widens the limits and nothing else")
  func confidence() throws {
    let narrow = Self.table(try Self.run(Oracle.file, "--method", "chiang-ii", "--format", "csv"))
    let wide = Self.table(
      try Self.run(Oracle.file, "--method", "chiang-ii", "--confidence", "0.998", "--format", "csv"))
    for (a, b) in zip(narrow, wide) {
      #expect(a["e"] == b["e"])
      #expect((Double(b["e_lower"] ?? "") ?? 999) < (Double(a["e_lower"] ?? "") ?? 0))
    }
  }
}
