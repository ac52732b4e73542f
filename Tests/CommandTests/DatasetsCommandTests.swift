import Foundation
import TestSupport
import Testing

@Suite("pophealth datasets")
struct DatasetsCommandTests {
  /// Runs the command on the packages of the checkout, or on those of another folder.
  static func run(_ arguments: String..., folder: String = Packages.shipped) throws -> Program.Outcome {
    try Program.run(["datasets"] + arguments, environment: ["POPHEALTH_DATASETS": folder])
  }

  static let names = [
    "areas", "components-of-change", "deaths-by-age-2014-15", "deaths-population-england-wales", "fingertips-england",
    "indicators",
    "life-tables-england-wales", "local-processes", "mid-year-estimates-districts", "mid-year-estimates-kent",
    "mid-year-estimates-original", "ons-health-index", "ons-health-indicators", "ons-npp-2018", "ons-npp-2020",
    "ons-snpp-2018", "practices-2019-20", "practices-2022-23", "qof-registers", "qof-registers-districts", "scenarios",
    "smoking", "standard-populations", "under-18-conceptions", "west-kent-claims", "west-kent-footprint",
  ]

  @Test("lists every package in 80 columns; list is what it does without a word")
  func list() throws {
    let outcome = try Self.run("list")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.lines[0] == "name                               rows  series    licence")
    for name in Self.names { #expect(outcome.lines.contains { $0.hasPrefix(name + " ") }) }
    #expect(outcome.lines.contains("mid-year-estimates-kent           2,730  rebased   OGL-UK-3.0"))
    for line in outcome.lines { #expect(line.count <= 80) }
    #expect(try Self.run().output == outcome.output)
  }

  @Test("lists as CSV and JSON")
  func listForPrograms() throws {
    let csv = try Self.run("list", "--format", "csv")
    #expect(csv.lines[0] == "name,title,series,vintage,licence,rows,bytes")
    #expect(csv.lines.dropFirst().map { String($0.prefix { $0 != "," }) } == Self.names)
    #expect(
      csv.lines.contains(
        "scenarios,Named what-if scenarios,,2026,CC0-1.0,9,\(try Self.size("scenarios/scenarios.csv"))"))
    let json = try JSONSerialization.jsonObject(
      with: Data(try Self.run("list", "--format", "json").bytes))
    let rows = try #require(json as? [[String: Any]])
    #expect(rows.compactMap { $0["name"] as? String } == Self.names)
  }

  static func size(_ file: String) throws -> Int {
    try Data(contentsOf: URL(fileURLWithPath: "\(Packages.shipped)/\(file)")).count
  }

  @Test("shows what a user must know")
  func show() throws {
    let outcome = try Self.run("show", "components-of-change")
    #expect(outcome.status == 0)
    for line in [
      "vintage  ONS MYEB3, mid-2001 to mid-2019, before rebasing to Census 2021",
      "series   original",
      "licence  OGL-UK-3.0, Open Government Licence v3.0",
      "folder   \(Packages.shipped)/components-of-change",
      "Read before use",
      "  deaths             number, people  deaths registered of residents",
      "E06000035  2002    3092    2213        10584         10745              1056",
      "… 280 more rows, 4 more columns",
    ] {
      #expect(outcome.lines.contains(line), "\(line)")
    }
    let years = try Self.run("show", "mid-year-estimates-kent")
    #expect(years.lines.contains { $0.hasPrefix("  2000 … 2023  number, people  ") })
    // Addresses and paths are never broken.
    for line in outcome.lines where !line.contains("/") { #expect(line.count <= 80) }
  }

  @Test("writes the files themselves as CSV, and the description as JSON")
  func showForPrograms() throws {
    let csv = try Self.run("show", "scenarios", "--format", "csv")
    #expect(
      csv.bytes
        == Array(try Data(contentsOf: URL(fileURLWithPath: "\(Packages.shipped)/scenarios/scenarios.csv"))))
    let births = try Self.run("show", "ons-npp-2018", "--resource", "births", "--format", "csv")
    #expect(births.lines[0].hasPrefix("age,2018,"))
    let json = try Self.run("show", "scenarios", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any]
    #expect(object?["name"] as? String == "scenarios")
  }

  @Test("names that are not there end with 2 and the nearest ones")
  func unknownNames() throws {
    let cases: [([String], String)] = [
      (["show", "mid-year-estimates-kant"], "did you mean \"mid-year-estimates-kent\""),
      (["show", "xyz"], "no data package \"xyz\"; the packages are areas, components-of-change,"),
      (["verify", "area"], "no data package \"area\"; did you mean \"areas\"?"),
      (["show", "ons-npp-2018", "--format", "csv"], "--resource births"),
      (["show", "ons-npp-2018", "--resource", "birth"], "did you mean \"births\"?"),
      (["list", "--format", "xml"], "'table', 'csv' or 'json'"),
    ]
    for (arguments, message) in cases {
      let outcome = try Program.run(
        ["datasets"] + arguments, environment: ["POPHEALTH_DATASETS": Packages.shipped])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("a folder without packages is wrong data")
  func noFolder() throws {
    let folder = try TemporaryFolder()
    let outcome = try Self.run("list", folder: folder.path)
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("\(folder.path): holds no data packages"))
  }

  @Test("verifies every package as shipped")
  func verify() throws {
    let outcome = try Self.run("verify")
    #expect(outcome.status == 0)
    // Nobody looks at a file: no progress there.
    #expect(outcome.errors.isEmpty)
    for name in Self.names {
      #expect(outcome.lines.contains { $0.hasPrefix(name + " ") && $0.contains("  ok  ") })
    }
    #expect(outcome.lines.contains("mid-year-estimates-kent          ok          12      8          8"))
    #expect(outcome.lines.last?.hasPrefix("26 ok, ") == true)
  }

  @Test("a planted fault fails its package with its place and exit code 1")
  func planted() throws {
    let packages = try Packages(copying: "components-of-change", "scenarios")
    try packages.edit("components-of-change/components.csv") { lines in
      lines[2] = lines[2].replacing(",250262", with: ",250272")
    }
    let path = packages.folder.path
    let outcome = try Self.run("verify", folder: path)
    #expect(outcome.status == 1)
    #expect(outcome.lines.contains("components-of-change  FAILED      11     10          0"))
    #expect(outcome.lines.last == "1 of 3 FAILED")
    #expect(outcome.errors.contains("\(path)/components-of-change/components.csv:3:11: area E06000035: "))
    let other = try Self.run("verify", "scenarios", folder: path)
    #expect(other.status == 0)

    let csv = try Self.run("verify", "components-of-change", "--format", "csv", folder: path)
    #expect(csv.status == 1)
    #expect(csv.lines[0] == "package,resource,check,result,summary,worst_difference,tolerance,problems")
    #expect(
      csv.lines.contains(
        "components-of-change,components,identity,FAILED,population in 15 groups,10,0,2"))
    let json = try JSONSerialization.jsonObject(
      with: Data(try Self.run("verify", "components-of-change", "--format", "json", folder: path).bytes))
    let package = try #require((json as? [[String: Any]])?.first)
    #expect(package["ok"] as? Bool == false)
    #expect(package["problem_count"] as? Int == 3)
  }
}
