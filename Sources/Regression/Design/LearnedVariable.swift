/// A variable of a formula with everything that was learnt from the data of the fit, so that new data are coded the same.
enum LearnedVariable: Sendable, Hashable {
  /// One number a row.
  case number(Formula.Expression)
  /// Several numbers a row, made of one.
  case basis(Basis, of: Formula.Expression)
  /// A code a row.
  case factor(LearnedFactor)
  /// In no column of the design: an offset, or a variable that was removed again.
  case outside
}

/// A factor with its levels.
struct LearnedFactor: Sendable, Hashable {
  /// What is coded.
  let source: Formula.Expression
  /// The levels, in order.
  let levels: [String]
  /// The levels as numbers where the source holds numbers.
  let numbers: [Double]?
  /// The coding beside an intercept.
  let contrast: Contrast
}

/// A basis with its knots or coefficients.
enum Basis: Sendable, Hashable {
  /// x, x², …
  case powers(Int)
  /// Orthogonal polynomials.
  case polynomials(OrthogonalPolynomials)
  /// A spline.
  case spline(Spline)

  /// How many columns it has.
  var columnCount: Int {
    switch self {
    case .powers(let degree): degree
    case .polynomials(let polynomials): polynomials.alpha.count
    case .spline(let spline): spline.columnCount
    }
  }

  /// The columns at the points.
  ///
  /// - Complexity: O(points × columns).
  func columns(at points: [Double]) -> [[Double]] {
    switch self {
    case .powers(let degree):
      return (1...degree).map { power in points.map { FormulaFunction.power($0, Double(power)) } }
    case .polynomials(let polynomials): return polynomials.columns(at: points)
    case .spline(let spline): return spline.columns(at: points)
    }
  }
}
