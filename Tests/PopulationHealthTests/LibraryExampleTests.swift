import Foundation
import PopulationHealth
import Testing

/// The README's example of the library, compiled and run.
@Suite struct LibraryExampleTests {
  @Test("The README's ten lines project the over-85s of West Kent")
  func readme() throws {
    let figures = try DatasetFolder.standard()
    let westKent = try AreaRegistry(figures).footprints(named: "west-kent")
    let local = try LocalAssumptions(figures, footprints: westKent)
    let projection = try CohortComponent(.ons)
      .project(local.population, under: local.assumptions, to: 2043)
      .combined(into: westKent)
    let over85s = projection.population(in: 2035, ages: 85...) ?? 0
    // 14,592 in mid-2023, and fewer than the partnership's doubling of it.
    #expect(over85s > 14_592 && over85s < 2 * 14_592)
  }

  @Test("The README's regression fits rate ratios")
  func regression() throws {
    let table = Table([
      Table.Column("deaths", integers: [10, 30, 14, 42]),
      Table.Column("age", text: ["65-84", "85+", "65-84", "85+"]),
      Table.Column("sex", text: ["female", "female", "male", "male"]),
      Table.Column("person_years", integers: [1000, 500, 1000, 500]),
    ])
    let fit = try Regression.fit("deaths ~ age + sex + offset(log(person_years))", to: table, family: .poisson)
    for coefficient in fit.coefficients { print(coefficient.term, coefficient.estimate, coefficient.standardError) }
    // The saturated table is multiplicative: rates six times as high at 85 and over, 1.4 times among men.
    #expect(fit.coefficients.map(\.term) == ["(Intercept)", "age85+", "sexmale"])
    #expect(abs(fit.coefficients[2].estimate - 0.336472236621213) < 1e-9)
  }

  @Test("The README shows the lines that are compiled here")
  func same() throws {
    let here = URL(fileURLWithPath: #filePath)
    let checkout = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: checkout.appendingPathComponent("README.md"), encoding: .utf8)
    let test = try String(contentsOf: here, encoding: .utf8)
    let compiled = Set(test.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    let blocks = readme.components(separatedBy: "```swift").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(blocks.count == 2)
    for line in blocks.joined().split(separator: "\n") where !line.hasPrefix("//") && !line.hasPrefix("print") {
      #expect(compiled.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
    }
  }
}
