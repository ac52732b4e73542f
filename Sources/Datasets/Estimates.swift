public import Demography
public import Tables

/// ONS mid-year estimates by single year of age and sex.
public enum Estimates {
  /// The rebased estimates of some areas for every mid-year held (2000–2023).
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
