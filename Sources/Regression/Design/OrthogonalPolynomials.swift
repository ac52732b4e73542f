/// Polynomials that are orthogonal over given points, by their three-term recurrence: R's `poly` and `contr.poly`.
///
/// Monic p₀ = 1, p₁ = x − α₀, pₖ₊₁ = (x − αₖ)pₖ − (‖pₖ‖²/‖pₖ₋₁‖²) pₖ₋₁ with αₖ = Σ x pₖ²/‖pₖ‖²; column k is pₖ/‖pₖ‖.
/// Forsythe, Generation and use of orthogonal polynomials for data-fitting, 1957; Kennedy and Gentle 1980, pp. 343–344.
struct OrthogonalPolynomials: Sendable, Hashable {
  /// α₀ … α of the degree below the highest.
  let alpha: [Double]

  /// ‖p₀‖² … ‖p‖² of the highest degree.
  let squaredNorms: [Double]

  /// The polynomials up to a degree over the points; nil where there are not more different points than the degree.
  ///
  /// - Complexity: O(points × degree).
  init?(over points: [Double], degree: Int) {
    var different: Set<Double> = []
    _ = points.first {
      different.insert($0)
      return different.count > degree
    }
    guard different.count > degree else { return nil }
    // About the mean: the recurrence keeps its digits for years and large counts too.
    let mean = points.reduce(0, +) / Double(points.count)
    let x = points.map { $0 - mean }
    var alpha: [Double] = []
    var norms = [Double(points.count)]
    var last = [Double](repeating: 0, count: x.count)
    var current = [Double](repeating: 1, count: x.count)
    for k in 0..<degree {
      var moment = 0.0
      for row in x.indices { moment += x[row] * current[row] * current[row] }
      let centre = moment / norms[k]
      let ratio = k == 0 ? 0 : norms[k] / norms[k - 1]
      var norm = 0.0
      for row in x.indices {
        let next = (x[row] - centre) * current[row] - ratio * last[row]
        last[row] = current[row]
        current[row] = next
        norm += next * next
      }
      alpha.append(centre + mean)
      norms.append(norm)
    }
    guard norms.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    self.alpha = alpha
    squaredNorms = norms
  }

  /// The normed polynomials of degree 1 and up at other points, one array a degree.
  ///
  /// - Complexity: O(points × degree).
  func columns(at points: [Double]) -> [[Double]] {
    var columns: [[Double]] = []
    var last = [Double](repeating: 0, count: points.count)
    var current = [Double](repeating: 1, count: points.count)
    for k in alpha.indices {
      let ratio = k == 0 ? 0 : squaredNorms[k] / squaredNorms[k - 1]
      let norm = squaredNorms[k + 1].squareRoot()
      var column = [Double](repeating: 0, count: points.count)
      for row in points.indices {
        let next = (points[row] - alpha[k]) * current[row] - ratio * last[row]
        last[row] = current[row]
        current[row] = next
        column[row] = next / norm
      }
      columns.append(column)
    }
    return columns
  }
}
