@testable import Regression
import Tables
import Testing

/// Data and models at the edge: what cannot be known is said, and what can be known is not lost.
@Suite struct TroubleTests {
  private static let table = ExampleData.table

  private func fit(
    _ formula: String, family: Family = .gaussian, link: Link? = nil, options: FitOptions = FitOptions(),
    table: Table = Self.table
  ) throws -> Fit {
    try Regression.fit(formula, to: table, family: family, link: link, options: options)
  }

  @Test(
    "every row of the fit can be predicted although columns are aliased",
    arguments: ["y ~ g + C(g, sum)", "y ~ g + x:g + C(g, sum) + x", "y ~ x + I(2*x - 3) + g", "y ~ x + poly(x, 2)"])
  func aliasedPredictions(formula: String) throws {
    let fit = try fit(formula, family: .poisson)
    #expect(fit.coefficients.contains { $0.isAliased })
    let prediction = try fit.predictions(for: Self.table)
    #expect(prediction.inestimableRows.isEmpty)
    #expect(prediction.mean.allSatisfy { $0.isFinite })
  }

  @Test("a row that breaks the relation of an aliased column has no prediction") func brokenRelation() throws {
    let double = Table(Self.table.columns + [.init("xx", numbers: Self.table.numbers("x")!.map { 2 * $0 })])
    let fit = try fit("y ~ x + xx", table: double)
    let new = Table([.init("x", numbers: [1, 1, 0]), .init("xx", numbers: [2, 3, 1e-3])])
    #expect(try fit.predictions(for: new).inestimableRows == [1, 2])
  }

  @Test(
    "a model that meets the mean of every cell converges whatever the dispersion",
    arguments: [(Family.quasiPoisson, Link.log), (.gamma, .log), (.gamma, .identity), (.inverseGaussian, .log)])
  func cellMeans(family: Family, link: Link) throws {
    let count = 400
    let groups = (0..<count).map { "abcd".map(String.init)[$0 * 7 % 11 % 4] }
    let costs = (0..<count).map { 1 + Double($0 * 31 % 17) }
    let fit = try fit(
      "cost ~ group", family: family, link: link,
      table: Table([.init("group", text: groups), .init("cost", numbers: costs)]))
    #expect(fit.converged)
    #expect(fit.warnings.isEmpty)
  }

  @Test("an empty cell of a model with log link and proportions is a separation") func logBinomial() throws {
    let rows = 0..<60
    let table = Table([
      .init("g", text: rows.map { $0 % 3 == 0 ? "a" : "b" }),
      .init("ill", numbers: rows.map { $0 % 3 == 0 && $0 % 4 == 0 ? 1 : 0 }),
      .init("x", numbers: rows.map { Double($0 * 7 % 10) }),
    ])
    let fit = try fit("ill ~ g + x", family: .binomial, link: .log, table: table)
    let found = fit.warnings.compactMap { if case .separation(let separation) = $0 { separation } else { nil } }
    #expect(found.first?.divergences == [.init(term: "gb", isUpward: false)])
    #expect(found.first?.rows == 40)
  }

  @Test("complete separation by a narrow margin is found") func narrowMargin() throws {
    let table = Table([
      .init("ill", numbers: [0, 1, 0, 1, 1, 0, 1, 0]),
      .init("x", numbers: [0.0257, -0.0698, 0.56, -0.5286, -0.1303, 2.9991, -0.0994, 0.7663]),
      .init("z", numbers: [0.3, 0.2, -0.9, 0.6, 0, 0.8, 2.1, 0.2]),
    ])
    let fit = try fit("ill ~ x + z", family: .binomial, table: table)
    let found = fit.warnings.compactMap { if case .separation(let separation) = $0 { separation } else { nil } }
    #expect(found.first?.isComplete == true)
  }

  @Test("an exact fit and a constant response are told") func exactFit() throws {
    let x = (0..<20).map(Double.init)
    let table = Table([
      .init("x", numbers: x), .init("line", numbers: x.map { 2 * $0 + 1 }), .init("same", numbers: x.map { _ in 7 }),
    ])
    #expect(try fit("line ~ x", table: table).warnings == [.exactFit])
    #expect(try fit("same ~ x", table: table).warnings.contains(.data(.constantResponse("same"))))
    #expect(try fit("z ~ x").warnings.contains(.exactFit) == false)
  }

  @Test("proportions without trials are told, those of 0 and 1 and those of weights that count trials are not")
  func proportions() throws {
    func isTold(_ response: String, _ options: FitOptions) throws -> Bool {
      try fit("\(response) ~ x", family: .binomial, options: options).warnings.contains {
        if case .data(.fractionalCounts) = $0 { true } else { false }
      }
    }
    #expect(try isTold("p", FitOptions()))
    #expect(try isTold("p", FitOptions(weights: "m")) == false)
    #expect(try isTold("p", FitOptions(trials: "m")) == false)
    #expect(try isTold("d", FitOptions(weights: "w")) == false)
  }

  @Test("frequency weights beside two counts are refused: they would count trials as observations")
  func frequenciesOfCounts() {
    #expect(throws: RegressionError.self) {
      try fit(
        "cbind(d, m) ~ x", family: .quasiBinomial, options: FitOptions(weights: "w", weightsKind: .frequency))
    }
  }

  @Test("the offset alone has no deviance where the link has no mean for it") func nullDeviance() throws {
    #expect(try fit("z ~ 0 + x + g", link: .inverse).nullDeviance.isNaN)
    #expect(try fit("y ~ 0 + g", family: .poisson, link: .squareRoot).nullDeviance.isNaN)
    #expect(try fit("z ~ 0 + x").nullDeviance > 0)
  }

  @Test("frequencies that add up to less than the coefficients leave nothing to test") func smallFrequencies() throws {
    let table = Table(Self.table.columns + [.init("f", numbers: Self.table.numbers("x")!.map { _ in 1e-3 })])
    let linear = try #require(
      try fit("z ~ x", options: FitOptions(weights: "f", weightsKind: .frequency), table: table).linear)
    #expect(linear.overall.statistic.isNaN)
    #expect(linear.adjustedRSquared.isNaN)
  }

  @Test("a factor of more levels than can be estimated is refused before memory is asked for") func identifiers() {
    let rows = 0..<20_000
    let table = Table([
      .init("y", numbers: rows.map { Double($0 % 7) }), .init("id", text: rows.map { "person \($0 % 12_000)" }),
    ])
    #expect(throws: RegressionError.self) { try fit("y ~ id", table: table) }
  }
}
