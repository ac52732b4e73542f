import LinearAlgebra

/// Numbers that look random and are the same everywhere: SplitMix64 (Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func vector(_ count: Int, in range: ClosedRange<Double> = -1...1) -> [Double] {
    (0..<count).map { _ in Double.random(in: range, using: &self) }
  }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, values: vector(rows * columns))
  }
}

/// The largest difference of two matrices of one size.
func distance(_ a: Matrix, _ b: Matrix) -> Double {
  precondition(a.rows == b.rows && a.columns == b.columns)
  return distance(a.values, b.values)
}

/// The largest difference of two vectors of one length.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count)
  return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}

/// AᵀWB element by element, the definition.
func plainProduct(_ a: [[Double]], _ w: [Double]?, _ b: [[Double]]) -> Matrix {
  var result = Matrix(rows: a.count, columns: b.count)
  for (i, x) in a.enumerated() {
    for (j, y) in b.enumerated() {
      var sum = 0.0
      for row in x.indices { sum += (w?[row] ?? 1) * x[row] * y[row] }
      result[i, j] = sum
    }
  }
  return result
}

/// The Hilbert matrix, 1/(i + j + 1): positive definite, and the hardest of its size.
func hilbert(_ n: Int) -> Matrix {
  var result = Matrix(rows: n, columns: n)
  for i in 0..<n {
    for j in 0..<n { result[i, j] = 1 / Double(i + j + 1) }
  }
  return result
}
