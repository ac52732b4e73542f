public import Indicators
public import Tables

/// The standard populations of the data packages.
public enum StandardPopulations {
  /// The standard of a name: `esp2013`, `esp2013-20` or `who`; nil for one that is not there.
  ///
  /// - Throws: `Problems` of the package `standard-populations`, among them bands that a standard cannot have.
  /// - Complexity: O(rows).
  public static func standard(named name: String, in folder: DatasetFolder) throws(Problems) -> StandardPopulation? {
    let file = folder.file("standard-populations", "standard-populations.csv")
    let table = try Table.read(
      csv: file,
      columns: ["standard", "age"].map { ColumnRequest($0, .text) } + [ColumnRequest("weight", .number)],
      others: .skip)
    guard let names = table.text("standard"), let ages = table.text("age"), let weights = table.numbers("weight")
    else { throw Problems(table.problem("has no weights by standard and age")) }
    let rows = (0..<table.rowCount).filter { names[$0] == name }
    guard !rows.isEmpty else { return nil }
    return try inFile(file) { () throws(StandardPopulationError) in
      try StandardPopulation(name: name, bands: rows.map { AgeBandLabel(ages[$0]) }, weights: rows.map { weights[$0] })
    }
  }
}
