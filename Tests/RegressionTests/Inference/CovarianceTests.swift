import Regression
import Tables
import Testing

/// Expected values by sandwich 3.0 (`vcovCL`, `vcovHC`) and survey 4.1 on R 4.2.2.
@Suite struct CovarianceTests {
  private func errors(_ fit: Fit) -> [Double] { fit.coefficients.map(\.standardError) }

  @Test(
    "clusters by one column have sandwich's errors under each adjustment",
    arguments: [
      (
        ClusterAdjustment.full,
        [
          0.342597712828432, 0.064192660729654, 0.316139798341251, 0.262488374408956, 0.276955575709586,
          0.158252849411350,
        ]
      ),
      (
        .clusters,
        [
          0.3238621357293565, 0.0606821686882272, 0.2988511202674569, 0.2481337217297281, 0.2618097578963645,
          0.1495985054088272,
        ]
      ),
      (
        .none,
        [
          0.3087904304911198, 0.0578581776785149, 0.2849433629291553, 0.2365862207995719, 0.2496258096536293,
          0.1426365783143712,
        ]
      ),
    ])
  func oneWay(adjustment: ClusterAdjustment, expected: [Double]) throws {
    let options = FitOptions(covariance: .cluster(["c1"], adjustment), tolerance: 1e-14)
    let fit = try FitTests.poisson(options)
    #expect(agree(errors(fit), expected, within: 1e-9))
    #expect(fit.covarianceKind.name == "cluster:c1")
    // 11 clusters: too few to rely on.
    #expect(fit.warnings == [.fewClusters(column: "c1", count: 11)])
    #expect(fit.reference == .normal)
  }

  @Test(
    "two-way clusters are the sum of both less that of their intersection",
    arguments: [
      (
        ClusterAdjustment.full,
        [
          0.3080540234251133, 0.0783721626385533, 0.3546157259256118, 0.1701519660062573, 0.2900349539682557,
          0.1402732552681509,
        ]
      ),
      (
        .clusters,
        [
          0.2912075306131424, 0.0740862388260051, 0.3352229219901365, 0.1608468972381364, 0.2741738666403890,
          0.1326021579706307,
        ]
      ),
    ])
  func twoWay(adjustment: ClusterAdjustment, expected: [Double]) throws {
    let options = FitOptions(covariance: .cluster(["c1", "c2"], adjustment), tolerance: 1e-14)
    let fit = try FitTests.poisson(options)
    let repaired = fit.warnings.contains { if case .covarianceRepaired = $0 { true } else { false } }
    if repaired {
      // Negative eigenvalues were there: the diagonal can only have grown.
      #expect(zip(errors(fit), expected).allSatisfy { $0 >= $1 * (1 - 1e-9) })
    } else {
      #expect(agree(errors(fit), expected, within: 1e-9))
    }
  }

