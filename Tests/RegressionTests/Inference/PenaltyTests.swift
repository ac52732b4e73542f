import Regression
import Tables
import Testing

/// Firth: brglm2 0.9 (`MPL_Jeffreys`) and roots of the penalised profile in R 4.2.2. Ridge: `lm.ridge` of MASS 7.3, and
/// the normal equations solved in R.
@Suite struct PenaltyTests {
  static let separated = Table([
    .init("y", integers: [0, 0, 0, 0, 1, 1, 1, 1]), .init("x", integers: Array(1...8)),
  ])

  @Test("Firth's estimates of perfectly separated data are finite") func firthOfSeparated() throws {
    let fit = try Regression.fit(
      "y ~ x", to: Self.separated, family: .binomial, options: FitOptions(firth: true))
    #expect(
      agree(
        fit.coefficients.map(\.estimate) + fit.coefficients.map(\.standardError),
        [-4.64734976997888, 1.03274439332864, 3.19807984901188, 0.67266478106224], within: 1e-8))
    #expect(agree([fit.logLikelihood], [-1.52007856681106], within: 1e-8))
    #expect(fit.warnings.isEmpty)
    let intervals = try fit.profileIntervals()
    #expect(
      agree(
        intervals.flatMap { [$0.lower, $0.upper] },
        [-26.094247310691649, -0.330222913803371, 0.1341405625627998, 5.7464961422588372], within: 1e-7))
    #expect(
      agree(
        intervals.flatMap { [$0.test.statistic, $0.test.pValue] },
        [4.714461152499601, 0.029909938148178, 5.7356820325063875, 0.0166236112039036], within: 1e-7))
  }

  @Test("the endometrial cancer study of Heinze and Schemper") func endometrial() throws {
    let fit = try Regression.fit(
      "HG ~ NV + PI + EH", to: EndometrialStudy.table, family: .binomial, options: FitOptions(firth: true))
    #expect(
      agree(
        fit.coefficients.map(\.estimate),
        [3.7745597136471121, 2.9292733531971198, -0.0347517598704366, -2.6041639252936819], within: 1e-8))
    #expect(
      agree(
        fit.coefficients.map(\.standardError),
        [1.4886916634356735, 1.5507637294530494, 0.0395781473477634, 0.7760176425015689], within: 1e-8))
    #expect(
      agree(
        try fit.profileIntervals().flatMap { [$0.lower, $0.upper] },
        [
          1.08253710844769557, 7.20928049824693495, 0.60972443630320317, 7.85463171387733450, -0.1244587208517282,
          0.0404554731806112, -4.36518324726323, -1.23272105721699,
        ], within: 1e-7))
  }

  @Test("Firth's penalty for a Poisson with an empty level, and for trials") func firthOthers() throws {
    let poisson = try Regression.fit(
      "y ~ x + g + offset(log(e))", to: ExampleData.withoutEventsInD, family: .poisson,
      options: FitOptions(firth: true))
    #expect(
      agree(
        poisson.coefficients.map(\.estimate) + poisson.coefficients.map(\.standardError),
        [
          -2.4827800303680636, 0.2735658723360126, 0.6170446877734940, 0.0943969868363646, -4.6423191360776732,
          0.2052074587328469, 0.0552458960209009, 0.1802770581383264, 0.1916532497066067, 1.4193223136425337,
        ], within: 1e-8))
    let d = try poisson.profileInterval(of: "gd")
    #expect(agree([d.lower, d.upper], [-9.48066683998329, -2.70437883516963], within: 1e-7))
    let trials = try Regression.fit(
      "p ~ x + s", to: ExampleData.table, family: .binomial, options: FitOptions(trials: "m", firth: true))
    #expect(
      agree(
        trials.coefficients.map(\.estimate), [-0.6629653507947931, 0.0835188092859607, -0.1654522672838615],
        within: 1e-8))
    #expect(throws: RegressionError.self) {
      try Regression.fit("z ~ x", to: ExampleData.table, options: FitOptions(firth: true))
    }
    #expect(throws: RegressionError.self) { try trials.with(covariance: .hc0) }
  }

  @Test("ridge of a linear model is lm.ridge, with its cross-validation and errors") func ridge() throws {
    let fit = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(ridge: 3))
    // R's columns are in the order x, s, g, x:s as well.
    #expect(
      agree(
        fit.coefficients.map(\.estimate),
        [
          4.1641532122737051, 0.6232589948965814, -0.0879169775346598, -0.0791229828406804, -0.3432739580378724,
          -1.1525043759559865, -0.1513761553643940,
        ], within: 1e-10))
    let summary = try #require(fit.ridge)
    #expect(
      agree(
        [summary.generalisedCrossValidation, summary.effectiveParameters, fit.deviance, fit.dispersion],
        [0.0365664833556354, 6.23271799733761, 66.88157570521912, 1.60129107038748], within: 1e-10))
    #expect(
      agree(
        fit.coefficients.map(\.standardError),
        [
          0.500134109896738, 0.152760421458597, 0.485581245614328, 0.456867917466259, 0.458351997753563,
          0.460658196274711, 0.170849648414554,
        ], within: 1e-9))
    let weighted = try Regression.fit("z ~ x + s", to: ExampleData.table, options: FitOptions(weights: "w", ridge: 2))
    #expect(
      agree(
        weighted.coefficients.map(\.estimate), [3.650244387212579, 0.566441752318542, -0.229024453995331],
        within: 1e-10))
    #expect(throws: RegressionError.self) { try fit.profileIntervals() }
  }

  @Test("ridge of a Poisson fit solves the penalised scores") func ridgePoisson() throws {
    let fit = try FitTests.poisson(FitOptions(ridge: 2, tolerance: 1e-14))
    #expect(
      agree(
        fit.coefficients.map(\.estimate) + fit.coefficients.map(\.standardError) + [fit.parameters, fit.deviance],
        [
          -2.466620864944367, 0.198462772518436, 0.608328609784001, 0.127137416237150, 0.127298408296075,
          0.262326586271645, 0.203581052961906, 0.047848842789779, 0.177338883678133, 0.188884910236225,
          0.190428850309195, 0.135764156293161, 5.94249686923093, 65.207727941414,
        ], within: 1e-9))
  }

  @Test("no penalty is the plain fit") func none() throws {
    let plain = try Regression.fit("z ~ x * s + g", to: ExampleData.table)
    let ridge = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(ridge: 0))
    #expect(agree(ridge.coefficients.map(\.estimate), plain.coefficients.map(\.estimate), within: 1e-12))
    #expect(agree(ridge.coefficients.map(\.standardError), plain.coefficients.map(\.standardError), within: 1e-10))
  }
}

