import Datasets
import Indicators
import Probability
import Tables

/// The partnership's claims about West Kent beside the figures that can test them.
struct CompareClaims {
  /// What the figures say of a claim.
  enum Verdict: String {
    case supported
    case contradicted
    case notTestable = "not testable"
  }

  /// A claim, the figures that test it and what they say.
  struct Tested {
    let claim: WestKentClaims.IndicatorClaim
    /// The figures beside each area that the claim names, England where it names none; empty without an indicator.
    let rows: [(row: CompareRow, benchmark: CompareBenchmark)]
    let verdict: Verdict
    /// Why, in sentences.
    let reasons: [String]
  }

  let area: AreaRegistry.Entry
  let levels: [ConfidenceLevel]
  let tested: [Tested]

  init(_ figures: CompareFigures, area: AreaRegistry.Entry, levels: [ConfidenceLevel]) throws {
    self.area = area
    self.levels = levels
    let claims = try checkingData { () throws(Problems) in try WestKentClaims.indicatorClaims(figures.folder) }
    let evidence = try ClaimEvidence(figures, area: area, claims: claims, levels: levels)
    tested = try claims.map { try evidence.test($0) }
  }

  /// How many claims of a list have a verdict.
  func count(_ list: WestKentClaims.IndicatorClaim.List, _ verdict: Verdict) -> Int {
    tested.filter { $0.claim.list == list && $0.verdict == verdict }.count
  }
}

/// Tests claims against the figures of the data packages.
struct ClaimEvidence {
  private let figures: CompareFigures
  private let area: AreaRegistry.Entry
  private let levels: [ConfidenceLevel]
  private let areas: [AreaRegistry.Entry]
  private let series: [String: [IndicatorSeries]]
  private let context: ClaimContext

  init(
    _ figures: CompareFigures, area: AreaRegistry.Entry, claims: [WestKentClaims.IndicatorClaim],
    levels: [ConfidenceLevel]
  ) throws {
    self.figures = figures
    self.area = area
    self.levels = levels
    let slugs = Set(claims.flatMap(\.besideAreas) + ["england"]).sorted()
    areas = try [area] + slugs.map { try figures.entry(named: $0, option: nil) }
    let wanted = Set(claims.flatMap { ($0.indicator.map { [$0] } ?? []) + $0.otherIndicators })
    let indicators = figures.library.catalogue.indicators.filter { wanted.contains($0.id) }
    let (library, all) = (figures.library, areas)
    let found = try checkingData { () throws(Problems) in try library.series(of: indicators, for: all, at: levels) }
    series = Dictionary(zip(indicators.map(\.id), found), uniquingKeysWith: { one, _ in one })
    context = try ClaimContext(figures, claims: claims)
  }

  /// A claim's figures and what they say of it.
  func test(_ claim: WestKentClaims.IndicatorClaim) throws -> CompareClaims.Tested {
    let besides = claim.besideAreas.isEmpty ? ["england"] : claim.besideAreas
    let rows = try besides.compactMap { slug -> (row: CompareRow, benchmark: CompareBenchmark)? in
      let benchmark = try benchmark(figures.entry(named: slug, option: nil))
      return row(claim.indicator, beside: benchmark, endingBy: claim.yearSaid - 1).map { ($0, benchmark) }
    }
    guard let first = rows.first, rows.count == besides.count else {
      return CompareClaims.Tested(
        claim: claim, rows: [], verdict: .notTestable, reasons: context.sentences(claim) + [claim.remark])
    }
    let verdict = Self.verdict(claim, rows.map(\.row))
    var reasons: [String] = []
    if verdict == .notTestable { reasons.append("Not told apart at 95%.") }
    reasons.append(
      contentsOf: [try otherPeriods(claim, besides, shown: first.row, verdict: verdict)].compactMap(\.self))
    reasons += claim.otherIndicators.compactMap { other(claim, $0, besides: rows.map(\.benchmark)) }
    reasons += context.sentences(claim) + [claim.remark]
    return CompareClaims.Tested(claim: claim, rows: rows, verdict: verdict, reasons: reasons)
  }

