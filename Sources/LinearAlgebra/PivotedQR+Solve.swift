extension PivotedQR {
  /// The upper triangle R of the independent columns, rank × rank, in the order of ``order``.
  ///
  /// - Complexity: O(rank²).
  public var r: Matrix {
    var result = Matrix(rows: rank, columns: rank)
    for j in 0..<rank {
      for i in 0...j { result[i, j] = packed[i, j] }
    }
    return result
  }

  /// The columns of Q that span the independent columns, rows × rank.
  ///
  /// - Complexity: O(rows × rank²).
  public func q() -> Matrix { LAPACK.columnsOfQ(packed, tau: tau, count: rank) }

  /// Qᵀb with the full, square Q: the first `rank` elements are the effects, the squares of the rest add up to the
  /// residual sum of squares.
  ///
  /// - Precondition: b has an element a row.
  /// - Complexity: O(rows × rank).
  public func effects(of b: [Double]) -> [Double] {
    precondition(b.count == rows, "a right-hand side of another length")
    var result = b
    LAPACK.applyQ(packed, tau: Array(tau.prefix(rank)), transposed: true, to: &result)
    return result
  }

  /// The x that minimises ‖b − Ax‖ over the independent columns; 0 for the aliased ones.
  ///
  /// - Precondition: b has an element a row.
  /// - Complexity: O(rows × rank).
  public func solve(_ b: [Double]) -> [Double] {
    var x = effects(of: b)
    BLAS.solveTriangle(packed, lower: false, transposed: false, count: rank, &x)
    var result = [Double](repeating: 0, count: columns)
    for k in 0..<rank { result[order[k]] = x[k] }
    return result
  }

  /// b less its projection on the columns of A, computed from Q and so orthogonal to them to rounding.
  ///
  /// - Precondition: b has an element a row.
  /// - Complexity: O(rows × rank).
  public func residuals(of b: [Double]) -> [Double] {
    var result = effects(of: b)
    for k in 0..<rank { result[k] = 0 }
    LAPACK.applyQ(packed, tau: Array(tau.prefix(rank)), transposed: false, to: &result)
    return result
  }

  /// (AᵀA)⁻¹ over the independent columns, in A's order of columns, exactly symmetric; 0 in the rows and columns of the
  /// aliased ones.
  ///
  /// - Complexity: O(rank³).
  public func inverseCrossProduct() -> Matrix {
    var inverse = r
    LAPACK.invertUpperTriangle(&inverse)
    let small = BLAS.product(inverse, transposed: false, inverse, transposed: true)
    var result = Matrix(rows: columns, columns: columns)
    for j in 0..<rank {
      for i in j..<rank {
        result[order[i], order[j]] = small[i, j]
        result[order[j], order[i]] = small[i, j]
      }
    }
    return result
  }

  /// The diagonal of the projection QQᵀ on the columns of A: the leverage of each row, between 0 and 1; they add up to
  /// the rank.
  ///
  /// - Complexity: O(rows × rank²).
  public func leverages() -> [Double] {
    var result = [Double](repeating: 0, count: rows)
    let q = q()
    for j in 0..<rank {
      for (i, value) in q.column(j).enumerated() { result[i] += value * value }
    }
    return result
  }

  /// An estimate of the condition number κ₁ of R, never above the true one and usually within a factor of 3; 1 for
  /// rank 0.
  ///
  /// - Complexity: O(rank²).
  public func conditionEstimate() -> Double { 1 / LAPACK.reciprocalCondition(upperTriangle: r) }
}
