import LinearAlgebra

/// One pass of Fisher scoring by itself, for measuring it: the way through the rows is chosen once, as a fit chooses it.
@_spi(Measurement)
public struct ScoringPass {
  private let pass: any WorkingPass

  /// The pass that a fit of these rows would take, on one thread.
  ///
  /// - Throws: `data` for responses that the family cannot have.
  /// - Complexity: O(rows).
  public init(_ layout: DesignLayout, _ rows: DesignRows, family: Family) throws(RegressionError) {
    let model = ResponseModel(family: family, link: family.defaultLink)
    let responses = try ResponseTotals(rows, model: model, threads: 1)
    pass = workingPass(layout, rows, model: model, responses: responses, threads: 1)
  }

  /// X′WX, X′r and the deviance at the coefficients; gives the deviance.
  ///
  /// - Throws: nothing that the first pass did not.
  /// - Complexity: O(rows × columns²), less where columns are factors.
  public func deviance(at coefficients: [Double]) throws(RegressionError) -> Double {
    try Self.sums(pass, coefficients).totals.deviance
  }

  private static func sums(_ pass: some WorkingPass, _ beta: [Double]) throws(RegressionError) -> PassSums {
    try pass.sums(at: .coefficients(beta), gram: true)
  }
}
