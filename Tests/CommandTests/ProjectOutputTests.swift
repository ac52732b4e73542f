import TestSupport
import Testing

/// The rows of a result: headers, sums that agree, areas that do not depend on each other.
@Suite struct ProjectOutputTests {
  @Test(
    "headers are those of the contract",
    arguments: [
      (["--detail", "total"], "area,year,population"),
      (["--detail", "total", "--components"], "area,year,population,births,deaths,net_migration,adjustment"),
      (["--components"], "area,year,population,births,deaths,net_migration,adjustment"),
      (["--detail", "bands"], "area,year,sex,band,population"),
      ([], "area,year,sex,band,population"),
      (["--detail", "single"], "area,year,sex,age,population"),
    ])
  func headers(_ arguments: [String], _ header: String) throws {
    let folder = try ProjectInputs().write()
    let run = try Program.run(["project", "--inputs", "in", "--format", "csv"] + arguments, in: folder.path)
    #expect(run.status == 0)
    #expect(run.lines.first == header)
  }

  /// Totals by area and year.
  private func totals(_ run: Program.Outcome) -> [String: [Double]] {
    Dictionary(
      uniqueKeysWithValues: run.lines.dropFirst().map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return (fields[0] + "," + fields[1], fields.dropFirst(2).map { Double($0) ?? .nan })
      })
  }

  @Test("people, births, deaths, moves and adjustment account for every area and year")
  func accounting() throws {
    var inputs = ProjectInputs()
    inputs.replace("A,2024,male,3,5", by: "A,2024,male,3,-9000", in: "migration.csv")
    for rows in [
      totals(try inputs.project("--components")),
      totals(
        try Program.run(["project", "west-kent", "maidstone", "--components", "--format", "csv", "--to", "2030"])),
    ] {
      #expect(rows.count > 4)
      for (key, row) in rows where row[1].isFinite {
        let parts = key.split(separator: ",")
        let before = try #require(rows["\(parts[0]),\((Int(parts[1]) ?? 0) - 1)"])
        // 1e-9 relative is the contract.
        #expect(abs(before[0] + row[1] - row[2] + row[3] + row[4] - row[0]) <= 1e-9 * row[0], "\(key)")
      }
    }
  }

  @Test("single years, bands and totals are the same people", arguments: [[], ["--inputs", "in"]])
  func sums(_ source: [String]) throws {
    let folder = try ProjectInputs().write()
    func run(_ detail: String) throws -> Program.Outcome {
      let area = source.isEmpty ? ["tunbridge-wells", "--to", "2025"] : []
      return try Program.run(["project", "--format", "csv", "--detail", detail] + area + source, in: folder.path)
    }
    var single: [String: Double] = [:]
    for line in try run("single").lines.dropFirst() {
      let fields = line.split(separator: ",")
      single["\(fields[0]),\(fields[1])", default: 0] += Double(fields[4]) ?? .nan
    }
    var bands: [String: Double] = [:]
    var persons: [String: Double] = [:]
    for line in try run("bands").lines.dropFirst() {
      let fields = line.split(separator: ",")
      let isPersons = fields[2] == "persons"
      if isPersons { persons["\(fields[0]),\(fields[1])", default: 0] += Double(fields[4]) ?? .nan }
      if !isPersons { bands["\(fields[0]),\(fields[1])", default: 0] += Double(fields[4]) ?? .nan }
    }
    let totals = totals(try run("total"))
    #expect(!totals.isEmpty && single.count == totals.count && bands.count == totals.count)
    for (key, row) in totals {
      for sums in [single, bands, persons] {
        // Sums of a few hundred cells in another order.
        #expect(abs((sums[key] ?? .nan) - row[0]) <= 1e-12 * row[0], "\(key)")
      }
    }
  }

  @Test("bands end with the ages that there are")
  func shortBands() throws {
    let run = try ProjectInputs().project("A", "--detail", "bands")
    #expect(Set(run.lines.dropFirst().map { $0.split(separator: ",")[3] }) == ["0+"])
  }

  @Test("neither the order nor the number of areas changes a bit of any of them")
  func order() throws {
    let inputs = ProjectInputs()
    let both = try inputs.project("A", "B", "--detail", "single")
    let turned = try inputs.project("B", "A", "--detail", "single")
    let alone = try inputs.project("B", "--detail", "single")
    let all = try inputs.project("--detail", "single")
    #expect(all.bytes == both.bytes)
    #expect(both.lines.sorted() == turned.lines.sorted())
    #expect(turned.lines.dropFirst().first?.hasPrefix("B,") == true)
    #expect(alone.lines.dropFirst() == both.lines.filter { $0.hasPrefix("B,") }[...])

    let official = ["project", "--format", "csv", "--detail", "single", "--to", "2026"]
    let first = try Program.run(official + ["maidstone", "ashford"])
    let second = try Program.run(official + ["ashford", "maidstone"])
    #expect(first.lines.sorted() == second.lines.sorted())
  }

  @Test("all 296 English districts, one by one")
  func districts() throws {
    let run = try Program.run(
      ["project", "english-districts", "--to", "2024", "--detail", "total", "--format", "csv"])
    #expect(run.status == 0)
    #expect(Set(run.lines.dropFirst().map { $0.prefix { $0 != "," } }).count == 296)
    #expect(run.lines.count == 1 + 2 * 296)
  }

  @Test("what is exported is projected to the same people when read back")
  func export() throws {
    let folder = try TemporaryFolder()
    let arguments = ["--to", "2028", "--detail", "single", "--format", "csv"]
    let first = try Program.run(["project", "ashford", "--export", "figures"] + arguments, in: folder.path)
    let again = try Program.run(["project", "--inputs", "figures"] + arguments, in: folder.path)
    #expect(first.status == 0 && again.status == 0, "\(first.errors)\(again.errors)")
    // The label of the area differs: a short name on the command line, its code in the files.
    let people = { (run: Program.Outcome) in
      run.lines.dropFirst().compactMap { $0.split(separator: ",").last }.compactMap { Double($0) }
    }
    #expect(people(first).count == people(again).count)
    // Flows that were rates come back as counts, which rounds once more a step.
    #expect(largestRelativeError(people(again), people(first)) < 1e-11)
  }
  @Test("a folder that cannot be exported to is refused before anything is written")
  func exportNowhere() throws {
    let folder = try TemporaryFolder()
    try folder.write("file", "")
    for place in ["none/figures", "file", "file/figures"] {
      let run = try Program.run(["project", "ashford", "--to", "2024", "--export", place], in: folder.path)
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.contains("--export \(place): cannot be written: "), "\(run.errors)")
    }
    let made = try Program.run(["project", "ashford", "--to", "2024", "--export", "figures/"], in: folder.path)
    #expect(made.status == 0, "\(made.errors)")
  }
}
