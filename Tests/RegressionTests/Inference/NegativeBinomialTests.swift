import Regression
import Tables
import Testing

/// Expected values by `glm.nb` of MASS 7.3 on R 4.2.2, whose θ moves by some 1e-8 at its end.
@Suite struct NegativeBinomialTests {
  private static let family = Family.negativeBinomial(theta: nil)

  @Test("theta, its error, coefficients and likelihood are MASS's") func maximumLikelihood() throws {
    let fit = try Regression.fit("yy ~ x + g", to: ExampleData.table, family: Self.family, options: FitTests.strict)
    #expect(
      agree([fit.theta ?? .nan, fit.thetaStandardError ?? .nan], [3.86889492119630, 1.08490294681821], within: 1e-7))
    #expect(
      agree(
        fit.coefficients.map(\.estimate) + fit.coefficients.map(\.standardError),
        [
          1.94448708390521330, 0.06532008461234851, 0.24545219594078838, 0.00490953510032435, 0.13818140639357537,
          0.2284888420995330, 0.0636389763408119, 0.2479828227102970, 0.2524625025177206, 0.2502148907752695,
        ], within: 1e-7))
    #expect(
      agree(
        [fit.logLikelihood, fit.aic, fit.deviance, fit.nullDeviance],
        [-144.0002698397147, 300.0005396794294, 47.2994046019764, 49.6463032330022], within: 1e-8))
    #expect(fit.reference == .normal)
    #expect(
      agree(
        try fit.with(covariance: .hc3).coefficients.map(\.standardError),
        [0.3062929968964263, 0.0603633227735591, 0.3208489648469880, 0.3089219269766373, 0.3032610556098351],
        within: 1e-7))
    #expect(
      agree(
        Array(try fit.diagnostics().studentisedResiduals[..<3]),
        [-0.551367220644824, 2.094040325535126, 0.204129133742138], within: 1e-7))
    // drop1 keeps theta.
    #expect(
      agree(
        try fit.singleTermDeletions().map(\.statistic), [1.00236239613906, 1.37033642888903], within: 1e-6))
    // Two fits compare with a theta each.
    let smaller = try Regression.fit("yy ~ g", to: ExampleData.table, family: Self.family, options: FitTests.strict)
    #expect(agree([smaller.theta ?? .nan], [3.77022090027123], within: 1e-7))
    let test = try fit.likelihoodRatioTest(against: smaller)
    #expect(agree([test.statistic], [2 * (144.49715102397727 - 144.0002698397147)], within: 1e-7))
  }

  @Test("weights weigh theta too") func weighted() throws {
    // The error from the information at R's θ: glm.nb's own is that of its last step but one, 3e-5 away.
    let fit = try Regression.fit(
      "yy ~ x + s", to: ExampleData.table, family: Self.family, options: FitOptions(weights: "w", tolerance: 1e-14))
    #expect(
      agree([fit.theta ?? .nan, fit.thetaStandardError ?? .nan], [4.617459424457869, 0.736504184026447], within: 1e-7))
  }

  @Test("a given theta is kept, and the dispersion may be estimated on top") func fixed() throws {
    let fit = try Regression.fit("yy ~ x + g", to: ExampleData.table, family: .negativeBinomial(theta: 2))
    #expect(fit.theta == 2)
    #expect(fit.thetaStandardError == nil)
    #expect(fit.dispersion == 1)
    let estimated = try Regression.fit(
      "yy ~ x + g", to: ExampleData.table, family: .negativeBinomial(theta: 2),
      options: FitOptions(dispersion: .estimated))
    #expect(estimated.dispersion == fit.pearsonChiSquared / 43)
    #expect(estimated.reference == .studentT(degreesOfFreedom: 43))
    #expect(throws: RegressionError.self) {
      try Regression.fit("yy ~ x", to: ExampleData.table, family: .negativeBinomial(theta: 0))
    }
  }

  @Test("counts that vary less than Poisson's have an infinite theta and say so") func underdispersed() throws {
    let table = Table([
      .init("n", numbers: [4, 5, 5, 6, 5, 4, 6, 5, 5, 4]), .init("t", integers: Array(1...10)),
    ])
    let fit = try Regression.fit("n ~ t", to: table, family: Self.family)
    #expect(fit.theta == .infinity)
    #expect(fit.thetaStandardError == nil)
    #expect(fit.family == .poisson)
    #expect(fit.warnings == [.thetaInfinite])
    let poisson = try Regression.fit("n ~ t", to: table, family: .poisson)
    #expect(fit.coefficients == poisson.coefficients)
    #expect(fit.aic == poisson.aic + 2)
  }
}
