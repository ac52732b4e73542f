extension Fit {
  /// The likelihood-ratio test against a smaller model of the same rows.
  ///
  /// 2(ℓ − ℓ₀) against χ² where the dispersion is fixed (two negative binomials each with its own θ); where it is
  /// estimated F, the difference of the deviances over its degrees of freedom and the dispersion of this fit.
  ///
  /// - Throws: `model` where the two are not of the same rows, family and link, where the other is not smaller, for
  ///   penalised fits, and with probability weights, which have no likelihood: take Wald's test.
  /// - Complexity: O(1).
  public func likelihoodRatioTest(against smaller: Fit) throws(RegressionError) -> TestResult {
    try requireLikelihood()
    try smaller.requireLikelihood()
    guard smaller.rowCount == rowCount, smaller.observations == observations else {
      throw .model("the models are fitted to different rows; missing values may have dropped some from one only")
    }
    guard smaller.link == link, isComparable(with: smaller) else {
      throw .model("the models differ in family or link")
    }
    let names = Set(layout.columns.map(\.name))
    guard smaller.parameters < parameters, smaller.layout.columns.allSatisfy({ names.contains($0.name) }) else {
      throw .model("the other model is not nested in this one")
    }
    let count = Int(parameters - smaller.parameters)
    let name = smaller.formula ?? "the smaller model"
    if isDispersionEstimated {
      return
        devianceReference
        .jointTest(name, form: max(0, smaller.deviance - deviance) / dispersion, count: count)
    }
    return
      devianceReference
      .jointTest(name, form: max(0, 2 * (logLikelihood - smaller.logLikelihood) / dispersion), count: count)
  }

  /// The test of each term that can be left out without leaving another one inside an interaction without it: the
  /// model without the term against this one, as R's `drop1`.
  ///
  /// The term's columns are taken out, the coding of the others stays. A negative binomial keeps its θ.
  /// - Throws: as ``likelihoodRatioTest(against:)``, and what the fits throw.
  /// - Complexity: one fit a term.
  public func singleTermDeletions() throws(RegressionError) -> [TestResult] {
    try requireLikelihood()
    var results: [TestResult] = []
    for term in layout.terms.indices where isMarginal(term) {
      let without = layout.columns.indices.filter { layout.columns[$0].term != term + 1 }
      results.append(try devianceTest(layout.terms[term], columns: without))
    }
    return results
  }

  /// The analysis of deviance: each term added to those before it, as R's `anova` of one fit. F takes the dispersion of
  /// the whole model. A negative binomial keeps its θ.
  ///
  /// - Throws: as ``likelihoodRatioTest(against:)``, and what the fits throw.
  /// - Complexity: one fit a term.
  public func analysisOfDeviance() throws(RegressionError) -> [DevianceRow] {
    try requireLikelihood()
    var rows: [DevianceRow] = []
    for count in 0...layout.terms.count {
      let columns = layout.columns.indices.filter { layout.columns[$0].term <= count }
      let step: (deviance: Double, parameters: Double)
      if count == layout.terms.count {
        step = (deviance, parameters)
      } else {
        step = try refit(columns: columns)
      }
      var test: TestResult?
      if let last = rows.last {
        let added = Int(step.parameters - (observations - last.residualDegreesOfFreedom))
        test = added > 0 ? devianceTest(layout.terms[count - 1], last.residualDeviance - step.deviance, added) : nil
      }
      rows.append(
        DevianceRow(
          term: count == 0 ? "NULL" : layout.terms[count - 1], residualDeviance: step.deviance,
          residualDegreesOfFreedom: observations - step.parameters, test: test))
    }
    return rows
  }

  /// Whether two fits are of the same family, each with its own θ where it is estimated.
  private func isComparable(with other: Fit) -> Bool {
    family == other.family || (core.isThetaEstimated && other.core.isThetaEstimated)
  }

  private func devianceTest(_ name: String, columns: [Int]) throws(RegressionError) -> TestResult {
    let smaller = try refit(columns: columns)
    let count = Int(parameters - smaller.parameters)
    guard count > 0 else {
      return TestResult(
        name: name, statistic: .nan, degreesOfFreedom: 0, denominatorDegreesOfFreedom: nil, pValue: .nan)
    }
    return devianceTest(name, smaller.deviance - deviance, count)
  }

  private func devianceTest(_ name: String, _ difference: Double, _ count: Int) -> TestResult {
    devianceReference.jointTest(name, form: max(0, difference) / dispersion, count: count)
  }

  /// Deviance and number of parameters of the model of some columns, at this fit's θ.
  private func refit(columns: [Int]) throws(RegressionError) -> (deviance: Double, parameters: Double) {
    // Without columns the offset alone is the model; its deviance is what a model of the intercept calls the null's.
    guard !columns.isEmpty else { return (nullDeviance, 0) }
    var settings = core.settings
    settings.warmStart = false
    let estimate = try estimate(
      layout.keeping(columns: columns), core.model.rows, family: family, link: link, settings: settings)
    guard estimate.converged else {
      throw .model(
        "the model of \(columns.count) columns did not converge in \(estimate.iterations) iterations; no test of it")
    }
    return (estimate.deviance, Double(estimate.rank))
  }

  /// Whether no other term holds this one.
  private func isMarginal(_ term: Int) -> Bool {
    let parts = Self.factors(of: layout.terms[term])
    return layout.terms.indices.allSatisfy { other in
      other == term || !parts.isSubset(of: Self.factors(of: layout.terms[other]))
    }
  }

  /// The variables of a term, split at the colons outside parentheses and backticks.
  static func factors(of term: String) -> Set<String> {
    var parts: Set<String> = []
    var part = ""
    var depth = 0
    var isQuoted = false
    for character in term {
      switch character {
      case "`": isQuoted.toggle()
      case "(" where !isQuoted: depth += 1
      case ")" where !isQuoted: depth -= 1
      case ":" where !isQuoted && depth == 0:
        parts.insert(part)
        part = ""
        continue
      default: break
      }
      part.append(character)
    }
    parts.insert(part)
    return parts
  }

  /// F or χ², whatever the covariance: deviances know nothing of clusters.
  private var devianceReference: ReferenceDistribution {
    isDispersionEstimated ? .studentT(degreesOfFreedom: dfResidual) : .normal
  }

  /// Throws where the deviance is not that of a likelihood that can be compared.
  func requireLikelihood() throws(RegressionError) {
    if core.penalty != .none { throw .model("likelihood-ratio tests of penalised fits are not defined here") }
    if core.weightsKind == .probability {
      throw .model("with probability weights there is no likelihood to compare; take Wald's test")
    }
  }
}

/// One row of an analysis of deviance.
public struct DevianceRow: Sendable, Hashable {
  /// The term that was added; `NULL` for the model before the first.
  public let term: String
  /// The deviance of the model with this and all terms before.
  public let residualDeviance: Double
  /// Its residual degrees of freedom.
  public let residualDegreesOfFreedom: Double
  /// The test of the term given those before it; nil for the null model and for a term that adds no estimable column.
  public let test: TestResult?
}
