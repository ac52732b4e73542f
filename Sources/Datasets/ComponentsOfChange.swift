public import Demography
public import Tables

/// Registered births and deaths and estimated migration by area and year (Kent, Medway, England).
public struct ComponentsOfChange: Sendable {
  private let areas: TextColumn
  private let years: [Double]
  private let table: Table

  /// Reads the package `components-of-change`.
  ///
  /// - Throws: `Problems` of its file.
  public init(_ folder: DatasetFolder) throws(Problems) {
    table = try Table.read(
      csv: folder.file("components-of-change", "components.csv"),
      columns: [ColumnRequest("area", .text), ColumnRequest("year", .integer)], others: .number)
    guard let areas = table.text("area"), let years = table.numbers("year") else {
      throw Problems(table.problem("has no areas and years"))
    }
    self.areas = areas
    self.years = years
  }

  /// Births and deaths of some areas by step; NaN for areas that are not held.
  ///
  /// A row of year y is the step that ends at mid-y.
  public func registrations(of wanted: [Area]) throws(Problems) -> Registrations {
    let last = Int(years.max() ?? 0)
    let first = Int(years.min() ?? 0)
    let steps = first..<last
    var births = Array(repeating: Double.nan, count: wanted.count * steps.count)
    var deaths = births
    let position = Dictionary(wanted.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { a, _ in a })
    guard let born = table.numbers("births"), let dead = table.numbers("deaths") else {
      throw Problems(table.problem("has no births and deaths"))
    }
    for row in years.indices {
      let step = Int(years[row]) - 1
      guard let area = position[areas[row]], steps.contains(step) else { continue }
      births[area * steps.count + step - first] = born[row]
      deaths[area * steps.count + step - first] = dead[row]
    }
    return try inFile(table.file) { () throws(AssumptionError) in
      try Registrations(years: steps, births: births, deaths: deaths)
    }
  }
}
