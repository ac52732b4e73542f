import TestSupport
import Testing

/// What is refused of `population.csv`: file, line, column, value and expectation, and nothing written.
@Suite struct ProjectBadPopulationTests {
  static let file = "population.csv"

  static let cells: [BadInput] = [
    BadInput(
      "a missing age",
      says: "in/population.csv:8:4: area \"A\", year 2023, female: no row for age 7; "
        + "expected one for every age of both sexes (this line has age 6)"
    ) { $0.remove("A,2023,female,7,", from: file) },
    BadInput(
      "an age missing everywhere", says: "in/population.csv:9:4: age \"8\" follows \"6\": age 7 is missing"
    ) { $0.remove(",7,", from: file) },
    BadInput(
      "the open group missing in one area",
      says: "in/population.csv:33:4: area \"B\", year 2023, female: no row for age 10+; "
        + "expected one for every age of both sexes (this line has age 9)"
    ) { $0.remove("B,2023,female,10+", from: file) },
    BadInput(
      "a missing sex",
      says: "in/population.csv:34:3: area \"B\", year 2023, male: no row for any age; "
        + "expected one for every age of both sexes"
    ) { $0.remove("B,2023,male", from: file) },
    BadInput(
      "an area without the base year",
      says: "in/population.csv:45:1: area \"B\": no row for year 2024, the base year; its rows are of 2023"
    ) { inputs in inputs[file] += inputs[file].filter { $0.hasPrefix("A,") }.map { "A,2024" + $0.dropFirst(6) } },
    BadInput(
      "a cell given twice",
      says: "in/population.csv:46:4: area \"A\", year 2023, female, age \"7\" stands twice; first on line 9"
    ) { $0[file].append("A,2023,female,7,1070") },
    BadInput(
      "a cell given twice under another spelling",
      says: "in/population.csv:46:4: area \"A\", year 2023, female, age \"07\" stands twice; first on line 9"
    ) { $0[file].append("A,2023,female,07,1070") },
    BadInput("a negative count", says: "in/population.csv:9:5: population -5; expected 0 or more") {
      $0.setCount("-5")
    },
    BadInput("a count in words", says: "in/population.csv:9:5: \"many\" in column \"population\" is not a number") {
      $0.setCount("many")
    },
    BadInput("NaN", says: "in/population.csv:9:5: \"NaN\" in column \"population\" is not a finite number") {
      $0.setCount("NaN")
    },
    BadInput("infinity", says: "in/population.csv:9:5: \"inf\" in column \"population\" is not a finite number") {
      $0.setCount("inf")
    },
    BadInput(
      "a count beyond a Double", says: "in/population.csv:9:5: \"1e400\" in column \"population\" is too large…"
    ) { $0.setCount("1e400") },
    BadInput(
      "more people than live on Earth",
      says: "in/population.csv:9:5: population 1e+300; expected a number of people, at most 100000000000"
    ) { $0.setCount("1e300") },
    BadInput(
      "an empty count", says: "in/population.csv:9:5: column \"population\" is empty; expected a number"
    ) { $0.setCount("") },
    BadInput(
      "thousands separated by a comma",
      says: "in/population.csv:9:5: \"1,234\" in column \"population\" is not a number; write 1234 without separators"
    ) { $0.setCount("\"1,234\"") },
    BadInput(
      "thousands separated by a blank",
      says: "in/population.csv:9:5: \"1 234\" in column \"population\" is not a number; write 1234 without separators"
    ) { $0.setCount("1 234") },
    BadInput("thousands without quotes", says: "in/population.csv:9:6: expected 5 fields, found 6…") {
      $0.setCount("1,234")
    },
    BadInput(
      "a percentage",
      says: "in/population.csv:9:5: \"12%\" in column \"population\" is not a number; write it without the percent sign"
    ) { $0.setCount("12%") },
    BadInput("an unknown sex", says: "in/population.csv:9:3: sex \"persons\"; expected female or male") {
      $0.replace("A,2023,female,7,1070", by: "A,2023,persons,7,1070", in: file)
    },
    BadInput("an empty area", says: "in/population.csv:9:1: column \"area\" is empty; expected text") {
      $0.replace("A,2023,female,7,1070", by: ",2023,female,7,1070", in: file)
    },
    BadInput(
      "an age in words",
      says: "in/population.csv:9:4: age \"seven\"; expected completed years such as 7, 5-9 or 90+"
    ) { $0.replace("A,2023,female,7,1070", by: "A,2023,female,seven,1070", in: file) },
    BadInput(
      "a year in words", says: "in/population.csv:9:2: \"2023/24\" in column \"year\" is not a number"
    ) { $0.replace("A,2023,female,7,1070", by: "A,2023/24,female,7,1070", in: file) },
    BadInput(
      "half a year", says: "in/population.csv:9:2: \"2023.5\" in column \"year\" is not a whole number"
    ) { $0.replace("A,2023,female,7,1070", by: "A,2023.5,female,7,1070", in: file) },
    BadInput(
      "a year that is none", says: "in/population.csv:9:2: year 20230; expected a calendar year such as 2023"
    ) { $0.replace("A,2023,female,7,1070", by: "A,20230,female,7,1070", in: file) },
    BadInput(
      "the area that stands for all",
      says: "in/population.csv:9:1: area \"*\"; expected a name (\"*\" stands for every area in other files)"
    ) { $0.replace("A,2023,female,7,1070", by: "*,2023,female,7,1070", in: file) },
  ]

