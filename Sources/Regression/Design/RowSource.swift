/// Where a fit takes its rows from: an array in memory or a file that is read again at every pass.
///
/// Each pass must give the same rows in the same chunks.
public protocol RowSource: Sendable {
  /// Hands out the rows chunk after chunk, in order.
  func forEachChunk(_ body: (DesignRows) throws(RegressionError) -> Void) throws(RegressionError)
}

extension DesignRows: RowSource {
  /// The rows as one chunk.
  public func forEachChunk(_ body: (DesignRows) throws(RegressionError) -> Void) throws(RegressionError) {
    try body(self)
  }
}
