/// How a factor of k levels becomes k − 1 columns beside an intercept.
///
/// Chambers and Hastie, Statistical Models in S, 1992, section 2.3.2.
public enum Contrast: String, Sendable, Hashable, CaseIterable, Codable {
  /// An indicator for each level but the first; effects are differences from the first level.
  case treatment
  /// Indicators, −1 for the last level; effects are differences from the mean of all levels.
  case sum
  /// Orthonormal polynomials over equally spaced levels: linear, quadratic, cubic and so on.
  case polynomial = "poly"
}
