#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The scale on which a funnel measures how far points are from the centre and on which overdispersion is added.
///
/// With n the size of a point (people or expected events), θ the centre and y the figure O/n:
///
/// | scale | g(y) | standard error at the centre |
/// |---|---|---|
/// | identity | y | √(θ(1 − θ)/n) of a proportion, √(θ/n) of a ratio or rate |
/// | squareRoot | √y | 1/(2√n) |
/// | logarithm | ln y | 1/√(θn) |
/// | arcsine | arcsin √y | 1/(2√n) |
///
/// Limits are drawn on the scale and turned back with the inverse of g, never left on it.
public enum FunnelScale: String, Sendable, Hashable, CaseIterable {
  /// As it is.
  case identity
  /// Square root: the default of ratios and rates (Spiegelhalter and others, 2012); stands zero events.
  case squareRoot = "square_root"
  /// Logarithm: NHS England's summary hospital-level mortality indicator. Has no place for zero events.
  case logarithm
  /// Arcsine of the square root: the default of proportions (Spiegelhalter and others, 2012).
  case arcsine

  /// g(y).
  func value(_ y: Double) -> Double {
    switch self {
    case .identity: y
    case .squareRoot: y.squareRoot()
    case .logarithm: log(y)
    case .arcsine: asin(min(y, 1).squareRoot())
    }
  }

  /// The figure at a place of the scale; places that no figure has are put at the nearest that one has.
  func figure(_ place: Double, isProportion: Bool) -> Double {
    switch self {
    case .identity: return max(0, isProportion ? min(place, 1) : place)
    case .squareRoot:
      let root = max(0, place)
      return root * root
    case .logarithm: return exp(place)
    case .arcsine:
      let sine = sin(max(0, min(place, Double.pi / 2)))
      return sine * sine
    }
  }

  /// The standard error of g(y) at the centre for a point of size n.
  func standardError(centre: Double, size: Double, isProportion: Bool) -> Double {
    switch self {
    case .identity: (centre * (isProportion ? 1 - centre : 1) / size).squareRoot()
    case .squareRoot, .arcsine: 1 / (2 * size.squareRoot())
    case .logarithm: 1 / (centre * size).squareRoot()
    }
  }
}
