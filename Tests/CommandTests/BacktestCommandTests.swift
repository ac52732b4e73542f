import Foundation
import TestSupport
import Testing

/// `pophealth backtest` as a user runs it.
@Suite struct BacktestCommandTests {
  @Test(
    "what does not fit is a wrong command, and nothing is written",
    arguments: [
      (["--base", "1999"], "--base: base year 1999: no estimates of it and the year before; expected 2001 to 2022"),
      (["--base", "2023"], "expected 2001 to 2022"),
      (["--base", "2011", "--to", "2011"], "--to 2011 is not after --base 2011"),
      (["--base", "2003", "2011", "--to", "2010"], "--to 2010 is not after --base 2011"),
      (["--to", "2024"], "--to: last year 2024: expected a year after 2011 and up to 2023, the latest estimates"),
      (["--base", "2011", "2011"], "--base 2011 is named twice"),
      (["--base", "soon"], "soon"),
      (["--areas", "maidston"], "unknown area \"maidston\"; did you mean maidstone"),
      (["--areas", "E07000999"], "did you mean E07000"),
      (["--areas", "maidstone", "E07000110"], "district Maidstone (E07000110) is named twice"),
      (["--areas", "english-districts", "maidstone"], "is named twice"),
      (["--areas", "west-kent"], "expected those that it is made of (maidstone"),
      (["--areas", "kent", "maidstone"], "district Maidstone (E07000110) is named twice"),
      (["--areas", "W92000004"], "unknown area \"W92000004\"; did you mean"),
      (["--simulations", "0"], "expected 1 to 10000"),
      (["--simulations", "10001"], "expected 1 to 10000"),
      (["--seed", "-1"], "--seed"),
      (["--seed", "lucky"], "lucky"),
      (["--threads", "0"], "--threads 0: expected 1 or more"),
      (["--by-area"], "do not go with --by-area"),
      (["--without-intervals"], "do not go with --by-area and --without-intervals"),
      (["--output", ""], "--output is empty"),
      (["maidstone"], "maidstone"),
    ])
  func wrongCommands(_ arguments: [String], _ message: String) throws {
    let run = try Program.run(["backtest", "--simulations", "8"] + arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test("missing and damaged figures are wrong data, with the file that is meant")
  func wrongData() throws {
    let packages = try Packages(copying: "mid-year-estimates-kent")
    let missing = try Program.run(["backtest"], environment: ["POPHEALTH_DATASETS": packages.folder.path])
    #expect(missing.status == 1 && missing.output.isEmpty)
    #expect(missing.errors.contains("mid-year-estimates-districts/population.csv"), "\(missing.errors)")
    let damaged = try Packages(
      copying: "mid-year-estimates-kent", "mid-year-estimates-districts", "deaths-population-england-wales")
    try damaged.edit("deaths-population-england-wales/deaths.csv") { lines in
      lines[2].replace(/,[0-9]+$/, with: { _ in ",many" })
    }
    let run = try Program.run(["backtest"], environment: ["POPHEALTH_DATASETS": damaged.folder.path])
    #expect(run.status == 1 && run.output.isEmpty)
    #expect(run.errors.contains("deaths.csv:3:") && run.errors.contains("many"), "\(run.errors)")
  }

  @Test("a table for people: within 80 columns, every forecast and measure, the caveats under it")
  func table() throws {
    let run = try Program.run([
      "backtest", "--base", "2001", "2006", "--to", "2008", "--areas", "maidstone", "E07000116", "--simulations", "16",
    ])
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(run.lines.allSatisfy { $0.count <= 80 })
    #expect(run.lines.first == "From mid-2001 to mid-2008: Maidstone, Tunbridge Wells")
    for expected in [
      "From mid-2006 to mid-2008", "pooled", "constant", "linear-5", "Median error, %", "Mean error, %", "Bias, %",
      "Areas off by 10% or more, %", "Shelf life, years", "Inside 80% interval, %", "Inside 95% interval, %", "CRPS, %",
      "Intervals over all 2 windows", "not their vintage", "Lee–Carter", "16 simulations from seed 1",
      "The rules were chosen on the window from 2006", "without linear-5 and linear-10", "deaths by age to 2001, 2006",
      "the intervals leave out how their levels may change",
    ] {
      // Sentences are broken into lines.
      let text = run.output.replacingOccurrences(of: "\n  ", with: " ")
      #expect(text.contains(expected), "\(expected)")
    }
  }

  @Test("rows: every year, forecast, group and measure once; shelf life and medians agree with rows by area")
  func rows() throws {
    let arguments = [
      "backtest", "--base", "2011", "--to", "2013", "--areas", "maidstone", "sevenoaks", "ashford", "--format", "csv",
    ]
    let run = try Program.run(arguments + ["--simulations", "16"])
    #expect(run.status == 0)
    #expect(run.lines.first == "base,year,areas,forecast,group,measure,value")
    let rows = run.lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
    // Four forecasts, two years, five groups of four measures and the structure; five shelf lives; 15 of intervals.
    #expect(rows.count == 4 * (2 * (5 * 4 + 1) + 5) + 15)
    #expect(Set(rows.map { $0.dropLast().joined(separator: ",") }).count == rows.count)
    #expect(rows.allSatisfy { $0.count == 7 && Double($0[6])?.isFinite == true && $0[2] == "3" })
    let byArea = try Program.run(arguments + ["--by-area"])
    #expect(byArea.lines.first == "base,year,area,forecast,group,observed,predicted,error")
    let cells = byArea.lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(cells.count == 3 * 4 * 5)
    for row in rows where row[1] == "2013" && row[5] == "median_absolute_error" {
      let errors = cells.filter { $0[3] == row[3] && $0[4] == row[4] }.compactMap { Double($0[7]) }
      #expect(errors.count == 3 && abs(errors.map(abs).sorted()[1] - (Double(row[6]) ?? .nan)) < 1e-12)
    }
  }

  @Test("JSON holds provenance, notes, adjustments and the rows; a file appears whole")
  func json() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("scores.json")
    let run = try Program.run([
      "backtest", "--base", "2020", "--areas", "kent-and-medway", "--simulations", "8", "--seed", "5", "--format",
      "json",
      "--output", path,
    ])
    #expect(run.status == 0 && run.output.isEmpty)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(folder.read("scores.json").utf8)) as? [String: Any])
    let provenance = try #require(object["provenance"] as? [String: Any])
    #expect(provenance["seed"] as? String == "5" && provenance["simulations"] as? Int == 8)
    let notes = try #require(object["notes"] as? [String])
    #expect(notes.contains { $0.contains("deaths are held to 2014 only") })
    let rows = try #require(object["rows"] as? [[String: Any]])
    // Without --to the forecast goes on to the latest estimates.
    #expect(Set(rows.compactMap { $0["year"] as? Int }) == Set(2021...2023))
    #expect(rows.allSatisfy { $0["areas"] as? Int == 13 })
    #expect(object["adjustments"] is [Any] && object["adjusted_simulations"] is [Any])
  }
}
