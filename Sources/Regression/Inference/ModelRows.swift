import LinearAlgebra

/// The rows of a model whose columns are all estimable, to be walked through at any coefficients.
///
/// This is the plain way through the data that everything behind the estimate shares: memory is one block of expanded
/// columns, whatever the number of rows.
struct ModelRows: Sendable {
  /// The columns, aliased ones left out.
  let layout: DesignLayout
  let rows: any RowSource
  let family: Family
  let link: Link
  let threads: Int?

  /// How many coefficients.
  var columnCount: Int { layout.columns.count }

  /// Calls `body` with the rows in order, block by block, at the given coefficients.
  ///
  /// - Complexity: O(rows × columns).
  func forEachBlock(
    at coefficients: [Double], _ body: (FittedBlock) throws(RegressionError) -> Void
  ) throws(RegressionError) {
    var first = 0
    try rows.forEachChunk { chunk throws(RegressionError) in
      var start = 0
      while start < chunk.count {
        let range = start..<min(start + Self.blockRows, chunk.count)
        try body(FittedBlock(self, chunk, range, first: first, coefficients))
        first += range.count
        start = range.upperBound
      }
    }
  }

  /// Small enough for a block of a hundred columns to stay in the second-level cache.
  static let blockRows = 1024

  /// The model of other rows.
  func with(rows: any RowSource) -> ModelRows {
    ModelRows(layout: layout, rows: rows, family: family, link: link, threads: threads)
  }
}

extension DesignLayout {
  /// The layout with some of its columns only, in their order; terms keep their numbers.
  func keeping(columns kept: [Int]) -> DesignLayout {
    let columns = kept.map { self.columns[$0] }
    return DesignLayout(
      factors: factors, numericCount: numericCount, columns: columns, terms: terms,
      hasIntercept: hasIntercept && kept.first == 0)
  }
}

/// A block of rows with the model evaluated at some coefficients.
struct FittedBlock {
  /// The number of the first row among all kept rows.
  let first: Int
  /// The chunk that the block is part of.
  let chunk: DesignRows
  /// Where the block stands in its chunk.
  let range: Range<Int>
  /// The expanded columns, one row of the matrix a row.
  let columns: Matrix
  /// η with the offset.
  let linearPredictor: [Double]
  /// μ.
  let mean: [Double]
  /// dμ/dη.
  let slope: [Double]
  /// V(μ).
  let variance: [Double]
  /// y.
  let response: [Double]
  /// The prior weights.
  let weights: [Double]

  init(_ model: ModelRows, _ chunk: DesignRows, _ range: Range<Int>, first: Int, _ coefficients: [Double]) {
    self.first = first
    self.chunk = chunk
    self.range = range
    columns = model.layout.expand(rows: chunk, range: range)
    let count = range.count
    var eta = chunk.offset.map { Array($0[range]) } ?? [Double](repeating: 0, count: count)
    for (column, coefficient) in coefficients.enumerated() where coefficient != 0 {
      let start = column * count
      for row in 0..<count { eta[row] += columns.values[start + row] * coefficient }
    }
    let (family, link) = (model.family, model.link)
    let mean = eta.map { link.mean($0) }
    linearPredictor = eta
    self.mean = mean
    slope = eta.map { link.slope($0) }
    variance = mean.map { family.variance($0) }
    response = Array(chunk.response[range])
    weights = chunk.weights.map { Array($0[range]) } ?? [Double](repeating: 1, count: count)
  }

  var count: Int { range.count }

  /// The weights of the last least-squares step, w·(dμ/dη)²/V(μ).
  func workingWeights() -> [Double] {
    (0..<count).map { weights[$0] == 0 ? 0 : weights[$0] * slope[$0] * slope[$0] / variance[$0] }
  }

  /// The derivative of the log-likelihood (times φ) by η of each row, w·(y − μ)·(dμ/dη)/V(μ).
  func scores() -> [Double] {
    (0..<count).map {
      weights[$0] == 0 ? 0 : weights[$0] * (response[$0] - mean[$0]) * slope[$0] / variance[$0]
    }
  }

  /// x′Cx of each row for a symmetric matrix C.
  ///
  /// - Complexity: O(rows × columns²).
  func quadraticForms(_ matrix: Matrix) -> [Double] {
    let product = columns * matrix
    var forms = [Double](repeating: 0, count: count)
    for column in 0..<matrix.columns {
      let start = column * count
      for row in 0..<count { forms[row] += product.values[start + row] * columns.values[start + row] }
    }
    return forms
  }
}