  /// What figures say of a claim: the claimed figure within the limits, or the claimed side of every area beside it.
  static func verdict(_ claim: WestKentClaims.IndicatorClaim, _ rows: [CompareRow]) -> CompareClaims.Verdict {
    if let value = claim.value {
      guard let limits = rows.first?.figure.statistic.interval(at: .percent95) else { return .notTestable }
      // A claim is rounded: 12% may be anything from 11.5 to 12.5.
      var half = 0.5
      for _ in 0..<claim.decimals { half /= 10 }
      return value + half >= limits.lower && value - half <= limits.upper ? .supported : .contradicted
    }
    guard let isHigher = claim.isHigher else { return .notTestable }
    let sides = rows.map { isHigher ? $0.standing.side : -$0.standing.side }
    if sides.contains(where: { $0 < 0 }) { return .contradicted }
    return sides.contains(0) ? .notTestable : .supported
  }

  private func benchmark(_ entry: AreaRegistry.Entry) throws -> CompareBenchmark {
    try CompareBenchmark(entry, beside: area, figures.library.hierarchy)
  }

  private func row(_ id: String?, beside benchmark: CompareBenchmark, endingBy year: Int) -> CompareRow? {
    guard let pair = pair(id, benchmark), let found = benchmark.latest(pair.0, pair.1.figures, endingBy: year) else {
      return nil
    }
    return row(pair.0, found, benchmark)
  }

  private func row(
    _ series: IndicatorSeries, _ found: (area: IndicatorFigure, benchmark: IndicatorFigure),
    _ benchmark: CompareBenchmark
  ) -> CompareRow {
    let indicator = series.indicator
    return CompareRow(
      indicator: indicator, polarity: .none, figure: found.area, benchmark: found.benchmark,
      geography: figures.geography(of: found.area, area, indicator),
      standing: CompareStanding(
        found.area, of: area, beside: found.benchmark, of: benchmark, polarity: .none, levels: levels),
      trend: series.trend(upTo: found.area))
  }

  private func pair(_ id: String?, _ benchmark: CompareBenchmark) -> (IndicatorSeries, IndicatorSeries)? {
    guard let found = id.flatMap({ series[$0] }), let place = areas.lastIndex(where: { $0.code == benchmark.code })
    else { return nil }
    return (found[0], found[place])
  }

  /// Periods other than the one shown whose figures say something else.
  private func otherPeriods(
    _ claim: WestKentClaims.IndicatorClaim, _ besides: [String], shown: CompareRow, verdict: CompareClaims.Verdict
  ) throws -> String? {
    let entries = try besides.compactMap { figures.registry.entry(named: $0) }.map(benchmark)
    let pairs = entries.compactMap { pair(claim.indicator, $0) }
    guard let own = pairs.first?.0 else { return nil }
    var different: [CompareClaims.Verdict: [String]] = [:]
    var count = 0
    for figure in own.figures where figure.period != shown.figure.period {
      let rows = zip(pairs, entries).compactMap { pair, entry in
        pair.1.figure(in: figure.period).map { row(pair.0, (figure, $0), entry) }
      }
      guard rows.count == besides.count else { continue }
      count += 1
      let found = Self.verdict(claim, rows)
      if found != verdict { different[found, default: []].append(figure.period) }
    }
    guard count > 0 else { return nil }
    guard !different.isEmpty else { return "The same in the \(count) other periods since \(own.figures[0].period)." }
    let order: [CompareClaims.Verdict] = [.supported, .contradicted, .notTestable]
    let parts = order.compactMap { verdict in
      different[verdict].map { "\(verdict == .notTestable ? "not told apart" : verdict.rawValue) in \(listed($0))" }
    }
    return "Of the \(count) other periods: " + parts.joined(separator: "; ") + "."
  }

  /// What another source says, in a sentence.
  private func other(
    _ claim: WestKentClaims.IndicatorClaim, _ id: String, besides: [CompareBenchmark]
  ) -> String? {
    guard let england = besides.last, let pair = pair(id, england), let found = england.latest(pair.0, pair.1.figures)
    else { return nil }
    let row = row(pair.0, found, england)
    let figure = row.figure.statistic
    return "\(row.indicator.name), \(row.figure.period) (\(row.geography)): "
      + "\(CompareRow.withUnit(figure.value, row.indicator)) (\(CompareRow.span(figure, row.indicator))), "
      + "\(england.name) \(CompareRow.number(row.benchmark.statistic.value, row.indicator)): \(row.standing.word)."
  }
}

/// Names of periods in one line: the first and the last of a long list.
private func listed(_ periods: [String]) -> String {
  periods.count <= 6
    ? periods.joined(separator: ", ") : "\(periods.count) from \(periods[0]) to \(periods[periods.count - 1])"
}
