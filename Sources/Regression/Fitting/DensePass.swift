import LinearAlgebra

/// The clear pass: every block of rows becomes a dense matrix, and sums are taken one element after the other.
///
/// The fast passes are tested against it; it also takes what they cannot.
struct DensePass<Rows: RowSource>: WorkingPass {
  let layout: DesignLayout
  let rows: Rows
  let model: ResponseModel
  var threads: Int? { 1 }

  func sums(at point: ScoringPoint, gram wanted: Bool) throws(RegressionError) -> PassSums {
    let p = layout.columns.count
    var gram = Matrix(rows: p, columns: p)
    var sums = PassSums(gram: nil, score: [Double](repeating: 0, count: p))
    try rows.forEachChunk { chunk throws(RegressionError) in
      for start in stride(from: 0, to: chunk.count, by: DenseBlock.length) {
        let range = start..<min(start + DenseBlock.length, chunk.count)
        let x = layout.expand(rows: chunk, range: range)
        let (weights, scores) = model.workingSteps(
          layout: layout, rows: chunk, range: range, point: point, totals: &sums.totals)
        for j in 0..<p {
          let xj = j * range.count
          for i in 0..<range.count { sums.score[j] += x.values[xj + i] * scores[i] }
          guard wanted else { continue }
          for k in 0...j {
            let xk = k * range.count
            var sum = 0.0
            for i in 0..<range.count { sum += x.values[xj + i] * weights[i] * x.values[xk + i] }
            gram[j, k] += sum
          }
        }
      }
    }
    if wanted {
      gram.mirrorLowerTriangle()
      sums.gram = gram
    }
    return sums
  }
}

/// How the clear pass cuts up the rows.
enum DenseBlock {
  /// How many rows a block has: a block of a hundred columns then fits in a second-level cache.
  static let length = 1024
}

extension ResponseModel {
  /// Weights and scores of a block of rows at a point.
  func workingSteps(
    layout: DesignLayout, rows: DesignRows, range: Range<Int>, point: ScoringPoint, totals: inout WorkingTotals
  ) -> (weights: [Double], scores: [Double]) {
    var weights = [Double](repeating: 0, count: range.count)
    var scores = weights
    switch point {
    case .start:
      for i in 0..<range.count {
        let row = range.lowerBound + i
        (weights[i], scores[i]) = startingStep(
          y: rows.response[row], weight: rows.weights?[row] ?? 1, offset: rows.offset?[row] ?? 0, totals: &totals)
      }
    case .coefficients(let beta):
      let eta = layout.linearPredictor(rows: rows, range: range, coefficients: beta)
      for i in 0..<range.count {
        let row = range.lowerBound + i
        (_, weights[i], scores[i]) = step(
          eta: eta[i], y: rows.response[row], weight: rows.weights?[row] ?? 1, totals: &totals)
      }
    case .combination(let combination):
      let lengths = layout.linearPredictor(
        rows: rows, range: range, coefficients: combination, withOffset: false)
      for i in 0..<range.count where rows.weights?[range.lowerBound + i] != 0 {
        totals.deviance += lengths[i] * lengths[i]
      }
    }
    return (weights, scores)
  }
}
