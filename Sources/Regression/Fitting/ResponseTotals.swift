internal import CKernels
import Parallel

/// What the responses, weights and offsets add up to, whatever the design.
struct ResponseTotals: Sendable {
  /// How many rows.
  var rowCount = 0
  /// How many of them have weight zero.
  var zeroWeightRows = 0
  /// Σ w.
  var sumOfWeights = 0.0
  /// Σ wy.
  var weightedResponse = 0.0
  /// Σ of the terms of the log-likelihood in the response alone.
  var saturated = 0.0
  /// 2 Σ w × `Family.saturatedKernel`: the part of the deviance that hangs on the responses alone.
  var saturatedDeviance = 0.0
  /// The greatest |wy| of a row, which says how many digits the difference of two sums over the rows can lose.
  var largestResponse = 0.0
  /// Σ wy × offset and Σ w e^offset, for a Poisson response with log link.
  var responseOffset = 0.0
  var exposure = 0.0
  /// Whether there is an offset.
  var hasOffset = false

  /// Σ wy/Σ w.
  var mean: Double { weightedResponse / sumOfWeights }

  /// Sums over all rows; reports the first response, weight and offset that cannot be.
  ///
  /// - Complexity: O(rows).
  init(_ rows: some RowSource, model: ResponseModel, threads: Int?) throws(RegressionError) {
    let terms = ResponseTerms(model)
    var totals = ResponseTotals()
    try rows.forEachChunk { chunk throws(RegressionError) in
      totals.hasOffset = totals.hasOffset || chunk.offset != nil
      let segments = Segments(rows: chunk.count, sums: ResponseTerms.length)
      let slab = Slab(slices: segments.count, sliceLength: ResponseTerms.length)
      defer { slab.release() }
      RowPointers.lend(chunk) { pointers in
        parallelFor(chunks: segments.count, threads: threads) { segment in
          terms.add(pointers, segments[segment], to: slab[segment])
        }
      }
      var sums = [Double](repeating: 0, count: ResponseTerms.length)
      slab.add(to: &sums, threads: 1)
      if sums[8] > 0 { throw terms.objection(to: chunk, before: totals.rowCount) }
      totals.sumOfWeights += sums[0]
      totals.weightedResponse += sums[1]
      totals.saturated += sums[2]
      totals.saturatedDeviance += sums[3]
      totals.zeroWeightRows += Int(sums[4])
      totals.responseOffset += sums[5]
      totals.exposure += sums[6]
      for segment in 0..<segments.count { totals.largestResponse = max(totals.largestResponse, slab[segment][7]) }
      totals.rowCount += chunk.count
    }
    guard totals.rowCount > 0 else { throw .data(["there are no rows to fit"]) }
    guard totals.sumOfWeights > 0 else { throw .data(["all weights are zero"]) }
    self = totals
  }

  private init() {}
}

/// The sums that a response's rows add to, with the terms of small counts looked up.
struct ResponseTerms: Sendable {
  /// How many sums there are, the greatest response and the count of objections among them.
  static let length = 9

  private static let tableLength = 256

  private let model: ResponseModel
  private let needsExposure: Bool
  /// `saturatedTerm` and `saturatedKernel` of 0, 1, 2, … where they are products of the weight.
  private let terms: [Double]
  private let kernels: [Double]

  init(_ model: ResponseModel) {
    self.model = model
    needsExposure = BlockStep(model).kind == .poissonLog
    let family = model.family
    switch family {
    case .poisson, .quasiPoisson, .negativeBinomial, .binomial, .quasiBinomial:
      // A proportion is 0 or 1 where it is whole; the binomial's coefficient is then 1 whatever the weight.
      let responses = (0..<Self.tableLength).map { Double($0) }.filter { family.objection(to: $0) == nil }
      terms = responses.map { family.saturatedTerm($0, weight: 1) }
      kernels = responses.map { family.saturatedKernel($0) }
    case .gaussian, .gamma, .inverseGaussian:
      terms = []
      kernels = []
    }
  }

