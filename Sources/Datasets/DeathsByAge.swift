internal import Demography
internal import Tables

/// Registered deaths by age in the step from mid-2014, gathered to the broad bands of
/// `MortalityScaling`.
enum DeathsByAge {
  /// The first year of the step.
  static let year = 2014

  /// Deaths by band for the areas that are held, NaN for others; England is the sum of the English districts
  /// (codes E06 to E09), as the package holds Welsh ones (W06) too.
  ///
  /// - Throws: `Problems` of the file, among them ages that are none.
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
      AgeLabel(label).flatMap { age in bands.lastIndex { $0.lowerBound <= age.lowerBound } }
    }
    let position = Dictionary(areas.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { a, _ in a })
    let positionOfCode = codes.values.map { position[$0] }
    let isEnglish = codes.values.map { code in ["E06", "E07", "E08", "E09"].contains { code.hasPrefix($0) } }
    let england = position[NationalProjection.england.code]
    var values = Array(repeating: Double.nan, count: areas.count * bands.count)
    func add(_ area: Int, _ band: Int, _ count: Double) {
      let cell = area * bands.count + band
      values[cell] = (values[cell].isNaN ? 0 : values[cell]) + count
    }
    var problems = ProblemCollector()
    for row in 0..<table.rowCount {
      guard let band = bandOfLabel[Int(ages.codes[row])] else {
        problems.add(
          table.problem(row: row, column: "age", "age \(quoted(ages[row])); expected a group such as 5-9 or 90+"))
        continue
      }
      let code = Int(codes.codes[row])
      if let area = positionOfCode[code] { add(area, band, deaths[row]) }
      if let england, isEnglish[code] { add(england, band, deaths[row]) }
    }
    try problems.throwIfAny()
    return MortalityScaling.DeathsByBand(year: year, values: values)
  }
}
