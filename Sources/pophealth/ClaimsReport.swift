import Demography
import Tables

/// Claims beside figures, as rows and as a page.
struct ClaimsReport {
  let odds: AgeingOdds?
  let present: [PresentClaims.Line]
  let notes: [String]

  /// One row a claim and reference year, full precision.
  func table() -> Table {
    let future = odds?.lines ?? []
    func numbers(_ name: String, _ first: [Double], _ second: [Double]) -> Table.Column {
      Table.Column(name, numbers: first + second)
    }
    let none = present.map { _ in Double.nan }
    var columns = [
      Table.Column("claim", text: future.map(\.question.claim.id) + present.map(\.claim.id)),
      Table.Column("statement", text: future.map(\.question.claim.statement) + present.map(\.claim.statement)),
      Table.Column("year", integers: future.map(\.question.year) + present.map(\.year)),
      numbers("reference_year", future.map { Double($0.question.referenceYear) }, none),
      numbers("claimed", future.map(\.question.claim.value), present.map(\.claim.value)),
      numbers("mean", future.map(\.mean), present.map(\.figure)),
    ]
    for (q, name) in ProjectSimulation.quantileNames.enumerated() {
      columns.append(numbers(name, future.map { $0.ratios[q] }, none))
    }
    columns.append(numbers("probability", future.map(\.probability.probability), none))
    columns.append(numbers("standard_error", future.map(\.probability.standardError), none))
    columns.append(Table.Column("note", text: future.map { _ in "ratio of people" } + present.map(\.note)))
    return Table(columns)
  }

  /// A page of 80 columns.
  func text() -> String {
    var lines = ["What the West Kent partnership says of its people (2021), beside the figures", ""]
    if let odds, !odds.questions.isEmpty {
      var said = Set<String>()
      for question in odds.questions where said.insert(question.claim.id).inserted {
        lines += wrappedLines("\"\(question.claim.statement)\"")
      }
      lines.append("")
      lines += odds.text().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    for line in present {
      let share = line.claim.value < 1
      func shown(_ value: Double) -> String {
        share ? "\(fixed(value * 100, decimals: 1))%" : grouped(value)
      }
      lines += wrappedLines("\"\(line.claim.statement)\"")
      lines += wrappedLines("  mid-\(line.year): \(shown(line.figure)) (\(line.note); no interval)", indent: "  ")
    }
    lines += ["", "Notes"]
    for note in notes { lines += wrappedLines(note, first: "- ", indent: "  ") }
    return lines.joined(separator: "\n") + "\n"
  }
}
