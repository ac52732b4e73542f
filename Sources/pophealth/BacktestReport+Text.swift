import Demography
import Tables

extension BacktestReport {
  private static let titles = ["Total"] + AgeBand.planning.map(\.label)

  /// One table a window, the intervals over all windows, and what the figures rest on.
  func text() -> String {
    windows.map { heading($0) + scores($0) + "\n" }.joined() + pooled() + notesText(notes)
  }

  /// The errors of every area at the end of each window, the most wrong in total first.
  func textByArea() -> String {
    windows.map { heading($0) + areas($0) + "\n" }.joined()
      + notesText(["Errors of the pooled forecast in % of the estimates of the last year"] + notes.dropFirst())
  }

  private func heading(_ window: BacktestWindow) -> String {
    paragraph("From mid-\(window.base) to mid-\(window.end): \(areas.title)") + "\n"
  }

  private func scores(_ window: BacktestWindow) -> String {
    var table = TextTable(
      columns: [TextTable.Column("")] + (Self.titles + ["Structure"]).map { TextTable.Column($0, .right) })
    func section(_ title: String, _ row: (BacktestWindow.Entry) -> [String]?) {
      table.add([title])
      for entry in window.entries {
        if let cells = row(entry) { table.add(["  \(entry.forecast)"] + cells) }
      }
    }
    func groups(_ value: @escaping (Backtest.Score) -> Double) -> (BacktestWindow.Entry) -> [String]? {
      { entry in entry.final?.scores.map { fixed(value($0), decimals: 2) } }
    }
    section("Median error, %") { entry in
      entry.final.map { final in
        final.scores.map { fixed($0.medianAbsoluteError, decimals: 2) } + [fixed(final.ageStructureError, decimals: 2)]
      }
    }
    section("Mean error, %", groups(\.meanAbsoluteError))
    section("Bias, %", groups(\.bias))
    section("Areas off by 10% or more, %", groups(\.shareOffByTen))
    section("Shelf life, years") { entry in
      Self.titles.indices.map { group in
        let life = entry.shelfLife(group: group)
        return life == entry.scores.count ? "\(life)+" : "\(life)"
      }
    }
    if simulations != nil {
      table.addRule()
      spreads(of: [window], into: &table)
    }
    return table.text(width: 80)
  }

  /// Coverage and ranked probability score, the means over windows, which all have the same areas.
  private func spreads(of windows: [BacktestWindow], into table: inout TextTable) {
    let spreads = windows.compactMap { $0.entries.first?.final?.scores.compactMap(\.spread) }
    func row(_ title: String, _ value: (SpreadScore) -> Double) {
      table.add(
        [title]
          + Self.titles.indices.map { group in
            fixed(spreads.reduce(0) { $0 + value($1[group]) } / Double(spreads.count), decimals: 2)
          })
    }
    row("Inside 80% interval, %", \.coverage80)
    row("Inside 95% interval, %", \.coverage95)
    row("CRPS, %", \.rankedProbabilityScore)
  }

  private func pooled() -> String {
    guard simulations != nil, windows.count > 1 else { return "" }
    var table = TextTable(columns: [TextTable.Column("")] + Self.titles.map { TextTable.Column($0, .right) })
    spreads(of: windows, into: &table)
    return "Intervals over all \(windows.count) windows\n\n" + table.text(width: 80) + "\n"
  }

  private func areas(_ window: BacktestWindow) -> String {
    var table = TextTable(
      columns: [TextTable.Column("Error, %")] + Self.titles.map { TextTable.Column($0, .right) })
    guard let figures = window.entries.first?.figures else { return "" }
    let errors = zip(figures, window.outcome.figures).map { 100 * ($0 / $1 - 1) }
    let count = Self.titles.count
    for a in window.areas.indices.sorted(by: { errors[$0 * count].magnitude > errors[$1 * count].magnitude }) {
      table.add([window.areas[a].name] + (0..<count).map { fixed(errors[a * count + $0], decimals: 2) })
    }
    table.addRule()
    func sum(_ people: [Double], _ group: Int) -> Double {
      stride(from: group, to: people.count, by: count).reduce(0) { $0 + people[$1] }
    }
    table.add(
      ["All of them together"]
        + (0..<count).map { fixed(100 * (sum(figures, $0) / sum(window.outcome.figures, $0) - 1), decimals: 2) })
    return table.text(width: 80)
  }

  /// What the figures rest on.
  var notes: [String] {
    var notes = [
      "Errors in % of the estimates of the last year; structure: half the sum of differences between the shares of "
        + "single ages, the median of areas. Shelf life: the years up to which 80% of areas are off by less than 10%"
        + (simulations == nil
          ? "" : ". CRPS: continuous ranked probability score, to be held against the mean error"),
      "Known at the base were the years used, not their vintage: estimates are those of today, 2002 to 2011 as revised "
        + "after the Census of 2011, 2012 on after that of 2021",
      "Mortality, which decides the ages 85+: of England and Wales in every district, Lee–Carter models of both sexes "
        + "on deaths by age to \(deathYears)",
    ]
    if let simulations { notes.append("\(grouped(Double(simulations))) simulations from seed \(seed)") }
    let chosenOn = windows.map(\.base).filter { $0 == 2003 || $0 == 2006 }
    if !chosenOn.isEmpty {
      notes.append(
        "The rules were chosen on the window\(chosenOn.count == 1 ? "" : "s") from "
          + chosenOn.map(String.init).joined(separator: " and ") + ": no test of them")
    }
    for window in windows where simulations != nil && window.base - window.estimateYears.lowerBound < 2 {
      notes.append(
        "From mid-\(window.base): one past year shows no change of migration and fertility, and the intervals leave out "
          + "how their levels may change")
    }
    for window in windows where window.deathsKnownTo < window.base {
      notes.append(
        "From mid-\(window.base): deaths are held to \(window.deathsKnownTo) only; later years are forecast, and count "
          + "as \(window.deathsKnownTo) where past migration is worked out")
    }
    for window in windows where !window.rivalsWithoutPast.isEmpty {
      notes.append(
        "From mid-\(window.base) without \(window.rivalsWithoutPast.map(\.label).joined(separator: " and ")): the "
          + "estimates begin in \(window.estimateYears.lowerBound)")
    }
    return notes
  }

  private var deathYears: String {
    let years = windows.map(\.deathsKnownTo)
    return years.enumerated().filter { years.firstIndex(of: $0.element) == $0.offset }.map { "\($0.element)" }
      .joined(separator: ", ")
  }

  private func notesText(_ notes: [String]) -> String {
    "Notes\n" + notes.map { paragraph($0, indent: 2, first: "- ") }.joined()
  }
}
