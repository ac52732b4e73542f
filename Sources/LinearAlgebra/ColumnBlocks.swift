import Parallel

/// The columns of a design, each an array of its own, and the products over blocks of rows that a regression is made
/// of. Nothing is copied: the columns are read where they are.
///
/// A pass over the rows goes block by block, so that what one product reads the next one finds in the cache:
///
/// ```swift
/// columns.forEachBlock(in: rows) { block in
///   block.linearPredictor(beta, offset: offset, into: &eta)
///   // from eta: weights w and residuals r of the block
///   block.addWeightedGram(w, into: &gram)
///   block.addScore(r, into: &score)
/// }
/// ```
public struct ColumnBlocks: Sendable {
  /// How many rows a block has, but for the last one of a range: the columns of a block stay in the caches nearest to
  /// the processor.
  public static let blockRows = 256

  /// How many rows there are.
  public let rows: Int

  /// How many columns there are, with the intercept.
  public var count: Int { columns.count + (hasIntercept ? 1 : 0) }

  /// Whether column 0 is a column of ones that is not stored.
  public let hasIntercept: Bool

  let columns: [[Double]]

  /// Columns over `rows` rows; with `intercept` a column of ones comes before them.
  ///
  /// - Precondition: Every column has `rows` elements.
  public init(columns: [[Double]], intercept: Bool = false, rows: Int) {
    precondition(columns.allSatisfy { $0.count == rows }, "columns of unequal length")
    self.columns = columns
    self.rows = rows
    hasIntercept = intercept
  }

  /// The pieces that rows are cut into for work side by side: at most 64, whole blocks each but for the last, and so few
  /// that a Gram matrix for each takes at most 32 MB together.
  ///
  /// They depend on the data alone, so that sums taken piece by piece and added in order have the same bits on any
  /// number of threads.
  ///
  /// - Complexity: O(pieces).
  public var chunks: [Range<Int>] { Self.chunks(rows: rows, columns: count) }

  /// The pieces for so many rows and columns.
  ///
  /// - Complexity: O(pieces).
  public static func chunks(rows: Int, columns: Int) -> [Range<Int>] {
    let blocks = (rows + blockRows - 1) / blockRows
    let gramBytes = max(1, columns * columns * MemoryLayout<Double>.stride)
    let pieces = max(1, min(64, 33_554_432 / gramBytes))
    let length = max(1, (blocks + pieces - 1) / pieces) * blockRows
    return stride(from: 0, to: rows, by: length).map { $0..<min($0 + length, rows) }
  }

  /// XᵀWX with W the diagonal matrix of `weights` (nil stands for ones), exactly symmetric.
  ///
  /// The bits do not depend on the number of threads.
  ///
  /// - Precondition: There are as many weights as rows.
  /// - Complexity: O(rows × count²/2).
  public func weightedGram(_ weights: [Double]? = nil, threads: Int? = nil) -> Matrix {
    precondition((weights?.count ?? rows) == rows, "weights of another length")
    let pieces = chunks
    let grams = parallelMap(chunks: pieces.count, threads: threads) { piece in
      var gram = Matrix(rows: count, columns: count)
      forEachBlock(in: pieces[piece]) { $0.addWeightedGram(rowWeights: weights, into: &gram) }
      return gram
    }
    var sum = grams.first ?? Matrix(rows: count, columns: count)
    for gram in grams.dropFirst() { sum.add(gram) }
    sum.mirrorLowerTriangle()
    return sum
  }

  /// Xβ + offset (nil stands for zeros).
  ///
  /// - Precondition: β has a value a column, the offset one a row.
  /// - Complexity: O(rows × count).
  public func linearPredictor(_ beta: [Double], offset: [Double]? = nil) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(rows)
    var eta = [Double](repeating: 0, count: Self.blockRows)
    forEachBlock(in: 0..<rows) { block in
      block.linearPredictor(beta, offset: offset, into: &eta)
      result.append(contentsOf: eta.prefix(block.rows.count))
    }
    return result
  }

  /// Xᵀr.
  ///
  /// - Precondition: r has a value a row.
  /// - Complexity: O(rows × count).
  public func transposedProduct(_ r: [Double], threads: Int? = nil) -> [Double] {
    precondition(r.count == rows, "a vector of another length")
    let pieces = chunks
    let sums = parallelMap(chunks: pieces.count, threads: threads) { piece in
      var score = [Double](repeating: 0, count: count)
      forEachBlock(in: pieces[piece]) { $0.addScore(rowValues: r, into: &score) }
      return score
    }
    var sum = [Double](repeating: 0, count: count)
    for part in sums {
      for j in 0..<count { sum[j] += part[j] }
    }
    return sum
  }
}

extension Matrix {
  /// Adds another matrix of the same size.
  ///
  /// - Precondition: The sizes agree.
  /// - Complexity: O(rows × columns).
  public mutating func add(_ other: Matrix) {
    precondition(rows == other.rows && columns == other.columns, "matrices of unequal size")
    for index in values.indices { values[index] += other.values[index] }
  }
}
