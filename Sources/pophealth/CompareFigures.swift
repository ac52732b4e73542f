import Datasets
import Demography
import Indicators
import Probability
import Tables

/// The areas and indicators that a comparison draws on.
struct CompareFigures {
  let folder: DatasetFolder
  let registry: AreaRegistry
  let library: IndicatorLibrary

  init(_ folder: DatasetFolder) throws {
    self.folder = folder
    let registry = try checkingData { () throws(Problems) in try AreaRegistry(folder) }
    self.registry = registry
    library = try checkingData { () throws(Problems) in try IndicatorLibrary(folder, registry: registry) }
  }

  /// The area of a code or name; a former one too, as some figures are those of former areas.
  ///
  /// - Throws: a wrong command for a name that is not known, with the nearest ones.
  func entry(named name: String, option: String?) throws -> AreaRegistry.Entry {
    if let found = registry.entry(named: name) { return found }
    return try checkingCommand(option.map { $0 + ": " } ?? "") { () throws(AreaError) -> AreaRegistry.Entry in
      // Refuses the name with the nearest ones.
      _ = try registry.footprints(named: name)
      throw .unknown(name: name, nearest: [])
    }
  }

  /// The figures of each indicator for an area and for its benchmark.
  func pairs(
    of indicators: [Indicator], _ area: AreaRegistry.Entry, _ benchmark: CompareBenchmark, at levels: [ConfidenceLevel]
  ) throws -> [(area: IndicatorSeries, benchmark: [IndicatorFigure])] {
    try checkingData { () throws(Problems) in
      let series = try library.series(of: indicators, for: [area] + [benchmark.entry].compactMap(\.self), at: levels)
      guard case .peers(let areas, _) = benchmark.relation else {
        return series.map { ($0[0], $0[$0.count - 1].figures) }
      }
      let groups = try library.figures(of: indicators, forGroup: areas, at: levels)
      return zip(series, groups).map { ($0[0], $1) }
    }
  }

  /// Whether a benchmark and an area share a district although the benchmark does not hold the area.
  func overlap(_ benchmark: CompareBenchmark, _ area: AreaRegistry.Entry) -> Bool {
    switch benchmark.relation {
    case .country, .parent, .previous: false
    case .beside: benchmark.entry.map { library.hierarchy.overlap(area, $0) } ?? false
    case .peers(let areas, let containArea): !containArea && areas.contains { library.hierarchy.overlap(area, $0) }
    }
  }

  /// What an area's figure was made of, in words.
  func geography(of figure: IndicatorFigure, _ area: AreaRegistry.Entry, _ indicator: Indicator) -> String {
    let isByPractice = indicator.package.hasPrefix("practices")
    let whole =
      switch figure.composition {
      case .published where isByPractice && area.code == WestKent.code: "practices of the former group 99J"
      case .published where figure.codes != [area.code]:
        figure.codes.count == 1
          ? "published under the code \(figure.codes[0])" : "\(figure.codes.count) former districts"
      case .published where area.code == WestKent.code: "commissioning group 99J"
      case .published: Self.kinds[area.kind] ?? area.kind
      case .districts: area.code == WestKent.code ? "four whole districts" : "\(figure.codes.count) districts"
      case .group: "\(figure.codes.count) areas"
      case .commissioningGroups: "\(figure.codes.count) commissioning group\(figure.codes.count == 1 ? "" : "s")"
      }
    return whole + (figure.isDerived ? ", derived counts" : figure.isModelled ? ", modelled" : "")
  }

  private static let kinds = [
    "unitary": "district", "metropolitan-district": "district", "london-borough": "district",
    "former-district": "former district", "former-county": "former county", "former-health": "commissioning group",
    "later-district": "district",
  ]
}

/// The area that the claims are about.
enum WestKent {
  /// Its code, that of the former commissioning group.
  static let code = "E38000199"
}
