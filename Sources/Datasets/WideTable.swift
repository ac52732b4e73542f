internal import Demography
internal import Tables

/// A table of ages down and years across, the layout of the project's own figures: key columns, `age`, and
/// one column a year.
///
/// Values are kept `[group][year][sex][age]`, the storage of the domain, whatever the order of the rows.
struct WideTable {
  /// The distinct values of the grouping column, in file order; one empty name where there is none.
  let groups: [String]
  /// The labels of the ages, in file order.
  let ages: [String]
  /// The years, ascending without a gap.
  let years: ClosedRange<Int>
  /// How many sexes there are: 2, or 1 where the table has no column of them.
  let sexes: Int
  /// The figures, `[group][year][sex][age]`.
  let values: [Double]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - group: the name of the column that groups rows (areas), if there is one.
  ///   - filter: other key columns and the value that rows must have in them.
  ///   - bySex: whether there is a column `sex`.
  init(
    path: String, group: String? = nil, filter: [String: String] = [:], bySex: Bool = true,
    only wanted: Set<String>? = nil
  ) throws(Problems) {
    let keys = [group, bySex ? "sex" : nil, "age"].compactMap(\.self) + filter.keys.sorted()
    let table = try Table.read(
      csv: path, columns: keys.map { ColumnRequest($0, .text) }, others: .number)
    let yearColumns = table.columnNames.filter { !keys.contains($0) }
    let years = yearColumns.compactMap { Int($0) }
    guard let first = years.first, let last = years.last, years.count == yearColumns.count,
      years == Array(first...last)
    else { throw Problems(table.problem("expected one column a year, ascending without a gap")) }

    let rows = Self.rows(of: table, filter: filter, group: group, wanted: wanted)
    let groupColumn = group.flatMap { table.text($0) }
    let sexColumn = bySex ? table.text("sex") : nil
    guard let ageColumn = table.text("age") else {
      throw Problems(table.problem("has no column age"))
    }
    var groupIndex = IndexOfLabel()
    var ageIndex = IndexOfLabel()
    var place: [(row: Int, group: Int, sex: Int, age: Int)] = []
    place.reserveCapacity(rows.count)
    for row in rows {
      let sex: Int
      if let sexColumn {
        guard let known = Sex(rawValue: sexColumn[row]) else {
          throw Problems(
            table.problem(row: row, column: "sex", "\(quoted(sexColumn[row])); expected female or male"))
        }
        sex = known.index
      } else {
        sex = 0
      }
      place.append((row, groupIndex[groupColumn?[row] ?? ""], sex, ageIndex[ageColumn[row]]))
    }
    groups = groupIndex.labels
    ages = ageIndex.labels
    self.years = first...last
    sexes = bySex ? 2 : 1
    let block = sexes * ages.count
    guard place.count == groups.count * block else {
      throw Problems(
        table.problem("\(place.count) rows; expected every sex and age once in each group"))
    }
    var values = Array(repeating: Double.nan, count: groups.count * years.count * block)
    for (y, column) in yearColumns.enumerated() {
      guard let numbers = table.numbers(column) else { continue }
      for cell in place {
        values[((cell.group * years.count + y) * sexes + cell.sex) * ages.count + cell.age] =
          numbers[cell.row]
      }
    }
    self.values = values
  }

  private static func rows(
    of table: Table, filter: [String: String], group: String?, wanted: Set<String>?
  ) -> [Int] {
    var rows = Array(0..<table.rowCount)
    for (column, value) in filter {
      guard let cells = table.text(column) else { continue }
      rows = rows.filter { cells[$0] == value }
    }
    if let wanted, let cells = group.flatMap({ table.text($0) }) {
      let codes = Set(cells.values.indices.filter { wanted.contains(cells.values[$0]) }.map(Int32.init))
      rows = rows.filter { codes.contains(cells.codes[$0]) }
    }
    return rows
  }

  /// The ages as a scale, without a leading `birth`.
  func ageScale(file: String) throws(Problems) -> AgeScale {
    let labels = ages.first == "birth" ? Array(ages.dropFirst()) : ages
    let bounds = labels.compactMap { AgeLabel($0)?.lowerBound }
    guard bounds.count == labels.count, let scale = try? AgeScale(lowerBounds: bounds) else {
      throw Problems(Problem(file: file, message: "the ages are not a scale from 0 upwards"))
    }
    return scale
  }

  /// The figures of some years, `[group][year][sex][age]`.
  ///
  /// - Throws: `Problems` where the table does not hold all of them.
  func values(years wanted: ClosedRange<Int>, file: String) throws(Problems) -> [Double] {
    if wanted == years { return values }
    guard years.contains(wanted.lowerBound), years.contains(wanted.upperBound) else {
      throw Problems(
        Problem(
          file: file,
          message: "has the years \(years.lowerBound) to \(years.upperBound); expected \(wanted.lowerBound) to "
            + "\(wanted.upperBound), as the population beside it has them"))
    }
    let block = sexes * ages.count
    return groups.indices.flatMap { g -> ArraySlice<Double> in
      let start = (g * years.count + wanted.lowerBound - years.lowerBound) * block
      return values[start..<(start + wanted.count * block)]
    }
  }
}

/// Labels numbered in the order of their first appearance.
struct IndexOfLabel {
  private(set) var labels: [String] = []
  private var indices: [String: Int] = [:]

  subscript(label: String) -> Int {
    mutating get {
      if let last = labels.last, last == label { return labels.count - 1 }
      if let known = indices[label] { return known }
      indices[label] = labels.count
      labels.append(label)
      return labels.count - 1
    }
  }
}
