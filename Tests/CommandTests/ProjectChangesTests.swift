import TestSupport
import Testing

/// Scenarios, a user's own changes and the windows of the past, end to end.
@Suite struct ProjectChangesTests {
  private static func total(_ arguments: [String]) throws -> Double {
    let run = try Program.run(
      ["project", "maidstone", "--to", "2033", "--detail", "total", "--format", "csv"] + arguments)
    try #require(run.status == 0, "\(run.errors)")
    return try #require(run.lines.last?.split(separator: ",").last.flatMap { Double($0) })
  }

  @Test("A user's changes act on the area, ages and years that they name")
  func overrides() throws {
    let folder = try TemporaryFolder()
    let none = try Self.total([])
    var found: [Double] = []
    for (name, row) in [
      ("all", "mortality,,,,,,,multiply,0.5"), ("slug", "mortality,maidstone,,,,,,multiply,0.5"),
      ("old", "mortality,E07000110,,85,,2030,,multiply,0.5"), ("more", "migration,,female,25,34,,,add,10"),
    ] {
      let file = try folder.write(
        "\(name).csv", "component,area,sex,age_from,age_to,year_from,year_to,operation,value\n\(row)\n")
      found.append(try Self.total(["--overrides", file]))
    }
    #expect(found[0] > none && found[0] == found[1])
    #expect(found[2] > none && found[2] < found[0])
    // Ten steps of 10 women at each of ten ages, less the few who die, and their children.
    #expect(found[3] > none + 990 && found[3] < none + 1_500)
  }

  @Test(
    "A change that would not do what it says is refused with its line",
    arguments: [
      ("component,aeg_from,operation,value\nmortality,65,multiply,0.9\n", ":1:2: column \"aeg_from\" is not known"),
      ("component,area,operation,value\nmortality,maidston,multiply,0.9\n", ":2:2: area \"maidston\""),
      ("component,area,operation,value\nmortality,ashford,multiply,0.9\n", ":2:1: matches no area"),
      ("component,year_from,operation,value\nmortality,2040,multiply,0.9\n", ":2:1: matches no area"),
      ("component,operation,value\nmortality,halve,0.9\n", ":2:2: operation \"halve\""),
      ("component,operation,value\ndeaths,multiply,0.9\n", ":2:1: component \"deaths\""),
      ("component,sex,operation,value\nmortality,x,multiply,0.9\n", ":2:2: sex \"x\""),
      ("component,age_from,age_to,operation,value\nmortality,9,5,multiply,1\n", ":2:3: ages 9 to 5"),
      ("component,operation,value\nmigration-window,set,2.5\n", ":2:3: value \"2.5\""),
      ("component,operation,value\nmortality,multiply,-1\n", "expected 0 to 1"),
    ])
  func refused(content: String, says: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("changes.csv", content)
    let output = folder.file("out.csv")
    let run = try Program.run(
      ["project", "maidstone", "--to", "2033", "--overrides", file, "--format", "csv", "--output", output])
    #expect(run.status == 1)
    #expect(run.errors.contains("changes.csv") && run.errors.contains(says), "\(run.errors)")
    #expect(folder.contents == ["changes.csv"])
  }

  @Test("The migration window is the same from an option, a scenario and a user's file, and only one may set it")
  func window() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("window.csv", "component,operation,value\nmigration-window,set,5\n")
    let option = try Self.total(["--migration-window", "5"])
    #expect(try Self.total(["--scenario", "short-migration-window"]) == option)
    #expect(try Self.total(["--overrides", file]) == option)
    #expect(try Self.total([]) != option)
    for both in [
      ["--migration-window", "5", "--overrides", file], ["--scenario", "long-migration-window", "--overrides", file],
    ] {
      let run = try Program.run(["project", "maidstone"] + both)
      #expect(run.status == 2 && run.errors.contains("both set the migration window"))
    }
    let national = try Program.run(["project", "--assumptions", "ons-npp-2018", "--overrides", file])
    #expect(national.status == 2 && national.errors.contains("--assumptions local"))
  }

  @Test("The accounts close also where so many women leave that births fall below zero")
  func negativeBirths() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "leave.csv", "component,sex,age_from,age_to,operation,value\nmigration,female,15,44,add,-2000\n")
    let run = try Program.run([
      "project", "maidstone", "--to", "2026", "--overrides", file, "--components", "--format", "csv",
    ])
    #expect(run.status == 0 && run.errors.contains("adjustment"))
    let rows = run.lines.dropFirst().map { line in line.split(separator: ",").dropFirst(2).compactMap { Double($0) } }
    #expect(rows.contains { $0.count == 5 && $0[1] < 0 })
    for (before, row) in zip(rows, rows.dropFirst()) {
      #expect(abs(before[0] + row[1] - row[2] + row[3] + row[4] - row[0]) <= 1e-9 * row[0])
    }
  }

  @Test("A window longer than the estimates is said; a step left out inside it is not taken for that")
  func reach() throws {
    let long = try Program.run(["project", "maidstone", "--to", "2024", "--migration-window", "30"])
    #expect(long.errors.contains("note: migration window of 30 years: the estimates reach back to mid-2000 only"))
    let short = try Program.run(["project", "maidstone", "--to", "2024", "--migration-window", "3"])
    #expect(short.status == 0 && short.errors.isEmpty)
  }

  @Test("Notes say of each area what its rates rest on")
  func notes() throws {
    func notes(_ arguments: [String]) throws -> String {
      let run = try Program.run(["project"] + arguments)
      // Lines are broken for 80 columns; the words are what counts.
      return run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let leeds = try notes(["leeds", "--to", "2024"])
    #expect(leeds.contains("no deaths of these areas are registered here"))
    #expect(leeds.contains("(implied by the children of age 0)"))
    let past = try notes(["maidstone", "--from", "2010", "--to", "2012"])
    #expect(past.contains("to registered deaths of mid-2005 to mid-2010 -"))
    #expect(past.contains("births of mid-2005 to mid-2010 (registered)"))
    let latest = try notes(["maidstone", "--to", "2024"])
    #expect(latest.contains("registered to mid-2019, then implied by the children of age 0"))
    let both = try notes(["maidstone", "leeds", "--to", "2024"])
    #expect(both.contains("where they are held, else unscaled"))
  }

  @Test("ONS's projection is set beside areas and years that it holds, and no others")
  func besideONS() throws {
    let held = try Program.run(["project", "maidstone", "--from", "2018", "--to", "2020", "--beside-ons"])
    #expect(held.status == 0 && held.output.contains("Maidstone beside ONS's 2018-based subnational projection"))
    // ONS's own figure of mid-2018, as first published.
    #expect(held.output.contains("169,955"))
    for arguments in [["leeds"], ["maidstone", "--from", "2005", "--to", "2010"], ["maidstone", "--format", "csv"]] {
      let run = try Program.run(["project"] + arguments + ["--beside-ons"])
      #expect(run.status == 2 && run.output.isEmpty, "\(arguments)")
    }
  }

  @Test("West Kent's lines from the other base follow the options of the run")
  func sameFromOtherBase() throws {
    func line(_ arguments: [String]) throws -> String {
      let run = try Program.run(["project", "west-kent"] + arguments)
      return try #require(run.lines.first { $0.hasPrefix("The same run from base 2018") })
    }
    let usual = try line([])
    #expect(try line(["--scenario", "high-mortality"]) != usual)
    #expect(try line(["--migration-window", "3"]) != usual)
    #expect(try line(["--detail", "total"]) == usual)
  }
}
