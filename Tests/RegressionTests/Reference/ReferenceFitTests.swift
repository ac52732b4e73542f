import Regression
import Testing

/// Every fit of R that the fixtures hold.
@Suite("Fits of R")
struct ReferenceFitTests {
  static let names = (try? References.names(in: "glm")) ?? []
  static let regular = names.filter { $0 != "separation_perfect" }

  @Test("all 21 fixtures are there and every one is fitted by these tests")
  func complete() throws {
    #expect(Self.names.count == 21)
    for name in Self.names {
      let reference: ReferenceFit = try References.read("glm", name)
      #expect(reference.separated == true ? name == "separation_perfect" : Self.regular.contains(name))
      #expect(reference.separated == true || reference.coefficients?.count == reference.terms.count)
    }
    #expect(try References.names(in: "ridge") == ["longley"])
  }

  @Test("coefficients, standard errors, statistics and probabilities", arguments: regular)
  func coefficients(name: String) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    let fit = try reference.fit()
    let agreement = reference.agreement
    #expect(fit.converged)
    #expect(fit.coefficients.map(\.term) == reference.terms)
    let estimates = try #require(reference.coefficients)
    #expect(fit.coefficients.map(\.isAliased) == estimates.map { $0 == nil })
    expectAgreement(
      fit.coefficients.map(\.estimate), estimates, to: agreement, floor: reference.coefficientFloor, "estimate")
    let errors = try #require(reference.standardErrors)
    expectAgreement(fit.coefficients.map(\.standardError), errors, to: agreement, "standard error")
    if let statistics = reference.statistics {
      expectAgreement(
        fit.coefficients.map(\.statistic), statistics, to: agreement, floor: statistics.map { _ in 0.01 }, "statistic")
    }
    for (coefficient, p) in zip(fit.coefficients, reference.pValues ?? []) {
      // The relative error of the tail is z² times that of z.
      let relative = agreement * (10 + coefficient.statistic * coefficient.statistic)
      expectAgreement(coefficient.pValue, p, to: relative, "p of \(coefficient.term)")
    }
  }

  @Test("covariance of the coefficients", arguments: regular)
  func covariance(name: String) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    let fit = try reference.fit()
    let expected = try #require(reference.covariance)
    let kept = fit.coefficients.indices.filter { !fit.coefficients[$0].isAliased }
    #expect(kept.count == expected.count)
    for (i, row) in zip(kept, expected) {
      // A covariance may be near zero; its scale is the product of the standard errors.
      let errors = kept.map { fit.coefficients[i].standardError * fit.coefficients[$0].standardError }
      expectAgreement(
        kept.map { fit.covariance[i, $0] }, row, to: 2 * reference.agreement, floor: errors, "covariance, row \(i)")
    }
    for i in fit.coefficients.indices where !kept.contains(i) {
      #expect(fit.coefficients.indices.allSatisfy { fit.covariance[i, $0].isNaN && fit.covariance[$0, i].isNaN })
    }
  }

  @Test("deviances, likelihood, criteria, dispersion and degrees of freedom", arguments: regular)
  func goodness(name: String) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    let fit = try reference.fit()
    let agreement = reference.agreement
    expectAgreement(fit.deviance, reference.deviance, to: agreement, "deviance")
    expectAgreement(fit.nullDeviance, reference.nullDeviance, to: agreement, "null deviance")
    expectAgreement(fit.logLikelihood, reference.logLikelihood, to: agreement, "log-likelihood")
    expectAgreement(fit.aic, reference.aic, to: agreement, "AIC")
    expectAgreement(fit.bic, reference.bic, to: agreement, "BIC")
    expectAgreement(fit.pearsonChiSquared, reference.pearsonChiSquared, to: agreement, "Pearson chi-squared")
    expectAgreement(fit.dispersion, reference.dispersion, to: agreement, "dispersion")
    expectAgreement(fit.theta ?? .nan, reference.thetaEstimate, to: 1e-6, "theta")
    // MASS::theta.ml ends when its step is below 1.2e-4 and takes the information of the step before.
    expectAgreement(fit.thetaStandardError ?? .nan, reference.thetaStandardError, to: 1e-5, "theta's standard error")
    expectAgreement(fit.dfResidual, reference.dfResidual.map(Double.init), to: 0, "residual degrees of freedom")
    expectAgreement(fit.dfNull, reference.dfNull.map(Double.init), to: 0, "null degrees of freedom")
    #expect(fit.droppedRows == reference.droppedRows?.count ?? 0)
  }

  @Test("robust standard errors HC0 to HC3", arguments: regular)
  func robust(name: String) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    // The fit with a given θ is the one without: R has none for it.
    #expect(reference.robust != nil || name == "quine_negbin_theta2")
    let kinds: [(String, CovarianceKind)] = [("HC0", .hc0), ("HC1", .hc1), ("HC2", .hc2), ("HC3", .hc3)]
    for (key, kind) in kinds {
      guard let expected = reference.robust?[key] else { continue }
      let fit = try reference.fit(covariance: kind)
      expectAgreement(fit.coefficients.map(\.standardError), expected, to: reference.agreement, key)
    }
  }

  @Test("perfect separation is told, with its variable, and no coefficient is passed off as an estimate")
  func separation() throws {
    let reference: ReferenceFit = try References.read("glm", "separation_perfect")
    let fit = try reference.fit()
    let warnings = fit.warnings.compactMap { warning -> String? in
      if case .separation = warning { warning.description } else { nil }
    }
    let text = try #require(warnings.first)
    #expect(warnings.count == 1 && text.contains("x"))
    expectAgreement(fit.nullDeviance, reference.nullDeviance, to: 1e-9, "null deviance")
    #expect(fit.deviance < 1e-6)
  }
}
