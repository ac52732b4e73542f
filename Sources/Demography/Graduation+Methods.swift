/// Sprague's multipliers for groups of five years.
///
/// Source: Sprague (1880); as tabulated by Shryock and Siegel (1976), *The Methods and Materials of
/// Demography*, appendix C. The last two groups use the tables of the first two, mirrored.
enum Sprague {
  /// Five single years of the first group from groups 1–4 of the row.
  private static let first: [[Double]] = [
    [0.3616, -0.2768, 0.1488, -0.0336],
    [0.2640, -0.0960, 0.0400, -0.0080],
    [0.1840, 0.0400, -0.0320, 0.0080],
    [0.1200, 0.1360, -0.0720, 0.0160],
    [0.0704, 0.1968, -0.0848, 0.0176],
  ]
  /// The second group from groups 1–4.
  private static let second: [[Double]] = [
    [0.0336, 0.2272, -0.0752, 0.0144],
    [0.0080, 0.2320, -0.0480, 0.0080],
    [-0.0080, 0.2160, -0.0080, 0],
    [-0.0160, 0.1840, 0.0400, -0.0080],
    [-0.0176, 0.1408, 0.0912, -0.0144],
  ]
  /// Any other group from the two before it, itself and the two behind it.
  private static let middle: [[Double]] = [
    [-0.0128, 0.0848, 0.1504, -0.0240, 0.0016],
    [-0.0016, 0.0144, 0.2224, -0.0416, 0.0064],
    [0.0064, -0.0336, 0.2544, -0.0336, 0.0064],
    [0.0064, -0.0416, 0.2224, 0.0144, -0.0016],
    [0.0016, -0.0240, 0.1504, 0.0848, -0.0128],
  ]

  /// Single years of at least five groups; each group's five sum to its count (to rounding).
  static func singleYears(_ groups: ArraySlice<Double>) -> [Double] {
    let start = groups.startIndex
    let count = groups.count
    var single: [Double] = []
    single.reserveCapacity(5 * count)
    for g in 0..<count {
      for year in 0..<5 {
        var sum = 0.0
        if g < 2 {
          let row = (g == 0 ? first : second)[year]
          for k in 0..<4 { sum += row[k] * groups[start + k] }
        } else if g >= count - 2 {
          let row = (g == count - 1 ? first : second)[4 - year]
          for k in 0..<4 { sum += row[k] * groups[start + count - 1 - k] }
        } else {
          let row = middle[year]
          for k in 0..<5 { sum += row[k] * groups[start + g - 2 + k] }
        }
        single.append(sum)
      }
    }
    return single
  }
}

/// A cubic spline through cumulated counts whose slopes are limited so that it never falls.
///
/// The unlimited spline has continuous second derivatives; its third derivative at each end is that
/// of the cubic through the four nearest points (0 with fewer than four). Each slope is then brought
/// into 0 … 3·min(chord before, chord behind), which is sufficient for a monotone cubic.
///
/// Sources: Forsythe, Malcolm and Moler (1977), *Computer Methods for Mathematical Computations*,
/// for the ends; Hyman (1983), SIAM J Sci Stat Comput 4, for the limit.
struct MonotoneSpline {
  /// The boundaries of the closed groups, in years.
  let knots: [Int]

  /// Counts by single years of the closed groups; never negative, each group's sum kept.
  func singleYears(_ groups: ArraySlice<Double>) -> [Double] {
    let widths = (1..<knots.count).map { Double(knots[$0] - knots[$0 - 1]) }
    let chords = zip(groups, widths).map { $0 / $1 }
    let slopes = limited(freeSlopes(chords, widths), chords)
    var single: [Double] = []
    single.reserveCapacity(knots[knots.count - 1])
    for (g, count) in groups.enumerated() {
      let n = widths[g]
      // The spline within the group, counted from its beginning so that no digits are lost.
      func cumulated(_ u: Double) -> Double {
        let v = 1 - u
        return count * u * u * (3 - 2 * u) + n * u * v * (slopes[g] * v - slopes[g + 1] * u)
      }
      var before = 0.0
      for year in 1...(knots[g + 1] - knots[g]) {
        let after = Double(year) == n ? count : cumulated(Double(year) / n)
        // Rounding alone can make a zero year −1e-17.
        single.append(max(0, after - before))
        before = after
      }
    }
    return single
  }

  /// The slopes of the unlimited spline at all knots, by way of its second derivatives, which
  /// satisfy a tridiagonal system (Thomas's algorithm; the rows at the ends need no pivoting).
  private func freeSlopes(_ chords: [Double], _ widths: [Double]) -> [Double] {
    let last = chords.count
    guard last > 1 else { return [chords[0], chords[0]] }
    // diagonal[i]·M[i] + upper[i]·M[i+1] = right[i] after elimination
    var upper = [Double](repeating: 0, count: last + 1)
    var right = upper
    upper[0] = -1
    right[0] = -endThirdDerivative(chords, widths, first: 0) * widths[0]
    for i in 1..<last {
      let lower = widths[i - 1]
      let diagonal = 2 * (widths[i - 1] + widths[i]) - lower * upper[i - 1]
      upper[i] = widths[i] / diagonal
      right[i] = (6 * (chords[i] - chords[i - 1]) - lower * right[i - 1]) / diagonal
    }
    let jump = endThirdDerivative(chords, widths, first: last - 3) * widths[last - 1]
    var curvature = [Double](repeating: 0, count: last + 1)
    curvature[last] = (jump + right[last - 1]) / (1 + upper[last - 1])
    for i in stride(from: last - 1, through: 0, by: -1) {
      curvature[i] = right[i] - upper[i] * curvature[i + 1]
    }
    var slopes = [Double](repeating: 0, count: last + 1)
    for i in 0..<last {
      let bend = (2 * curvature[i] + curvature[i + 1]) / 6
      slopes[i] = chords[i] - widths[i] * bend
    }
    let endBend = (curvature[last - 1] + 2 * curvature[last]) / 6
    slopes[last] = chords[last - 1] + widths[last - 1] * endBend
    return slopes
  }

  /// The third derivative of the cubic through four knots; 0 where there are only three.
  private func endThirdDerivative(_ chords: [Double], _ widths: [Double], first: Int) -> Double {
    guard chords.count > 2 else { return 0 }
    let w = widths[first..<(first + 3)]
    let i = w.startIndex
    let second = (chords[i + 1] - chords[i]) / (w[i] + w[i + 1])
    let next = (chords[i + 2] - chords[i + 1]) / (w[i + 1] + w[i + 2])
    return 6 * (next - second) / (w[i] + w[i + 1] + w[i + 2])
  }

  private func limited(_ slopes: [Double], _ chords: [Double]) -> [Double] {
    slopes.indices.map { i in
      let before = chords[max(0, i - 1)]
      let behind = chords[min(chords.count - 1, i)]
      return min(max(0, slopes[i]), 3 * min(before, behind))
    }
  }
}
