import Datasets
import Indicators
import Probability
import Tables

/// The comparison of an area with another, indicator by indicator.
struct CompareRun {
  let figures: CompareFigures
  let area: AreaRegistry.Entry
  let benchmark: CompareBenchmark
  let levels: [ConfidenceLevel]
  let period: String?
  let showsTrend: Bool
  /// Whether the two share a district although neither holds the other.
  let overlaps: Bool
  let rows: [CompareRow]
  /// Indicators asked for by name that cannot be shown, and why.
  let remarks: [String]

  init(
    _ figures: CompareFigures, area: AreaRegistry.Entry, benchmark: CompareBenchmark, choice: CompareChoice,
    period: String?, levels: [ConfidenceLevel], showsTrend: Bool
  ) throws {
    self.figures = figures
    self.area = area
    self.benchmark = benchmark
    self.levels = levels
    self.period = period
    self.showsTrend = showsTrend
    overlaps = figures.overlap(benchmark, area)
    let wanted = choice.indicators + choice.stoodIn(by: figures.library.catalogue)
    let pairs = Dictionary(
      zip(wanted.map(\.id), try figures.pairs(of: wanted, area, benchmark, at: levels)),
      uniquingKeysWith: { one, _ in one })
    var rows: [CompareRow] = []
    var remarks: [String] = []
    for asked in choice.indicators {
      // One that stands in for another is a row of its own where all are shown.
      let candidates = [asked] + (choice.isExplicit ? wanted.filter { $0.standsInFor == asked.id } : [])
      let latest = candidates.lazy.compactMap { indicator in
        pairs[indicator.id].flatMap { pair in
          benchmark.latest(pair.area, pair.benchmark, period: period).map {
            (indicator: indicator, pair: pair, found: $0)
          }
        }
      }.first
      guard let (indicator, pair, found) = latest else {
        if choice.isExplicit {
          let when = period.map { " of \($0)" } ?? ""
          remarks.append("\(asked.id): no figures\(when) of \(benchmark.wanted(area))")
        }
        continue
      }
      let polarity = choice.polarity(of: asked)
      rows.append(
        CompareRow(
          indicator: indicator, polarity: polarity, figure: found.area, benchmark: found.benchmark,
          geography: figures.geography(of: found.area, area, indicator),
          standing: CompareStanding(
            found.area, of: area, beside: found.benchmark, of: benchmark, polarity: polarity, levels: levels),
          target: choice.targets[asked.id], trend: showsTrend ? pair.area.trend(upTo: found.area) : nil))
    }
    if !choice.isExplicit {
      let shown = Set(rows.map(\.indicator.id))
      rows.removeAll { row in row.indicator.standsInFor.map(shown.contains) ?? false }
    }
    let adjusted = benjaminiHochberg(rows.map(\.standing.pValue))
    for index in rows.indices { rows[index].adjusted = adjusted[index] }
    self.rows = rows
    self.remarks = remarks
    if rows.isEmpty {
      throw CommandFailure.wrongData(
        "no figures of \(benchmark.wanted(area))"
          + (period.map { " \($0); without --period the latest is shown" } ?? ""))
    }
  }

  /// How many rows differ at the first level, and how many would by chance alone.
  var differing: Int { rows.filter { $0.standing.side != 0 }.count }
  var expectedByChance: Double {
    // Every row is tested at its level: none is stricter.
    Double(rows.filter { !$0.standing.pValue.isNaN }.count) * 2 * levels[0].tail
  }
  /// How many still differ when one in twenty of those said to differ may be wrong.
  var differingAfterAdjustment: Int { rows.filter { $0.adjusted <= 0.05 }.count }
}
