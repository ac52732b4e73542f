import Tables

/// Rows of new data, coded as those of a fit were, to predict for.
public struct NewRows: Sendable {
  /// The complete rows; their response is 0 and means nothing.
  public let rows: DesignRows

  /// How many rows the table has.
  public let total: Int

  /// The rows of the table that lack a value, ascending: there is no prediction for them.
  public let incomplete: [Int]

  /// In how many rows each column is missing, where it is in any.
  public let missing: [String: Int]

  /// Values of the complete rows, put where the table has their rows; NaN in the others.
  ///
  /// - Precondition: There is a value for each complete row.
  /// - Complexity: O(rows).
  public func spread(_ values: [Double]) -> [Double] {
    precondition(values.count == rows.count, "a value for each complete row")
    guard let source = rows.sourceRows else { return values }
    var all = [Double](repeating: .nan, count: total)
    for (index, row) in source.enumerated() { all[row] = values[index] }
    return all
  }
}

extension DesignRecipe {
  /// Codes new data as the data of the fit were: the same levels, knots and coefficients of bases.
  ///
  /// Response, weights, trials and clusters need not be there; the offsets must.
  ///
  /// - Throws: ``RegressionError`` with file, line and column: a column that is missing or of another kind, a level that
  ///   the fit did not have, a result that is no finite number, a table without rows.
  /// - Complexity: O(rows × (variables + spline order²)).
  public func newRows(of table: Table) throws(RegressionError) -> NewRows {
    guard table.rowCount > 0 else { throw .data([table.problem("has no rows").description]) }
    let columns = predictorColumns
    let absent = columns.filter { table.column($0) == nil }
    guard absent.isEmpty else {
      let ofOffsets = Set(offsets.flatMap(\.columns))
      throw .data(
        absent.map { name in
          let part = ofOffsets.contains(name) ? "an offset of the model" : "a term of the model"
          let advice = NearestName.suggestion(for: name, in: table.columnNames).map { "; \($0)" } ?? ""
          return table.problem("has no column \(quoted(name)), which is in \(part)\(advice)").description
        })
    }
    for case .factor(let factor) in variables { try checkKind(of: factor, in: table) }
    let complete = CompleteRows(table, columns: columns)
    var problems = ProblemCollector()
    let numerics = try numerics(of: table, complete, &problems)
    let codes = try codes(of: table, complete, &problems)
    let offset = try offset(of: table, complete, &problems)
    do {
      try problems.throwIfAny()
    } catch {
      throw RegressionError(error)
    }
    let kept = Set(complete.rows ?? [])
    return NewRows(
      rows: DesignRows(
        count: complete.count, numerics: numerics, codes: codes,
        response: [Double](repeating: 0, count: complete.count), offset: offset, sourceRows: complete.rows),
      total: complete.total,
      incomplete: complete.rows == nil ? [] : (0..<complete.total).filter { !kept.contains($0) },
      missing: complete.missing)
  }

  /// A factor of texts that looks like numbers in new data, or the other way round, would match no level.
  private func checkKind(of factor: LearnedFactor, in table: Table) throws(RegressionError) {
    guard case .column(let name) = factor.source.kind, let cells = table.column(name)?.cells else { return }
    switch (cells, factor.numbers) {
    case (.numbers, nil):
      throw .data([
        table.problem("column \(quoted(name)) holds numbers; in the fit it was text").description
      ])
    case (.text, .some): _ = try table.numbers(name, usedBy: nil)
    default: break
    }
  }
}
