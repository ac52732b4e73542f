import Foundation
import TestSupport
import Testing

/// Runs on the official figures: England against what ONS published, and series that must not meet.
@Suite struct ProjectOfficialTests {
  @Test("England on the 2018-based assumptions ends where ONS's own projection does")
  func england() throws {
    let run = try Program.run(
      ["project", "england", "--assumptions", "ons-npp-2018", "--detail", "single", "--format", "csv"])
    #expect(run.status == 0)
    let rows = Rows(run)
    let published = try PackageColumns("ons-npp-2018", "population.csv")
    let ages = published.column("age")
    let sexes = published.column("sex")
    #expect(run.lines.count > 26 * 200)
    var worst = 0.0
    var cells = 0
    for year in 2018...2043 {
      for (row, text) in published.column("\(year)").enumerated() where ages[row] != "105+" {
        let people = try #require(Double(text))
        worst = max(worst, abs(rows["england,\(year),\(sexes[row]),\(ages[row])", default: .nan] - people))
        cells += 1
      }
    }
    #expect(cells == 26 * 2 * 105)
    // 7 people in any cell under 105 and 60 in all is what the specification demands after 25 steps.
    #expect(worst <= 7, "\(worst)")
    let total = ages.indices.reduce(0) { $0 + rows["england,2043,\(sexes[$1]),\(ages[$1])", default: .nan] }
    #expect(abs(total - 61_744_098) <= 60, "\(total)")
  }

  /// `population.csv` of mid-2018 from estimates of one series or two.
  private func population(_ areas: [(package: String, code: String)]) throws -> [String] {
    try areas.reduce(into: ["area,year,sex,age,population"]) { lines, area in
      let table = try PackageColumns(area.package, "population.csv")
      let people = table.column("2018")
      let (codes, sexes, ages) = (table.column("area"), table.column("sex"), table.column("age"))
      for row in people.indices where codes[row] == area.code {
        lines.append("\(area.code),2018,\(sexes[row]),\(ages[row]),\(people[row])")
      }
    }
  }

  @Test(
    "original and rebased estimates in one year are refused by the names of both areas",
    arguments: [
      ("mid-year-estimates-kent", "E07000115", "130147"), ("mid-year-estimates-districts", "E08000025", "1146052"),
    ])
  func mixedSeries(_ package: String, _ code: String, _ people: String) throws {
    let lines = try population([("mid-year-estimates-original", "E07000110"), (package, code)])
    try BadInput(
      "mixed",
      says: "in/population.csv:184:1: year 2018: area E07000110 (line 2) has the 169955 people of ONS's original "
        + "estimates, area \(code) (line 184) the \(people) of those rebased to Census 2021; series do not mix: "
        + "expected one of them for all areas"
    ) { $0["population.csv"] = lines }.check()
  }

  @Test(
    "one series alone is not refused for its series",
    arguments: ["mid-year-estimates-kent", "mid-year-estimates-original"])
  func oneSeries(_ package: String) throws {
    var inputs = ProjectInputs()
    inputs["population.csv"] = try population([(package, "E07000110"), (package, "E07000115")])
    let run = try inputs.project()
    // The next thing that is wrong: rates of 10+ for a population of 90+.
    #expect(run.errors.hasPrefix("in/mortality-probabilities.csv:13:4: age \"10+\""))
  }

  @Test("codes of other boundaries are remarked on, and refused beside the area that took them in")
  func boundaries() throws {
    func inputs(_ a: String, _ b: String) -> @Sendable (inout ProjectInputs) -> Void {
      { inputs in
        for file in ["population.csv", "migration.csv"] {
          inputs[file] = inputs[file].map {
            $0.hasPrefix("A,") ? a + $0.dropFirst() : $0.hasPrefix("B,") ? b + $0.dropFirst() : $0
          }
        }
      }
    }
    var alone = ProjectInputs()
    inputs("E07000004", "E07000999")(&alone)
    let run = try alone.project()
    #expect(run.status == 0)
    #expect(
      run.errors.contains(
        "note: in/population.csv:2:1: area E07000004 is Aylesbury Vale of the boundaries to 2019, now in "
          + "Buckinghamshire (E06000060)\n"))
    #expect(
      run.errors.contains(
        "note: in/population.csv:24:1: area \"E07000999\" is no known code and is projected as it stands; did you mean")
    )
    try BadInput(
      "both",
      says: "in/population.csv:2:1: area E07000004 is Aylesbury Vale of the boundaries to 2019, now in Buckinghamshire "
        + "(E06000060), which stands on line 24 of the same year 2023: expected areas of one boundary year",
      inputs("E07000004", "E06000060")
    ).check()
  }

  @Test("without data packages the user's own figures are projected all the same")
  func withoutPackages() throws {
    let folder = try ProjectInputs().write()
    let run = try Program.run(
      ["project", "--inputs", "in", "--format", "csv"], environment: ["POPHEALTH_DATASETS": folder.file("out")],
      in: folder.path)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
  }
}

/// The columns of a shipped file, which has no quotes.
private struct PackageColumns {
  private let rows: [[Substring]]

  init(_ package: String, _ file: String) throws {
    let text = try String(contentsOfFile: "\(Packages.shipped)/\(package)/\(file)", encoding: .utf8)
    rows = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  func column(_ name: String) -> [String] {
    guard let index = rows[0].firstIndex(of: name[...]) else { return [] }
    return rows.dropFirst().map { String($0[index]) }
  }
}
