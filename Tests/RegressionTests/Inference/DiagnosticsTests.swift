import Regression
import Tables
import Testing

/// Expected values by R 4.2.2: `hatvalues`, `cooks.distance`, `rstandard`, `rstudent`.
@Suite struct DiagnosticsTests {
  @Test("a Poisson fit's diagnostics are R's") func poisson() throws {
    let diagnostics = try FitTests.poisson().diagnostics()
    #expect(
      agree(
        Array(diagnostics.leverages[..<4]),
        [0.179815717705432, 0.157654015394850, 0.073608801880781, 0.131250607469590], within: 1e-10))
    #expect(
      agree(
        Array(diagnostics.cooksDistances[..<4]),
        [0.03507732174431384, 0.01201186942995792, 0.00191366673123734, 0.00607504745559549], within: 1e-10))
    #expect(
      agree(
        Array(diagnostics.standardisedResiduals[..<4]),
        [-1.032669221363418, -0.644050838611619, -0.396111955915963, -0.512261410332460], within: 1e-10))
    #expect(
      agree(
        Array(diagnostics.studentisedResiduals[..<4]),
        [-1.023361333287174, -0.640402422907597, -0.394958149797898, -0.509545104294796], within: 1e-10))
    #expect(
      agree(
        Array(diagnostics.standardisedPearsonResiduals[..<4]),
        [-0.979784882238022, -0.620545546669735, -0.380137850100570, -0.491187219926587], within: 1e-10))
    // The leverages add up to the number of coefficients, the squared residuals to deviance and Pearson's χ².
    let fit = try FitTests.poisson()
    #expect(abs(diagnostics.leverages.reduce(0, +) - 6) < 1e-10)
    #expect(
      agree([diagnostics.devianceResiduals.reduce(0) { $0 + $1 * $1 }], [fit.deviance], within: 1e-12))
    #expect(
      agree([diagnostics.pearsonResiduals.reduce(0) { $0 + $1 * $1 }], [fit.pearsonChiSquared], within: 1e-12))
    #expect(diagnostics.sourceRows == Array(0..<48))
  }

  @Test("residuals of quasi and gamma fits are scaled by the deviation without the row") func scaled() throws {
    let quasi = try Regression.fit(
      "y ~ x + g + s + offset(log(e))", to: ExampleData.table, family: .quasiPoisson, options: FitTests.strict)
    let diagnostics = try quasi.diagnostics()
    #expect(
      agree(
        Array(diagnostics.studentisedResiduals[..<4]),
        [-0.818214345065746, -0.509443536320568, -0.313567836690101, -0.404869972674963], within: 1e-10))
    #expect(
      agree(
        Array(diagnostics.cooksDistances[..<4]),
        [0.01896219760963256, 0.00649341028520483, 0.00103449536373410, 0.00328406630302585], within: 1e-10))
    let gamma = try Regression.fit(
      "z ~ x + s", to: ExampleData.table, family: .gamma, link: .log,
      options: FitOptions(weights: "w", tolerance: 1e-14))
    let ofGamma = try gamma.diagnostics()
    #expect(
      agree(
        Array(ofGamma.studentisedResiduals[..<3]), [0.547523695730466, 0.119496003657886, -2.261990280886489],
        within: 1e-9))
    #expect(
      agree(
        Array(ofGamma.cooksDistances[..<3]), [0.003900739357664448, 0.000169262463359072, 0.084843798722560718],
        within: 1e-9))
  }

  @Test("a weighted linear model's diagnostics are those of R's lm") func linear() throws {
    let fit = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(weights: "w"))
    let diagnostics = try fit.diagnostics()
    #expect(
      agree(
        Array(diagnostics.cooksDistances[..<4]),
        [0.003590526858570110, 0.000190554556347154, 0.024009695747496174, 0.085974926572483581], within: 1e-10))
    #expect(
      agree(
        Array(diagnostics.studentisedResiduals[..<4]),
        [0.601253015096505, 0.106785402067002, -0.852649443610173, 1.344718704402059], within: 1e-10))
    #expect(
      agree(
        Array(diagnostics.standardisedResiduals[..<4]),
        [0.605990085302978, 0.108096572782241, -0.855502281368090, 1.331656716564376], within: 1e-10))
  }

  @Test("rows keep the number that they have in the table") func sourceRows() throws {
    let columns = ExampleData.table.columns.map { column in
      guard column.name == "x", case .numbers(var values) = column.cells else { return column }
      values[1] = .nan
      return .init("x", numbers: values)
    }
    let fit = try Regression.fit("z ~ x", to: Table(columns))
    #expect(fit.droppedRows == 1)
    #expect(Array(try fit.diagnostics().sourceRows[..<3]) == [0, 2, 3])
  }
}
