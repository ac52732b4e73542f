public import Tables

/// Values of England for some indicators of Fingertips, 2018 to 2024.
public struct FingertipsEngland: Sendable {
  /// One value with its 95% limits; what is not published is NaN.
  public struct Value: Sendable, Hashable {
    /// The number of the indicator in Fingertips.
    public let indicator: Int
    /// The year in which the period begins.
    public let year: Int
    /// `Persons`, `Female` or `Male`.
    public let sex: String
    /// The ages that it is about, such as `65+ yrs`.
    public let age: String
    /// The events.
    public let count: Double
    /// The people.
    public let denominator: Double
    /// The value in the indicator's unit.
    public let value: Double
    /// The lower 95% limit.
    public let lower: Double
    /// The upper 95% limit.
    public let upper: Double
  }

  /// All values, by indicator, year, sex and age.
  public let values: [Value]

  /// Reads the package `fingertips-england`.
  ///
  /// - Throws: `Problems` of its file.
  /// - Complexity: O(rows).
  public init(_ folder: DatasetFolder) throws(Problems) {
    let measures = ["count", "denominator", "value", "lower_95", "upper_95"]
    let table = try Table.read(
      csv: folder.file("fingertips-england", "england.csv"),
      columns: [ColumnRequest("indicator", .integer), ColumnRequest("year", .integer)]
        + ["sex", "age"].map { ColumnRequest($0, .text) }
        + measures.map { ColumnRequest($0, .number, allowsMissing: true) }, others: .skip)
    guard let indicator = table.numbers("indicator"), let year = table.numbers("year"), let sex = table.text("sex"),
      let age = table.text("age")
    else { throw Problems(table.problem("has no indicators by year, sex and age")) }
    let columns = measures.map { table.numbers($0) ?? [] }
    values = (0..<table.rowCount).map { row in
      Value(
        indicator: Int(indicator[row]), year: Int(year[row]), sex: sex[row], age: age[row], count: columns[0][row],
        denominator: columns[1][row], value: columns[2][row], lower: columns[3][row], upper: columns[4][row])
    }
  }

  /// The value of persons of all the indicator's ages in a year, where there is exactly one.
  public func value(of indicator: Int, in year: Int, age: String) -> Value? {
    values.first { $0.indicator == indicator && $0.year == year && $0.sex == "Persons" && $0.age == age }
  }
}
