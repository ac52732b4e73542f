import LinearAlgebra

/// How the aliased columns of a fit hang on the others in its data: aliased = others × weights.
struct AliasRelations {
  let kept: [Int]
  let aliased: [Int]
  /// One column an aliased column, one row a kept one.
  let weights: Matrix
  /// The root mean square of each aliased column in the data of the fit.
  let lengths: [Double]

  /// The rows of expanded columns that do not obey a relation, beyond rounding.
  func violations(_ block: Matrix) -> Set<Int> {
    guard !aliased.isEmpty else { return [] }
    var rows: Set<Int> = []
    for (number, column) in aliased.enumerated() {
      for row in 0..<block.rows {
        var (sum, size) = (0.0, abs(block[row, column]))
        for (index, other) in kept.enumerated() {
          let part = block[row, other] * weights[index, number]
          sum += part
          size += abs(part)
        }
        // The weights come from X′X, whose solution may have lost half the digits; a weight that should be 0 is as
        // wrong where the row has nothing else to compare it with.
        if abs(sum - block[row, column]) > 1e-6 * (size + lengths[number]) { rows.insert(row) }
      }
    }
    return rows
  }
}

extension FitCore {
  /// The relations of the aliased columns, from one pass over the rows; none where no column is aliased.
  func aliasRelations() throws(RegressionError) -> AliasRelations {
    let kept = kept
    let aliased = estimate.aliased.indices.filter { estimate.aliased[$0] }
    guard !aliased.isEmpty else {
      return AliasRelations(kept: kept, aliased: [], weights: Matrix(rows: 0, columns: 0), lengths: [])
    }
    var sums = Matrix(rows: layout.columns.count, columns: layout.columns.count)
    try model.rows.forEachChunk { chunk throws(RegressionError) in
      for start in stride(from: 0, to: chunk.count, by: ModelRows.blockRows) {
        let range = start..<min(start + ModelRows.blockRows, chunk.count)
        sums += layout.expand(rows: chunk, range: range).crossProduct()
      }
    }
    guard let factor = try? Cholesky(of: sums.selecting(rows: kept, columns: kept), relativePivot: 1e-14) else {
      throw .model("the relations of the aliased columns could not be found")
    }
    let columns = aliased.map { column in factor.solve(kept.map { sums[$0, column] }) }
    return AliasRelations(
      kept: kept, aliased: aliased, weights: Matrix(columns: columns),
      lengths: aliased.map { (sums[$0, $0] / Double(estimate.rowCount)).squareRoot() })
  }
}
