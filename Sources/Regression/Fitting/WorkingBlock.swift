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