/// 79 patients: neovasculation (NV), pulsatility index (PI), endometrium height (EH), high grade (HG). Published by
/// Heinze and Schemper 2002 after Agresti; NV separates.
enum EndometrialStudy {
  static let table = Table([
    .init("NV", numbers: numbers("0000000000000000000001111100000000000000000000011110000000000000000000100011010")),
    .init(
      "PI",
      integers: [
        13, 16, 8, 34, 20, 5, 17, 10, 26, 17, 8, 7, 20, 10, 18, 16, 18, 8, 29, 12, 20, 38, 22, 7, 25, 15, 7, 28, 11,
        19, 10, 10, 18, 14, 21, 11, 17, 25, 16, 19, 15, 33, 24, 48, 12, 19, 2, 22, 40, 5, 0, 21, 15, 29, 15, 12, 3, 20,
        23, 12, 22, 42, 15, 13, 14, 19, 12, 13, 10, 12, 49, 6, 5, 17, 11, 21, 5, 19, 33,
      ]),
    .init(
      "EH",
      numbers: [
        1.64, 2.26, 3.14, 2.68, 1.28, 2.31, 1.8, 1.68, 1.56, 2.31, 2.01, 1.89, 3.15, 1.23, 1.27, 1.76, 2, 2.64, 0.88,
        1.27, 1.37, 0.97, 1.14, 0.88, 0.91, 0.58, 0.97, 1.5, 1.33, 2.37, 1.82, 3.13, 1.31, 1.92, 1.64, 2.01, 1.88,
        1.93, 2.11, 1.29, 1.72, 0.75, 1.92, 1.84, 1.11, 1.61, 1.18, 1.44, 1.18, 0.93, 1.17, 1.19, 1.06, 2.02, 2.29,
        2.33, 2.9, 1.7, 1.41, 2.25, 1.54, 1.97, 1.75, 2.16, 2.57, 1.37, 3.61, 2.04, 2.17, 1.69, 0.27, 1.84, 1.3, 0.96,
        1.01, 0.98, 0.35, 1.02, 0.85,
      ]),
    .init("HG", numbers: numbers("0000000000000000011111111110000000000000000111111111100000000000000001111111111")),
  ])

  private static func numbers(_ digits: String) -> [Double] {
    digits.compactMap { $0.wholeNumberValue.map(Double.init) }
  }
}
