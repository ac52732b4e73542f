import Regression

/// The words that `pophealth regress` takes for families, links and standard errors; R's `quasipoisson` and `Gamma` are
/// among them, for case and separators do not count.
enum RegressChoices {
  static func family(_ name: String, theta: Double?) throws -> Family {
    let families: [(String, Family)] = [
      ("gaussian", .gaussian), ("poisson", .poisson), ("binomial", .binomial), ("gamma", .gamma),
      ("inverse-gaussian", .inverseGaussian), ("negative-binomial", .negativeBinomial(theta: theta)),
      ("quasi-poisson", .quasiPoisson), ("quasi-binomial", .quasiBinomial),
    ]
    let family = try namedChoice(name, of: families, option: "--family", noun: "family")
    guard let theta else { return family }
    guard case .negativeBinomial = family else {
      throw CommandFailure.wrongCommand("--theta belongs to --family negative-binomial")
    }
    guard theta > 0, theta.isFinite else {
      throw CommandFailure.wrongCommand("--theta \(shortest(theta)); expected a number above 0")
    }
    return family
  }

  /// The family as the command line writes it.
  static func name(of family: Family) -> String {
    switch family {
    case .gaussian: "gaussian"
    case .poisson: "poisson"
    case .binomial: "binomial"
    case .gamma: "gamma"
    case .inverseGaussian: "inverse-gaussian"
    case .negativeBinomial: "negative-binomial"
    case .quasiPoisson: "quasi-poisson"
    case .quasiBinomial: "quasi-binomial"
    }
  }

  /// The family as a heading writes it.
  static func title(of family: Family) -> String {
    switch family {
    case .gaussian: "Gaussian"
    case .poisson: "Poisson"
    case .binomial: "Binomial"
    case .gamma: "Gamma"
    case .inverseGaussian: "Inverse Gaussian"
    case .negativeBinomial: "Negative binomial"
    case .quasiPoisson: "Quasi-Poisson"
    case .quasiBinomial: "Quasi-binomial"
    }
  }

  static func link(_ name: String) throws -> Link {
    try namedChoice(name, of: Link.allCases.map { ($0.rawValue, $0) }, option: "--link", noun: "link")
  }

  /// `model`, `hc0` … `hc3`, `cluster:COLUMN` or `cluster:COLUMN,COLUMN`.
  static func covariance(_ text: String) throws -> CovarianceKind {
    if text.lowercased().hasPrefix("cluster:") {
      let columns = text.dropFirst("cluster:".count).split(separator: ",", omittingEmptySubsequences: false)
        .map(String.init)
      guard (1...2).contains(columns.count), columns.allSatisfy({ !$0.isEmpty }), Set(columns).count == columns.count
      else {
        throw CommandFailure.wrongCommand("--se \(text): expected cluster:COLUMN or cluster:COLUMN,COLUMN")
      }
      return .cluster(columns)
    }
    let kinds: [(String, CovarianceKind)] = [
      ("model", .model), ("hc0", .hc0), ("hc1", .hc1), ("hc2", .hc2), ("hc3", .hc3),
    ]
    guard text.lowercased() != "cluster" else {
      throw CommandFailure.wrongCommand("--se cluster: expected the column of the clusters, as cluster:COLUMN")
    }
    return try namedChoice(text, of: kinds, others: ["cluster:COLUMN"], option: "--se", noun: "kind of standard error")
  }
}
