public import Tables

/// The values behind ONS's Health Index: one value a district, measure and year, without intervals or counts.
public struct HealthIndex: Sendable {
  /// The measures, by their column.
  public let measures: [String]
  /// The years.
  public let years: ClosedRange<Int>
  private let values: [String: [Int: [String: Double]]]

  /// Reads measures of the package `ons-health-index`.
  ///
  /// - Throws: `Problems` of its file; a measure that it does not hold is one.
  /// - Complexity: O(cells).
  public init(_ folder: DatasetFolder, measures: [String]) throws(Problems) {
    let table = try Table.read(
      csv: folder.file("ons-health-index", "health-index.csv"),
      columns: [ColumnRequest("area", .text), ColumnRequest("year", .integer)]
        + measures.map { ColumnRequest($0, .number, allowsMissing: true) }, others: .skip)
    guard let areas = table.text("area"), let years = table.numbers("year"), let first = years.min(),
      let last = years.max()
    else { throw Problems(table.problem("has no areas and years")) }
    var values: [String: [Int: [String: Double]]] = [:]
    for measure in measures {
      let column = table.numbers(measure) ?? []
      for row in 0..<table.rowCount where !column[row].isNaN {
        values[measure, default: [:]][Int(years[row]), default: [:]][areas[row]] = column[row]
      }
    }
    self.measures = measures
    self.years = Int(first)...Int(last)
    self.values = values
  }

  /// The value of a district.
  public func value(of measure: String, area: String, in year: Int) -> Double? { values[measure]?[year]?[area] }

  /// The median over all districts, and how many they are.
  ///
  /// - Complexity: O(n log n) for n districts.
  public func median(of measure: String, in year: Int) -> (value: Double, districts: Int)? {
    guard let all = values[measure]?[year]?.values.sorted(), !all.isEmpty else { return nil }
    let middle = all.count / 2
    return (all.count % 2 == 1 ? all[middle] : (all[middle - 1] + all[middle]) / 2, all.count)
  }
}
