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
  /// Of how many blocks of rows one is summed.
  private(set) var everyBlock = 1

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
      // Half of the memory that segments may take: each slice costs as much to clear and to add as its table is long.
      let segments = Segments(rows: chunk.count, sums: 2 * parts.length)
      let slab = LineSlab(slices: segments.count, sliceLength: parts.length)
      defer { slab.release() }
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

  func thinned(to every: Int) -> Self? {
    var pass = self
    pass.everyBlock = every
    return pass
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
    for start in stride(from: range.lowerBound, to: range.upperBound, by: everyBlock * block) {
      let n = min(block, range.upperBound - start)
      scratch.locate(plan, rows, from: start, count: n)
      let x = scratch.plainColumns
      let y = rows.response + start
      let a = rows.weights.map { $0 + start }
      let offset = rows.offset.map { $0 + start }
      if let predictor {
        predictor.linearPredictor(
          scratch, rows, from: start, count: n, offset: predictor.hasOffset ? offset : nil)
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

/// A slab whose slices start at a cache line, so that the eight sums of a cell stand in one line.
struct LineSlab: Sendable {
  private let slab: Slab
  private let length: Int

  /// Zeros for some slices. The owner must call `release`.
  init(slices: Int, sliceLength: Int) {
    length = sliceLength
    slab = Slab(slices: slices, sliceLength: sliceLength + 8)
  }

  /// How many doubles stand before the first whole line of a slice; the same in all, whose lengths are whole lines.
  private var skipped: Int { (64 - Int(bitPattern: slab[0]) & 63) / 8 & 7 }

  subscript(slice: Int) -> UnsafeMutablePointer<Double> { slab[slice] + skipped }

  /// Adds the sum of all slices, taken in order.
  func add(to sum: inout [Double], threads: Int?) {
    var total = [Double](repeating: 0, count: length + 8)
    slab.add(to: &total, threads: threads)
    let skipped = skipped
    for i in sum.indices { sum[i] += total[skipped + i] }
  }

  func release() { slab.release() }
}
