/// Which cell of each margin a cell of a table belongs to.
struct MarginLayout {
  private let shape: [Int]
  /// The cell of the margin, `[margin][cell of the table]`.
  let cellOfMargin: [[Int]]
  private let sizes: [Int]

  init(
    shape: [Int], seed: [Double], margins: [ProportionalFitting.Margin]
  ) throws(ProportionalFittingError) {
    let cells = shape.reduce(1, *)
    guard seed.count == cells else { throw .countMismatch(margin: nil, expected: cells, found: seed.count) }
    for (i, value) in seed.enumerated() where !(value >= 0 && value.isFinite) {
      throw .impossibleValue(value, margin: nil, cell: i)
    }
    var sizes: [Int] = []
    for (m, margin) in margins.enumerated() {
      var seen = Set<Int>()
      for axis in margin.axes where !(shape.indices.contains(axis) && seen.insert(axis).inserted) {
        throw .unknownAxis(margin: m, axis: axis)
      }
      let size = margin.axes.reduce(1) { $0 * shape[$1] }
      guard margin.totals.count == size else {
        throw .countMismatch(margin: m, expected: size, found: margin.totals.count)
      }
      for (i, value) in margin.totals.enumerated() where !(value >= 0 && value.isFinite) {
        throw .impossibleValue(value, margin: m, cell: i)
      }
      sizes.append(size)
    }
    self.shape = shape
    self.sizes = sizes
    cellOfMargin = margins.map { margin in
      (0..<cells).map { Self.cell(of: $0, shape: shape, axes: margin.axes) }
    }
  }

  /// The position over `axes` of a cell of a table.
  private static func cell(of index: Int, shape: [Int], axes: [Int]) -> Int {
    var rest = index
    var position = Array(repeating: 0, count: shape.count)
    for axis in shape.indices.reversed() {
      position[axis] = rest % shape[axis]
      rest /= shape[axis]
    }
    return axes.reduce(0) { $0 * shape[$1] + position[$1] }
  }

  /// A table summed over all axes that a margin does not name.
  func sums(_ table: [Double], margin m: Int) -> [Double] {
    var result = Array(repeating: 0.0, count: sizes[m])
    let cellOf = cellOfMargin[m]
    for i in table.indices { result[cellOf[i]] += table[i] }
    return result
  }

  /// The total that is furthest from what is wanted, relative to that; a total of 0 is met by 0 alone.
  func worstError(
    _ table: [Double], _ margins: [ProportionalFitting.Margin]
  ) -> (margin: Int, cell: Int, found: Double, error: Double) {
    var worst = (margin: 0, cell: 0, found: 0.0, error: 0.0)
    for (m, margin) in margins.enumerated() {
      for (cell, found) in sums(table, margin: m).enumerated() {
        let wanted = margin.totals[cell]
        let error = found == wanted ? 0 : (found - wanted).magnitude / max(wanted, .leastNormalMagnitude)
        if error > worst.error { worst = (m, cell, found, error) }
      }
    }
    return worst
  }

  /// Refuses margins that imply different totals over the axes they share.
  func checkConsistent(_ margins: [ProportionalFitting.Margin]) throws(ProportionalFittingError) {
    for second in margins.indices {
      for first in 0..<second {
        let shared = margins[first].axes.filter { margins[second].axes.contains($0) }
        let a = gathered(margins[first], over: shared)
        let b = gathered(margins[second], over: shared)
        for cell in a.indices {
          let gap = (a[cell] - b[cell]).magnitude
          guard gap > ProportionalFitting.tolerance * max(a[cell], b[cell]) else { continue }
          throw .inconsistent(
            first: first, second: second, axes: shared, cell: cell, firstTotal: a[cell], secondTotal: b[cell])
        }
      }
    }
  }

  /// A margin summed over all but some of its axes.
  private func gathered(_ margin: ProportionalFitting.Margin, over axes: [Int]) -> [Double] {
    var result = Array(repeating: 0.0, count: axes.reduce(1) { $0 * shape[$1] })
    let own = margin.axes.map { shape[$0] }
    let kept = axes.compactMap { margin.axes.firstIndex(of: $0) }
    for (i, total) in margin.totals.enumerated() { result[Self.cell(of: i, shape: own, axes: kept)] += total }
    return result
  }

  /// Refuses a total above 0 over cells that are all 0, by the seed or by another margin's totals of 0.
  func checkAttainable(
    _ seed: [Double], _ margins: [ProportionalFitting.Margin]
  ) throws(ProportionalFittingError) {
    var open = seed
    for (m, margin) in margins.enumerated() {
      for i in open.indices where margin.totals[cellOfMargin[m][i]] == 0 { open[i] = 0 }
    }
    for (m, margin) in margins.enumerated() {
      for (cell, sum) in sums(open, margin: m).enumerated() where sum == 0 && margin.totals[cell] > 0 {
        throw .structuralZero(margin: m, cell: cell, wanted: margin.totals[cell])
      }
    }
  }
}
