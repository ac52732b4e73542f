import Regression
import Tables
import Testing

/// A fit answers alike whether its rows come in one piece or in many.
@Suite struct RowSourceTests {
  /// Rows in pieces of 7.
  private struct Pieces: RowSource {
    let rows: DesignRows

    func forEachChunk(_ body: (DesignRows) throws(RegressionError) -> Void) throws(RegressionError) {
      for start in stride(from: 0, to: rows.count, by: 7) {
        let range = start..<min(start + 7, rows.count)
        try body(
          DesignRows(
            count: range.count, numerics: rows.numerics.map { Array($0[range]) },
            codes: rows.codes.map { Array($0[range]) }, response: Array(rows.response[range]),
            weights: rows.weights.map { Array($0[range]) }, offset: rows.offset.map { Array($0[range]) }))
      }
    }
  }

  private static let formula = "y ~ x + g * s + offset(log(e))"

  private func fits(_ family: Family, _ options: FitOptions) throws -> (whole: Fit, pieces: Fit) {
    let design = try Design(Formula(Self.formula), ExampleData.table, family: family, options: options.designOptions)
    let clusters = design.clusters.map { Clusters(name: $0.name, codes: $0.codes, count: $0.sizes.count) }
    return (
      try Regression.fit(design, family: family, options: options),
      try Regression.fit(
        design.layout, Pieces(rows: design.rows), family: family, options: options, clusters: clusters)
    )
  }

  @Test(
    "covariances of rows in pieces are those of all rows",
    arguments: [CovarianceKind.model, .hc1, .hc3, .cluster(["c1"]), .cluster(["c1", "c2"], .none)])
  func covariances(kind: CovarianceKind) throws {
    let options = FitOptions(weights: "w", covariance: kind, tolerance: 1e-12)
    let (whole, pieces) = try fits(.poisson, options)
    // Sums in another order.
    #expect(agree(pieces.coefficients.map(\.estimate), whole.coefficients.map(\.estimate), within: 1e-10))
    #expect(agree(pieces.coefficients.map(\.standardError), whole.coefficients.map(\.standardError), within: 1e-10))
    #expect(pieces.warnings.map(\.description) == whole.warnings.map(\.description))
  }

  @Test("so are diagnostics, predictions, profiles, theta and adjusted means") func afterwards() throws {
    let (whole, pieces) = try fits(.negativeBinomial(theta: nil), FitOptions(tolerance: 1e-12))
    #expect(agree([pieces.theta ?? .nan], [whole.theta ?? .nan], within: 1e-7))
    let (poisson, inPieces) = try fits(.poisson, FitOptions(tolerance: 1e-12))
    #expect(
      agree(try inPieces.diagnostics().cooksDistances, try poisson.diagnostics().cooksDistances, within: 1e-8))
    #expect(try inPieces.diagnostics().sourceRows == Array(0..<48))
    #expect(agree(try inPieces.predictions().upper, try poisson.predictions().upper, within: 1e-9))
    #expect(
      agree(
        [try inPieces.profileInterval(of: "x").lower], [try poisson.profileInterval(of: "x").lower], within: 1e-9))
    #expect(
      agree(try inPieces.adjustedMeans(of: "g").estimates, try poisson.adjustedMeans(of: "g").estimates, within: 1e-10))
    // A fit of arrays knows no table.
    #expect(throws: RegressionError.self) { try inPieces.predictions(for: ExampleData.table) }
  }

  @Test("options that contradict the model are refused") func badOptions() throws {
    let bad: [(FitOptions, Family)] = [
      (FitOptions(confidence: 1), .gaussian), (FitOptions(ridge: -1), .gaussian), (FitOptions(tolerance: 0), .gaussian),
      (FitOptions(maximumIterations: 0), .gaussian), (FitOptions(dispersion: .fixed(0)), .gaussian),
      (FitOptions(firth: true), .gaussian), (FitOptions(ridge: 1, firth: true), .poisson),
      (FitOptions(covariance: .hc0, firth: true), .poisson), (FitOptions(ridge: 1), .negativeBinomial(theta: nil)),
      (FitOptions(weights: "w", weightsKind: .frequency, trials: "m"), .binomial),
    ]
    for (options, family) in bad {
      #expect(throws: RegressionError.self) {
        try Regression.fit("y ~ x", to: ExampleData.table, family: family, options: options)
      }
    }
    #expect(throws: RegressionError.self) { try Regression.fit("y ~~ x", to: ExampleData.table) }
  }

  @Test("a model of the intercept alone has a null deviance of its own") func interceptOnly() throws {
    let fit = try Regression.fit("y ~ 1 + offset(log(e))", to: ExampleData.table, family: .poisson)
    #expect(abs(fit.deviance - fit.nullDeviance) < 1e-9)
    #expect(try fit.analysisOfDeviance().map(\.term) == ["NULL"])
    #expect(try fit.singleTermDeletions().isEmpty)
    let linear = try Regression.fit("z ~ 1", to: ExampleData.table)
    #expect(linear.linear?.overall.statistic.isNaN == true)
  }
}
