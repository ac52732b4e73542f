import Foundation
import TestSupport
import Testing

/// `pophealth project` as a command: what it refuses with exit code 2, where it writes, what it prints.
@Suite struct ProjectCommandTests {
  static let wrong: [BadInput] = [
    BadInput(
      "an unknown label with a near one", .probabilities, ["b"], says: "unknown area \"b\"; did you mean B?"),
    BadInput(
      "an unknown label with none near", .probabilities, ["Camden"],
      says: "unknown area \"Camden\"; population.csv has A, B"),
    BadInput("an area named twice", .probabilities, ["A", "A"], says: "Error: area \"A\" is named twice"),
    BadInput(
      "a step of another measure", .probabilities, ["--step", "un-even"],
      says: "--step un-even: in/mortality-probabilities.csv holds…"),
    BadInput(
      "a step of another measure for survival", .survival, ["--step", "ons"],
      says: "--step ons: in/survival-ratios.csv holds…"),
    BadInput("no such step", .probabilities, ["--step", "leslie"], says: "Error: The value 'leslie' is invalid…"),
    BadInput(
      "an end before the beginning", .probabilities, ["--from", "2023", "--to", "2020"],
      says: "Error: --to 2020 is not after --from 2023"),
    BadInput(
      "an end that is the base year", .probabilities, ["--to", "2023"],
      says: "--to 2023: expected a year after the base year 2023"),
    BadInput(
      "a base year without people", .probabilities, ["--from", "2019"],
      says: "--from 2019: in/population.csv holds 2023"),
    BadInput("a year in words", .probabilities, ["--to", "soon"], says: "Error: The value 'soon' is invalid…"),
    BadInput(
      "components of bands", .probabilities, ["--components", "--detail", "bands"],
      says: "Error: --components goes with --detail total"),
    BadInput("an unknown option", .probabilities, ["--speed", "9"], says: "Error: Unknown option '--speed'…"),
    BadInput("an unknown format", .probabilities, ["--format", "xlsx"], says: "Error: The value 'xlsx' is invalid…"),
    BadInput(
      "assumptions beside one's own", .probabilities, ["--assumptions", "ons-npp-2018"],
      says: "Error: --assumptions ons-npp-2018 does not go with --inputs…"),
  ]

  @Test("a wrong command ends with 2, says why and writes nothing", arguments: wrong)
  func wrongCommand(_ bad: BadInput) throws { try bad.check(status: 2) }

  @Test("areas of the official figures: unknown code, misspelt name, earlier boundaries")
  func officialAreas() throws {
    for (area, parts) in [
      ("E07000999", ["unknown area \"E07000999\"; did you mean E07"]),
      ("maidston", ["unknown area \"maidston\"; did you mean maidstone?"]),
      ("E07000004", ["Aylesbury Vale", "boundaries to 2019", "did you mean buckinghamshire (E06000060)?"]),
    ] {
      let run = try Program.run(["project", area, "--format", "csv"])
      #expect(run.status == 2)
      #expect(run.bytes.isEmpty)
      for part in parts { #expect(run.errors.contains(part), "\(run.errors)") }
    }
  }

  @Test("an unknown subcommand ends with 2 and names the near one; help and version with 0")
  func root() throws {
    let unknown = try Program.run(["projct"])
    #expect(unknown.status == 2)
    #expect(unknown.bytes.isEmpty)
    #expect(unknown.errors.contains("Did you mean 'project'?"))
    for arguments in [["--help"], ["project", "--help"], ["help", "project"], ["--version"]] {
      let run = try Program.run(arguments)
      #expect(run.status == 0)
      #expect(!run.bytes.isEmpty)
      #expect(run.errors.isEmpty)
    }
    #expect(try Program.run(["--version"]).output.contains("pophealth"))
  }

  @Test("a result that cannot be written ends with 2 and leaves nothing")
  func output() throws {
    let folder = try ProjectInputs().write()
    for (target, reason) in [
      ("none/new.csv", "none/new.csv: cannot be written: there is no folder \"none\"\n"),
      ("out", "out: cannot be written: it is a directory; expected a file\n"),
    ] {
      let run = try Program.run(
        ["project", "--inputs", "in", "--format", "csv", "--output", target], in: folder.path)
      #expect(run.status == 2)
      #expect(run.bytes.isEmpty)
      #expect(run.errors == reason)
    }
    #expect(folder.contents == ["in", "out"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("out")).isEmpty)
  }

  @Test("an old result survives a refusal, and a good one takes its place")
  func oldResult() throws {
    let folder = try ProjectInputs().write()
    try folder.write("out/result.csv", "old\n")
    let arguments = ["project", "--inputs", "in", "--format", "csv", "--output", "out/result.csv"]
    #expect(try Program.run(arguments + ["--to", "2040"], in: folder.path).status == 1)
    #expect(try folder.read("out/result.csv") == "old\n")
    #expect(try Program.run(arguments, in: folder.path).status == 0)
    #expect(try folder.read("out/result.csv").hasPrefix("area,year,sex,band,population\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("out")) == ["result.csv"])
  }

  @Test("a file gets the same bytes as a pipe, and nothing else appears beside it")
  func outputFile() throws {
    let folder = try ProjectInputs().write()
    let arguments = ["project", "--inputs", "in", "--format", "csv"]
    let piped = try Program.run(arguments, in: folder.path)
    let written = try Program.run(arguments + ["--output", "out/new.csv"], in: folder.path)
    #expect(written.status == 0)
    #expect(written.bytes.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("out")) == ["new.csv"])
    #expect(try folder.read("out/new.csv") == piped.output)
  }

  @Test("no escape codes reach a pipe, and a table fits 80 columns", arguments: ["table", "csv", "json"])
  func plain(_ format: String) throws {
    let inputs = try ProjectInputs().write()
    let run = try Program.run(["project", "--inputs", "in", "--format", format], in: inputs.path)
    #expect(run.status == 0)
    #expect(!run.bytes.contains(0x1B))
    #expect(!run.errors.contains("\u{1B}"))
    if format == "table" { for line in run.lines { #expect(line.count <= 80, "\(line)") } }
  }

  @Test("more leavers than people are reported with area, year, sex and age, counted, and stop a strict run")
  func clipping() throws {
    var inputs = ProjectInputs()
    inputs["migration.csv"] =
      ["area,year,sex,age,net"] + ProjectInputs.steps.map { "*,\($0),male,3,\($0 == 2023 ? -5000 : 0)" }
    let run = try inputs.project("A", "--detail", "total", "--components")
    #expect(run.status == 0)
    // Half leave before ageing, half behind it: 1020·(1 − 0.041) − 2500 at 3, (1030 − 2500)·(1 − 0.061) at 4.
    #expect(run.errors.contains("note: adjustment: A, mid-2024, male, age 3: migration takes 1521.82 more people"))
    #expect(run.errors.contains("note: adjustment: A, mid-2024, male, age 4: migration takes 1380.33 more people"))
    let header = run.lines[0].split(separator: ",").map(String.init)
    #expect(header.last == "adjustment")
    let adjustment = run.lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).last ?? "" }
    #expect(adjustment[0] == "")
    #expect(abs((Double(adjustment[1]) ?? .nan) - (1521.82 + 1380.33)) < 1e-9)
    #expect(adjustment[2] == "0" && adjustment[3] == "0")

    try BadInput(
      "strict", .probabilities, ["A", "--strict"],
      says: "in/migration.csv: area A, mid-2024, male, age 3: migration takes 1521.82 more people than there are"
    ) { [lines = inputs["migration.csv"]] in $0["migration.csv"] = lines }.check()
  }
}
