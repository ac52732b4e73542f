internal import Demography
public import Indicators
public import Probability
public import Tables

/// A figure of an indicator for one area and period, and how it was made.
public struct IndicatorFigure: Sendable, Hashable {
  /// The period, such as `2018/19`, `2019` or `2019-2021`.
  public let period: String
  /// The figure in the indicator's unit, with its limits and the counts behind it.
  public let statistic: Statistic
  /// What the area is made of.
  public let composition: AreaComposition.Kind
  /// The codes under which its parts are published.
  public let codes: [String]
  /// Whether the counts are not published but derived from values and limits.
  public let isDerived: Bool
  /// Whether the counts are a model's.
  public let isModelled: Bool

  /// The year in which the period begins.
  public var firstYear: Int { Int(period.prefix(4)) ?? 0 }

  /// The calendar year in which the period ends: 2019 of `2018/19`, 2021 of `2019-2021`.
  public var lastYear: Int {
    if period.contains("/") { return firstYear + 1 }
    return period.contains("-") ? Int(period.suffix(4)) ?? firstYear : firstYear
  }
}

/// The figures of an indicator for one area, by period.
public struct IndicatorSeries: Sendable {
  /// The indicator.
  public let indicator: Indicator
  /// The area.
  public let area: AreaRegistry.Entry
  /// The figures, earliest first; of periods in which a part of the area is not published there is none.
  public let figures: [IndicatorFigure]

  /// The figure of a period: its own name (`2018/19`), or the year in which it begins.
  ///
  /// - Complexity: O(figures).
  public func figure(in period: String) -> IndicatorFigure? {
    figures.first { $0.period == period } ?? figures.first { String($0.firstYear) == period }
  }
}

/// The indicators of the data packages for any area of the register.
///
/// An area that is published is taken as it is. One that is made of parts is calculated from summed counts, never from
/// averaged rates; where only values with limits are published, counts are derived from them and the figure is marked.
public struct IndicatorLibrary: Sendable {
  /// The indicators.
  public let catalogue: IndicatorCatalogue
  /// How areas are made up.
  public let hierarchy: AreaHierarchy
  private let folder: DatasetFolder

  /// Reads which indicators there are and how areas are made up.
  ///
  /// - Throws: `Problems` of the packages `indicators` and `areas`.
  public init(_ folder: DatasetFolder, registry: AreaRegistry) throws(Problems) {
    self.folder = folder
    catalogue = try IndicatorCatalogue(folder)
    hierarchy = try AreaHierarchy(registry, folder: folder)
  }

  /// The figures of indicators for some areas: for each indicator one series an area, in the order given.
  ///
  /// - Parameter levels: the levels of the limits. Published limits are at 95%; at other levels they are those of the
  ///   counts derived from them.
  /// - Throws: `Problems` of the packages that the figures stand in.
  /// - Complexity: O(rows of the files); each file is read once.
  public func series(
    of indicators: [Indicator], for areas: [AreaRegistry.Entry], at levels: [ConfidenceLevel] = [.percent95]
  ) throws(Problems) -> [[IndicatorSeries]] {
    let compositions = areas.map { hierarchy.compositions(of: $0) }
    var cells: [String: IndicatorCells] = [:]
    var files: [String: [Indicator]] = [:]
    for indicator in indicators { files[file(of: indicator), default: []].append(indicator) }
    var deaths: [Sex: DeathsAndPeople] = [:]
    for (file, held) in files.sorted(by: { $0.key < $1.key }) {
      let counted = held.filter { $0.basis != .deaths }
      if !counted.isEmpty {
        cells.merge(try IndicatorCells.read(counted, file: file)) { _, new in new }
      }
      for indicator in held where indicator.basis == .deaths {
        let sex = Self.sex(of: indicator)
        if deaths[sex] == nil { deaths[sex] = try DeathsAndPeople.read(file: file, sex: sex) }
      }
    }
    return indicators.map { indicator in
      zip(areas, compositions).map { area, ways in
        let figures =
          if indicator.basis == .deaths, let found = deaths[Self.sex(of: indicator)] {
            [Self.lifeExpectancy(found, ways, at: levels)].compactMap(\.self)
          } else {
            Self.figures(of: indicator, cells[indicator.id] ?? IndicatorCells(), ways, at: levels)
          }
        return IndicatorSeries(indicator: indicator, area: area, figures: figures)
      }
    }
  }

