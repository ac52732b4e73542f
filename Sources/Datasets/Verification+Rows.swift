internal import Tables

/// The rows of a resource against its schema.
struct ResourceRows {
  let table: Table
  let resource: DataPackage.Resource

  /// Checks the number of rows, the constraints of the cells and the primary key.
  func verify(_ report: inout VerificationReport) {
    if let rows = resource.rows {
      report.add(
        "rows", "\(rows) rows",
        table.rowCount == rows ? [] : [table.problem("\(table.rowCount) rows; expected \(rows)")])
    }
    let fields = resource.schema.fields
    report.add("constraints", "\(fields.count) columns", fields.flatMap(problems(of:)))
    let key = resource.schema.primaryKey
    if !key.isEmpty, key.allSatisfy({ table.column($0) != nil }) {
      report.add("key", key.joined(separator: ", "), doubles(of: key))
    }
  }

  /// Cells outside their limits.
  private func problems(of field: DataPackage.Field) -> [Problem] {
    let limits = field.constraints
    var problems: [Problem] = []
    switch table.column(field.name)?.cells {
    case .numbers(let numbers)?:
      let least = limits.minimum ?? -.infinity
      let greatest = limits.maximum ?? .infinity
      let allowed = limits.allowed.map { Set($0.compactMap { Double($0) }) }
      for (row, value) in numbers.enumerated() where !value.isNaN {
        if value < least || value > greatest {
          problems.append(
            table.problem(
              row: row, column: field.name,
              "\(field.name) is \(plainNumber(value)); expected "
                + (value < least ? "at least \(plainNumber(least))" : "at most \(plainNumber(greatest))")))
        }
        if let allowed, !allowed.contains(value) {
          problems.append(notAllowed(plainNumber(value), field, row))
        }
      }
    case .text(let column)?:
      guard let allowed = limits.allowed else { break }
      let isAllowed = column.values.map(allowed.contains)
      guard isAllowed.contains(false) else { break }
      for (row, code) in column.codes.enumerated() where code >= 0 && !isAllowed[Int(code)] {
        problems.append(notAllowed(column[row], field, row))
      }
    case nil: break
    }
    return problems
  }

  private func notAllowed(_ value: String, _ field: DataPackage.Field, _ row: Int) -> Problem {
    table.problem(
      row: row, column: field.name,
      "\(quoted(value)); expected one of \((field.constraints.allowed ?? []).joined(separator: ", "))")
  }

  /// Rows whose key an earlier row has.
  private func doubles(of key: [String]) -> [Problem] {
    let groups = RowGroups(of: table, by: key)
    guard groups.count < table.rowCount else { return [] }
    return groups.ids.enumerated().compactMap { row, id in
      let first = groups.firstRows[id]
      guard first != row else { return nil }
      return table.problem(
        row: row,
        "\(table.groupName(key, row: row)) is there twice, first in line \(table.line(ofRow: first))")
    }
  }
}
