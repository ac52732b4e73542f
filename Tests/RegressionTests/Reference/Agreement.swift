import Testing

/// Expects figures to agree with reference figures to `relative`, or to that part of `floor` where a reference figure is
/// smaller than it. A missing reference figure stands for NaN.
func expectAgreement(
  _ actual: [Double], _ expected: [Double?], to relative: Double, floor: [Double] = [], _ what: String,
  location: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record("\(what): \(actual.count) figures, expected \(expected.count)", sourceLocation: location)
    return
  }
  var worst = (error: 0.0, index: 0)
  for (index, pair) in zip(actual, expected).enumerated() {
    guard let value = pair.1 else {
      if !pair.0.isNaN { worst = (.infinity, index) }
      continue
    }
    let scale = max(abs(value), floor.isEmpty ? 0 : floor[index])
    let difference = abs(pair.0 - value)
    let error = difference == 0 ? 0 : difference / max(scale, .leastNormalMagnitude)
    if !(error <= worst.error) { worst = (error.isNaN ? .infinity : error, index) }
  }
  #expect(
    worst.error <= relative,
    "\(what)[\(worst.index)]: \(actual[worst.index]), expected \(String(describing: expected[worst.index]))",
    sourceLocation: location)
}

/// One figure; nothing is expected where there is no reference.
func expectAgreement(
  _ actual: Double, _ expected: Double?, to relative: Double, _ what: String,
  location: SourceLocation = #_sourceLocation
) {
  guard let expected else { return }
  expectAgreement([actual], [expected], to: relative, what, location: location)
}
