import TestSupport
import Testing

/// What is refused of rates and flows: file, line, column, value and expectation, and nothing written.
@Suite struct ProjectBadRatesTests {
  static let probabilities = "mortality-probabilities.csv"
  static let central = "mortality-central-rates.csv"
  static let survival = "survival-ratios.csv"
  static let fertility = "fertility.csv"
  static let ratio = "sex-ratio.csv"
  static let migration = "migration.csv"

  static let ranges: [BadInput] =
    ["1.2", "-0.1", "1.0000000001"].map { value in
      BadInput(
        "probability \(value)",
        says: "in/mortality-probabilities.csv:42:5: rate \(value); expected a probability, 0 to 1"
      ) { $0.replace("*,2024,male,3,0.061", by: "*,2024,male,3,\(value)", in: probabilities) }
    }
    + ["1.01", "-0.5"].map { value in
      BadInput(
        "survival \(value)", .survival,
        says: "in/survival-ratios.csv:38:5: rate \(value); expected a survival ratio, 0 to 1"
      ) { $0.replace("*,2024,male,3,0.9390000000000001", by: "*,2024,male,3,\(value)", in: survival) }
    } + [
      BadInput(
        "a negative central rate", .central,
        says: "in/mortality-central-rates.csv:38:5: rate -1; expected deaths per person-year, 0 or more"
      ) { $0.replace("*,2024,male,3,0.061", by: "*,2024,male,3,-1", in: central) },
      BadInput(
        "a central rate per 1,000", .central,
        says: "in/mortality-central-rates.csv:38:5: rate 61; expected deaths per person-year, at most 10 "
          + "(rates per 1,000 or 100,000: divide first)"
      ) { $0.replace("*,2024,male,3,0.061", by: "*,2024,male,3,61", in: central) },
      BadInput(
        "no deaths in the open group", .central,
        says: "in/mortality-central-rates.csv:45:5: rate 0; expected more than 0 in the open group…"
      ) { $0.replace("*,2024,male,10+,0.201", by: "*,2024,male,10+,0", in: central) },
      BadInput(
        "NaN as a rate", says: "in/mortality-probabilities.csv:42:5: \"nan\" in column \"rate\" is not a finite…"
      ) {
        $0.replace("*,2024,male,3,0.061", by: "*,2024,male,3,nan", in: probabilities)
      },
      BadInput(
        "negative fertility", says: "in/fertility.csv:9:4: rate -0.1; expected births per woman and year, 0 or more"
      ) { $0.replace("*,2024,6,0.1", by: "*,2024,6,-0.1", in: fertility) },
      BadInput(
        "fertility per 1,000 women",
        says: "in/fertility.csv:9:4: rate 57.3; expected births per woman and year, at most 1 "
          + "(rates per 1,000 women: divide by 1000)"
      ) { $0.replace("*,2024,6,0.1", by: "*,2024,6,57.3", in: fertility) },
      BadInput(
        "a sex ratio per 100 girls",
        says: "in/sex-ratio.csv:3:2: ratio 105; expected males per female at birth, such as 1.05"
      ) { $0.replace("2024,1.05", by: "2024,105", in: ratio) },
      BadInput("a gross flow below zero", says: "in/migration.csv:2:6: out -1; expected people, 0 or more") { inputs in
        inputs[migration] =
          ["area,year,sex,age,in,out"]
          + ProjectInputs.steps.map { "*,\($0),male,3,1,\($0 == 2023 ? "-1" : "1")" }
      },
      BadInput(
        "migration beyond reason", says: "in/migration.csv:2:5: net -1e+300; expected people, at most 100000000000"
      ) { $0.replace("A,2023,female,0,5", by: "A,2023,female,0,-1e300", in: migration) },
    ]

