internal import CKernels
import LinearAlgebra
import Parallel

/// The pass over designs of numeric columns: blocks of rows go from linear predictor to weights, scores, X′WX and X′r
/// while they are in the nearest caches, and the columns are read where they lie.
///
/// Columns that a factor codes are written out block by block; `CellPass` spares that where it applies.
struct ColumnPass<Rows: RowSource>: WorkingPass {
  let layout: DesignLayout
  let rows: Rows
  let step: BlockStep
  /// What the step's deviance lacks.
  let saturatedDeviance: Double
  let threads: Int?

  var model: ResponseModel { step.model }

  func sums(at point: ScoringPoint, gram: Bool) throws(RegressionError) -> PassSums {
    let p = layout.columns.count
    let columns = BlockColumns(layout)
    var totals = WorkingTotals()
    // Score and totals before the product, of which only the lower triangle is ever touched.
    let gramStart = p + BlockTotals.length
    let length = gramStart + (gram ? p * p : 0)
    var score = [Double](repeating: 0, count: gramStart)
    var product = Matrix(rows: gram ? p : 0, columns: gram ? p : 0)
    try rows.forEachChunk { chunk throws(RegressionError) in
      let segments = Segments(rows: chunk.count, sums: length)
      let slab = Slab(slices: segments.count, sliceLength: length)
      defer { slab.release() }
      let products = BlockProducts.Kind(
        columns: p, gram: gram, unweighted: step.kind == .linear && chunk.weights == nil)
      RowPointers.lend(chunk) { pointers in
        parallelFor(chunks: segments.count, threads: threads) { segment in
          let slice = slab[segment]
          let block = BlockProducts(products, columns: columns)
          defer { block.free() }
          let gram = slice + gramStart
          let sums = self.add(pointers, segments[segment], block, point: point, score: slice, gram: gram)
          block.finish(score: slice, gram: gram)
          BlockTotals.write(sums, to: slice + p)
        }
      }
      slab.add(to: &score, threads: 1)
      slab.add(triangleFrom: gramStart, to: &product, threads: threads)
      totals += BlockTotals.read(score, at: p)
      for i in p..<gramStart { score[i] = 0 }
    }
    totals = step.completed(totals, at: point, saturatedDeviance: saturatedDeviance)
    product.mirrorLowerTriangle()
    return PassSums(gram: gram ? product : nil, score: Array(score[..<p]), totals: totals)
  }

  /// Adds the rows of a segment.
  private func add(
    _ rows: RowPointers, _ range: Range<Int>, _ block: BlockProducts, point: ScoringPoint,
    score: UnsafeMutablePointer<Double>, gram: UnsafeMutablePointer<Double>
  ) -> WorkingTotals {
    var sums = WorkingTotals()
    for start in stride(from: range.lowerBound, to: range.upperBound, by: block.blockLength) {
      let n = min(block.blockLength, range.upperBound - start)
      block.point(rows, from: start, count: n)
      let y = rows.response + start
      let a = rows.weights.map { $0 + start }
      let offset = rows.offset.map { $0 + start }
      switch point {
      case .start:
        block.predict(nil, offset: nil, count: n)
        step.start(n, y: y, a: a, offset: offset, weight: block.weight, score: block.residual, totals: &sums)
      case .coefficients(let beta):
        block.predict(beta, offset: offset, count: n)
        step(
          n, eta: block.eta, y: y, a: a, mean: block.mean, weight: block.weight, score: block.residual, totals: &sums)
      case .combination(let combination):
        block.predict(combination, offset: nil, count: n)
        step.length(n, eta: block.eta, a: a, weight: block.weight, score: block.residual, totals: &sums)
      }
      block.add(count: n, score: score, gram: gram)
    }
    return sums
  }
}

/// Totals among the doubles of a slab.
enum BlockTotals {
  static let length = 4

  static func write(_ totals: WorkingTotals, to slice: UnsafeMutablePointer<Double>) {
    slice[0] = totals.deviance
    slice[1] = totals.pearson
    slice[2] = Double(totals.boundaryRows)
    slice[3] = totals.isValid ? 0 : 1
  }

  static func read(_ sums: [Double], at index: Int) -> WorkingTotals {
    WorkingTotals(
      deviance: sums[index], pearson: sums[index + 1], boundaryRows: Int(sums[index + 2]),
      isValid: sums[index + 3] == 0)
  }
}
