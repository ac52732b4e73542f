import Foundation

/// A table of the project's own fixtures: a line `# Source: …`, then plain commas, a header, no quotes.
public struct Fixture: Sendable {
  /// The names of the columns.
  public let header: [String]
  /// The cells, row by row.
  public let rows: [[String]]

  /// Reads `name` in the folder `Fixtures` beside the test that asks.
  public init(_ name: String, beside file: String = #filePath) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    let url = folder.appendingPathComponent("Fixtures").appendingPathComponent(name)
    let text = try String(contentsOf: url, encoding: .utf8)
    guard text.hasPrefix("# Source: ") else { throw WithoutSource(file: name) }
    let lines = text.split(separator: "\n").drop { $0.hasPrefix("#") }.map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    header = lines[0]
    rows = Array(lines.dropFirst())
  }

  /// A fixture that does not tell where its figures come from.
  public struct WithoutSource: Error {
    /// Its name.
    public let file: String
  }

  /// The numbers of a column.
  public func numbers(_ column: String) -> [Double] {
    let index = header.firstIndex(of: column)!
    return rows.map { Double($0[index])! }
  }

  /// The numbers of a column in the rows of one sex, in file order.
  public func numbers(_ column: String, sex: String) -> [Double] {
    let index = header.firstIndex(of: column)!
    let sexIndex = header.firstIndex(of: "sex")!
    return rows.filter { $0[sexIndex] == sex }.map { Double($0[index])! }
  }
}

/// The largest |a − b|/max(|b|, floor) over two rows of equal length.
public func largestRelativeError(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { abs($0 - $1) / max(abs($1), .leastNormalMagnitude) }.max() ?? 0
}
