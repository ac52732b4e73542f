internal import CKernels
import LinearAlgebra
import Parallel

/// The pass over designs with factors: one addition of a few cache lines a row into the moments of the row's cell gives
/// every block of X′WX that a factor takes part in; the linear predictor of the factors is looked up by cell.
struct CellPass<Rows: RowSource>: WorkingPass {
  let layout: DesignLayout
  let rows: Rows
  let step: BlockStep
  /// What the step's deviance lacks.
  let saturatedDeviance: Double
  let threads: Int?
  let plan: CellPlan
  let design: CellDesign

  var model: ResponseModel { step.model }

  /// Where a segment's slice has its parts.
  private struct Parts {
    let gram: Int
    let score: Int
    let slopes: Int
    let totals: Int
    let length: Int

    init(_ plan: CellPlan) {
      let k = plan.plain.count
      gram = plan.cellCount * plan.tableStride
      score = gram + k * k
      slopes = (score + k + 7) & ~7
      totals = slopes + plan.cellCount * plan.slopeStride
      length = totals + BlockTotals.length
    }
  }

  func sums(at point: ScoringPoint, gram: Bool) throws(RegressionError) -> PassSums {
    let parts = Parts(plan)
    var moments = [Double](repeating: 0, count: parts.length)
    var totals = WorkingTotals()
    let predictor = CellPredictor(plan, design, point)
    try rows.forEachChunk { chunk throws(RegressionError) in
      let segments = Segments(rows: chunk.count, sums: parts.length)
      let slab = Slab(slices: segments.count, sliceLength: parts.length)
      defer { slab.free() }
      RowPointers.lend(chunk) { pointers in
        parallelFor(chunks: segments.count, threads: threads) { segment in
          self.add(pointers, segments[segment], predictor, parts, to: slab[segment])
        }
      }
      slab.add(to: &moments, threads: threads)
      totals += BlockTotals.read(moments, at: parts.totals)
      for i in 0..<BlockTotals.length { moments[parts.totals + i] = 0 }
    }
    totals = step.completed(totals, at: point, saturatedDeviance: saturatedDeviance)
    let assembly = CellAssembly(plan, design, columnCount: layout.columns.count)
    return PassSums(
      gram: gram ? assembly.gram(moments, plainGram: parts.gram) : nil,
      score: assembly.score(moments, plainScore: parts.score, slopes: parts.slopes), totals: totals)
  }

  /// Adds the rows of a segment.
  private func add(
    _ rows: RowPointers, _ range: Range<Int>, _ predictor: CellPredictor?, _ parts: Parts,
    to slice: UnsafeMutablePointer<Double>
  ) {
    let block = Segments.blockLength
    let k = plan.plain.count
    let scratch = CellScratch(plan, gramScratch: ph_weighted_gram_scratch(k + 1, block))
    defer { scratch.free() }
    var sums = WorkingTotals()
    for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
      let n = min(block, range.upperBound - start)
      scratch.locate(plan, rows, from: start, count: n)
      let x = scratch.plainColumns
      let y = rows.response + start
      let a = rows.weights.map { $0 + start }
      let offset = rows.offset.map { $0 + start }
      if let predictor {
        predictor.offsets(
          scratch.cells, rows, from: start, count: n, offset: predictor.hasOffset ? offset : nil,
          into: scratch.offset)
        if k > 0 {
          ph_linear_predictor(x, k, predictor.plain, scratch.offset, n, scratch.eta)
        } else {
          scratch.eta.update(from: scratch.offset, count: n)
        }
        if predictor.hasOffset {
          step(
            n, eta: scratch.eta, y: y, a: a, mean: scratch.mean, weight: scratch.weight, score: scratch.score,
            totals: &sums)
        } else {
          step.length(n, eta: scratch.eta, a: a, weight: scratch.weight, score: scratch.score, totals: &sums)
        }
      } else {
        step.start(n, y: y, a: a, offset: offset, weight: scratch.weight, score: scratch.score, totals: &sums)
      }
      ph_moment_table(
        scratch.cells, scratch.tableColumns, plan.tableNumerics.count + plan.products.count, scratch.weight,
        scratch.score, n, slice, plan.tableStride)
      if plan.slopeStride > 0 {
        ph_moment_table(
          scratch.cells, scratch.slopeColumns, plan.sloped.count, scratch.score, scratch.weight, n,
          slice + parts.slopes, plan.slopeStride)
      }
      if k > 0 {
        ph_score_and_gram(
          x, k, scratch.weight, scratch.score, n, slice + parts.score, slice + parts.gram, scratch.gramScratch)
      }
    }
    BlockTotals.write(sums, to: slice + parts.totals)
  }
}
