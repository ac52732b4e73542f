internal import Demography
internal import Tables

/// The shares by age of districts that lie in a footprint only in part.
enum FootprintShares {
  /// The share of each district's people who live in the footprint, by age group, as of the mid-year of the
  /// package, from the small areas that make up the district.
  ///
  /// An age at which a district has nobody takes the share of all ages.
  ///
  /// - Parameter ages: the groups, each of which has a column of its label.
  /// - Throws: `Problems` of the file: a column of an age that is missing, is not numeric or is no group of
  ///   `ages`, or a small area that is neither in the footprint (1) nor out of it (0).
  static func byDistrict(
    _ folder: DatasetFolder, package: String, ages: AgeScale = .singleYears(to: 90)
  ) throws(Problems) -> [String: [Double]] {
    let table = try Table.read(
      csv: folder.file(package, "lsoa.csv"),
      columns: [
        ColumnRequest("lsoa", .text), ColumnRequest("district", .text),
        ColumnRequest("in_footprint", .integer),
      ], others: .number)
    guard let district = table.text("district"), let inside = table.numbers("in_footprint") else {
      throw Problems(table.problem("is not a table of small areas"))
    }
    var problems = ProblemCollector()
    for (row, share) in inside.enumerated() where share != 0 && share != 1 {
      problems.add(
        table.problem(row: row, column: "in_footprint", "in_footprint \(shortest(share)); expected 0 or 1"))
    }
    let columns = columns(of: table, ages: ages, problems: &problems)
    try problems.throwIfAny()
    var all = Array(repeating: Array(repeating: 0.0, count: ages.count), count: district.values.count)
    var part = all
    for (x, people) in columns.enumerated() {
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

  /// The people of each group by small area, found by the labels of the columns and not by their order.
  private static func columns(
    of table: Table, ages: AgeScale, problems: inout ProblemCollector
  ) -> [[Double]] {
    let keys: Set<String> = ["lsoa", "district", "in_footprint"]
    var nameOf: [AgeLabel: String] = [:]
    let wanted = ages.labels.compactMap { AgeLabel($0) }
    for name in table.columnNames where !keys.contains(name) {
      guard let label = AgeLabel(name), wanted.contains(label), nameOf[label] == nil else {
        problems.add(
          file: table.file, line: 1, column: table.columnNumber(name),
          "column \(quoted(name)); expected one for each of the ages 0 to \(ages.label(at: ages.count - 1))")
        continue
      }
      nameOf[label] = name
    }
    return zip(wanted, ages.labels).map { label, text in
      if let people = nameOf[label].flatMap({ table.numbers($0) }) { return people }
      problems.add(table.problem("has no numbers for age \(text)"))
      return []
    }
  }
}
