/// How the covariance of the coefficients is estimated.
///
/// With A = X′WX of the last iteration, s the contributions to the score on the scale of the linear predictor and h the
/// leverages, the robust ones are A⁻¹ (Σ ω x x′) A⁻¹ with
/// ω = s² (HC0), s²·n/(n − k) (HC1), s²/(1 − h) (HC2), s²/(1 − h)² (HC3). White 1980; MacKinnon and White 1985; for
/// generalised linear models Zeileis 2006, Object-oriented computation of sandwich estimators.
public enum CovarianceKind: Sendable, Hashable {
  /// φA⁻¹: the model is right.
  case model
  /// White's: right for large n whatever the variance.
  case hc0
  /// White's with n/(n − k).
  case hc1
  /// With 1/(1 − h): unbiased under equal variances.
  case hc2
  /// With 1/(1 − h)²: near the jackknife, the most careful in small samples.
  case hc3
  /// Rows of one cluster may be correlated: one or two columns that name the clusters (Liang and Zeger 1986; Cameron,
  /// Gelbach and Miller 2011).
  case cluster([String], ClusterAdjustment = .full)

  /// The name as the command line writes it: `hc0`, `cluster:practice,year`.
  public var name: String {
    switch self {
    case .model: "model"
    case .hc0: "hc0"
    case .hc1: "hc1"
    case .hc2: "hc2"
    case .hc3: "hc3"
    case .cluster(let columns, _): "cluster:" + columns.joined(separator: ",")
    }
  }
}

/// What a cluster covariance of k coefficients is multiplied by; G is the number of clusters, for two-way clustering
/// that of each dimension and of their intersection in turn.
public enum ClusterAdjustment: Sendable, Hashable, CaseIterable {
  /// G/(G − 1) · (n − 1)/(n − k), as Stata's and R `sandwich`'s HC1.
  case full
  /// G/(G − 1).
  case clusters
  /// Nothing.
  case none
}
