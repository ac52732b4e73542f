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

  @Test("The README shows the lines that are compiled here")
  func same() throws {
    let here = URL(fileURLWithPath: #filePath)
    let checkout = here.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: checkout.appendingPathComponent("README.md"), encoding: .utf8)
    let test = try String(contentsOf: here, encoding: .utf8)
    let compiled = Set(test.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    let block = try #require(readme.components(separatedBy: "```swift").dropFirst().first)
      .components(separatedBy: "```")[0]
    for line in block.split(separator: "\n") where !line.hasPrefix("//") && !line.hasPrefix("print") {
      #expect(compiled.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
    }
  }
}
