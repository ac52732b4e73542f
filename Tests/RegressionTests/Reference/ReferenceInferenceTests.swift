import Regression
import Testing

/// Clusters, tests by term, profile limits, linear summaries and ridge fits of R.
@Suite("Inference of R's fits")
struct ReferenceInferenceTests {
  /// The adjustment that a name of `sandwich::vcovCL` means.
  static let adjustments: [(suffix: String, adjustment: ClusterAdjustment)] = [
    ("HC0_nocadj", .none), ("HC0_cadj", .clusters), ("HC1_cadj", .full),
  ]

  @Test(
    "cluster covariances, one-way and two-way",
    arguments: [
      ("petersen_cluster_lm", "firm", ["firm"]), ("petersen_cluster_lm", "year", ["year"]),
      ("petersen_cluster_lm", "twoway", ["firm", "year"]), ("infert_logistic", "stratum", ["stratum"]),
    ])
  func clusters(name: String, prefix: String, columns: [String]) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    let expected = try #require(reference.clustered)
    var compared = 0
    for (suffix, adjustment) in Self.adjustments {
      guard let errors = expected["\(prefix)_\(suffix)"] else { continue }
      let fit = try reference.fit(covariance: .cluster(columns, adjustment))
      expectAgreement(fit.coefficients.map(\.standardError), errors, to: 1e-9, "\(prefix)_\(suffix)")
      compared += 1
    }
    #expect(compared > 0)
  }

  @Test("profile-likelihood limits")
  func profile() throws {
    let reference: ReferenceFit = try References.read("glm", "infert_logistic")
    let expected = try #require(reference.profileLimits)
    let intervals = try reference.fit().profileIntervals()
    // R interpolates the profile with a spline; its limits are good to about 1e-5.
    for (interval, limits) in zip(intervals, expected) {
      expectAgreement([interval.lower, interval.upper], limits, to: 1e-4, floor: [0.1, 0.1], interval.term)
    }
    #expect(intervals.count == expected.count)
  }

  @Test("each term left out in turn")
  func drops() throws {
    let reference: ReferenceFit = try References.read("glm", "birthwt_logistic")
    let expected = try #require(reference.drop1)
    let fit = try reference.fit()
    let tests = try fit.singleTermDeletions()
    #expect(tests.map(\.degreesOfFreedom) == expected.df.map(Double.init))
    // A ratio is a difference of deviances of 200: the digits that 1e-12 of them leaves.
    expectAgreement(tests.map(\.statistic), expected.ratio, to: 1e-8, "ratio")
    expectAgreement(tests.map { fit.deviance + $0.statistic }, expected.deviance, to: 1e-9, "deviance")
    expectAgreement(tests.map(\.pValue), expected.pValues, to: 1e-8, "p")
  }

  @Test("terms added one after the other")
  func anova() throws {
    let reference: ReferenceFit = try References.read("glm", "dobson_poisson")
    let expected = try #require(reference.anova)
    let rows = try reference.fit().analysisOfDeviance()
    #expect(rows.map(\.residualDegreesOfFreedom) == expected.dfResidual.map(Double.init))
    expectAgreement(rows.map(\.residualDeviance), expected.residualDeviance, to: 1e-9, "residual deviance")
    let tests = rows.compactMap(\.test)
    #expect(tests.map(\.degreesOfFreedom) == expected.df.map(Double.init))
    // The last term explains nothing: its deviance is zero but for rounding, of which p loses the root.
    for (test, p) in zip(tests, expected.pValues) { #expect(abs(test.pValue - p) < 1e-6) }
  }

  @Test(
    "residual standard deviation, R² and F of linear models",
    arguments: ["airquality_lm_missing", "cars_lm_prediction", "mtcars_bspline", "mtcars_wls", "petersen_cluster_lm"])
  func linear(name: String) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    let summary = try #require(try reference.fit().linear)
    expectAgreement(
      summary.residualStandardDeviation, reference.residualStandardDeviation, to: 1e-9, "residual standard deviation")
    expectAgreement(summary.rSquared, reference.rSquared, to: 1e-9, "R²")
    expectAgreement(summary.adjustedRSquared, reference.adjustedRSquared, to: 1e-9, "adjusted R²")
    let f = try #require(reference.fStatistic)
    expectAgreement(
      [
        summary.overall.statistic, summary.overall.degreesOfFreedom,
        summary.overall.denominatorDegreesOfFreedom ?? .nan,
      ], f, to: 1e-9, "F")
  }

  @Test("ridge fits over four penalties")
  func ridge() throws {
    let reference: ReferenceRidge = try References.read("ridge", "longley")
    for (index, lambda) in reference.lambda.enumerated() {
      let fit = try Regression.fit(
        try Formula(reference.formula), to: reference.table, options: FitOptions(ridge: lambda, tolerance: 1e-12))
      // Longley's columns are so nearly dependent (condition 5·10⁹) that R itself has twelve digits at most.
      expectAgreement(fit.coefficients.map(\.estimate), reference.coefficients[index], to: 1e-8, "λ \(lambda)")
      let ridge = try #require(fit.ridge)
      expectAgreement(ridge.generalisedCrossValidation, reference.gcv[index], to: 1e-8, "GCV at λ \(lambda)")
    }
  }
}
