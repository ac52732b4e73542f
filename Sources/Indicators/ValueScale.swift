#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
import Probability

/// The scale on which a figure's sampling error is normal, so that its limits lie symmetrically about it.
///
/// The raw values are the words of the command line.
public enum ValueScale: String, Sendable, Hashable, CaseIterable {
  /// y itself: life expectancies, means, scores.
  case linear = "none"
  /// log y: rates and ratios, which are above 0.
  case logarithm = "log"
  /// log(y/(1 − y)): proportions between 0 and 1.
  case logit

  /// The figure on this scale: y, log y or log(y/(1 − y)).
  ///
  /// A figure at or beyond the end of its range gives an infinity or NaN.
  ///
  /// - Complexity: O(1).
  public func transformed(_ figure: Double) -> Double {
    switch self {
    case .linear: figure
    case .logarithm: log(figure)
    case .logit: log(figure / (1 - figure))
    }
  }

  /// The figure from its place on this scale: η, e^η or 1/(1 + e^−η).
  ///
  /// - Complexity: O(1).
  public func figure(at place: Double) -> Double {
    switch self {
    case .linear: place
    case .logarithm: exp(place)
    case .logit: 1 / (1 + exp(-place))
    }
  }

  /// The standard error on this scale that limits imply: (η(upper) − η(lower))/(2z), z of the level of the limits.
  ///
  /// Official files carry 95% limits, rounded to their printed digits; the standard error is no better than those.
  ///
  /// - Complexity: O(1).
  public func standardError(lower: Double, upper: Double, at level: ConfidenceLevel) -> Double {
    (transformed(upper) - transformed(lower)) / (2 * level.criticalValue)
  }

  /// Why a figure has no place on this scale; `ok` where it has one.
  ///
  /// Missing (NaN) is `missingNumerator`, a proportion above 1 `numeratorExceedsDenominator`, a rate or a proportion below
  /// 0 `negative`, and an end of the range, whose logarithm or logit is infinite, `nonFinite`.
  func status(of figure: Double) -> ResultStatus {
    if figure.isNaN { return .missingNumerator }
    if !figure.isFinite { return .nonFinite }
    if self == .linear { return .ok }
    if figure < 0 { return .negative }
    if self == .logit, figure > 1 { return .numeratorExceedsDenominator }
    return transformed(figure).isFinite ? .ok : .nonFinite
  }
}
