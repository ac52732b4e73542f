public import Demography
public import Tables

/// Named scenarios as data: one row a change.
///
/// Columns: `scenario,title`, `component` (`fertility`, `mortality`, `migration`, or `migration-window` for the
/// number of past years), `sex,age_from,age_to,year_from,year_to` (empty means all), `operation` (`multiply`,
/// `add`, `set`, `add-share-of-magnitude`) and `value`.
public enum ScenarioLibrary {
  /// The scenarios of the package `scenarios`, in file order.
  ///
  /// - Throws: `Problems` of its file.
  public static func scenarios(_ folder: DatasetFolder) throws(Problems) -> [Scenario] {
    let rows = try ChangeRows(file: folder.file("scenarios", "scenarios.csv"), named: true)
    var order: [String] = []
    var rowsOf: [String: [Int]] = [:]
    for row in rows.names.indices {
      if rowsOf[rows.names[row]] == nil { order.append(rows.names[row]) }
      rowsOf[rows.names[row], default: []].append(row)
    }
    return order.map { name in
      let own = rowsOf[name] ?? []
      return Scenario(
        name: name, title: own.first.map { rows.titles[$0] } ?? name, changes: own.compactMap { rows.changes[$0] },
        migrationWindow: own.compactMap { rows.windows[$0] }.last)
    }
  }
}
