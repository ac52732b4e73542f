internal import Tables

/// The shares by age of districts that lie in a footprint only in part.
enum FootprintShares {
  /// The share of each district's people who live in the footprint, by single year of age 0…89, 90+, as of
  /// the mid-year of the package, from the small areas that make up the district.
  ///
  /// An age at which a district has nobody takes the share of all ages.
  ///
  /// - Throws: `Problems` of the file.
  static func byDistrict(_ folder: DatasetFolder, package: String) throws(Problems) -> [String: [Double]] {
    let table = try Table.read(
      csv: folder.file(package, "lsoa.csv"),
      columns: [
        ColumnRequest("lsoa", .text), ColumnRequest("district", .text),
        ColumnRequest("in_footprint", .integer),
      ], others: .number)
    guard let district = table.text("district"), let inside = table.numbers("in_footprint") else {
      throw Problems(table.problem("is not a table of small areas"))
    }
    let ages = table.columnNames.filter { AgeLabel($0) != nil }
    var all = Array(repeating: Array(repeating: 0.0, count: ages.count), count: district.values.count)
    var part = all
    for (x, age) in ages.enumerated() {
      guard let people = table.numbers(age) else { continue }
      for row in 0..<table.rowCount {
        let d = Int(district.codes[row])
        all[d][x] += people[row]
        part[d][x] += inside[row] * people[row]
      }
    }
    var result: [String: [Double]] = [:]
    for (d, code) in district.values.enumerated() {
      let total = all[d].reduce(0, +)
      let share = total > 0 ? part[d].reduce(0, +) / total : 0
      result[code] = zip(part[d], all[d]).map { $1 > 0 ? $0 / $1 : share }
    }
    return result
  }
}
