public import Demography
public import Tables

/// ONS mid-year estimates by single year of age and sex.
public enum Estimates {
  /// Which edition of the past the figures are from. Two series never meet in one calculation.
  public enum Series: String, Sendable, Hashable {
    /// Revised after the 2021 Census: the latest figures for every year.
    case rebased
    /// As first published.
    case original
  }

  /// The rebased estimates of some areas for every mid-year held (2001–2023).
  ///
  /// Kent, Medway and England stand in a small package of their own; any other area makes it read the
  /// package of all districts.
  ///
  /// - Throws: `Problems` of the file, or one that names an area without estimates.
  /// - Complexity: O(cells of the package).
  public static func rebased(
    _ folder: DatasetFolder, areas: [Area]
  ) throws(Problems) -> PopulationHistory {
    let small = try history(
      file: folder.file("mid-year-estimates-kent", "population.csv"), areas: areas, mustHold: false)
    if let small { return small }
    let file = folder.file("mid-year-estimates-districts", "population.csv")
    guard let all = try history(file: file, areas: areas, mustHold: true) else {
      throw Problems(Problem(file: file, message: "holds none of the areas"))
    }
    return all
  }

  /// The estimates as first published, for the years that are held (2011, 2018).
  ///
  /// - Throws: `Problems` of the file.
  public static func original(
    _ folder: DatasetFolder, area: Area, year: Int
  ) throws(Problems) -> Double? {
    let table = try Table.read(
      csv: folder.file("mid-year-estimates-original", "population.csv"),
      columns: [ColumnRequest("area", .text)], others: .infer)
    guard let codes = table.text("area"), let counts = table.numbers("\(year)"),
      codes.values.contains(area.code)
    else { return nil }
    return counts.indices.reduce(0) { codes[$1] == area.code ? $0 + counts[$1] : $0 }
  }

  static func history(
    file: String, areas: [Area], mustHold: Bool
  ) throws(Problems) -> PopulationHistory? {
    let wide = try WideTable(path: file, group: "area", only: Set(areas.map(\.code)))
    let held = Dictionary(uniqueKeysWithValues: wide.groups.enumerated().map { ($1, $0) })
    let block = wide.years.count * wide.sexes * wide.ages.count
    var values: [Double] = []
    values.reserveCapacity(areas.count * block)
    for area in areas {
      guard let g = held[area.code] else {
        if !mustHold { return nil }
        throw Problems(
          Problem(file: file, message: "has no estimates of area \(area.code) (\(area.name))"))
      }
      values += wide.values[(g * block)..<((g + 1) * block)]
    }
    let ages = try wide.ageScale(file: file)
    return try inFile(file) { () throws(PopulationError) in
      try PopulationHistory(areas: areas, ages: ages, years: wide.years, values: values)
    }
  }
}
