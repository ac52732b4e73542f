internal import CKernels

/// What a block of simulations shares: paths of the national deviations, and how far the hazards of each year and origin
/// stand from those assumed. The exponentials are taken here, once for all areas.
struct RiskTable: Sendable {
  /// The simulations, as many as the kernels take side by side.
  let lanes: Range<Int>
  let shared: FuturePaths.Shared
  /// F − 1, `[step][row][lane]`, its largest magnitude, `[step][row]`, and the largest of these, `[step]`.
  private let deviation: SharedRows<Double>
  private let largest: SharedRows<Double>
  private let most: SharedRows<Double>
  private let rows: Int
  private let varies: Bool

  init(_ model: EnsembleModel, lanes: Range<Int>) {
    self.lanes = lanes
    shared = model.paths.shared(lanes)
    rows = model.loadingRowCount
    varies = model.factorCount > 0
    let steps = varies ? model.starts.count : 1
    deviation = varies ? SharedRows(roomFor: steps * rows * lanes.count) : SharedRows(count: rows * lanes.count)
    largest = SharedRows(count: steps * rows)
    most = SharedRows(count: steps)
    guard varies else { return }
    let factors = model.factorCount
    shared.mortality.withUnsafeBufferPointer { paths in
      model.figures.loadings.withUnsafeBufferPointer { loadings in
        guard let path = paths.baseAddress, let loading = loadings.baseAddress else { return }
        for row in 0..<(steps * rows) {
          largest.start[row] = ph_hazard_deviation(
            loading + row % rows * factors, path + row / rows * factors * lanes.count, factors, lanes.count,
            deviation.start + row * lanes.count)
          // Not a number stays the largest.
          let size = largest.start[row]
          if !(size <= most.start[row / rows]) { most.start[row / rows] = size }
        }
      }
    }
  }

  /// The bytes that a table takes.
  static func bytes(_ model: EnsembleModel, lanes: Int) -> Int {
    8 * lanes * model.starts.count * (model.factorCount > 0 ? model.loadingRowCount : 0)
  }

  /// The figures of every step as the kernels take them.
  var steps: Steps {
    Steps(
      deviation: UnsafePointer(deviation.start), largest: UnsafePointer(largest.start), most: UnsafePointer(most.start),
      rowSize: lanes.count, rows: rows, stride: varies ? 1 : 0)
  }

  /// Where the figures of the steps lie; valid as long as the table.
  struct Steps {
    let deviation: UnsafePointer<Double>
    let largest: UnsafePointer<Double>
    let most: UnsafePointer<Double>
    let rowSize: Int
    let rows: Int
    /// 0 where all steps have the same.
    let stride: Int

    /// Points the figures of a sex to those of a step.
    func move(_ s: inout ph_ageing, to step: Int) {
      let place = step * stride
      s.deviation = deviation + place * rows * rowSize
      s.largest = largest + place * rows
      s.most = most[place]
    }
  }
}
