/// Which responses a family can have.
struct ResponseCheck: Sendable {
  let family: Family
  let hasTrials: Bool

  /// Whether the response is a proportion.
  var isBinomial: Bool { Self.isBinomial(family) }

  static func isBinomial(_ family: Family) -> Bool { family == .binomial || family == .quasiBinomial }

  /// The family in words.
  var name: String {
    switch family {
    case .gaussian: "gaussian"
    case .poisson: "Poisson"
    case .binomial: "binomial"
    case .gamma: "gamma"
    case .inverseGaussian: "inverse Gaussian"
    case .negativeBinomial: "negative binomial"
    case .quasiPoisson: "quasi-Poisson"
    case .quasiBinomial: "quasi-binomial"
    }
  }

  /// What is wrong with a response; nil where nothing is.
  func complaint(_ value: Double, _ response: Formula.Expression) -> String? {
    switch family {
    case .gaussian: return nil
    case .poisson, .quasiPoisson, .negativeBinomial:
      return value >= 0 ? nil : "\(response) is \(numberAsR(value)); a count is at least 0"
    case .binomial, .quasiBinomial:
      if value >= 0, value <= 1 { return nil }
      let advice =
        hasTrials
        ? "with trials the response is the proportion of them" : "counts are written cbind(successes, failures)"
      return "\(response) is \(numberAsR(value)); a proportion lies between 0 and 1 (\(advice))"
    case .gamma, .inverseGaussian:
      return value > 0 ? nil : "\(response) is \(numberAsR(value)); the \(name) response is above 0"
    }
  }

  /// Whether a response that should be a count, or a proportion of trials, is not one.
  func isFractional(_ value: Double, trials: Double) -> Bool {
    switch family {
    case .poisson, .negativeBinomial: return value != value.rounded()
    case .binomial:
      // One person, whatever the weight.
      if !hasTrials, value == 0 || value == 1 { return false }
      // R's tolerance: the proportion was rounded when it was written.
      let successes = value * trials
      return (successes - successes.rounded()).magnitude > 1e-3
    default: return false
    }
  }

  /// Whether all responses are as they should be, without a word on those that are not.
  ///
  /// - Complexity: O(n).
  func areRight(_ values: [Double]) -> Bool {
    switch family {
    case .gaussian: return true
    case .poisson, .negativeBinomial:
      var right = true
      for value in values {
        // Above 2⁵³ every number is whole.
        right = right && value >= 0 && (value >= 0x1p53 || Double(Int(value)) == value)
      }
      return right
    case .quasiPoisson: return values.allSatisfy { $0 >= 0 }
    case .binomial: return !hasTrials && values.allSatisfy { $0 == 0 || $0 == 1 }
    case .quasiBinomial: return values.allSatisfy { $0 >= 0 && $0 <= 1 }
    case .gamma, .inverseGaussian: return values.allSatisfy { $0 > 0 }
    }
  }
}
