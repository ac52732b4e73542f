import Foundation
import TestSupport
import Testing

/// Life expectancy against the test data that PHEindicatormethods 2.1.0 ships, through the command.
@Suite struct IndicatorLifeExpectancyTests {
  private typealias Case = IndicatorCase

  /// The rows of a case, or of its expected results, as cells by column.
  static func reference(_ name: String, case wanted: String) throws -> [[String: String]] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let url = tests.appendingPathComponent("IndicatorsTests/Fixtures").appendingPathComponent(name)
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return cells.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(cells[0], $0)) }.filter { $0["case"] == wanted }
  }

  static func run(_ name: String, _ options: String...) throws -> Program.Outcome {
    let rows = try reference("Reference/life-expectancy.csv", case: name)
    let lines = rows.map { "\($0["area"]!),\($0["age"]!),\($0["people"]!),\($0["deaths"]!)\n" }.joined()
    let by = rows[0]["area"]!.isEmpty ? "" : "--by area"
    return try Case.run(
      "life-expectancy", "area,age,pop,deaths\n" + lines,
      "--age-start age --deaths deaths --population pop --format csv", by, options.joined(separator: " "))
  }

  @Test("The figures of the reference, whatever the order of the rows and the labels of the bands")
  func regular() throws {
    let expected = try Self.reference("Reference/life-expectancy-results.csv", case: "regular")
    let outputs = try ["regular", "unordered", "labels"].map { try Self.run($0) }
    for outcome in outputs {
      #expect(outcome.status == 0 && outcome.output == outputs[0].output, "\(outcome.errors)")
    }
    let rows = Case.rows(outputs[0])
    #expect(rows.map { $0["age"] } == expected.map { $0["age"] })
    for (row, expected) in zip(rows, expected) {
      for (found, wanted) in [("value", "value"), ("lower_95", "lower_95"), ("upper_95", "upper_95")] {
        // The reference has four decimals.
        #expect(abs(Double(row[found]!)! - Double(expected[wanted]!)!) < 5.001e-5)
      }
      #expect(row["denominator"] == expected["people"] && row["numerator"] == expected["deaths"])
      #expect(row["method"] == "Chiang II" && row["status"] == "ok")
    }
  }

  @Test("Intervals wider than 20 years bar the figure and keep its limits")
  func wideIntervals() throws {
    let rows = Case.rows(try Self.run("wide_intervals"))
    let expected = try Self.reference("Reference/life-expectancy-results.csv", case: "wide_intervals")
    for want in expected {
      let row = try #require(rows.first { $0["area"] == want["area"] && $0["age"] == want["age"] })
      for column in ["value", "lower_95", "upper_95"] {
        let number = Double(row[column]!) ?? .nan
        let wanted = Double(want[column]!) ?? .nan
        #expect(wanted.isNaN ? number.isNaN : abs(number - wanted) < 5.001e-5, "\(want)")
      }
      let status =
        want["lower_95"]!.isEmpty
        ? "numerator_exceeds_denominator" : want["value"]!.isEmpty ? "interval_too_wide" : "ok"
      #expect(row["status"] == status)
    }
  }

  @Test(
    "What the reference refuses has a status at every age",
    arguments: [
      ("deaths_greater_pops", "numerator_exceeds_denominator"), ("low_pops", "population_too_small"),
      ("neg_deaths", "negative"), ("zero_pop", "zero_denominator"),
    ])
  func barred(name: String, status: String) throws {
    let rows = Case.rows(try Self.run(name))
    // Deaths above people come before the number of people.
    #expect(rows.count == 20 && Set(rows.map { $0["status"] }) == [status])
    #expect(rows.allSatisfy { $0["value"] == "" })
  }

  @Test("A file that ends with an earlier open band is a life table of its own")
  func shorter() throws {
    // The reference expects twenty bands; nothing in this file says that there was a band from 90.
    let outcome = try Self.run("missing_age")
    #expect(Case.rows(outcome).map { $0["status"] } == Array(repeating: "ok", count: 19))
  }

  @Test("One bad area never stops the others, and what is wrong is told")
  func grouped() throws {
    let outcome = try Self.run("grouped")
    let rows = Case.rows(outcome)
    #expect(rows.count == 120)
    let statuses = Dictionary(grouping: rows) { $0["area"]! }.mapValues { Set($0.map { $0["status"]! }) }
    #expect(
      statuses == [
        "Good data": ["ok"], "Negative deaths": ["negative"], "Negative pops": ["negative"],
        "Deaths more than pops": ["numerator_exceeds_denominator"], "Low pops": ["population_too_small"],
        "Missing age band": ["bands_incomplete"],
      ])
    #expect(outcome.errors.contains("age 90+ is missing (Missing age band)"))
    #expect(outcome.errors.contains("--deaths is negative"))
    let strict = try Self.run("grouped", "--strict")
    Case.expectRefusal(1, "data.csv: Negative deaths, 0: negative", strict)
    #expect(strict.errors.contains("… and 80 more"))
  }

  @Test("Bands that leave a gap, stand twice or do not end open")
  func bands() throws {
    let options = "--age-start age --deaths d --population p --format csv"
    func table(_ ages: [String]) -> String {
      "age,d,p\n" + ages.dropLast().map { "\($0),50,10000\n" }.joined() + "\(ages[ages.count - 1]),3000,10000\n"
    }
    let starts = ["0", "1"] + stride(from: 5, through: 90, by: 5).map { "\($0)" }
    for (ages, status, note) in [
      (starts.filter { $0 != "20" }, "bands_incomplete", "age 20–24 is missing"),
      (starts + ["20"], "bands_duplicate", "age 20–24 is there twice"),
      (["0-4", "5-9", "15-19", "20+"], "bands_incomplete", "age 10–14 is missing"),
      (["0-4", "5-9", "10-14"], "bands_incomplete", "the last age band is closed"),
      (["5-9", "10+"], "bands_incomplete", "age 0–4 is missing"),
    ] {
      let outcome = try Case.run("life-expectancy", table(ages), options)
      #expect(outcome.status == 0 && Set(Case.rows(outcome).map { $0["status"] }) == [status], "\(ages)")
      #expect(outcome.errors.replacing("-", with: "–").contains(note.replacing("-", with: "–")), "\(outcome.errors)")
    }
    for ages in [["0", "1", "5", "15", "25", "35", "45", "85"], ["0", "5", "10", "15+"], ["0", "1", "2", "3", "4+"]] {
      let outcome = try Case.run("life-expectancy", table(ages), options)
      let status = ages.count == 8 ? "bands_incomplete" : "ok"
      #expect(Set(Case.rows(outcome).map { $0["status"] }) == [status], "\(ages): \(outcome.errors)")
    }
    Case.expectRefusal(
      1, "data.csv:3:1: age \"five\" in column \"age\"; expected an age such as 0, 1-4 or 90+",
      try Case.run("life-expectancy", table(["0-4", "five"]), options))
  }
}