  private func file(of indicator: Indicator) -> String { folder.file(indicator.package, indicator.resource + ".csv") }

  private static func sex(of indicator: Indicator) -> Sex { indicator.id.hasSuffix("-male") ? .male : .female }

  private static func figures(
    of indicator: Indicator, _ cells: IndicatorCells, _ ways: [AreaComposition], at levels: [ConfidenceLevel]
  ) -> [IndicatorFigure] {
    var result: [String: IndicatorFigure] = [:]
    for way in ways {
      for period in cells.periods where result[period] == nil {
        guard let codes = way.codes(where: { cells[$0, period] != nil }) else { continue }
        let parts = codes.compactMap { cells[$0, period] }
        guard let made = statistic(of: indicator, parts, at: levels) else { continue }
        result[period] = IndicatorFigure(
          period: period, statistic: made.statistic, composition: way.kind, codes: codes, isDerived: made.isDerived,
          isModelled: indicator.basis == .modelled)
      }
    }
    return result.values.sorted { $0.period < $1.period }
  }

  /// The figure of parts together; nil where counts are needed that cannot be derived.
  private static func statistic(
    of indicator: Indicator, _ parts: [IndicatorCell], at levels: [ConfidenceLevel]
  ) -> (statistic: Statistic, isDerived: Bool)? {
    let k = indicator.multiplier
    let isProportion = indicator.kind == .proportion
    let whole = AreaOfParts(
      parts.map { part in
        guard indicator.basis == .interval else { return PartCounts(numerator: part.events, denominator: part.people) }
        let limits = ConfidenceInterval(lower: part.lower, upper: part.upper, level: .percent95)
        return PartCounts(
          isProportion
            ? .ofProportion(part.value, interval: limits, per: k) : .ofRate(part.value, interval: limits, per: k))
      })
    let made = isProportion ? whole.proportion(per: k, at: levels) : whole.crudeRate(per: k, at: levels)
    guard indicator.basis == .interval else { return (made, false) }
    guard parts.count == 1, let part = parts.first else { return whole.status == .ok ? (made, true) : nil }
    // What is published stays as it is; only other levels are those of the counts derived from it.
    let intervals = levels.compactMap { level in
      level == .percent95
        ? ConfidenceInterval(lower: part.lower, upper: part.upper, level: level) : made.interval(at: level)
    }
    guard intervals.count == levels.count else { return nil }
    return (
      Statistic(
        value: part.value, intervals: intervals, numerator: .nan, denominator: .nan, method: .given, status: .ok),
      false
    )
  }

  /// Life expectancy at birth of an area from the deaths and people of its parts.
  private static func lifeExpectancy(
    _ figures: DeathsAndPeople, _ ways: [AreaComposition], at levels: [ConfidenceLevel]
  ) -> IndicatorFigure? {
    for way in ways {
      guard let codes = way.codes(where: { figures[$0] != nil }) else { continue }
      var deaths = Array(repeating: 0.0, count: figures.ages.count)
      var people = deaths
      for part in codes.compactMap({ figures[$0] }) {
        for age in deaths.indices {
          deaths[age] += part.deaths[age]
          people[age] += part.people[age]
        }
      }
      let tables = levels.compactMap { level in
        try? LifeExpectancyTable(
          deaths: deaths, population: people, ages: figures.ages, confidence: level.probability)
      }
      guard tables.count == levels.count, let table = tables.first else { return nil }
      let intervals = zip(levels, tables).map {
        ConfidenceInterval(lower: $1.lower[0], upper: $1.upper[0], level: $0)
      }
      let statistic = Statistic(
        value: table.lifeExpectancy[0], intervals: table.status[0] == .ok ? intervals : [],
        numerator: deaths.reduce(0, +), denominator: people.reduce(0, +), method: .given, status: table.status[0])
      return IndicatorFigure(
        period: figures.period, statistic: statistic, composition: way.kind, codes: codes, isDerived: false,
        isModelled: false)
    }
    return nil
  }
}
