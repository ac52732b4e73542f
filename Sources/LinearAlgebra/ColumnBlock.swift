internal import CKernels

/// Some consecutive rows of a ``ColumnBlocks``, valid while the closure that receives it runs.
///
/// Vectors of a block count from 0 at the block's first row and may be longer than the block; vectors of all rows (the
/// offset, `rowWeights`, `rowValues`) count from 0 at the first row of all.
public struct ColumnBlock {
  /// The rows.
  public let rows: Range<Int>

  /// How many columns there are, with the intercept.
  public let count: Int

  /// Where each column has the block's first row.
  let columns: UnsafePointer<UnsafePointer<Double>?>
  /// Room for a product of columns and weights.
  let scratch: UnsafeMutablePointer<Double>

  /// η = Xβ + offset over the block, into the first elements of `eta`.
  ///
  /// - Precondition: β has a value a column, `eta` room for the block, the offset a value a row of all.
  /// - Complexity: O(rows × count).
  public func linearPredictor(_ beta: [Double], offset: [Double]? = nil, into eta: inout [Double]) {
    precondition(beta.count == count && eta.count >= rows.count, "a vector of another length")
    withRows(offset) { ph_linear_predictor(columns, count, beta, $0, rows.count, &eta) }
  }

  /// Adds XᵀWX of the block to the lower triangle of `gram`; w nil stands for ones.
  ///
  /// - Precondition: `gram` is count × count, w covers the block.
  /// - Complexity: O(rows × count²/2).
  public func addWeightedGram(_ w: [Double]?, into gram: inout Matrix) {
    precondition((w?.count ?? rows.count) >= rows.count, "weights of another length")
    requireSize(gram)
    if let w {
      ph_weighted_gram(columns, count, w, rows.count, &gram.values, scratch)
    } else {
      ph_weighted_gram(columns, count, nil, rows.count, &gram.values, scratch)
    }
  }

  /// Adds XᵀWX of the block to the lower triangle of `gram`, with the block's part of weights of all rows; nil stands
  /// for ones.
  ///
  /// - Precondition: `gram` is count × count, `rowWeights` has a value a row of all.
  /// - Complexity: O(rows × count²/2).
  public func addWeightedGram(rowWeights: [Double]?, into gram: inout Matrix) {
    requireSize(gram)
    withRows(rowWeights) { ph_weighted_gram(columns, count, $0, rows.count, &gram.values, scratch) }
  }

  /// Adds Xᵀr of the block to `score`.
  ///
  /// - Precondition: `score` has a value a column, r covers the block.
  /// - Complexity: O(rows × count).
  public func addScore(_ r: [Double], into score: inout [Double]) {
    precondition(score.count == count && r.count >= rows.count, "a vector of another length")
    ph_score(columns, count, r, rows.count, &score)
  }

  /// Adds Xᵀr of the block to `score`, with the block's part of a vector of all rows.
  ///
  /// - Precondition: `score` has a value a column, `rowValues` one a row of all.
  /// - Complexity: O(rows × count).
  public func addScore(rowValues: [Double], into score: inout [Double]) {
    precondition(score.count == count, "a vector of another length")
    withRows(rowValues) { ph_score(columns, count, $0, rows.count, &score) }
  }

  /// Adds each row of the block to the moments of its cell: w, r and w times every column.
  ///
  /// - Parameters:
  ///   - cells: the cell of each row of the block, from 0 to `table.cells` − 1.
  /// - Precondition: The table has as many columns; the vectors cover the block. A cell outside the table stops the
  ///   program.
  /// - Complexity: O(rows × count).
  public func addMoments(cells: [Int32], _ w: [Double], _ r: [Double], into table: inout MomentTable) {
    let n = rows.count
    precondition(
      cells.count >= n && w.count >= n && r.count >= n && table.columns == count, "a vector of another length")
    let limit = UInt32(table.cells)
    var inside = true
    for i in 0..<n { inside = inside && UInt32(bitPattern: cells[i]) < limit }
    precondition(inside, "a cell outside the table")
    ph_moment_table(cells, columns, count, w, r, n, &table.values, table.stride)
  }

  private func requireSize(_ gram: Matrix) {
    precondition(gram.rows == count && gram.columns == count, "a Gram matrix of another size")
  }

  /// The part of a vector of all rows that belongs to the block.
  private func withRows(_ vector: [Double]?, _ body: (UnsafePointer<Double>?) -> Void) {
    guard let vector else { return body(nil) }
    precondition(vector.count >= rows.upperBound, "a vector of another length")
    vector.withUnsafeBufferPointer { body($0.baseAddress.map { $0 + rows.lowerBound }) }
  }
}

extension ColumnBlocks {
  /// Hands out the blocks of a range of rows, from its first row to its last; the block counts from the range's start.
  ///
  /// - Precondition: The range lies within the rows.
  /// - Complexity: O(count) a block beyond the work of `body`.
  public func forEachBlock(in range: Range<Int>, _ body: (ColumnBlock) -> Void) {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows outside the columns")
    guard !range.isEmpty else { return }
    let ones = [Double](repeating: 1, count: hasIntercept ? Self.blockRows : 0)
    let first = hasIntercept ? 1 : 0
    withExtendedLifetime((columns, ones)) {
      // The elements of an array stay where they are while it lives unchanged, and both live to the end of this closure.
      let starts = columns.map { $0.withUnsafeBufferPointer(\.baseAddress) }
      let constant = ones.withUnsafeBufferPointer(\.baseAddress)
      withUnsafeTemporaryAllocation(of: UnsafePointer<Double>?.self, capacity: max(1, count)) { pointers in
        pointers.initialize(repeating: constant)
        let scratchSize = ph_weighted_gram_scratch(count, Self.blockRows)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, scratchSize)) { scratch in
          guard let table = pointers.baseAddress, let room = scratch.baseAddress else { return }
          for row in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockRows) {
            for (j, start) in starts.enumerated() { table[first + j] = start.map { $0 + row } }
            let rows = row..<min(row + Self.blockRows, range.upperBound)
            body(ColumnBlock(rows: rows, count: count, columns: UnsafePointer(table), scratch: room))
          }
        }
      }
    }
  }
}
