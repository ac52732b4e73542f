import Foundation
import Regression
import Testing

/// The linear regressions of NIST's Statistical Reference Datasets against their certified values.
@Suite("Certified linear regressions of NIST")
struct CertifiedFitTests {
  /// The digits that each set must have right in every coefficient and standard error.
  static let bars: [(name: String, digits: Double)] = [
    ("Filip", 7), ("Longley", 9), ("NoInt1", 9), ("NoInt2", 9), ("Norris", 9), ("Pontius", 9), ("Wampler1", 9),
    ("Wampler2", 9), ("Wampler3", 9), ("Wampler4", 8), ("Wampler5", 6),
  ]

  /// The correct digits of a figure: −log₁₀ of its relative error, at most the 15 that are certified.
  static func digits(_ value: Double, _ certified: Double) -> Double {
    guard value != certified else { return 15 }
    return min(15, max(0, -log10(abs(value - certified) / abs(certified))))
  }

  @Test("every set is there")
  func complete() throws {
    #expect(try References.names(in: "nist") == Self.bars.map(\.name))
  }

  @Test("correct digits reach the bar of each set", arguments: bars)
  func digits(name: String, bar: Double) throws {
    let certified: CertifiedFit = try References.read("nist", name)
    let fit = try Regression.fit(try Formula(certified.formula), to: certified.table, family: .gaussian)
    let estimates = fit.coefficients.map(\.estimate)
    let errors = fit.coefficients.map(\.standardError)
    try #require(estimates.count == certified.coefficients.count)
    let ofEstimates = zip(estimates, certified.coefficients).map(Self.digits).min() ?? 0
    let deviation = fit.dispersion.squareRoot()
    if certified.residualStandardDeviation == 0 {
      // An exact fit: nothing to be relative to. The responses reach 4·10⁶ (Wampler1) and 40 (Wampler2), of which the
      // residuals may keep what rounding the responses leaves, 2⁻⁵², a thousand times over.
      let largest = certified.table.numbers("y")?.map(abs).max() ?? 0
      #expect(deviation <= largest * 1000 * 0x1p-52, "residual standard deviation \(deviation)")
      #expect((errors.max() ?? .infinity) <= largest * 1000 * 0x1p-52, "standard errors \(errors)")
      print("NIST \(name): coefficients \(text(ofEstimates)) digits, exact fit")
      #expect(ofEstimates >= bar)
    } else {
      let ofErrors = zip(errors, certified.standardErrors).map(Self.digits).min() ?? 0
      let ofDeviation = Self.digits(deviation, certified.residualStandardDeviation)
      print(
        "NIST \(name): coefficients \(text(ofEstimates)) digits, standard errors \(text(ofErrors)), residual deviation "
          + text(ofDeviation))
      #expect(min(ofEstimates, ofErrors, ofDeviation) >= bar)
    }
  }

  private func text(_ digits: Double) -> String { String(format: "%.1f", digits) }
}
