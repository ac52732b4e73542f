import Tables

/// The rows of one data set as tables that come in turn and can be gone through again: a file that does not fit in memory.
///
/// Every pass must give the same tables; their columns are the same, and each knows its own line numbers.
public protocol TableChunks: Sendable {
  /// Hands out the tables, in order.
  func forEachTable(_ body: (Table) throws(RegressionError) -> Void) throws(RegressionError)
}

/// Tables in memory, as chunks of one data set.
extension Array: TableChunks where Element == Table {
  /// Hands out the tables, in order.
  public func forEachTable(_ body: (Table) throws(RegressionError) -> Void) throws(RegressionError) {
    for table in self { try body(table) }
  }
}
