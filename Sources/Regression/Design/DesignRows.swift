/// Rows of a design: the numeric vectors and factor codes that a layout's columns are made of, with the response, the
/// weights and the offset. Rows with a missing value are not among them.
public struct DesignRows: Sendable {
  /// How many rows.
  public let count: Int

  /// One array a numeric vector of the layout.
  public let numerics: [[Double]]

  /// One array a factor of the layout; codes count from 0.
  public let codes: [[Int32]]

  /// The response; for the binomial the proportion.
  public let response: [Double]

  /// The prior weights: the user's, times the number of trials for a binomial; nil stands for ones.
  public let weights: [Double]?

  /// The offset on the scale of the linear predictor, nil for none.
  public let offset: [Double]?

  /// The row of the table that each row was, where some were dropped; nil when none was.
  public let sourceRows: [Int]?

  /// Rows from their parts.
  ///
  /// - Precondition: Every array has `count` elements.
  public init(
    count: Int, numerics: [[Double]], codes: [[Int32]], response: [Double], weights: [Double]? = nil,
    offset: [Double]? = nil, sourceRows: [Int]? = nil
  ) {
    precondition(
      numerics.allSatisfy { $0.count == count } && codes.allSatisfy { $0.count == count }
        && response.count == count && (weights?.count ?? count) == count && (offset?.count ?? count) == count,
      "rows of unequal length")
    self.count = count
    self.numerics = numerics
    self.codes = codes
    self.response = response
    self.weights = weights
    self.offset = offset
    self.sourceRows = sourceRows
  }
}
