/// The rows of a table that a design left out.
public struct DroppedRows: Sendable, Hashable {
  /// How many rows the table has.
  public let total: Int

  /// How many of them were left out because a value is missing.
  public let dropped: Int

  /// In how many rows each column is missing, where it is in any; a row may lack several.
  public let missing: [String: Int]
}
