import TestSupport
import Testing

/// Runs of `pophealth indicator` on small files.
enum IndicatorCase {
  /// Runs a kind on a file `data.csv`, with other files beside it.
  static func run(
    _ kind: String, _ data: String, _ options: String..., files: [String: String] = [:]
  ) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", data)
    for (name, text) in files { try folder.write(name, text) }
    let words = options.flatMap { $0.split(separator: " ").map(String.init) }
    return try Program.run(["indicator", kind, "--data", "data.csv"] + words, in: folder.path)
  }

  /// Expects a CSV result, whole.
  static func expect(
    _ outcome: Program.Outcome, _ csv: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(outcome.output == csv, sourceLocation: sourceLocation)
  }

  /// Expects a CSV result whose numbers agree to 1e-12, so that the last digits of another formula do not matter.
  static func expectNear(
    _ outcome: Program.Outcome, _ csv: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    func cells(_ text: String) -> [[String]] {
      text.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    let (found, expected) = (cells(outcome.output), cells(csv))
    #expect(found.map(\.count) == expected.map(\.count), "\(outcome.errors)", sourceLocation: sourceLocation)
    for (one, other) in zip(found.joined(), expected.joined()) where one != other {
      let (x, y) = (Double(one) ?? .nan, Double(other) ?? .nan)
      #expect(abs(x - y) <= 1e-12 * abs(y), "\(one) is not \(other)", sourceLocation: sourceLocation)
    }
  }

  /// Expects a refusal: its exit code, a part of its message, and that nothing is written.
  static func expectRefusal(
    _ code: Int32, _ message: String, _ outcome: Program.Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.status == code && outcome.output.isEmpty, "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(outcome.errors.contains(message), "\(outcome.errors)", sourceLocation: sourceLocation)
  }

  /// The rows of a CSV result, by column.
  static func rows(_ outcome: Program.Outcome) -> [[String: String]] {
    let lines = outcome.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// Deaths and people of ages 0 to 90+ in fives, every area with the same figures times its factor.
  static func bands(_ areas: [(name: String, factor: Int)]) -> String {
    var text = "area,age,deaths,people\n"
    for area in areas {
      for band in 0..<19 {
        let label = band == 18 ? "90+" : "\(5 * band)-\(5 * band + 4)"
        text += "\(area.name),\(label),\(area.factor * (band + 1)),\(1000 * area.factor)\n"
      }
    }
    return text
  }
}
