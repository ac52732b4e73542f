import Foundation
import Measure

/// Small charts side by side, one a course: seconds against size, both in powers of ten, with a line of the theoretical
/// growth through the largest size.
struct ScalingChart {
  private let outcomes: [Outcome]
  private let panel = (width: 220.0, height: 170.0)
  private let perRow = 4

  init(_ outcomes: [Outcome]) { self.outcomes = outcomes }

  var svg: String {
    let rows = (outcomes.count + perRow - 1) / perRow
    let (width, height) = (Double(perRow) * panel.width, Double(rows) * panel.height + 24)
    let panels = outcomes.enumerated().map { place, outcome in
      "<g transform=\"translate(\(Double(place % perRow) * panel.width) \(Double(place / perRow) * panel.height))\">\n"
        + draw(outcome) + "</g>\n"
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      font-family="sans-serif" font-size="10">
      <title>Processor seconds against size</title>
      <rect width="100%" height="100%" fill="white"/>
      \(panels.joined())<text x="8" y="\(height - 8)" fill="#444">points: least processor seconds of a run; \
      dashes: theory through the largest size; both axes in powers of ten</text>
      </svg>

      """
  }

  private func draw(_ outcome: Outcome) -> String {
    let points = outcome.points
    guard let last = points.last, let first = points.first else { return "" }
    let x = Axis(points.map { Double($0.size) }, from: 40, to: panel.width - 12)
    let y = Axis(points.map(\.seconds), from: panel.height - 30, to: 26)
    var lines = ["<text x=\"40\" y=\"14\" font-weight=\"bold\">\(outcome.course.name)</text>"]
    for power in x.powers {
      lines.append(
        "<text x=\"\(x.place(power))\" y=\"\(panel.height - 16)\" text-anchor=\"middle\">\(Self.label(power))</text>")
    }
    for power in y.powers {
      let level = y.place(power)
      lines.append(
        "<line x1=\"40\" x2=\"\(panel.width - 12)\" y1=\"\(level)\" y2=\"\(level)\" stroke=\"#ddd\"/>"
          + "<text x=\"36\" y=\"\(level + 3)\" text-anchor=\"end\">\(Self.label(power)) s</text>")
    }
    let theory = last.seconds * pow(Double(first.size) / Double(last.size), outcome.course.order)
    let lowest = max(theory, y.least)
    let start = Double(last.size) * pow(lowest / last.seconds, 1 / outcome.course.order)
    lines.append(
      "<line x1=\"\(x.place(start))\" y1=\"\(y.place(lowest))\" x2=\"\(x.place(Double(last.size)))\" "
        + "y2=\"\(y.place(last.seconds))\" stroke=\"#888\" stroke-dasharray=\"4 3\"/>")
    let places = points.map { (x.place(Double($0.size)), y.place($0.seconds)) }
    lines.append(
      "<polyline fill=\"none\" stroke=\"#005ea5\" stroke-width=\"1.5\" points=\""
        + places.map { "\($0.0),\($0.1)" }.joined(separator: " ") + "\"/>")
    lines += places.map { "<circle cx=\"\($0.0)\" cy=\"\($0.1)\" r=\"2.5\" fill=\"#005ea5\"/>" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// 1000 as 10³.
  private static func label(_ value: Double) -> String {
    let exponent = Int(log10(value).rounded())
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return "10" + (exponent < 0 ? "⁻" : "")
      + String(String(abs(exponent)).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }

  /// A logarithmic axis that ends at powers of ten.
  private struct Axis {
    private let exponents: ClosedRange<Int>
    private let ends: (from: Double, to: Double)

    init(_ values: [Double], from: Double, to: Double) {
      let logarithms = values.map { log10($0) }
      let low = Int((logarithms.min() ?? 0).rounded(.down))
      exponents = low...max(low + 1, Int((logarithms.max() ?? 1).rounded(.up)))
      ends = (from, to)
    }

    var least: Double { pow(10, Double(exponents.lowerBound)) }

    var powers: [Double] { exponents.map { pow(10, Double($0)) } }

    /// Where a value stands, to a tenth of a pixel.
    func place(_ value: Double) -> Double {
      let share = (log10(value) - Double(exponents.lowerBound)) / Double(exponents.count - 1)
      return (10 * (ends.from + share * (ends.to - ends.from))).rounded() / 10
    }
  }
}
