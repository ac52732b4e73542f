internal import CKernels
import LinearAlgebra
import Parallel

/// The pass over designs of numeric columns: blocks of 256 rows go from linear predictor to weights, scores, X′WX and X′r
/// while they are in the first-level cache, and the columns are read where they lie.
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
    let length = p + (gram ? p * p : 0)
    var total = [Double](repeating: 0, count: length + BlockTotals.length)
    try rows.forEachChunk { chunk throws(RegressionError) in
      let segments = Segments(rows: chunk.count, sums: length)
      let slab = Slab(slices: segments.count, sliceLength: length + BlockTotals.length)
      defer { slab.free() }
      RowPointers.lend(chunk) { pointers in
        parallelFor(chunks: segments.count, threads: threads) { segment in
          let slice = slab[segment]
          self.add(
            pointers, segments[segment], columns, point: point, score: slice, gram: gram ? slice + p : nil,
            totals: slice + length)
        }
      }
      slab.add(to: &total, threads: threads)
      totals += BlockTotals.read(total, at: length)
      for i in length..<total.count { total[i] = 0 }
    }
    totals = step.completed(totals, at: point, saturatedDeviance: saturatedDeviance)
    var product: Matrix?
    if gram {
      product = Matrix(rows: p, columns: p, values: Array(total[p..<length]))
      product?.mirrorLowerTriangle()
    }
    return PassSums(gram: product, score: Array(total[..<p]), totals: totals)
  }

  /// Adds the rows of a segment.
  private func add(
    _ rows: RowPointers, _ range: Range<Int>, _ columns: BlockColumns, point: ScoringPoint,
    score: UnsafeMutablePointer<Double>, gram: UnsafeMutablePointer<Double>?, totals: UnsafeMutablePointer<Double>
  ) {
    let p = layout.columns.count
    let block = Segments.blockLength
    let scratch = BlockScratch(doubles: 4 * block + ph_weighted_gram_scratch(p + 1, block), columns: columns)
    defer { scratch.free() }
    let eta = scratch.doubles
    let mean = eta + block
    let weight = mean + block
    let residual = weight + block
    let gramScratch = residual + block
    var sums = WorkingTotals()
    for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
      let n = min(block, range.upperBound - start)
      let x = scratch.point(rows, from: start, count: n)
      let y = rows.response + start
      let a = rows.weights.map { $0 + start }
      let offset = rows.offset.map { $0 + start }
      switch point {
      case .start:
        step.start(n, y: y, a: a, offset: offset, weight: weight, score: residual, totals: &sums)
      case .coefficients(let beta):
        ph_linear_predictor(x, p, beta, offset, n, eta)
        step(n, eta: eta, y: y, a: a, mean: mean, weight: weight, score: residual, totals: &sums)
      case .combination(let combination):
        ph_linear_predictor(x, p, combination, nil, n, eta)
        step.length(n, eta: eta, a: a, weight: weight, score: residual, totals: &sums)
      }
      if let gram {
        let unweighted = step.kind == .linear && a == nil
        ph_score_and_gram(x, p, unweighted ? nil : weight, residual, n, score, gram, gramScratch)
      } else {
        ph_score(x, p, residual, n, score)
      }
    }
    BlockTotals.write(sums, to: totals)
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
