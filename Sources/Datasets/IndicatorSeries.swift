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

  /// Whether the period ends before another one begins, so that the two count different events; `2017/18` ends as
  /// `2018/19` begins.
  ///
  /// - Complexity: O(1).
  public func endsBefore(_ other: IndicatorFigure) -> Bool {
    period.contains("/") && other.period.contains("/") ? lastYear <= other.firstYear : lastYear < other.firstYear
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
  /// - Parameters:
  ///   - indicators: of the catalogue.
  ///   - areas: of the register.
  ///   - levels: the levels of the limits. Published limits are at 95%; at other levels they are those of the counts
  ///     derived from them.
  /// - Throws: `Problems` of the packages that the figures stand in.
  /// - Complexity: O(rows of the files); each file is read once.
  public func series(
    of indicators: [Indicator], for areas: [AreaRegistry.Entry], at levels: [ConfidenceLevel] = [.percent95]
  ) throws(Problems) -> [[IndicatorSeries]] {
    let compositions = areas.map { hierarchy.compositions(of: $0) }
    let sources = try IndicatorSources(indicators, file: file(of:))
    return indicators.map { indicator in
      zip(areas, compositions).map { area, ways in
        var figures: [String: IndicatorFigure] = [:]
        for way in ways {
          let made = sources.figures(of: indicator, kind: way.kind, at: levels, except: figures) {
            way.codes(where: $0)
          }
          figures.merge(made) { known, _ in known }
        }
        return IndicatorSeries(
          indicator: indicator, area: area, figures: figures.values.sorted { $0.period < $1.period })
      }
    }
  }

  /// The figures of indicators for a group of areas taken together: for each indicator its figures, earliest first, of the
  /// periods in which every area of the group is published.
  ///
  /// Counts are summed over all areas; where only values with limits are published they are derived first.
  ///
  /// - Parameters:
  ///   - indicators: of the catalogue.
  ///   - areas: areas of which no two overlap.
  ///   - levels: the levels of the limits.
  /// - Throws: `Problems` of the packages that the figures stand in.
  /// - Complexity: O(rows of the files); each file is read once.
  public func figures(
    of indicators: [Indicator], forGroup areas: [AreaRegistry.Entry], at levels: [ConfidenceLevel] = [.percent95]
  ) throws(Problems) -> [[IndicatorFigure]] {
    let members = areas.map { hierarchy.compositions(of: $0) }
    let sources = try IndicatorSources(indicators, file: file(of:))
    return indicators.map { indicator in
      sources.figures(of: indicator, kind: .group, at: levels) { isPublished in
        var codes: [String] = []
        for ways in members {
          guard let found = ways.compactMap({ $0.codes(where: isPublished) }).first else { return nil }
          codes += found
        }
        return codes
      }.values.sorted { $0.period < $1.period }
    }
  }

  private func file(of indicator: Indicator) -> String { folder.file(indicator.package, indicator.resource + ".csv") }
}
