import Regression
import Tables

/// A fit for people.
extension RegressReport {
  /// What was fitted, the coefficients, how well it fits, and what to know about it.
  var text: String {
    var text = heading + "\n" + coefficientTable + legend + "\n" + summary
    if let predictions = run.predictions { text += "\n" + predictions.text }
    let notes = notes
    if !notes.isEmpty {
      text += "\nNotes\n"
      for note in notes { text += paragraph(note, indent: 2, first: "- ") }
    }
    return text
  }

  private var heading: String {
    let name =
      switch fit.family {
      case .gaussian where fit.link == .identity: "Linear regression"
      default: "\(RegressChoices.title(of: fit.family)) regression, \(fit.link.rawValue) link"
      }
    let penalty =
      plan.options.firth ? ", Firth's penalty" : plan.options.ridge.map { ", ridge penalty \(shortest($0))" }
    return paragraph("\(name)\(penalty ?? "")") + paragraph(plan.text, indent: 2) + paragraph(people)
  }

  /// The rows that took part and those that did not.
  private var people: String {
    let count = grouped(Double(fit.rowCount))
    var text = "\(count) \(fit.rowCount == 1 ? "row" : "rows") of \(plan.data)"
    if fit.observations != Double(fit.rowCount), plan.options.weightsKind == .frequency {
      text += " that stand for \(grouped(fit.observations)) observations"
    }
    guard run.dropped.dropped > 0 else { return text + "." }
    let missing = run.dropped.missing.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let most = missing.prefix(5).map { "\($0.key) \(grouped(Double($0.value)))" }.joined(separator: ", ")
    return text
      + "; \(grouped(Double(run.dropped.dropped))) left out for missing values (\(most)\(missing.count > 5 ? ", …" : ""))."
  }

  private var coefficientTable: String {
    let level = FigureText.percent(fit.confidence)
    var table = TextTable(columns: [
      TextTable.Column("Term"), TextTable.Column(estimateTitle, .right), TextTable.Column("Std. error", .right),
      TextTable.Column(fit.reference == .normal ? "z" : "t", .right), TextTable.Column("p", .right),
      TextTable.Column("\(level) lower", .right), TextTable.Column("upper", .right),
    ])
    let kept = fit.coefficients.filter { !$0.isAliased }
    let errors = FigureText.decimals(kept.map(\.standardError), digits: 3)
    let estimates =
      plan.exponentiate
      ? min(4, FigureText.decimals(kept.map { shown($0.upper) - shown($0.lower) }, digits: 3)) : errors
    for c in fit.coefficients {
      guard !c.isAliased else {
        table.add([c.term, "aliased"])
        continue
      }
      table.add([
        c.term, FigureText.cell(shown(c.estimate), decimals: estimates),
        FigureText.cell(c.standardError, decimals: errors), fixed(c.statistic, decimals: 2),
        FigureText.probability(c.pValue), FigureText.cell(shown(c.lower), decimals: estimates),
        FigureText.cell(shown(c.upper), decimals: estimates),
      ])
    }
    return table.text()
  }

  /// What exp(β) is called: a ratio of what the model is about.
  private var estimateTitle: String {
    guard plan.exponentiate else { return "Estimate" }
    switch (fit.family, fit.link) {
    case (.binomial, .logit), (.quasiBinomial, .logit): return "Odds ratio"
    case (.binomial, _), (.quasiBinomial, _): return "Risk ratio"
    case (.poisson, _), (.quasiPoisson, _), (.negativeBinomial, _): return "Rate ratio"
    default: return "Ratio"
    }
  }

  /// What the columns mean.
  private var legend: String {
    var text = "Standard errors: \(standardErrors)."
    if plan.exponentiate { text += " \(estimateTitle)s and limits are exp(β); std. errors are those of β." }
    if case .studentT(let degrees) = fit.reference {
      text += " t on \(FigureText.count(degrees)) degrees of freedom."
    }
    if fit.coefficients.contains(where: \.isAliased) {
      text += " Aliased: a combination of the columns above it, so that nothing can be estimated."
    }
    return paragraph(text)
  }

  private var standardErrors: String {
    switch fit.covarianceKind {
    case .model: "of the model"
    case .hc0: "robust (HC0, White)"
    case .hc1: "robust (HC1)"
    case .hc2: "robust (HC2)"
    case .hc3: "robust (HC3)"
    case .cluster(let columns, _): "clustered by \(columns.joined(separator: " and "))"
    }
  }

  private var summary: String {
    var lines: [String] = []
    let degrees = FigureText.count(fit.dfResidual)
    lines.append(
      "Deviance \(FigureText.figure(fit.deviance)) on \(degrees) degrees of freedom; null deviance "
        + "\(FigureText.figure(fit.nullDeviance)) on \(FigureText.count(fit.dfNull)).")
    let pearson = FigureText.figure(fit.pearsonChiSquared)
    if fit.isDispersionEstimated {
      lines.append("Dispersion (estimated) \(FigureText.figure(fit.dispersion)); Pearson chi-squared \(pearson).")
    } else {
      let ratio =
        fit.dfResidual > 0 ? ", \(FigureText.figure(fit.pearsonChiSquared / fit.dfResidual)) a degree" : ""
      lines.append("Pearson chi-squared \(pearson)\(ratio) of freedom; the family fixes the dispersion at 1.")
    }
    if let overdispersion { lines.append(overdispersion) }
    if let linear = fit.linear, linear.residualStandardDeviation.isFinite {
      let overall = linear.overall
      lines.append(
        "Residual standard deviation \(FigureText.figure(linear.residualStandardDeviation)); R² "
          + "\(fixed(linear.rSquared, decimals: 4)), adjusted \(fixed(linear.adjustedRSquared, decimals: 4)).")
      if overall.statistic.isFinite {
        lines.append(
          "F \(FigureText.figure(overall.statistic)) on \(FigureText.count(overall.degreesOfFreedom)) and "
            + "\(degrees) degrees of freedom, p \(FigureText.probability(overall.pValue)).")
      }
    }
    if let theta = fit.theta {
      let error = fit.thetaStandardError.map { " (std. error \(FigureText.figure($0)))" } ?? ""
      lines.append("Theta \(FigureText.figure(theta))\(error).")
    }
    if fit.logLikelihood.isNaN {
      lines.append("A quasi-family has no likelihood, and so no AIC or BIC.")
    } else {
      lines.append(
        "Log-likelihood \(FigureText.figure(fit.logLikelihood)), AIC \(FigureText.figure(fit.aic)), BIC "
          + "\(FigureText.figure(fit.bic)).")
    }
    let passes = "\(fit.iterations) \(fit.iterations == 1 ? "iteration" : "iterations")"
    lines.append(fit.converged ? "Converged in \(passes)." : "NOT CONVERGED after \(passes).")
    return lines.map { paragraph($0) }.joined()
  }

  /// What a Poisson model takes for granted and these data do not keep: standard errors too small.
  private var overdispersion: String? {
    guard fit.family == .poisson, fit.covarianceKind == .model, let test = try? fit.overdispersion(), test.ratio > 1,
      test.pearson.pValue < 0.01
    else { return nil }
    return "The counts vary \(FigureText.figure(test.ratio)) times as much as Poisson's (p "
      + "\(FigureText.probability(test.pearson.pValue))): the standard errors are too small. See --family quasi-poisson, "
      + "--family negative-binomial and --se hc1."
  }
}
