/// Quantiles and splines as R's `splines` package has them: `bs` and `ns`.
///
/// B-splines by the recurrence of de Boor, A Practical Guide to Splines, 1978, chapter X. Natural splines are the cubic
/// B-splines whose second derivative vanishes at both boundary knots: the basis is multiplied by the null space of these
/// two constraints (the last columns of Q of the constraints' Householder QR, as R takes them, so that coefficients are
/// R's). Beyond the boundary knots B-splines continue their outermost polynomials, natural splines their tangents.
struct Spline: Sendable, Hashable {
  /// Degree plus one.
  let order: Int
  /// All knots, the boundary ones `order` times each.
  let knots: [Double]
  /// Whether the second derivative vanishes at the boundary, and with it everything but the tangent beyond.
  let isNatural: Bool
  /// Whether the first B-spline is kept, so that the columns hold the constant.
  let hasIntercept: Bool
  /// For a natural spline the null space of its constraints, column by column, over the B-splines kept.
  private let nullSpace: [[Double]]

  init(
    degree: Int, interior: [Double], boundary: (lower: Double, upper: Double), isNatural: Bool, hasIntercept: Bool
  ) {
    order = degree + 1
    let knots =
      [Double](repeating: boundary.lower, count: degree + 1) + interior
      + [Double](repeating: boundary.upper, count: degree + 1)
    self.knots = knots
    self.isNatural = isNatural
    self.hasIntercept = hasIntercept
    guard isNatural else {
      nullSpace = []
      return
    }
    let ends = [boundary.lower, boundary.upper].map { end in
      let all = BSplines(order: degree + 1, knots: knots).derivatives(2, at: end)
      return hasIntercept ? all : Array(all.dropFirst())
    }
    nullSpace = Self.nullSpace(of: ends)
  }

  /// How many columns the basis has.
  var columnCount: Int {
    isNatural ? nullSpace.count : knots.count - order - (hasIntercept ? 0 : 1)
  }

  /// The basis at the points, one array a column.
  ///
  /// - Complexity: O(points × (order² + columns)).
  func columns(at points: [Double]) -> [[Double]] {
    let splines = BSplines(order: order, knots: knots)
    let lower = knots[0]
    let upper = knots[knots.count - 1]
    let first = hasIntercept ? 0 : 1
    // Value and slope at the ends carry a natural spline beyond them.
    let ends = isNatural ? [lower, upper].map { (splines.derivatives(0, at: $0), splines.derivatives(1, at: $0)) } : []
    var columns = [[Double]](repeating: [Double](repeating: 0, count: points.count), count: columnCount)
    var local = [Double](repeating: 0, count: order)
    for row in points.indices {
      let x = points[row]
      if isNatural, x < lower || x > upper {
        let (value, slope) = ends[x < lower ? 0 : 1]
        let distance = x - (x < lower ? lower : upper)
        for column in columns.indices {
          var sum = 0.0
          for j in nullSpace[column].indices {
            sum += nullSpace[column][j] * (value[j + first] + slope[j + first] * distance)
          }
          columns[column][row] = sum
        }
        continue
      }
      let start = splines.nonzero(at: x, into: &local)
      for offset in 0..<order {
        let j = start + offset - first
        if j < 0 { continue }
        if isNatural {
          for column in columns.indices { columns[column][row] += nullSpace[column][j] * local[offset] }
        } else {
          columns[j][row] = local[offset]
        }
      }
    }
    return columns
  }

  /// The last columns of Q in the Householder QR of the matrix with the given columns.
  private static func nullSpace(of constraints: [[Double]]) -> [[Double]] {
    var remaining = constraints
    let size = constraints[0].count
    var reflectors: [[Double]] = []
    for step in constraints.indices {
      var v = remaining[step]
      for row in 0..<step { v[row] = 0 }
      let norm = v.reduce(0) { $0 + $1 * $1 }.squareRoot()
      v[step] += v[step] < 0 ? -norm : norm
      let size = v.reduce(0) { $0 + $1 * $1 }
      // A constraint that says nothing new reflects nothing.
      guard size > 0 else { continue }
      v = v.map { $0 / size.squareRoot() }
      for column in remaining.indices { reflect(&remaining[column], by: v) }
      reflectors.append(v)
    }
    return (constraints.count..<size).map { index in
      var column = [Double](repeating: 0, count: size)
      column[index] = 1
      for v in reflectors.reversed() { reflect(&column, by: v) }
      return column
    }
  }

  /// x − 2v(v·x) for a unit vector v.
  private static func reflect(_ x: inout [Double], by v: [Double]) {
    var product = 0.0
    for row in x.indices { product += v[row] * x[row] }
    for row in x.indices { x[row] -= 2 * product * v[row] }
  }
}
