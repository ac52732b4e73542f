import Datasets
import Indicators
import Tables

/// What an area is held against.
struct CompareBenchmark {
  /// What sort of benchmark it is, and what that says of the comparison.
  enum Relation {
    /// A country, or an area that this one lies in: its figure is held for known.
    case country, parent
    /// Another area: a sample like this one.
    case beside
    /// A group of areas taken together, this one among them or not.
    case peers(areas: [AreaRegistry.Entry], containArea: Bool)
    /// The same area in the latest period before that ends before this one begins.
    case previous
  }

  let name: String
  /// The area's code; empty for a group.
  let code: String
  let relation: Relation
  /// The area in the register; nil for a group and for the period before.
  let entry: AreaRegistry.Entry?

  /// An area of the register.
  ///
  /// - Throws: a wrong command where it is the area itself, or lies in it.
  init(_ entry: AreaRegistry.Entry, beside area: AreaRegistry.Entry, _ hierarchy: AreaHierarchy) throws {
    guard entry.code != area.code else {
      throw CommandFailure.wrongCommand("\(area.name) is not compared with itself; expected another area")
    }
    guard !hierarchy.contains(area, entry) else {
      throw CommandFailure.wrongCommand(
        "\(area.name) holds \(entry.name) within it; expected `compare \(entry.slug) --with \(area.slug)`")
    }
    name = entry.name
    code = entry.code
    self.entry = entry
    relation = entry.kind == "country" ? .country : hierarchy.contains(entry, area) ? .parent : .beside
  }

  /// The area itself, a period before.
  init(previousOf area: AreaRegistry.Entry) {
    name = "the period before"
    code = area.code
    entry = nil
    relation = .previous
  }

  /// A group of areas.
  ///
  /// - Throws: a wrong command where two of them overlap, or there is only one.
  init(peers areas: [AreaRegistry.Entry], of area: AreaRegistry.Entry, _ hierarchy: AreaHierarchy) throws {
    guard areas.count > 1 else {
      throw CommandFailure.wrongCommand("--peers names one area; expected two or more, or --with \(areas[0].slug)")
    }
    for (index, one) in areas.enumerated() {
      for other in areas[..<index]
      where hierarchy.overlap(one, other) || hierarchy.contains(one, other)
        || hierarchy.contains(other, one)
      {
        throw CommandFailure.wrongCommand(
          "--peers: \(other.name) and \(one.name) overlap; expected areas that can be added up")
      }
    }
    name = "\(areas.count) peers"
    code = ""
    entry = nil
    relation = .peers(areas: areas, containArea: areas.contains { hierarchy.contains($0, area) })
  }

  /// Whether the benchmark's figure holds the area's, so that the area's interval is held against its value.
  var containsArea: Bool {
    switch relation {
    case .country, .parent: true
    case .peers(_, let contain): contain
    case .beside, .previous: false
    }
  }

  /// What an area and the benchmark should have, for messages: figures of "Kent and England in one period".
  func wanted(_ area: AreaRegistry.Entry) -> String {
    if case .previous = relation { return "\(area.name) in two periods of which one ends before the other begins" }
    return "\(area.name) and \(name) in one period"
  }

  /// The benchmark as the statistics take it.
  func statistics(_ figure: IndicatorFigure, of area: AreaRegistry.Entry) -> Benchmark {
    let kind: Benchmark.Kind =
      switch relation {
      case .country: .country
      case .parent: .parent
      case .beside, .peers: .peers
      case .previous: .previousPeriod
      }
    return Benchmark(
      name, kind: kind, figure: figure.statistic, area: code.isEmpty ? nil : code,
      membership: .areas(containsArea ? [area.code] : []))
  }

  /// The latest period in which both have a figure, or the one that was asked for.
  ///
  /// - Parameter figures: the benchmark's; of the period before, the area's own.
  func latest(
    _ area: IndicatorSeries, _ figures: [IndicatorFigure], period: String? = nil, endingBy year: Int? = nil
  ) -> (area: IndicatorFigure, benchmark: IndicatorFigure)? {
    let wanted = period.flatMap { area.figure(in: $0)?.period }
    if period != nil, wanted == nil { return nil }
    for figure in area.figures.reversed() {
      guard wanted ?? figure.period == figure.period, year.map({ figure.lastYear <= $0 }) ?? true else { continue }
      if let other = partner(of: figure, in: figures) { return (figure, other) }
    }
    return nil
  }

  private func partner(of figure: IndicatorFigure, in figures: [IndicatorFigure]) -> IndicatorFigure? {
    guard case .previous = relation else { return figures.first { $0.period == figure.period } }
    return figures.last {
      $0.endsBefore(figure) && $0.composition == figure.composition && $0.isDerived == figure.isDerived
    }
  }
}
