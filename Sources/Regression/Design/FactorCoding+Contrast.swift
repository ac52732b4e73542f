extension Contrast {
  /// The columns of a coding: what is appended to the factor's name, and the value of each level.
  ///
  /// Names as R's `contr.treatment` (the level), `contr.sum` (1, 2, …) and `contr.poly` (`.L`, `.Q`, `.C`, `^4`, …).
  /// - Complexity: O(levels²) for sum contrasts, O(levels³) for polynomials.
  func columns(levels: [String]) -> [(suffix: String, values: FactorCoding.Values)] {
    let count = levels.count
    switch self {
    case .treatment:
      return (1..<count).map { (levels[$0], .indicator(level: $0)) }
    case .sum:
      return (0..<count - 1).map { column in
        var values = [Double](repeating: 0, count: count)
        values[column] = 1
        values[count - 1] = -1
        return (String(column + 1), .levels(values))
      }
    case .polynomial:
      return Self.orthonormalPolynomials(count).enumerated().map { index, values in
        (index < 3 ? [".L", ".Q", ".C"][index] : "^\(index + 1)", .levels(values))
      }
    }
  }

  /// An indicator for each level: the coding of a factor whose margin is not in the model.
  static func indicators(levels: [String]) -> [(suffix: String, values: FactorCoding.Values)] {
    levels.indices.map { (levels[$0], .indicator(level: $0)) }
  }

  /// The polynomials of degree 1 to k − 1 over k equally spaced points, of norm 1 and orthogonal to one another.
  ///
  /// Each is x times the one before, made orthogonal to all before it twice: so the highest degrees keep their digits,
  /// which a recurrence of three terms loses.
  private static func orthonormalPolynomials(_ count: Int) -> [[Double]] {
    let points = (0..<count).map { Double($0) - Double(count - 1) / 2 }
    var all = [[Double](repeating: 1 / Double(count).squareRoot(), count: count)]
    while all.count < count {
      var next = zip(points, all[all.count - 1]).map { $0 * $1 }
      for _ in 0..<2 {
        for earlier in all {
          let product = zip(next, earlier).reduce(0) { $0 + $1.0 * $1.1 }
          for row in next.indices { next[row] -= product * earlier[row] }
        }
      }
      let norm = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      all.append(next.map { $0 / norm })
    }
    return Array(all.dropFirst())
  }
}