  /// Adds the rows of a segment.
  func add(_ rows: RowPointers, _ range: Range<Int>, to sums: UnsafeMutablePointer<Double>) {
    var exposures = [Double](repeating: 1, count: Segments.blockLength)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Segments.blockLength) {
      let n = min(Segments.blockLength, range.upperBound - start)
      let y = rows.response + start
      let a = rows.weights.map { $0 + start }
      let offset = rows.offset.map { $0 + start }
      let isPlain = model.family == .gaussian && a == nil
      isPlain ? addPlain(n, y, to: sums) : addTerms(n, y, a, to: sums)
      guard let offset else { continue }
      var isFinite = true
      for i in 0..<n { isFinite = isFinite && offset[i].isFinite }
      if !isFinite { sums[8] += 1 }
      guard needsExposure else { continue }
      exposures.withUnsafeMutableBufferPointer { buffer in
        guard let exposure = buffer.baseAddress else { return }
        ph_exp(offset, exposure, n)
        var product = 0.0
        var sum = 0.0
        if let a {
          for i in 0..<n {
            product += a[i] * y[i] * offset[i]
            sum += a[i] * exposure[i]
          }
        } else {
          for i in 0..<n {
            product += y[i] * offset[i]
            sum += exposure[i]
          }
        }
        sums[5] += product
        sums[6] += sum
      }
    }
  }

  /// A block of unweighted gaussian responses: every term is 0.
  private func addPlain(_ n: Int, _ y: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>) {
    var sum = 0.0
    for i in 0..<n { sum += y[i] }
    sums[0] += Double(n)
    sums[1] += sum
    if !sum.isFinite { sums[8] += 1 }
  }

  private func addTerms(
    _ n: Int, _ y: UnsafePointer<Double>, _ a: UnsafePointer<Double>?, to sums: UnsafeMutablePointer<Double>
  ) {
    let family = model.family
    var weights = 0.0
    var responses = 0.0
    var saturated = 0.0
    var kernel = 0.0
    var largest = sums[7]
    let limit = Double(terms.count)
    terms.withUnsafeBufferPointer { terms in
      kernels.withUnsafeBufferPointer { kernels in
        for i in 0..<n {
          let weight = a?[i] ?? 1
          let value = y[i]
          guard weight > 0, weight.isFinite else {
            if weight == 0 { sums[4] += 1 } else { sums[8] += 1 }
            continue
          }
          weights += weight
          responses += weight * value
          if value >= 0, value < limit, value == Double(Int(value)) {
            let count = Int(value)
            saturated += weight * terms[count]
            kernel += weight * kernels[count]
            largest = max(largest, weight * value)
          } else if family.objection(to: value) == nil {
            saturated += family.saturatedTerm(value, weight: weight)
            kernel += weight * family.saturatedKernel(value)
            largest = max(largest, weight * abs(value))
          } else {
            sums[8] += 1
          }
        }
      }
    }
    sums[0] += weights
    sums[1] += responses
    sums[2] += saturated
    sums[3] += 2 * kernel
    sums[7] = largest
  }

  /// What is wrong with the first row that something is wrong with.
  func objection(to rows: DesignRows, before: Int) -> RegressionError {
    for i in 0..<rows.count {
      let row = (rows.sourceRows?[i] ?? before + i) + 1
      let weight = rows.weights?[i] ?? 1
      if !(weight >= 0) || !weight.isFinite { return .data(["row \(row): the weight \(weight) is not usable"]) }
      if weight > 0, let objection = model.family.objection(to: rows.response[i]) {
        return .data(["row \(row): the response \(rows.response[i]) is \(objection)"])
      }
      if let offset = rows.offset?[i], !offset.isFinite {
        return .data(["row \(row): the offset \(offset) is not a finite number"])
      }
    }
    return .data(["the responses add up to more than a number can hold"])
  }
}
