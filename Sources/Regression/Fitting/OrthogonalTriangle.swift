import Parallel

/// The triangle R of the QR decomposition of [√W X, r/√W], row block after row block: no digits are lost to squares, as
/// they are in X′WX.
///
/// Each block is folded into the triangle by Householder reflections that touch one row of it at a time; segments have
/// triangles of their own, which are folded together in order. Golub and Van Loan, Matrix Computations, 4th ed. 2013,
/// sections 5.2 and 6.5.
struct OrthogonalTriangle {
  /// Columns of the design, and one of the right-hand side after them.
  let size: Int
  /// R, column by column.
  private(set) var values: [Double]

  init(size: Int) {
    self.size = size
    values = [Double](repeating: 0, count: size * size)
  }

  /// Folds rows in.
  ///
  /// - Parameter block: `rows` × `size` column by column; it is overwritten.
  /// - Complexity: O(rows × size²).
  mutating func fold(_ block: inout [Double], rows: Int) {
    let size = size
    values.withUnsafeMutableBufferPointer { r in
      block.withUnsafeMutableBufferPointer { b in
        for k in 0..<size {
          let pivot = k * rows
          let rest = Self.dot(b, pivot, pivot, rows)
          guard rest > 0 else { continue }
          let alpha = r[k * size + k]
          let norm = (alpha * alpha + rest).squareRoot()
          let beta = alpha > 0 ? -norm : norm
          let tau = (beta - alpha) / beta
          let scale = 1 / (alpha - beta)
          for i in 0..<rows { b[pivot + i] *= scale }
          r[k * size + k] = beta
          for j in k + 1..<max(size, k + 1) {
            let column = j * rows
            let step = tau * (r[j * size + k] + Self.dot(b, pivot, column, rows))
            r[j * size + k] -= step
            for i in 0..<rows { b[column + i] -= step * b[pivot + i] }
          }
        }
      }
    }
  }

  /// Folds another triangle in.
  mutating func fold(_ other: OrthogonalTriangle) {
    var rows = other.values
    fold(&rows, rows: size)
  }

  /// Folds penalties in, as rows √penalty of the design with the right-hand sides −√penalty × β.
  mutating func fold(penalty: [Double], at beta: [Double]?) {
    for (j, penalty) in penalty.enumerated() where penalty > 0 {
      var row = [Double](repeating: 0, count: size)
      row[j] = penalty.squareRoot()
      row[size - 1] = -penalty.squareRoot() * (beta?[j] ?? 0)
      fold(&row, rows: 1)
    }
  }

  /// Σ of products of two columns, in four sums side by side.
  private static func dot(_ b: UnsafeMutableBufferPointer<Double>, _ x: Int, _ y: Int, _ count: Int) -> Double {
    var sums = SIMD4<Double>()
    let whole = count & ~3
    for i in stride(from: 0, to: whole, by: 4) {
      let u = SIMD4(b[x + i], b[x + i + 1], b[x + i + 2], b[x + i + 3])
      let v = SIMD4(b[y + i], b[y + i + 1], b[y + i + 2], b[y + i + 3])
      sums += u * v
    }
    var sum = sums.sum()
    for i in whole..<count { sum += b[x + i] * b[y + i] }
    return sum
  }
}

extension OrthogonalTriangle {
  /// The triangle of all rows at a point.
  ///
  /// - Complexity: O(rows × columns²), with more work an element than X′WX.
  init(
    _ layout: DesignLayout, _ rows: some RowSource, model: ResponseModel, at point: ScoringPoint, threads: Int?
  ) throws(RegressionError) {
    let p = layout.columns.count
    self.init(size: p + 1)
    var whole = self
    try rows.forEachChunk { chunk throws(RegressionError) in
      let segments = Segments(rows: chunk.count, sums: (p + 1) * (p + 1))
      let triangles = parallelMap(chunks: segments.count, threads: threads) { segment in
        var triangle = OrthogonalTriangle(size: p + 1)
        var totals = WorkingTotals()
        let range = segments[segment]
        for start in stride(from: range.lowerBound, to: range.upperBound, by: DenseBlock.length) {
          let block = start..<min(start + DenseBlock.length, range.upperBound)
          let (weights, scores) = model.workingSteps(
            layout: layout, rows: chunk, range: block, point: point, totals: &totals)
          var x = layout.expand(rows: chunk, range: block).values
          x.append(contentsOf: [Double](repeating: 0, count: block.count))
          for i in 0..<block.count {
            let root = weights[i].squareRoot()
            for j in 0..<p { x[j * block.count + i] *= root }
            x[p * block.count + i] = root > 0 ? scores[i] / root : 0
          }
          triangle.fold(&x, rows: block.count)
        }
        return triangle
      }
      for triangle in triangles { whole.fold(triangle) }
    }
    self = whole
  }
}
