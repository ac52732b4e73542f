import Tables

/// A CSV file that is read anew at every pass.
extension CSVChunks: TableChunks {
  /// Hands out the tables of one pass over the file, in order.
  ///
  /// - Throws: ``RegressionError`` with what is wrong in the file.
  public func forEachTable(_ body: (Table) throws(RegressionError) -> Void) throws(RegressionError) {
    var pass = pass()
    while true {
      let table: Table?
      do throws(Problems) {
        table = try pass.next()
      } catch {
        throw RegressionError(error)
      }
      guard let table else { return }
      try body(table)
    }
  }
}