  static let gaps: [BadInput] = [
    BadInput(
      "mortality that does not reach the open group",
      says: "in/mortality-probabilities.csv:12:4: every area, year 2023, female: no rate for age 10+; the step from "
        + "mid-2023 needs every age of the population and birth (this line has age 9)"
    ) { $0.remove(",10+,", from: probabilities) },
    BadInput(
      "mortality beyond the open group",
      says: "in/mortality-probabilities.csv:74:4: age \"11\"; that lies in the population's open group 10+; "
        + "expected 10+ itself"
    ) { $0[probabilities].append("*,2023,female,11,0.3") },
    BadInput(
      "another open group",
      says: "in/mortality-probabilities.csv:74:4: age \"12+\"; the population's open group is 10+: rates must "
        + "reach the same one"
    ) { $0[probabilities].append("*,2023,female,12+,0.3") },
    BadInput(
      "probabilities without newborns",
      says: "in/mortality-probabilities.csv:2:4: every area, year 2023, female: no rate for age birth; the step "
        + "from mid-2023 needs every age of the population and birth (this line has age 0)"
    ) { $0.remove("birth", from: probabilities) },
    BadInput(
      "survival with a row of newborns", .survival, says: "in/survival-ratios.csv:68:4: age \"birth\"; expected…"
    ) { $0[survival].append("*,2023,male,birth,0.99") },
    BadInput(
      "five-year ages in rates",
      says: "in/mortality-probabilities.csv:74:4: age \"5-9\"; the population has single years of age: expected "
        + "one row a year, such as 5"
    ) { $0[probabilities].append("*,2023,female,5-9,0.3") },
    BadInput(
      "a gap in the years of mortality",
      says: "in/mortality-probabilities.csv:25:2: no row for year 2024; every step from 2023 to 2025 needs its year"
    ) { $0.remove("2024", from: probabilities) },
    BadInput(
      "a gap in the years of fertility",
      says: "in/fertility.csv:6:2: no row for year 2024; every step from 2023 to 2025 needs its year (write 0 "
        + "where there is nothing)"
    ) { $0.remove("2024", from: fertility) },
    BadInput(
      "a gap in the years of one area's migration",
      says: "in/migration.csv:45:2: area \"B\": no row for year 2024; every step from 2023 to 2025 needs its year "
        + "(write 0 where there is nothing)"
    ) { $0.remove("B,2024", from: migration) },
    BadInput(
      "a gap in the years of the sex ratio",
      says: "in/sex-ratio.csv:2:1: no row for year 2024; every step from 2023 to 2025 needs its year"
    ) { $0.remove("2024", from: ratio) },
    BadInput(
      "a year of the sex ratio twice", says: "in/sex-ratio.csv:5:1: year 2024 stands twice; first on line 3"
    ) { $0[ratio].append("2024,1.06") },
    BadInput(
      "rates that end too early", .probabilities, ["--to", "2030"],
      says:
        "in/mortality-probabilities.csv:73:2: rates end with year 2025; --to 2030 needs every year from 2023 to 2029"
    ),
    BadInput(
      "rates that end before the base year",
      says: "in/mortality-probabilities.csv:73:2: rates end with year 2025; the step from the base year 2030 "
        + "needs those of 2030"
    ) { inputs in inputs["population.csv"] = inputs["population.csv"].map { $0.with2030() } },
    BadInput(
      "a year of rates that is none",
      says: "in/mortality-probabilities.csv:42:2: year 20240000; expected a calendar year such as 2023"
    ) { $0.replace("*,2024,male,3,0.061", by: "*,20240000,male,3,0.061", in: probabilities) },
    BadInput(
      "a year too many for the memory", .probabilities, ["--to", "\(Int.max)"],
      says: "in/mortality-probabilities.csv:73:2: rates end with year 2025; --to 9223372036854775807 needs…"),
    BadInput(
      "a rate given twice",
      says: "in/mortality-probabilities.csv:74:4: area \"*\", year 2024, male, age \"3\" stands twice; first on line 42"
    ) { $0[probabilities].append("*,2024,male,3,0.061") },
    BadInput(
      "no rates of the area", .probabilities, ["B"],
      says: "in/mortality-probabilities.csv: no row for area \"B\", nor for \"*\""
    ) { inputs in inputs[probabilities] = inputs[probabilities].map { $0.hasPrefix("*") ? "A" + $0.dropFirst() : $0 } },
    BadInput(
      "net and gross migration in one file",
      says: "in/migration.csv:1:1: columns \"area\", \"year\", \"sex\", \"age\", \"net\", \"in\", \"out\"; expected "
        + "area, year, sex, age and either net or in and out"
    ) { $0[migration] = ["area,year,sex,age,net,in,out", "A,2023,male,3,0,0,0"] },
    BadInput(
      "neither net nor gross migration",
      says: "in/migration.csv:1:1: columns \"area\", \"year\", \"sex\", \"age\", \"people\"; expected area, year, "
        + "sex, age and either net or in and out"
    ) { $0[migration] = ["area,year,sex,age,people", "A,2023,male,3,0"] },
  ]

  @Test("a rate out of its range is refused with file, line, column and value", arguments: ranges)
  func range(_ bad: BadInput) throws { try bad.check() }

  @Test("rates that leave a step without its figures are refused where they end", arguments: gaps)
  func gap(_ bad: BadInput) throws { try bad.check() }

  @Test("all that is wrong in several files is said at once")
  func severalFiles() throws {
    var inputs = ProjectInputs()
    inputs.replace("*,2024,male,3,0.061", by: "*,2024,male,3,1.5", in: Self.probabilities)
    inputs.replace("*,2024,6,0.1", by: "*,2024,6,100", in: Self.fertility)
    inputs.replace("2024,1.05", by: "2024,0", in: Self.ratio)
    inputs.replace("A,2023,female,0,5", by: "A,2023,female,0,x", in: Self.migration)
    let run = try inputs.project()
    #expect(run.status == 1)
    let places = run.errors.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(
      places == [
        "in/mortality-probabilities.csv:42:5:", "in/fertility.csv:9:4:", "in/sex-ratio.csv:3:2:",
        "in/migration.csv:2:5:",
      ])
  }
}

extension String {
  fileprivate func with2030() -> String { hasPrefix("area") ? self : "\(prefix(2))2030\(dropFirst(6))" }
}
