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

/// Registered deaths by age in the step from mid-2014, gathered to the broad bands of
/// `MortalityScaling`.
enum DeathsByAge {
  /// The first year of the step.
  static let year = 2014

  /// Deaths by band for the areas that are held; England is the sum of all districts.
  static func byBand(_ folder: DatasetFolder, areas: [Area]) throws(Problems) -> MortalityScaling.DeathsByBand {
    let table = try Table.read(
      csv: folder.file("deaths-by-age-2014-15", "deaths.csv"),
      columns: [
        ColumnRequest("area", .text), ColumnRequest("age", .text), ColumnRequest("deaths", .number),
      ], others: .skip)
    guard let codes = table.text("area"), let ages = table.text("age"),
      let deaths = table.numbers("deaths")
    else { throw Problems(table.problem("has no deaths by area and age")) }
    let bands = MortalityScaling.bands
    let bandOfLabel = ages.values.map { label in
      let low = AgeLabel(label)?.lowerBound ?? 0
      return bands.lastIndex { $0.lowerBound <= low } ?? 0
    }
    let position = Dictionary(areas.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { a, _ in a })
    let positionOfCode = codes.values.map { position[$0] }
    let england = position[NationalProjection.england.code]
    var values = Array(repeating: Double.nan, count: areas.count * bands.count)
    func add(_ area: Int, _ band: Int, _ count: Double) {
      let cell = area * bands.count + band
      values[cell] = (values[cell].isNaN ? 0 : values[cell]) + count
    }
    for row in 0..<table.rowCount {
      let band = bandOfLabel[Int(ages.codes[row])]
      if let area = positionOfCode[Int(codes.codes[row])] { add(area, band, deaths[row]) }
      if let england { add(england, band, deaths[row]) }
    }
    return MortalityScaling.DeathsByBand(year: year, values: values)
  }
}
