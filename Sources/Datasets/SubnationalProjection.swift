public import Demography
public import Tables

/// ONS's 2018-based subnational projection of Kent, Medway and England: a comparator.
public enum SubnationalProjection {
  /// The published people of some areas, mid-2018 to mid-2043.
  ///
  /// - Throws: `Problems` of the file, or one that names an area that is not held.
  public static func based2018(_ folder: DatasetFolder, areas: [Area]) throws(Problems) -> PopulationHistory {
    let file = folder.file("ons-snpp-2018", "population.csv")
    guard let history = try Estimates.history(file: file, areas: areas, mustHold: true) else {
      throw Problems(Problem(file: file, message: "holds none of the areas"))
    }
    return history
  }
}
