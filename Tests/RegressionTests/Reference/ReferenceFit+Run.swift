import Regression

extension ReferenceFit {
  /// The family that the fixture names.
  var modelFamily: Family {
    get throws {
      switch family {
      case "gaussian": .gaussian
      case "poisson": .poisson
      case "binomial": .binomial
      case "gamma": .gamma
      case "negative-binomial": .negativeBinomial(theta: theta)
      default: throw ReferenceError(description: "unknown family \(family)")
      }
    }
  }

  /// Fits the model to a tolerance at which nothing is left of the iteration.
  func fit(covariance: CovarianceKind? = nil) throws -> Fit {
    guard let link = Link(rawValue: link) else { throw ReferenceError(description: "unknown link \(link)") }
    return try Regression.fit(
      try Formula(formula), to: table, family: try modelFamily, link: link,
      options: FitOptions(weights: weights, trials: trials, covariance: covariance, tolerance: 1e-12))
  }

  /// The relative agreement that is asked for: 1e-9, the digits of the reference figures and their conditioning; where θ
  /// is estimated 1e-6, because the source ended its search for θ there.
  var agreement: Double { thetaEstimate == nil ? 1e-9 : 1e-6 }

  /// Figures that stand for the scale of the coefficients where one is zero: the standard errors' hundredth part.
  var coefficientFloor: [Double] { (standardErrors ?? []).map { ($0 ?? 0) / 100 } }
}

struct ReferenceError: Error, CustomStringConvertible {
  let description: String
}
