import Foundation
import Indicators
import Probability
import Testing

/// Figures of PHEindicatormethods for counts: limits, proportions, rates, means.
@Suite struct ReferenceFigureTests {
  @Test("Every file of reference figures is known, complete and names its source")
  func files() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: ReferenceTable.folder.path)
    #expect(Set(found) == Set(ReferenceTable.files.keys.map { "\($0).csv" }))
    for (name, count) in ReferenceTable.files {
      let table = try ReferenceTable(name)
      #expect(table.rows.count == count, "\(name)")
      #expect(table.source.hasPrefix("# Source: PHEindicatormethods 2.1.0"), "\(name)")
    }
  }

  @Test("Every file of reference figures is read by a test")
  func used() throws {
    let tests = ReferenceTable.folder.deletingLastPathComponent().deletingLastPathComponent()
    let places = [
      "Reference/ReferenceFigureTests.swift", "Reference/ReferenceStandardisationTests.swift",
      "../CommandTests/IndicatorLifeExpectancyTests.swift",
    ]
    let text = try places.map {
      try String(contentsOf: tests.appendingPathComponent($0), encoding: .utf8)
    }.joined()
    for name in ReferenceTable.files.keys {
      #expect(text.contains("ReferenceTable(\"\(name)\")") || text.contains("Reference/\(name).csv"), "\(name)")
    }
  }

  @Test("Limits of counts and proportions")
  func limits() throws {
    let rows = try ReferenceTable("limits").rows
    for row in rows {
      let level = try ConfidenceLevel(row.number("level"))
      let interval =
        row["method"] == "byar"
        ? ConfidenceInterval.byar(count: row.number("x"), at: level)
        : ConfidenceInterval.wilson(events: row.number("x"), trials: row.number("n"), at: level)
      for (found, expected) in [(interval.lower, row.number("lower")), (interval.upper, row.number("upper"))]
      where !expected.isNaN {
        #expect(abs(found - expected) <= 1e-12 * expected, "\(row.cells)")
      }
    }
    #expect(Set(rows.map { $0["method"] }) == ["byar", "wilson"])
  }

  @Test("Proportions, row by row and as columns")
  func proportions() throws {
    let table = try ReferenceTable("proportions")
    for row in table.rows {
      proportion(
        of: row.number("denominator"), having: row.number("numerator"), per: row.number("multiplier")
      ).expect(row)
    }
    for multiplier in Set(table.rows.map { $0["multiplier"] }) {
      let rows = table.rows("multiplier", multiplier)
      let columns = Indicators.proportions(
        of: rows.map { $0.number("denominator") }, having: rows.map { $0.number("numerator") },
        per: Double(multiplier)!)
      for (index, row) in rows.enumerated() { columns[index].expect(row) }
    }
  }

  @Test("Proportions of areas that stand twice are those of the sums")
  func groupedProportions() throws {
    let rows = try ReferenceTable("proportions").rows
    let groups = Grouping(labels: rows.map { $0["area"] })
    let columns = Indicators.proportions(
      of: rows.map { $0.number("denominator") }, having: rows.map { $0.number("numerator") }, in: groups)
    let expected = try ReferenceTable("proportions-grouped").rows
    #expect(groups.names == expected.map { $0["area"] })
    for (index, row) in expected.enumerated() {
      columns[index].expect(row)
      #expect(columns.numerators[index] == row.number("numerator") || row["numerator"].isEmpty)
    }
  }

  @Test("Crude rates, row by row and as columns")
  func rates() throws {
    let table = try ReferenceTable("rates")
    for row in table.rows {
      crudeRate(of: row.number("numerator"), among: row.number("denominator"), per: row.number("multiplier")).expect(
        row)
    }
    for multiplier in Set(table.rows.map { $0["multiplier"] }) {
      let rows = table.rows("multiplier", multiplier)
      let columns = crudeRates(
        of: rows.map { $0.number("numerator") }, among: rows.map { $0.number("denominator") }, per: Double(multiplier)!)
      for (index, row) in rows.enumerated() { columns[index].expect(row) }
    }
  }

  @Test("Crude rates of areas that stand twice are those of the sums")
  func groupedRates() throws {
    let rows = try ReferenceTable("rates").rows
    let groups = Grouping(labels: rows.map { $0["area"] })
    let columns = crudeRates(
      of: rows.map { $0.number("numerator") }, among: rows.map { $0.number("denominator") }, in: groups)
    let expected = try ReferenceTable("rates-grouped").rows
    #expect(groups.names == expected.map { $0["area"] })
    for (index, row) in expected.enumerated() { columns[index].expect(row) }
  }

  @Test("Means of areas and of all rows")
  func means() throws {
    let rows = try ReferenceTable("means").rows
    let values = rows.map { $0.number("value") }
    let groups = Grouping(labels: rows.map { $0["area"] })
    let columns = Indicators.means(of: values, in: groups)
    for row in try ReferenceTable("means-results").rows {
      let found = groups.names.firstIndex(of: row["area"]).map { columns[$0] } ?? mean(of: values)
      found.expect(row)
      #expect(found.denominator == row.number("count"))
      #expect(abs(found.numerator - row.number("sum")) <= 1e-12 * row.number("sum"))
    }
  }
}
