/// What a linear model reports beside its coefficients.
public struct LinearSummary: Sendable, Hashable {
  /// √φ.
  public let residualStandardDeviation: Double
  /// 1 − deviance/null deviance; without an intercept about 0 in place of the mean, as R's `lm`.
  public let rSquared: Double
  /// 1 − (1 − R²)·df(null)/df(residual).
  public let adjustedRSquared: Double
  /// The F test of all coefficients but the intercept.
  public let overall: TestResult
}

extension Fit {
  /// R², F and the residual standard deviation of a gaussian fit with identity link and no penalty; nil for others.
  public var linear: LinearSummary? {
    guard case .gaussian = family, link == .identity, core.penalty == .none else { return nil }
    let rSquared = 1 - deviance / nullDeviance
    // Of large frequencies the difference of two degrees of freedom would lose it.
    let explained = parameters - (layout.hasIntercept ? 1 : 0)
    let mean = (nullDeviance - deviance) / explained
    let statistic = explained > 0 && dfResidual > 0 ? mean / (deviance / dfResidual) : .nan
    return LinearSummary(
      residualStandardDeviation: dispersion.squareRoot(), rSquared: rSquared,
      adjustedRSquared: dfResidual > 0 ? 1 - (1 - rSquared) * dfNull / dfResidual : .nan,
      overall: TestResult(
        name: "all terms", statistic: statistic, degreesOfFreedom: explained,
        denominatorDegreesOfFreedom: dfResidual,
        pValue: ReferenceDistribution.studentT(degreesOfFreedom: dfResidual)
          .jointPValue(statistic, count: Int(explained))))
  }
}
