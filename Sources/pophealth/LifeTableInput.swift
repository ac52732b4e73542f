import Datasets
import Demography
import Tables

/// The figures of a file for `pophealth lifetable`, checked and in order.
struct LifeTableInput {
  /// What the file tells of mortality, one value an age group.
  enum Figures {
    case counts(deaths: [Double], population: [Double])
    case rates([Double])
    case probabilities([Double], openRate: Double)
  }

  /// One life table's worth of rows.
  struct Group {
    /// How notes call the group; nil in a file of one group without a name.
    let name: String?
    let area: String?
    let sex: String?
    let ages: AgeScale
    let figures: Figures
    /// The line of the group's first row.
    let line: Int
  }

  let groups: [Group]
  let hasArea: Bool
  let hasSex: Bool
  /// What was read otherwise than it was written, for the user to see.
  let notes: [String]

  /// Reads the file.
  ///
  /// - Throws: `Problems` with line and column of everything that is wrong.
  init(path: String, needsCounts: Bool) throws(Problems) {
    let table = try Table.read(
      csv: path,
      columns: [
        ColumnRequest("area", .text, presence: .optional),
        ColumnRequest("sex", .text, presence: .optional),
        ColumnRequest("age", .text),
        ColumnRequest("deaths", .number, presence: .optional, allowsMissing: true),
        ColumnRequest(
          "population", .number, presence: .optional, allowsMissing: true,
          aliases: ["exposure", "person_years", "pop"]),
        ColumnRequest("m", .number, presence: .optional, allowsMissing: true, aliases: ["rate", "mx"]),
        ColumnRequest("q", .number, presence: .optional, allowsMissing: true, aliases: ["qx"]),
      ])
    let measures = try LifeTableMeasures(table, path: path, needsCounts: needsCounts)
    var notes = table.notes + measures.notes
    var collector = ProblemCollector()
    let sexes = Self.sexes(of: table, &collector, &notes)
    let areas = table.text("area")
    var groups: [Group] = []
    var remarks: [GroupNote] = []
    for rows in Self.groupedRows(areas: areas, sexes: sexes, count: table.rowCount) {
      guard let first = rows.first else { continue }
      let area = areas.map { $0[first] }
      let sex = sexes.map { $0[first] }
      let name = area == nil && sex == nil ? nil : [area, sex].compactMap(\.self).joined(separator: ", ")
      guard let bands = AgeRows(of: table, rows: rows, name: name, &collector) else {
        measures.check(rows: rows, &collector)
        continue
      }
      if bands.wasUnordered { remarks.append(GroupNote(name: name, message: "rows sorted by age")) }
      guard let figures = measures.figures(of: bands, &collector) else { continue }
      remarks += figures.notes.map { GroupNote(name: name, message: $0) }
      groups.append(
        Group(
          name: name, area: area, sex: sex, ages: bands.scale, figures: figures.value,
          line: table.line(ofRow: first)))
    }
    try collector.throwIfAny()
    if let first = groups.first {
      let others = groups.filter { $0.ages != first.ages }
      remarks += others.map {
        GroupNote(name: $0.name, message: "other age groups than \(first.name ?? "the first rows")")
      }
    }
    notes += GroupNote.gathered(remarks)
    self.groups = groups
    self.notes = notes
    hasArea = areas != nil
    hasSex = sexes != nil
  }

  /// The sex of each row in lower case; nil without such a column.
  private static func sexes(
    of table: Table, _ collector: inout ProblemCollector, _ notes: inout [String]
  ) -> [String]? {
    guard let column = table.text("sex") else { return nil }
    let known = ["female", "male", "persons"]
    let read = column.values.map { NearestName.trimmedLowercase($0) }
    for (value, sex) in zip(column.values, read) where known.contains(sex) && value != sex {
      notes.append("read sex \(quoted(value)) as \(sex)")
    }
    for row in 0..<table.rowCount {
      let code = Int(column.codes[row])
      guard code >= 0, !known.contains(read[code]) else { continue }
      collector.add(
        table.problem(
          row: row, column: "sex", "\(quoted(column.values[code])); expected female, male or persons"))
    }
    return column.codes.map { $0 < 0 ? "" : read[Int($0)] }
  }

  /// The rows of each area and sex: areas in the order of their first row, and sexes within each area.
  private static func groupedRows(areas: TextColumn?, sexes: [String]?, count: Int) -> [[Int]] {
    var index: [String: Int] = [:]
    var groups: [(area: Int32, rows: [Int])] = []
    for row in 0..<count {
      let area = areas?.codes[row] ?? 0
      let key = "\(area)/\(sexes?[row] ?? "")"
      if let known = index[key] {
        groups[known].rows.append(row)
      } else {
        index[key] = groups.count
        groups.append((area, [row]))
      }
    }
    // Codes count areas in the order of their first row.
    let order = groups.indices.sorted { (groups[$0].area, $0) < (groups[$1].area, $1) }
    return order.map { groups[$0].rows }
  }
}

extension NearestName {
  /// A word without blanks around it and in lower case.
  fileprivate static func trimmedLowercase(_ text: String) -> String {
    text.split(separator: " ").joined(separator: " ").lowercased()
  }
}
