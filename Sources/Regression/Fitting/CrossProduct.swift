internal import CKernels
import LinearAlgebra
import Parallel

/// X′ diag(w) X for weights that hang on the fit, as robust covariances need it, by cells or by columns as a fit is.
///
/// - Parameters:
///   - coefficients: one a column; NaN counts as 0.
///   - threads: the most threads; the bits do not depend on it.
///   - weights: the weight of each row of a block; called on several threads, for the blocks of a few hundred rows in any
///     order.
/// - Complexity: one pass.
func crossProduct(
  _ layout: DesignLayout, _ rows: some RowSource, coefficients: [Double], family: Family, link: Link,
  threads: Int? = nil, weights: @escaping @Sendable (WorkingBlock) -> [Double]
) throws(RegressionError) -> Matrix {
  let beta = coefficients.map { $0.isNaN ? 0 : $0 }
  let step = BlockStep(ResponseModel(family: family, link: link))
  if let plan = CellPlan(layout) {
    let design = CellDesign(plan, layout)
    if let predictor = CellPredictor(plan, design, .coefficients(beta)) {
      let product = CellProduct(plan: plan, predictor: predictor, step: step, weights: weights)
      let moments = try sumSegments(rows, length: product.length, threads: threads) { product.add($0, $1, $2, to: $3) }
      let assembly = CellAssembly(plan, design, columnCount: layout.columns.count)
      return assembly.gram(moments, plainGram: product.gramStart)
    }
  }
  let p = layout.columns.count
  let product = ColumnProduct(layout: layout, coefficients: beta, step: step, weights: weights)
  let sums = try sumSegments(rows, length: p * p + p, threads: threads) { product.add($0, $1, $2, to: $3) }
  var gram = Matrix(rows: p, columns: p, values: Array(sums[..<(p * p)]))
  gram.mirrorLowerTriangle()
  return gram
}

/// The sums of all rows, a slice a segment, the slices added in order.
private func sumSegments(
  _ rows: some RowSource, length: Int, threads: Int?,
  _ add: @escaping @Sendable (DesignRows, RowPointers, Range<Int>, UnsafeMutablePointer<Double>) -> Void
) throws(RegressionError) -> [Double] {
  var sums = [Double](repeating: 0, count: length)
  try rows.forEachChunk { chunk throws(RegressionError) in
    let segments = Segments(rows: chunk.count, sums: 2 * length)
    let slab = LineSlab(slices: segments.count, sliceLength: length)
    defer { slab.release() }
    RowPointers.lend(chunk) { pointers in
      parallelFor(chunks: segments.count, threads: threads) { segment in
        add(chunk, pointers, segments[segment], slab[segment])
      }
    }
    slab.add(to: &sums, threads: threads)
  }
  return sums
}

/// The moments of the cells under given weights.
private struct CellProduct: Sendable {
  let plan: CellPlan
  let predictor: CellPredictor
  let step: BlockStep
  let weights: @Sendable (WorkingBlock) -> [Double]

  /// Where a slice has the products of the plain columns.
  var gramStart: Int { plan.cellCount * plan.tableStride }
  /// The products, and a place for the scores that nobody asks for.
  var length: Int { gramStart + plan.plain.count * (plan.plain.count + 1) }

  func add(_ chunk: DesignRows, _ rows: RowPointers, _ range: Range<Int>, to slice: UnsafeMutablePointer<Double>) {
    let block = Segments.blockLength
    let k = plan.plain.count
    let scratch = CellScratch(plan, gramScratch: ph_weighted_gram_scratch(k + 1, block))
    defer { scratch.free() }
    for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
      let n = min(block, range.upperBound - start)
      scratch.locate(plan, rows, from: start, count: n)
      predictor.linearPredictor(scratch, rows, from: start, count: n, offset: rows.offset.map { $0 + start })
      let working = WorkingBlock(
        chunk, rows, start..<start + n, step: step, eta: scratch.eta, mean: scratch.mean, weight: scratch.weight,
        score: scratch.score)
      let w = weights(working)
      precondition(w.count == n, "weights of another length than the block")
      scratch.score.update(repeating: 0, count: n)
      ph_moment_table(
        scratch.cells, scratch.tableColumns, plan.tableNumerics.count + plan.products.count, w, scratch.score, n, slice,
        plan.tableStride)
      if k > 0 {
        let gram = slice + gramStart
        ph_score_and_gram(scratch.plainColumns, k, w, scratch.score, n, gram + k * k, gram, scratch.gramScratch)
      }
    }
  }
}

