internal import Demography
internal import Indicators
internal import Probability
internal import Tables

/// The published figures of some indicators, each file read once, and what is made of them.
struct IndicatorSources {
  private var cells: [String: IndicatorCells] = [:]
  private var deaths: [Sex: DeathsAndPeople] = [:]

  /// Reads the files of indicators.
  ///
  /// - Throws: `Problems` of the files.
  init(_ indicators: [Indicator], file: (Indicator) -> String) throws(Problems) {
    var files: [String: [Indicator]] = [:]
    for indicator in indicators { files[file(indicator), default: []].append(indicator) }
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
  }

  /// The figures of an indicator by period, of those periods in which the area can be made of what is published.
  ///
  /// - Parameters:
  ///   - known: figures of periods that are not wanted again.
  ///   - codes: the codes of the parts, given which codes are published; nil where a part is not.
  func figures(
    of indicator: Indicator, kind: AreaComposition.Kind, at levels: [ConfidenceLevel],
    except known: [String: IndicatorFigure] = [:], _ codes: ((String) -> Bool) -> [String]?
  ) -> [String: IndicatorFigure] {
    var result: [String: IndicatorFigure] = [:]
    func add(_ period: String, _ codes: [String], _ statistic: Statistic, isDerived: Bool) {
      result[period] = IndicatorFigure(
        period: period, statistic: statistic, composition: kind, codes: codes, isDerived: isDerived,
        isModelled: indicator.basis == .modelled)
    }
    if indicator.basis == .deaths {
      if let found = deaths[Self.sex(of: indicator)], known[found.period] == nil,
        let codes = codes({ found[$0] != nil }),
        let statistic = Self.lifeExpectancy(codes.compactMap { found[$0] }, ages: found.ages, at: levels)
      {
        add(found.period, codes, statistic, isDerived: false)
      }
      return result
    }
    let cells = cells[indicator.id] ?? IndicatorCells()
    for period in cells.periods where known[period] == nil {
      guard let codes = codes({ cells[$0, period] != nil }),
        let made = Self.statistic(of: indicator, codes.compactMap { cells[$0, period] }, at: levels)
      else { continue }
      add(period, codes, made.statistic, isDerived: made.isDerived)
    }
    return result
  }

  private static func sex(of indicator: Indicator) -> Sex { indicator.id.hasSuffix("-male") ? .male : .female }

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
    _ parts: [(deaths: [Double], people: [Double])], ages: AgeScale, at levels: [ConfidenceLevel]
  ) -> Statistic? {
    var deaths = Array(repeating: 0.0, count: ages.count)
    var people = deaths
    for part in parts {
      for age in deaths.indices {
        deaths[age] += part.deaths[age]
        people[age] += part.people[age]
      }
    }
    let tables = levels.compactMap { level in
      try? LifeExpectancyTable(deaths: deaths, population: people, ages: ages, confidence: level.probability)
    }
    guard tables.count == levels.count, let table = tables.first else { return nil }
    let intervals = zip(levels, tables).map {
      ConfidenceInterval(lower: $1.lower[0], upper: $1.upper[0], level: $0)
    }
    return Statistic(
      value: table.lifeExpectancy[0], intervals: table.status[0] == .ok ? intervals : [],
      numerator: deaths.reduce(0, +), denominator: people.reduce(0, +), method: .given, status: table.status[0])
  }
}
