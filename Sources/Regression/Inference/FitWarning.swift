/// What a reader of a fit must know before using it. Nothing of this is repaired silently.
public enum FitWarning: Sendable, Hashable {
  /// The iterations ended before they converged.
  case notConverged(iterations: Int)
  /// A step had to be shortened because the deviance rose or a mean left its domain.
  case stepsHalved(Int)
  /// The best fit lies on the edge of what the means may be.
  case boundary
  /// Columns that are sums of others have no coefficient.
  case aliased(terms: [String])
  /// Some coefficients have no finite maximum-likelihood estimate.
  case separation(Separation)
  /// The data are no more variable than Poisson: θ has no finite estimate and the fit is Poisson's.
  case thetaInfinite
  /// θ did not converge.
  case thetaNotConverged(iterations: Int)
  /// There are as many coefficients as observations; dispersion and its tests do not exist.
  case saturated
  /// The responses are fitted exactly but for rounding: the dispersion is 0, and its tests mean nothing.
  case exactFit
  /// Rows of weight zero took no part.
  case zeroWeights(rows: Int)
  /// Clusters of one row each: how many of how many in the column.
  case singletonClusters(column: String, count: Int, of: Int)
  /// So few clusters that their covariance is too small: 30 to 50 are wanted (Cameron and Miller 2015).
  case fewClusters(column: String, count: Int)
  /// The two-way covariance was not positive semi-definite: negative eigenvalues were set to zero (Cameron, Gelbach
  /// and Miller 2011, section 2.3); the most negative one, relative to the largest.
  case covarianceRepaired(relativeEigenvalue: Double)
  /// Leverages of 1: HC2 and HC3 leave these rows out, as their residuals are zero whatever they say.
  case fullLeverage(rows: Int)
  /// Something about the data.
  case data(DesignWarning)
}

extension FitWarning: CustomStringConvertible {
  /// The warning in a sentence.
  public var description: String {
    switch self {
    case .notConverged(let iterations):
      "the fit had not converged after \(iterations) iterations; the estimates cannot be relied on"
    case .stepsHalved(let count):
      "\(count) \(count == 1 ? "step was" : "steps were") shortened on the way to the estimates"
    case .boundary: "the fit lies on the boundary of the means' domain; standard errors cannot be relied on"
    case .aliased(let terms):
      "\(terms.joined(separator: ", ")) \(terms.count == 1 ? "is a combination" : "are combinations") of other columns"
        + " and \(terms.count == 1 ? "has" : "have") no coefficient"
    case .separation(let separation): separation.description
    case .thetaInfinite:
      "the counts are no more variable than Poisson's: theta has no finite estimate, the fit is Poisson's"
    case .thetaNotConverged(let iterations): "theta had not converged after \(iterations) iterations"
    case .saturated: "as many coefficients as observations: nothing is left to estimate the dispersion from"
    case .exactFit:
      "the responses are fitted exactly but for rounding: standard errors, tests and likelihood cannot be relied on"
    case .zeroWeights(let rows): "\(rows) \(rows == 1 ? "row has" : "rows have") weight zero and took no part"
    case .singletonClusters(let column, let count, let total):
      "\(count) of the \(total) clusters in \(column) \(count == 1 ? "has" : "have") one row only"
    case .fewClusters(let column, let count):
      "only \(count) clusters in \(column): cluster-robust standard errors are too small below about 40"
    case .covarianceRepaired:
      "the two-way cluster covariance was not positive semi-definite; its negative eigenvalues were set to zero"
    case .fullLeverage(let rows):
      "\(rows) \(rows == 1 ? "row has" : "rows have") leverage 1 and \(rows == 1 ? "was" : "were") left out of the"
        + " robust covariance"
    case .data(let warning): warning.description
    }
  }
}
