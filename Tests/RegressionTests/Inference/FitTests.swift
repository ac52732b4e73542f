import Regression
import Tables
import Testing

/// Expected values by R 4.2.2 (`glm` with epsilon 1e-15, `lm`), sandwich 3.0 on the same data.
@Suite struct FitTests {
  static let strict = FitOptions(tolerance: 1e-14)

  static func poisson(_ options: FitOptions = strict) throws -> Fit {
    try Regression.fit("y ~ x + g + s + offset(log(e))", to: ExampleData.table, family: .poisson, options: options)
  }

  @Test("a Poisson fit with offset is R's") func poissonFit() throws {
    let fit = try Self.poisson()
    // R prints 15 digits; its last step leaves about 1e-12.
    #expect(
      agree(
        fit.coefficients.map(\.estimate),
        [
          -2.479017652829703, 0.200179290485757, 0.617988760810769, 0.134172919845096, 0.134163489482468,
          0.264609412023068,
        ], within: 1e-10))
    #expect(
      agree(
        fit.coefficients.map(\.standardError),
        [
          0.2070244173286294, 0.0483093191265573, 0.1811892811293423, 0.193192678868181, 0.1948051432985350,
          0.1370973172426220,
        ], within: 1e-10))
    #expect(
      agree(
        [fit.deviance, fit.nullDeviance, fit.logLikelihood, fit.aic, fit.bic, fit.pearsonChiSquared],
        [
          65.2032644086320, 99.4840992245104, -112.9689206245359, 237.9378412490718, 249.1650473145191,
          77.6939225922206,
        ], within: 1e-10))
    #expect(fit.coefficients.map(\.term) == ["(Intercept)", "x", "gb", "gc", "gd", "sm"])
    #expect(fit.dfResidual == 42)
    #expect(fit.dfNull == 47)
    #expect(fit.reference == .normal)
    #expect(fit.formula == "y ~ x + g + s + offset(log(e))")
    #expect(fit.warnings.isEmpty)
  }

  @Test("robust covariances of a Poisson fit are sandwich's") func robust() throws {
    let expected: [(CovarianceKind, [Double])] = [
      (
        .hc0,
        [
          0.2480109615855046, 0.0609488608927111, 0.2286015397888257, 0.2281825581707841, 0.2484383418449819,
          0.1383878967698503,
        ]
      ),
      (
        .hc1,
        [
          0.2651348704049455, 0.0651570730213341, 0.2443853257082161, 0.2439374155179111, 0.2655917591206131,
          0.1479428846254342,
        ]
      ),
      (
        .hc2,
        [
          0.264244886903539, 0.065692797994544, 0.244622789639767, 0.244955026918467, 0.265968313332554,
          0.148527337134184,
        ]
      ),
      (
        .hc3,
        [
          0.2821231163011040, 0.0710221723121293, 0.2623310140169819, 0.2639559900695421, 0.2855808360114950,
          0.1599127270402540,
        ]
      ),
    ]
    let fit = try Self.poisson()
    for (kind, errors) in expected {
      let robust = try fit.with(covariance: kind)
      #expect(agree(robust.coefficients.map(\.standardError), errors, within: 1e-9), "\(kind)")
      #expect(robust.covarianceKind == kind)
    }
  }

  @Test("a weighted linear model is R's lm, with t, R² and F") func weightedLinear() throws {
    let fit = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(weights: "w"))
    #expect(fit.coefficients.map(\.term) == ["(Intercept)", "x", "sm", "gb", "gc", "gd", "x:sm"])
    #expect(
      agree(
        fit.coefficients.map(\.estimate),
        [
          3.091511113008807, 0.968580957790120, 1.270677937871348, 0.190037021917909, -0.388413523141446,
          -1.399824233941250, -0.607384956247966,
        ], within: 1e-11))
    #expect(
      agree(
        fit.coefficients.map(\.standardError),
        [
          0.698321056525957, 0.215281285646919, 0.789345749452003, 0.523575079542637, 0.553760849901402,
          0.522007678664405, 0.282878582273420,
        ], within: 1e-11))
    #expect(fit.reference == .studentT(degreesOfFreedom: 41))
    let linear = try #require(fit.linear)
    #expect(
      agree(
        [
          linear.rSquared, linear.adjustedRSquared, linear.overall.statistic, linear.residualStandardDeviation,
          fit.logLikelihood, fit.aic, fit.bic,
        ],
        [
          0.443935303080718, 0.362559981580336, 5.455404598046725, 2.319027975760897, -78.384059936968356,
          172.768119873936712, 187.737727961199852,
        ], within: 1e-11))
    #expect(
      agree(
        fit.coefficients.flatMap { [$0.lower, $0.upper] },
        [
          1.6812231288327293, 4.5017990971848851, 0.5338115812568742, 1.4033503343233658, -0.3234381429907236,
          2.8647940187334204, -0.8673443023205486, 1.2474183461563668, -1.5067562473437637, 0.7299292010608720,
          -2.4540401278890114, -0.3456083399934879, -1.1786698428095099, -0.0361000696864219,
        ], within: 1e-11))
    #expect(
      agree(
        try fit.with(covariance: .hc3).coefficients.map(\.standardError),
        [
          0.953911124284873, 0.311796210291547, 1.020272315693771, 0.562053812129569, 0.646816866060280,
          0.602728431985680, 0.355490288848181,
        ], within: 1e-10))
  }

  @Test("trials weigh the proportions of a binomial") func trials() throws {
    let options = FitOptions(trials: "m", tolerance: 1e-14)
    let fit = try Regression.fit("p ~ x + s", to: ExampleData.table, family: .binomial, options: options)
    #expect(
      agree(
        fit.coefficients.map(\.estimate), [-0.674033289039092, 0.085116352957634, -0.166972960260915],
        within: 1e-10))
    #expect(
      agree(
        fit.coefficients.map(\.standardError), [0.313869937570847, 0.103612997450752, 0.287575738590275],
        within: 1e-10))
    #expect(
      agree(
        [fit.logLikelihood, fit.deviance, fit.nullDeviance],
        [-80.7069030121875, 111.1827006610162, 112.1187778351181], within: 1e-11))
    #expect(
      agree(
        try fit.with(covariance: .hc3).coefficients.map(\.standardError),
        [0.425898135543687, 0.144691733096410, 0.395497051358587], within: 1e-9))
  }

  @Test("a quasi-Poisson takes t with Pearson's dispersion") func quasiPoisson() throws {
    let fit = try Regression.fit(
      "y ~ x + g + s + offset(log(e))", to: ExampleData.table, family: .quasiPoisson, options: Self.strict)
    #expect(agree([fit.dispersion], [1.84985529981477], within: 1e-10))
    #expect(fit.logLikelihood.isNaN)
    let x = try #require(fit["x"])
    #expect(
      agree(
        [x.standardError, x.statistic, x.pValue],
        [0.0657052081792729, 3.046627444503015, 3.98963930349844e-03], within: 1e-9))
    // The same question asked of the Poisson fit.
    let estimated = try Self.poisson(FitOptions(dispersion: .estimated, tolerance: 1e-14))
    #expect(estimated["x"] == x)
  }

  @Test("a gamma fit with weights has R's dispersion, likelihood and AIC") func gamma() throws {
    let fit = try Regression.fit(
      "z ~ x + s", to: ExampleData.table, family: .gamma, link: .log,
      options: FitOptions(weights: "w", tolerance: 1e-14))
    #expect(
      agree(
        fit.coefficients.map(\.estimate) + fit.coefficients.map(\.standardError)
          + [fit.dispersion, fit.logLikelihood, fit.aic],
        [
          1.3011482308662121, 0.1203540809903988, -0.0336770299833940, 0.0993985467065985, 0.0305748811641516,
          0.0861368099076407, 0.3002888421989507, -292.0630250924075426, 592.1260501848150852,
        ], within: 1e-9))
  }

  @Test("modified Poisson gives risk ratios with robust errors") func modifiedPoisson() throws {
    let fit = try Regression.fit(
      "d ~ x + s", to: ExampleData.table, family: .poisson,
      options: FitOptions(covariance: .hc0, tolerance: 1e-14))
    #expect(
      agree(
        fit.coefficients.map(\.estimate) + fit.coefficients.map(\.standardError),
        [
          -1.339932398876943, 0.121311912727829, 0.267094290866108, 0.445263547315049, 0.126955263369215,
          0.363457222308351,
        ], within: 1e-9))
    // The log-binomial of one factor is saturated: the risks themselves.
    let binomial = try Regression.fit(
      "d ~ s", to: ExampleData.table, family: .binomial, link: .log, options: Self.strict)
    #expect(
      agree(
        binomial.coefficients.map(\.estimate) + binomial.coefficients.map(\.standardError),
        [-1.04982212449868, 0.28256697178501, 0.304724700110022, 0.366150152350008], within: 1e-9))
  }
}
