/// A symmetric positive definite matrix with two diagonals on either side of the main one.
struct PentadiagonalMatrix {
  /// The main diagonal.
  var main: [Double]
  /// Element (i, i+1) at i.
  var first: [Double]
  /// Element (i, i+2) at i.
  var second: [Double]

  init(count: Int) {
    main = Array(repeating: 0, count: count)
    first = main
    second = main
  }

  /// The solution of Mx = right by LDLᵀ without pivoting, which a positive definite matrix allows.
  ///
  /// - Complexity: O(*n*).
  func solved(for right: [Double]) -> [Double] {
    let n = main.count
    var d = main
    var l1 = Array(repeating: 0.0, count: n)
    var l2 = l1
    var x = right
    for i in 0..<n {
      if i > 1 {
        l2[i] = second[i - 2] / d[i - 2]
        d[i] -= l2[i] * l2[i] * d[i - 2]
        x[i] -= l2[i] * x[i - 2]
      }
      if i > 0 {
        let below = first[i - 1] - (i > 1 ? l2[i] * l1[i - 1] * d[i - 2] : 0)
        l1[i] = below / d[i - 1]
        d[i] -= l1[i] * l1[i] * d[i - 1]
        x[i] -= l1[i] * x[i - 1]
      }
    }
    for i in 0..<n { x[i] /= d[i] }
    for i in stride(from: n - 1, through: 0, by: -1) {
      if i + 1 < n { x[i] -= l1[i + 1] * x[i + 1] }
      if i + 2 < n { x[i] -= l2[i + 2] * x[i + 2] }
    }
    return x
  }
}
