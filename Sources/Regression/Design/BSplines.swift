/// B-splines of an order over knots, the first and last of which stand `order` times.
struct BSplines {
  let order: Int
  let knots: [Double]

  /// How many there are.
  var count: Int { knots.count - order }

  /// The index i of the interval [tᵢ, tᵢ₊₁) that holds x; beyond the knots the outermost one, whose polynomials go on.
  private func interval(of x: Double) -> Int {
    var low = order - 1
    var high = knots.count - order
    // Largest i with tᵢ ≤ x among order − 1 … count − 1.
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle] <= x { low = middle } else { high = middle }
    }
    return low
  }

  /// The B-splines that do not vanish about x, into `values`; gives the number of the first.
  ///
  /// - Complexity: O(order² + log knots).
  func nonzero(at x: Double, into values: inout [Double]) -> Int {
    let i = interval(of: x)
    values[0] = 1
    for k in 1..<max(order, 1) {
      var saved = 0.0
      for r in 0..<k {
        let right = knots[i + r + 1]
        let left = knots[i + r + 1 - k]
        let term = values[r] / (right - left)
        values[r] = saved + (right - x) * term
        saved = (x - left) * term
      }
      values[k] = saved
    }
    return i - order + 1
  }

  /// The derivatives of all B-splines at x.
  ///
  /// - Complexity: O(derivative × knots).
  func derivatives(_ derivative: Int, at x: Double) -> [Double] {
    let lower = BSplines(order: order - derivative, knots: knots)
    var local = [Double](repeating: 0, count: lower.order)
    // The interval is that of the full order: the lower splines stand over the same knots.
    let i = interval(of: x)
    let inner = BSplines(order: lower.order, knots: Array(knots[derivative..<(knots.count - derivative)]))
    let start = inner.nonzero(at: x, into: &local) + derivative
    precondition(start == i - lower.order + 1, "another interval in a lower order")
    var values = [Double](repeating: 0, count: knots.count - lower.order)
    for (offset, value) in local.enumerated() { values[start + offset] = value }
    for k in lower.order..<order {
      // B′ᵢ,ₖ₊₁ = k (Bᵢ,ₖ/(tᵢ₊ₖ − tᵢ) − Bᵢ₊₁,ₖ/(tᵢ₊ₖ₊₁ − tᵢ₊₁)), empty quotients being 0.
      values = (0..<knots.count - k - 1).map { j in
        let left = knots[j + k] - knots[j]
        let right = knots[j + k + 1] - knots[j + 1]
        return Double(k) * ((left > 0 ? values[j] / left : 0) - (right > 0 ? values[j + 1] / right : 0))
      }
    }
    return values
  }
}

/// The quantile of sorted numbers by linear interpolation between order statistics: definition 7 of Hyndman and Fan,
/// Sample quantiles in statistical packages, 1996, R's default.
///
/// - Precondition: There is a number; `probability` is 0 to 1.
func quantile(ofSorted numbers: [Double], _ probability: Double) -> Double {
  let place = Double(numbers.count - 1) * probability
  let lower = Int(place.rounded(.down))
  let fraction = place - Double(lower)
  guard fraction > 0, numbers[lower + 1] != numbers[lower] else { return numbers[lower] }
  return (1 - fraction) * numbers[lower] + fraction * numbers[lower + 1]
}
