internal import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A design of factors alone, its rows put together into one row a cell.
///
/// All rows of a cell have the same linear predictor but for the offset, so that Σw and Σwy, with an offset of a Poisson
/// with log link Σwe and Σwy, are all that the coefficients depend on. With the rate r̄ = Σwy/Σwe of a cell the
/// deviance of the rows is that of the cells plus Σ w d(y, e r̄), which does not depend on the coefficients; Pearson's χ²
/// needs Σwy²/e as well. So deviance, χ² and log-likelihood stay those of the rows.
struct CellCompression: Sendable {
  /// One row a cell: the response r̄, the weight Σwe.
  let rows: DesignRows

  /// The deviance within the cells.
  let deviance: Double

  /// Σwy²/e of each row of `rows`.
  private let squares: [Double]

  /// The rows put together, or nil where they cannot be, or where that would save little.
  ///
  /// - Complexity: two passes.
  init?(_ layout: DesignLayout, _ source: some RowSource, model: ResponseModel, responses: ResponseTotals)
    throws(RegressionError)
  {
    guard layout.columns.allSatisfy({ $0.numeric == nil }) else { return nil }
    let isPoissonLog =
      switch model.family {
      case .poisson, .quasiPoisson: model.link == .log
      default: false
      }
    guard isPoissonLog || !responses.hasOffset, let plan = CellPlan(layout) else { return nil }
    guard plan.cellCount * 4 < responses.rowCount else { return nil }

    var sums = CellSums(cells: plan.cellCount)
    try source.forEachChunk { chunk in sums.add(chunk, plan) }
    let rates = sums.rates
    var deviance = 0.0
    try source.forEachChunk { chunk in
      deviance += CellSums.deviance(chunk, plan, rates: rates, family: model.family)
    }
    let present = (0..<plan.cellCount).filter { sums.exposures[$0] > 0 }
    var codes = layout.factors.map { _ in [Int32](repeating: 0, count: present.count) }
    for factor in plan.factors {
      let levels = layout.factors[factor.factor].levels.count
      codes[factor.factor] = present.map { Int32(plan.level(factor, cell: $0, levels: levels)) }
    }
    rows = DesignRows(
      count: present.count, numerics: (0..<layout.numericCount).map { _ in present.map { _ in 0 } }, codes: codes,
      response: present.map { rates[$0] }, weights: present.map { sums.exposures[$0] })
    squares = present.map { sums.squares[$0] }
    self.deviance = deviance
  }

  /// Pearson's χ² of the rows at coefficients: Σ over cells of (Σwy²/e − 2rΣwy + r²Σwe)/V(r), with V(r) = r for a rate.
  ///
  /// - Complexity: O(cells × columns).
  func pearson(_ layout: DesignLayout, model: ResponseModel, coefficients: [Double]) -> Double {
    let eta = layout.linearPredictor(
      rows: rows, range: 0..<rows.count, coefficients: coefficients.map { $0.isNaN ? 0 : $0 })
    var sum = 0.0
    for cell in 0..<rows.count {
      let exposure = rows.weights?[cell] ?? 1
      let mean = model.link.mean(eta[cell])
      let spread = squares[cell] - 2 * mean * exposure * rows.response[cell] + mean * mean * exposure
      sum += spread / model.family.variance(mean)
    }
    return sum
  }
}

/// What the rows of each cell add up to.
private struct CellSums {
  /// Σwe.
  var exposures: [Double]
  /// Σwy.
  var responses: [Double]
  /// Σwy²/e.
  var squares: [Double]

  init(cells: Int) {
    exposures = [Double](repeating: 0, count: cells)
    responses = exposures
    squares = exposures
  }

  /// Σwy/Σwe of each cell, 0 where it is empty.
  var rates: [Double] { zip(responses, exposures).map { $1 > 0 ? $0 / $1 : 0 } }

  mutating func add(_ chunk: DesignRows, _ plan: CellPlan) {
    Self.forEachBlock(chunk, plan) { start, cells, exposure in
      for i in cells.indices {
        let weight = chunk.weights?[start + i] ?? 1
        let y = chunk.response[start + i]
        let cell = Int(cells[i])
        exposures[cell] += weight * exposure[i]
        responses[cell] += weight * y
        squares[cell] += weight * y * y / exposure[i]
      }
    }
  }

  /// Σ w d(y, e r̄).
  static func deviance(_ chunk: DesignRows, _ plan: CellPlan, rates: [Double], family: Family) -> Double {
    var sum = 0.0
    forEachBlock(chunk, plan) { start, cells, exposure in
      for i in cells.indices {
        let weight = chunk.weights?[start + i] ?? 1
        guard weight > 0 else { continue }
        let y = chunk.response[start + i]
        let mean = exposure[i] * rates[Int(cells[i])]
        if y != mean { sum += weight * family.unitDeviance(y, mean: mean) }
      }
    }
    return sum
  }

  /// Hands out the cells and exposures of the rows, block after block.
  private static func forEachBlock(
    _ chunk: DesignRows, _ plan: CellPlan, _ body: (Int, [Int32], [Double]) -> Void
  ) {
    for start in stride(from: 0, to: chunk.count, by: DenseBlock.length) {
      let n = min(DenseBlock.length, chunk.count - start)
      var cells = [Int32](repeating: 0, count: n)
      for factor in plan.factors {
        let codes = chunk.codes[factor.factor]
        for i in 0..<n { cells[i] &+= codes[start + i] &* factor.stride }
      }
      var exposure = [Double](repeating: 1, count: n)
      if let offset = chunk.offset {
        ph_exp(Array(offset[start..<start + n]), &exposure, n)
      }
      body(start, cells, exposure)
    }
  }
}
