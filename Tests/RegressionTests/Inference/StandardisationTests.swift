import Regression
import Tables
import Testing

/// Expected values by hand in R 4.2.2: predictions with the variable set, averaged, and J V J′.
@Suite struct StandardisationTests {
  @Test("adjusted rates over the exposures, their differences and ratios") func rates() throws {
    let means = try FitTests.poisson().adjustedMeans(of: "g")
    #expect(means.levels == ["a", "b", "c", "d"])
    #expect(
      agree(
        means.estimates, [0.164020136573118, 0.304289017456492, 0.187571878530860, 0.187570109668367], within: 1e-11))
    #expect(
      agree(
        means.means.map(\.standardError),
        [0.0228062238717072, 0.0355567459205470, 0.0250850793994916, 0.0254212599319145], within: 1e-10))
    let differences = means.differences()
    #expect(differences.map(\.level) == ["b", "c", "d"])
    #expect(
      agree(
        differences.map(\.estimate), [0.1402688808833741, 0.0235517419577421, 0.0235499730952491], within: 1e-10))
    #expect(
      agree(
        differences.map(\.standardError), [0.0421485543306319, 0.0339499886878104, 0.0342632584428887],
        within: 1e-9))
    let ratios = means.ratios()
    #expect(
      agree(ratios.map(\.estimate), [1.85519305015848, 1.14359055204934, 1.14357976762659], within: 1e-11))
    // Without interactions the ratio of rates is the coefficient's, errors and tests included.
    let b = try #require(try FitTests.poisson()["gb"])
    #expect(agree([ratios[0].standardError, ratios[0].pValue], [b.standardError, b.pValue], within: 1e-9))
  }

  @Test("risks over the trials with risk differences and ratios") func risks() throws {
    let fit = try Regression.fit(
      "p ~ x + s", to: ExampleData.table, family: .binomial, options: FitOptions(trials: "m", tolerance: 1e-14))
    let means = try fit.adjustedMeans(of: "s")
    #expect(agree(means.estimates, [0.383265062440849, 0.344759501233304], within: 1e-11))
    // R's errors here rest on a covariance that its last step leaves 1e-8 behind.
    #expect(agree(means.means.map(\.standardError), [0.0507884600960170, 0.0426332457663361], within: 1e-8))
    #expect(agree(means.differences().map(\.standardError), [0.0664398580927382], within: 1e-8))
    #expect(agree(means.ratios().map(\.standardError), [0.181610597646098], within: 1e-8))
  }

  @Test("the average marginal effect of a number, also inside a logarithm") func marginalEffect() throws {
    let fit = try FitTests.poisson()
    let effect = try fit.averageMarginalEffect(of: "x", over: ExampleData.table, averaging: .rows)
    #expect(agree([effect.estimate, effect.standardError], [0.988385246773424, 0.247016637051087], within: 1e-8))
    // In a linear model of log(e) the mean of b/e.
    let linear = try Regression.fit("z ~ log(e)", to: ExampleData.table)
    let exposures = try #require(ExampleData.table.numbers("e"))
    let slope = try #require(linear["log(e)"])
    let expected = exposures.reduce(0) { $0 + slope.estimate / $1 } / 48
    let ofLogarithm = try linear.averageMarginalEffect(of: "e", over: ExampleData.table)
    #expect(agree([ofLogarithm.estimate], [expected], within: 1e-8))
    #expect(agree([ofLogarithm.pValue], [slope.pValue], within: 1e-7))
  }

  @Test("adjusted means at values of a number") func atValues() throws {
    let fit = try Regression.fit("z ~ x * s", to: ExampleData.table)
    let means = try fit.adjustedMeans(of: "x", at: [1, 3], over: ExampleData.table)
    // Linear in x: the difference is twice the average effect.
    let effect = try fit.averageMarginalEffect(of: "x", over: ExampleData.table)
    #expect(agree(means.differences().map(\.estimate), [2 * effect.estimate], within: 1e-8))
    #expect(agree(means.differences().map(\.standardError), [2 * effect.standardError], within: 1e-8))
    #expect(throws: RegressionError.self) { try fit.adjustedMeans(of: "e", at: [1], over: ExampleData.table) }
    #expect(throws: RegressionError.self) { try fit.adjustedMeans(of: "nothing") }
  }
}
