import Regression
import Tables
import Testing

/// Expected values by R 4.2.2 (`drop1`, `anova`, `glm.nb` of MASS 7.3).
@Suite struct HypothesisTests {
  @Test("drop1 of a Poisson fit is R's") func singleTermDeletions() throws {
    let tests = try FitTests.poisson().singleTermDeletions()
    #expect(tests.map(\.name) == ["x", "g", "s"])
    #expect(tests.map(\.degreesOfFreedom) == [1, 3, 1])
    #expect(agree(tests.map(\.statistic), [17.5943297625149, 13.7703527668463, 3.8053910515516], within: 1e-9))
    #expect(agree(tests.map(\.pValue), [2.734e-05, 0.003235, 0.051088], within: 2e-4))
    #expect(tests.allSatisfy { $0.denominatorDegreesOfFreedom == nil })
  }

  @Test("drop1 keeps terms that stand in interactions, and takes F where the dispersion is estimated")
  func marginality() throws {
    let fit = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(weights: "w"))
    let tests = try fit.singleTermDeletions()
    #expect(tests.map(\.name) == ["g", "x:s"])
    // R prints F to six digits.
    #expect(agree(tests.map(\.statistic), [3.85121, 4.61029], within: 2e-6))
    #expect(agree(tests.map(\.pValue), [0.016188, 0.037744], within: 4e-5))
    #expect(tests.map(\.denominatorDegreesOfFreedom) == [41, 41])
  }

  @Test("the analysis of deviance adds term by term") func analysisOfDeviance() throws {
    let rows = try FitTests.poisson().analysisOfDeviance()
    #expect(rows.map(\.term) == ["NULL", "x", "g", "s"])
    #expect(
      agree(
        rows.map(\.residualDeviance), [99.4840992245104, 82.9681685088342, 69.0086554601836, 65.2032644086320],
        within: 1e-10))
    #expect(rows.map(\.residualDegreesOfFreedom) == [47, 46, 43, 42])
    #expect(rows[0].test == nil)
    #expect(
      agree(rows.compactMap(\.test?.statistic), [16.5159307156762, 13.9595130486505, 3.8053910515516], within: 1e-9))
    #expect(agree(rows.compactMap(\.test?.pValue), [4.8243e-05, 0.0029608, 0.0510878], within: 2e-5))
    let linear = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(weights: "w"))
    #expect(
      agree(
        try linear.analysisOfDeviance().compactMap(\.test?.statistic), [19.57367, 0.40482, 2.71455, 4.61029],
        within: 1e-5))
  }

  @Test("two nested fits compare by the likelihood ratio") func nested() throws {
    let whole = try FitTests.poisson()
    let part = try Regression.fit(
      "y ~ x + s + offset(log(e))", to: ExampleData.table, family: .poisson, options: FitTests.strict)
    let test = try whole.likelihoodRatioTest(against: part)
    #expect(agree([test.statistic], [13.7703527668463], within: 1e-9))
    #expect(test.degreesOfFreedom == 3)
    #expect(throws: RegressionError.self) { try part.likelihoodRatioTest(against: whole) }
    let other = try Regression.fit("y ~ x + s + offset(log(e))", to: ExampleData.table, family: .gaussian)
    #expect(throws: RegressionError.self) { try whole.likelihoodRatioTest(against: other) }
  }

  @Test("Wald's test of one column is z squared, of a linear model's term F") func wald() throws {
    let fit = try FitTests.poisson()
    let x = try #require(fit["x"])
    let test = try fit.waldTest(columns: ["x"])
    #expect(agree([test.statistic, test.pValue], [x.statistic * x.statistic, x.pValue], within: 1e-9))
    #expect(try fit.waldTests().map(\.name) == ["x", "g", "s"])
    // In a linear model Wald's F of a term is the F of its deletion.
    let linear = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(weights: "w"))
    let terms = try linear.waldTests()
    #expect(agree([terms[2].statistic, terms[3].statistic], [3.85121, 4.61029], within: 2e-6))
    #expect(throws: RegressionError.self) { try fit.waldTest(columns: ["nothing"]) }
  }

  @Test("overdispersion by Pearson and by Cameron and Trivedi") func overdispersion() throws {
    let result = try FitTests.poisson().overdispersion()
    #expect(
      agree(
        [result.ratio, result.linearAlpha, result.linear.statistic, result.quadraticAlpha, result.quadratic.statistic],
        [1.84985529981477, 0.459578487545421, 1.763905051224527, 0.0486214812157888, 1.0019341966049944], within: 1e-9))
    let linear = try Regression.fit("z ~ x", to: ExampleData.table)
    #expect(throws: RegressionError.self) { try linear.overdispersion() }
  }
}
