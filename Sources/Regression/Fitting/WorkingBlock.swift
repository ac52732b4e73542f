/// The working quantities of a block of rows at given coefficients.
struct WorkingBlock: Sendable {
  /// The rows of the chunk that the block is part of.
  let rows: DesignRows
  /// Which rows of the chunk the block holds.
  let range: Range<Int>
  /// η, with the offset.
  let linearPredictor: [Double]
  /// μ.
  let mean: [Double]
  /// The expected working weights a (dμ/dη)²/V(μ).
  let weights: [Double]
  /// a (y − μ)(dμ/dη)/V(μ): the derivative of the log-likelihood in η, times φ.
  let scores: [Double]
}

/// Hands out the working quantities of all rows at given coefficients, block after block in order.
///
/// - Parameters:
///   - coefficients: one a column; NaN counts as 0, as aliased columns have it.
/// - Complexity: O(rows × columns), one block of memory.
func forEachWorkingBlock(
  _ layout: DesignLayout, _ rows: some RowSource, coefficients: [Double], family: Family, link: Link,
  _ body: (WorkingBlock) throws(RegressionError) -> Void
) throws(RegressionError) {
  let model = ResponseModel(family: family, link: link)
  let beta = coefficients.map { $0.isNaN ? 0 : $0 }
  try rows.forEachChunk { chunk throws(RegressionError) in
    for start in stride(from: 0, to: chunk.count, by: DenseBlock.length) {
      let range = start..<min(start + DenseBlock.length, chunk.count)
      let eta = layout.linearPredictor(rows: chunk, range: range, coefficients: beta)
      var mean = eta
      var weights = eta
      var scores = eta
      var totals = WorkingTotals()
      for i in 0..<range.count {
        let row = range.lowerBound + i
        (mean[i], weights[i], scores[i]) = model.step(
          eta: eta[i], y: chunk.response[row], weight: chunk.weights?[row] ?? 1, totals: &totals)
      }
      try body(
        WorkingBlock(
          rows: chunk, range: range, linearPredictor: eta, mean: mean, weights: weights, scores: scores))
    }
  }
}

extension DesignLayout {
  /// η = Xβ + offset, or Xβ alone, for some rows.
  ///
  /// - Complexity: O(rows × columns).
  func linearPredictor(
    rows: DesignRows, range: Range<Int>, coefficients: [Double], withOffset: Bool = true
  ) -> [Double] {
    let block = expand(rows: rows, range: range)
    var eta = (withOffset ? rows.offset : nil).map { Array($0[range]) } ?? [Double](repeating: 0, count: range.count)
    for (j, beta) in coefficients.enumerated() where beta != 0 {
      let base = j * range.count
      for i in 0..<range.count { eta[i] += beta * block.values[base + i] }
    }
    return eta
  }
}
