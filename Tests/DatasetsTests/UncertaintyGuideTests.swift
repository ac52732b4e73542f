import Datasets
import Demography
import Foundation
import Testing

/// The Lee–Carter model in the guide on uncertainty, fitted anew.
@Suite struct UncertaintyGuideTests {
  /// The lines of the guide.
  static func guide() throws -> [String] {
    let path = Figures.folder.path + "/../notebooks-docs/uncertainty.md"
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  static func written(_ value: Double, _ decimals: Int) -> String {
    let text = String(format: "%.\(decimals)f", value)
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }

  @Test("the tables of Lee and Carter's model for England and Wales are those of a fit to the figures")
  func leeCarter() throws {
    let deaths = try NationalDeaths(Figures.folder)
    let model = try LeeCarter(deaths.female.combined(with: deaths.male))
    var expected = [0, 1, 10, 20, 40, 60, 75, 85, 95, 100].map { age in
      "| \(age)\(age == 100 ? "+" : "") | \(Self.written(model.level[age], 3)) | "
        + "\(Self.written(exp(model.level[age]) * 1000, 2)) | \(Self.written(model.response[age], 5)) |"
    }
    let years = Array(model.years)
    expected += stride(from: 0, to: years.count, by: 9).map { start in
      let row = start..<min(start + 9, years.count)
      return "| \(years[row.lowerBound])–\(years[row.upperBound - 1]) | "
        + row.map { Self.written(model.index[$0], 1) }.joined(separator: " ") + " |"
    }
    let walk = model.walk
    expected.append(
      "drift \(Self.written(walk.constant, 3)) a year with a standard error of "
        + "\(Self.written(walk.constantStandardError, 3)), innovations of \(Self.written(walk.innovationStandardDeviation, 3))"
    )
    expected.append("\(Self.written(model.explained * 100, 1))% of the variance")
    expected += [10, 20, 30].map { years in
      "| \(years) | \(Self.written(walk.variance(atHorizon: years).squareRoot(), 1)) | "
        + "\(Self.written(walk.constantStandardError * Double(years), 1)) | "
        + "\(Self.written(walk.innovationStandardDeviation * Double(years).squareRoot(), 1)) |"
    }
    let guide = try Self.guide()
    for line in expected {
      #expect(guide.contains { $0.contains(line) }, "expected in the guide: \(line)")
    }
  }
}
