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
  /// - Complexity: O(points × order × (order + columns)).
  func columns(at points: [Double]) -> [[Double]] {
    let weights = isNatural ? nullSpace : Self.unitColumns(count: columnCount)
    let first = hasIntercept ? 0 : 1
    let splines = BSplines(order: order, knots: knots)
    let beyond = isNatural ? tangents(splines, weights) : nil
    let (lower, upper) = (knots[0], knots[knots.count - 1])
    // Padded so that a B-spline that is left out finds a zero: no branch in the loop over rows.
    let padded = weights.map { [Double](repeating: 0, count: first) + $0 }
    var columns = [[Double]](repeating: [], count: columnCount)
    for index in columns.indices { columns[index].reserveCapacity(points.count) }
    let block = 1024
    var values = [Double](repeating: 0, count: block * order)
    var starts = [Int](repeating: 0, count: block)
    var local = [Double](repeating: 0, count: order)
    for begin in stride(from: 0, to: points.count, by: block) {
      let count = min(block, points.count - begin)
      for row in 0..<count {
        starts[row] = splines.nonzero(at: points[begin + row], into: &local)
        for offset in 0..<order { values[row * order + offset] = local[offset] }
      }
      for column in columns.indices {
        let weight = padded[column]
        for row in 0..<count {
          let x = points[begin + row]
          if let beyond, x < lower || x > upper {
            let end = x < lower ? 0 : 1
            let (value, slope) = beyond[end][column]
            columns[column].append(value + slope * (x - (end == 0 ? lower : upper)))
            continue
          }
          var sum = 0.0
          for offset in 0..<order { sum += weight[starts[row] + offset] * values[row * order + offset] }
          columns[column].append(sum)
        }
      }
    }
    return columns
  }

  /// Each kept B-spline as it is.
  private static func unitColumns(count: Int) -> [[Double]] {
    (0..<count).map { column in
      var unit = [Double](repeating: 0, count: count)
      unit[column] = 1
      return unit
    }
  }

  /// Value and slope of each column at the two boundary knots.
  private func tangents(_ splines: BSplines, _ weights: [[Double]]) -> [[(value: Double, slope: Double)]] {
    let first = hasIntercept ? 0 : 1
    return [knots[0], knots[knots.count - 1]].map { end in
      let values = splines.derivatives(0, at: end).dropFirst(first)
      let slopes = splines.derivatives(1, at: end).dropFirst(first)
      return weights.map { weight in
        (
          zip(weight, values).reduce(0) { $0 + $1.0 * $1.1 }, zip(weight, slopes).reduce(0) { $0 + $1.0 * $1.1 }
        )
      }
    }
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