/// The products of the columns under given weights.
private struct ColumnProduct: Sendable {
  let layout: DesignLayout
  let coefficients: [Double]
  let step: BlockStep
  let weights: @Sendable (WorkingBlock) -> [Double]

  func add(_ chunk: DesignRows, _ rows: RowPointers, _ range: Range<Int>, to slice: UnsafeMutablePointer<Double>) {
    let block = Segments.blockLength
    let p = coefficients.count
    var memory = [Double](repeating: 0, count: 4 * block)
    var gramScratch = [Double](repeating: 0, count: ph_weighted_gram_scratch(p + 1, block))
    let zeros = [Double](repeating: 0, count: block)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
      let n = min(block, range.upperBound - start)
      let x = layout.expand(rows: chunk, range: start..<start + n)
      x.values.withUnsafeBufferPointer { values in
        let columns = (0..<p).map { column in values.baseAddress.map { $0 + column * n } }
        let w = memory.withUnsafeMutableBufferPointer { buffer -> [Double] in
          guard let eta = buffer.baseAddress else { return [] }
          ph_linear_predictor(columns, p, coefficients, rows.offset.map { $0 + start }, n, eta)
          return weights(
            WorkingBlock(
              chunk, rows, start..<start + n, step: step, eta: eta, mean: eta + block, weight: eta + 2 * block,
              score: eta + 3 * block))
        }
        precondition(w.count == n, "weights of another length than the block")
        ph_score_and_gram(columns, p, w, zeros, n, slice + p * p, slice, &gramScratch)
      }
    }
  }
}

extension WorkingBlock {
  /// The working quantities at the linear predictors `eta`; the other pointers lend memory for the rest.
  fileprivate init(
    _ chunk: DesignRows, _ rows: RowPointers, _ range: Range<Int>, step: BlockStep, eta: UnsafeMutablePointer<Double>,
    mean: UnsafeMutablePointer<Double>, weight: UnsafeMutablePointer<Double>, score: UnsafeMutablePointer<Double>
  ) {
    let n = range.count
    let linearPredictor = Array(UnsafeBufferPointer(start: eta, count: n))
    var totals = WorkingTotals()
    step(
      n, eta: eta, y: rows.response + range.lowerBound, a: rows.weights.map { $0 + range.lowerBound }, mean: mean,
      weight: weight, score: score, totals: &totals)
    // A linear model's means are its predictors.
    let means = step.kind == .linear ? linearPredictor : Array(UnsafeBufferPointer(start: mean, count: n))
    self.init(
      rows: chunk, range: range, linearPredictor: linearPredictor, mean: means,
      weights: Array(UnsafeBufferPointer(start: weight, count: n)),
      scores: Array(UnsafeBufferPointer(start: score, count: n)))
  }
}

extension DesignLayout {
  /// x′Vx of every row of a block, by its expanded columns; `QuadraticForms` spares the expansion where many blocks share
  /// one V.
  ///
  /// - Parameter covariance: V; NaN counts as 0, as aliased columns have it.
  /// - Complexity: O(rows × columns²).
  func quadraticForms(rows: DesignRows, range: Range<Int>, covariance: Matrix) -> [Double] {
    let x = expand(rows: rows, range: range)
    var known = covariance
    known.values = known.values.map { $0.isNaN ? 0 : $0 }
    let xv = x * known
    var forms = [Double](repeating: 0, count: range.count)
    for j in columns.indices {
      for i in 0..<range.count { forms[i] += x[i, j] * xv[i, j] }
    }
    return forms
  }
}
