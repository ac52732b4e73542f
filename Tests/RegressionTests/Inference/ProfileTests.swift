import Regression
import Tables
import Testing

/// Expected values by roots of the profile deviance found in R 4.2.2 with `uniroot` (tolerance 1e-14) over `glm.fit`.
@Suite struct ProfileTests {
  @Test("profile intervals of a Poisson fit") func poisson() throws {
    let intervals = try FitTests.poisson().profileIntervals()
    #expect(
      agree(
        intervals.flatMap { [$0.lower, $0.upper] },
        [
          -2.89704009804994, -2.08493428008787, 0.106117440962218, 0.295638954132039, 0.265587777801693,
          0.977709355236378, -0.244726013941351, 0.514798670200149, -0.248212049861906, 0.517647004897451,
          -0.00123943650216192, 0.53698450083302307,
        ], within: 1e-8))
    // The test of a one-column term is drop1's.
    #expect(agree([intervals[1].test.statistic], [17.5943297625149], within: 1e-9))
  }

  @Test("profile intervals of a binomial at two confidences") func binomial() throws {
    let fit = try Regression.fit(
      "p ~ x + s", to: ExampleData.table, family: .binomial, options: FitOptions(trials: "m", tolerance: 1e-14))
    #expect(
      agree(
        try fit.profileIntervals().flatMap { [$0.lower, $0.upper] },
        [
          -1.3018913062949011, -0.0670447920430413, -0.117485707742877, 0.289879846180826, -0.731297833387755,
          0.398392488500423,
        ], within: 1e-8))
    let x = try fit.profileInterval(of: "x", confidence: 0.8)
    #expect(agree([x.lower, x.upper], [-0.0473765775324191, 0.2185326820790982], within: 1e-8))
  }

  @Test("the profile of a linear model is its t interval") func linear() throws {
    let fit = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(weights: "w"))
    let intervals = try fit.profileIntervals()
    #expect(
      agree(
        intervals.flatMap { [$0.lower, $0.upper] }, fit.coefficients.flatMap { [$0.lower, $0.upper] }, within: 1e-8))
  }

  @Test("an end that does not exist is infinite") func infiniteEnd() throws {
    // No events in level d: the estimate is −∞, and so is the lower end.
    let table = ExampleData.withoutEventsInD
    let fit = try Regression.fit("y ~ x + g + offset(log(e))", to: table, family: .poisson)
    let interval = try fit.profileInterval(of: "gd")
    #expect(interval.lower == -.infinity)
    // By hand: the profile rises again where the deviance has grown by the quantile.
    #expect(interval.upper < 0 && interval.upper > -5)
  }
}
