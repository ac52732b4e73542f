import LinearAlgebra

extension Fit {
  /// Wald's joint test that some coefficients are 0: b′V⁻¹b by the fit's covariance, against χ², or divided by their
  /// number against F where the dispersion is estimated. Aliased columns are left out.
  ///
  /// - Parameter terms: the names of columns.
  /// - Throws: `model` for a name that is no column, when none can be estimated, and where V is singular (as many
  ///   coefficients as clusters).
  /// - Complexity: O(terms³).
  public func waldTest(columns terms: [String]) throws(RegressionError) -> TestResult {
    var indices: [Int] = []
    for term in terms {
      guard let index = layout.columns.firstIndex(where: { $0.name == term }) else {
        throw .model("the model has no column \"\(term)\"")
      }
      indices.append(index)
    }
    return try waldTest(of: indices, named: terms.joined(separator: ", "))
  }

  /// Wald's test of each term: all columns of a factor, of a basis, of an interaction at once.
  ///
  /// - Throws: as ``waldTest(columns:)``.
  /// - Complexity: O(columns³).
  public func waldTests() throws(RegressionError) -> [TestResult] {
    var results: [TestResult] = []
    for (index, name) in layout.terms.enumerated() {
      let columns = layout.columns.indices.filter { layout.columns[$0].term == index + 1 }
      guard columns.contains(where: { !core.estimate.aliased[$0] }) else { continue }
      results.append(try waldTest(of: columns, named: name))
    }
    return results
  }

  private func waldTest(of columns: [Int], named name: String) throws(RegressionError) -> TestResult {
    let chosen = columns.filter { !core.estimate.aliased[$0] }
    guard !chosen.isEmpty else { throw .model("no coefficient of \(name) can be estimated") }
    let estimates = chosen.map { core.estimate.coefficients[$0] }
    guard
      let factor = try? Cholesky(of: covariance.selecting(rows: chosen, columns: chosen), relativePivot: 1e-14),
      factor.aliased.isEmpty
    else { throw .model("the covariance of \(name) is singular; fewer coefficients can be tested together") }
    let form = estimates.dot(factor.solve(estimates))
    return reference.jointTest(name, form: form, count: chosen.count)
  }
}

extension ReferenceDistribution {
  /// The test of a quadratic form in `count` coefficients.
  func jointTest(_ name: String, form: Double, count: Int) -> TestResult {
    let mean = form / Double(count)
    let pValue = jointPValue(mean, count: count)
    switch self {
    case .normal:
      return TestResult(
        name: name, statistic: form, degreesOfFreedom: Double(count), denominatorDegreesOfFreedom: nil, pValue: pValue)
    case .studentT(let df):
      return TestResult(
        name: name, statistic: mean, degreesOfFreedom: Double(count), denominatorDegreesOfFreedom: df, pValue: pValue)
    }
  }
}