  @Test("clusters of a linear model have t with one degree of freedom less than clusters") func clusterReference()
    throws
  {
    let fit = try Regression.fit(
      "z ~ x * s + g", to: ExampleData.table, options: FitOptions(weights: "w", covariance: .cluster(["c2"])))
    #expect(fit.reference == .studentT(degreesOfFreedom: 5))
    #expect(
      agree(
        errors(fit),
        [
          0.756170821356925, 0.278816336291039, 0.713271499932226, 0.291756387017282, 0.602387937286569,
          0.287743934915036, 0.251872950692149,
        ], within: 1e-10))
  }

  @Test("clusters that cannot serve are refused") func badClusters() throws {
    let one = Table(ExampleData.table.columns + [.init("all", integers: Array(repeating: 1, count: 48))])
    #expect(throws: RegressionError.self) {
      try Regression.fit("z ~ x", to: one, options: FitOptions(covariance: .cluster(["all"])))
    }
    let fit = try Regression.fit("z ~ x", to: one)
    #expect(throws: RegressionError.self) { try fit.with(covariance: .cluster(["c1"])) }
  }

  @Test("singleton clusters are reported") func singletons() throws {
    let row = Table(ExampleData.table.columns + [.init("row", integers: Array(1...48))])
    let fit = try Regression.fit("z ~ x", to: row, options: FitOptions(covariance: .cluster(["row"], .none)))
    #expect(fit.warnings == [.singletonClusters(column: "row", count: 48, of: 48)])
    // Each row its own cluster: White's covariance.
    #expect(agree(errors(fit), errors(try fit.with(covariance: .hc0)), within: 1e-12))
  }

  @Test("frequency weights are the rows written out") func frequencies() throws {
    let formula = "y ~ x + s + offset(log(e))"
    let weighted = FitOptions(weights: "w", weightsKind: .frequency, tolerance: 1e-14)
    let fit = try Regression.fit(formula, to: ExampleData.table, family: .poisson, options: weighted)
    let long = try Regression.fit(
      formula, to: ExampleData.repeated, family: .poisson, options: FitOptions(tolerance: 1e-14))
    #expect(fit.observations == 168)
    #expect(fit.rowCount == 48)
    // R on the repeated rows.
    #expect(
      agree(
        [fit.logLikelihood, fit.bic, fit.dfResidual, fit.deviance, fit.nullDeviance],
        [-427.615729065900, 870.603350070010, 165, 290.340423952390, 322.068904768173], within: 1e-11))
    let expected: [CovarianceKind: [Double]] = [
      .model: [0.0893411754970420, 0.0251048014598796, 0.0728863786872681],
      .hc0: [0.1080296471288739, 0.0346865520330224, 0.0886236018623719],
      .hc1: [0.1090073109218066, 0.0350004638796834, 0.0894256417564460],
      .hc3: [0.1101461983828351, 0.0354081268923889, 0.0904339719079184],
    ]
    for (kind, values) in expected {
      #expect(agree(errors(try fit.with(covariance: kind)), values, within: 1e-9), "\(kind)")
      #expect(agree(errors(try long.with(covariance: kind)), values, within: 1e-9), "\(kind)")
    }
    let linear = try Regression.fit("z ~ x", to: ExampleData.table, options: weighted)
    #expect(
      agree(
        [linear.logLikelihood, linear.aic, linear.linear?.rSquared ?? .nan],
        [-284.6028313608287021, 575.2056627216574043, 0.2654690031096265], within: 1e-11))
    let diagnostics = try linear.diagnostics()
    #expect(agree(Array(diagnostics.leverages[..<2]), [0.01094670872416372, 0.00603884784593675], within: 1e-10))
    #expect(agree(Array(diagnostics.cooksDistances[..<2]), [4.84543826294988e-03, 6.76803328958917e-06], within: 1e-9))
    #expect(
      agree(Array(diagnostics.studentisedResiduals[..<2]), [0.9353753561513688, 0.0470592222412559], within: 1e-9))
  }

  @Test("probability weights ask for robust errors") func probabilityWeights() throws {
    let formula = "y ~ x + s + offset(log(e))"
    let options = FitOptions(weights: "w", weightsKind: .probability, tolerance: 1e-14)
    let fit = try Regression.fit(formula, to: ExampleData.table, family: .quasiPoisson, options: options)
    #expect(fit.covarianceKind == .hc1)
    #expect(
      agree(
        fit.coefficients.map(\.estimate), [-2.015229504055870, 0.128027351336952, 0.161621074956385], within: 1e-10))
    // HC0 times √(n/(n − 1)), which is what survey's svyglm gives to the 8 digits that its last step leaves.
    let survey = [0.2202622892194810, 0.0724386142088172, 0.1870761350675464]
    let factor = (48.0 / 47).squareRoot()
    #expect(agree(errors(try fit.with(covariance: .hc0)).map { $0 * factor }, survey, within: 1e-9))
    #expect(throws: RegressionError.self) { try fit.with(covariance: .model) }
    #expect(throws: RegressionError.self) { try fit.singleTermDeletions() }
    var wrong = options
    wrong.covariance = .model
    #expect(throws: RegressionError.self) {
      try Regression.fit(formula, to: ExampleData.table, family: .poisson, options: wrong)
    }
  }

  @Test("rows of leverage 1 are left out of HC2 and HC3, and named") func fullLeverage() throws {
    var marks = [Double](repeating: 0, count: 48)
    marks[5] = 1
    let table = Table(ExampleData.table.columns + [.init("mark", numbers: marks)])
    let fit = try Regression.fit("z ~ x + mark", to: table, options: FitOptions(covariance: .hc3))
    #expect(fit.warnings == [.fullLeverage(rows: 1)])
    #expect(fit.coefficients.allSatisfy { $0.standardError.isFinite })
  }
}