  static let scales: [BadInput] = [
    BadInput(
      "ages without an open group",
      says: "in/population.csv:12:4: age \"10\" is the last one; expected an open group, such as 10+, at the end"
    ) { inputs in inputs[file] = inputs[file].map { $0.replacingOpen(by: "10") } },
    BadInput(
      "open groups that differ",
      says: "in/population.csv:44:4: age \"9+\" overlaps \"9\"; expected age groups that follow each other"
    ) { inputs in
      inputs.remove("B,2023,male,10+", from: file)
      inputs.replace("B,2023,male,9,1190", by: "B,2023,male,9+,1190", in: file)
    },
    BadInput(
      "five-year ages",
      says: "in/population.csv:2:4: age \"0-4\" is a group; a projection by years needs single years: expected "
        + "0, 1, 2, …, 10+, or spread the groups with --graduate monotone (or sprague, for five-year groups)"
    ) { $0[file] = Self.fiveYears },
    BadInput(
      "five-year ages of too few groups for Sprague", .probabilities, ["--graduate", "sprague"],
      says: "in/population.csv: 2 closed age groups; expected at least 5"
    ) { $0[file] = Self.fiveYears },
    BadInput(
      "one age for all", says: "in/population.csv:2:4: age 0+ is the only one; expected single years 0, 1, … too"
    ) { $0[file] = ["area,year,sex,age,population", "A,2023,female,0+,5", "A,2023,male,0+,5"] },
    BadInput(
      "ages that begin at 1", says: "in/population.csv:2:4: age \"1\" is the first one; expected ages from 0"
    ) {
      $0.remove(",0,10", from: file); $0.remove(",0,11", from: file)
    },
    BadInput(
      "two series in one year",
      says: "in/population.csv:24:6: series \"original\", but \"rebased\" on line 2; estimates of different "
        + "series do not mix: expected one series in year 2023"
    ) { inputs in
      inputs[file] = inputs[file].enumerated().map { row, line in
        line + (row == 0 ? ",series" : line.hasPrefix("A") ? ",rebased" : ",original")
      }
    },
  ]

  static let fiveYears =
    ["area,year,sex,age,population"]
    + ["female", "male"].flatMap { sex in
      ["0-4", "5-9", "10+"].enumerated().map { "A,2023,\(sex),\($1),\(1000 - 200 * $0)" }
    }

  @Test("a bad cell is refused with file, line, column, value and expectation", arguments: cells)
  func cell(_ bad: BadInput) throws { try bad.check() }

  @Test("ages that make no scale are refused where they break it", arguments: scales)
  func scale(_ bad: BadInput) throws { try bad.check() }
}

extension String {
  fileprivate func replacingOpen(by age: String) -> String {
    split(separator: ",", omittingEmptySubsequences: false).map { $0 == "10+" ? age : String($0) }
      .joined(separator: ",")
  }
}
