internal import Tables

extension Table {
  /// `complete`: each group of `by` has each of `values` in `column` exactly once.
  func verifyComplete(
    by: [String], column name: String, values: [String], _ report: inout VerificationReport
  ) {
    let groups = RowGroups(of: self, by: by)
    let codes = RowGroups(of: self, by: [name])
    let indices = Dictionary(values.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    // The place in `values` of each distinct cell.
    let places = codes.firstRows.map { indices[cellText(name, row: $0)] }
    var rows = [Int](repeating: -1, count: groups.count * values.count)
    var problems: [Problem] = []
    for row in 0..<rowCount {
      guard let place = places[codes.ids[row]] else {
        problems.append(
          problem(row: row, column: name, "\(quoted(cellText(name, row: row))) is none of the expected values"))
        continue
      }
      let cell = groups.ids[row] * values.count + place
      if rows[cell] < 0 {
        rows[cell] = row
      } else {
        problems.append(
          problem(
            row: row, column: name,
            "\(named(by, row))\(name) \(values[place]) is there twice, first in line \(line(ofRow: rows[cell]))"))
      }
    }
    if rows.contains(-1) {
      for (cell, row) in rows.enumerated() where row < 0 {
        let first = groups.firstRows[cell / values.count]
        problems.append(
          problem(
            row: first, column: name, "\(named(by, first))no row with \(name) \(values[cell % values.count])"))
      }
    }
    report.add(
      "complete", "\(values.count) values of \(name) in \(groups.count) groups", problems)
  }

  /// `no-gap`: whole numbers run on in each group of `by`.
  func verifyNoGap(by: [String], column name: String, _ report: inout VerificationReport) {
    guard let numbers = numbers(name) else {
      report.fail("no-gap", problem("\(name) is no column of numbers"))
      return
    }
    var problems: [Problem] = []
    let groups = rowsByGroup(by)
    for rows in groups {
      let sorted = rows.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
      for (before, row) in zip(sorted, sorted.dropFirst()) where numbers[row] != numbers[before] + 1 {
        let value = plainNumber(numbers[row])
        problems.append(
          problem(
            row: row, column: name,
            numbers[row] == numbers[before]
              ? "\(named(by, row))\(name) \(value) is there twice, first in line \(line(ofRow: before))"
              : "\(named(by, row))\(name) \(value) follows \(plainNumber(numbers[before])); expected no gap"))
      }
    }
    report.add("no-gap", "\(name) in \(groups.count) groups", problems)
  }

  /// The rows of each group.
  func rowsByGroup(_ columns: [String]) -> [[Int]] {
    let groups = RowGroups(of: self, by: columns)
    var rows = [[Int]](repeating: [], count: groups.count)
    for (row, id) in groups.ids.enumerated() { rows[id].append(row) }
    return rows
  }

  /// The group of a row at the beginning of a message; empty where there is one group only.
  func named(_ columns: [String], _ row: Int) -> String {
    columns.isEmpty ? "" : groupName(columns, row: row) + ": "
  }
}
