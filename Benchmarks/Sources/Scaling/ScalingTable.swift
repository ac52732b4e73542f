import Measure

/// The courses as a Markdown table: a row each, a column a decade.
struct ScalingTable {
  private let outcomes: [Outcome]

  init(_ outcomes: [Outcome]) { self.outcomes = outcomes }

  var text: String {
    let header = [
      "| work | what grows | sizes | ns a unit at each size | time grows as | theory | MB beyond the input | theory |",
      "|---|---|---|---|---|---|---|---|",
    ]
    return (header + outcomes.map(row)).joined(separator: "\n")
  }

  private func row(_ outcome: Outcome) -> String {
    let points = outcome.points
    let units = points.map { ($0.seconds * 1e9 / Double($0.size)).shown }.joined(separator: " · ")
    let memory = points.map { $0.megabytes < 0.05 ? "0" : $0.megabytes.shown }.joined(separator: " · ")
    return "| `\(outcome.course.name)` | \(outcome.course.unit) | "
      + "\(Self.grouped(points.first?.size ?? 0)) to \(Self.grouped(points.last?.size ?? 0)) | \(units) | "
      + "size^\(outcome.power.shown) | size^\(outcome.course.order.shown) | \(memory) | "
      + "\(outcome.course.memory.rawValue) |"
  }

  /// 1000000 as 1,000,000.
  static func grouped(_ size: Int) -> String {
    let digits = Array(String(size))
    return digits.indices.map { place in
      (place > 0 && (digits.count - place) % 3 == 0 ? "," : "") + String(digits[place])
    }.joined()
  }
}
