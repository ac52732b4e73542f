import LinearAlgebra

extension DesignLayout {
  /// The design's columns for some rows: the clear way to X.
  ///
  /// - Parameters:
  ///   - rows: rows of this layout.
  ///   - range: which of them.
  /// - Returns: a matrix of `range.count` rows and one column a column of the layout.
  /// - Complexity: O(rows × columns × codings).
  func expand(rows: DesignRows, range: Range<Int>) -> Matrix {
    var block = Matrix(repeating: 1, rows: range.count, columns: columns.count)
    for (j, column) in columns.enumerated() {
      let base = j * range.count
      if let numeric = column.numeric {
        let source = rows.numerics[numeric]
        for i in 0..<range.count { block.values[base + i] = source[range.lowerBound + i] }
      }
      for coding in column.codings {
        let codes = rows.codes[coding.factor]
        switch coding.values {
        case .indicator(let level):
          let level = Int32(level)
          for i in 0..<range.count where codes[range.lowerBound + i] != level { block.values[base + i] = 0 }
        case .levels(let values):
          for i in 0..<range.count { block.values[base + i] *= values[Int(codes[range.lowerBound + i])] }
        }
      }
    }
    return block
  }
}
