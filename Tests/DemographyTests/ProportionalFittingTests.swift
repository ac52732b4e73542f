import Demography
import Testing

@Suite struct ProportionalFittingTests {
  @Test("the 4 by 4 table of the literature comes out")
  func fourByFour() throws {
    let fit = try ProportionalFitting(
      seed: [40, 30, 20, 10, 35, 50, 100, 75, 30, 80, 70, 120, 20, 30, 40, 50],
      rowTotals: [150, 300, 400, 150], columnTotals: [200, 300, 400, 100])
    // ProportionalFitting.jl, README: six figures.
    let expected = [
      64.5585, 46.2325, 35.3843, 3.82473, 49.9679, 68.1594, 156.499, 25.3742, 56.7219, 144.428, 145.082, 53.7673,
      28.7516, 41.18, 63.0347, 17.0337,
    ]
    for (found, value) in zip(fit.values, expected) { #expect(abs(found / value - 1) < 5e-6) }
    for i in 0..<4 {
      let row = fit.values[(i * 4)..<(i * 4 + 4)].reduce(0, +)
      let column = (0..<4).reduce(0) { $0 + fit.values[$1 * 4 + i] }
      #expect(abs(row - [150, 300, 400, 150][i]) < 1e-10 * 400)
      #expect(abs(column - [200, 300, 400, 100][i]) < 1e-10 * 400)
    }
    #expect(fit.largestError < 1e-10 && fit.structuralZeros == 0 && fit.emptiedCells.isEmpty)
    // Row and column factors of the same source: their products are what each cell was multiplied by.
    #expect(abs(fit.values[0] / 40 - 0.9986403503185242 * 1.616160156063788) < 1e-9)
    #expect(abs(fit.values[11] / 120 - 1.1698911437112522 * 0.38299396265192226) < 1e-9)
  }

  @Test("any table is found again from another with its odds ratios, over two and three axes")
  func margins() throws {
    var numbers = SeededNumbers(seed: 5)
    for (shape, axes) in [
      ([5, 7], [[0], [1]]), ([3, 4, 5], [[0, 1], [1, 2], [2, 0]]), ([2, 6, 3], [[2], [0, 1]]),
    ] {
      let cells = shape.reduce(1, *)
      let seed = numbers.row(cells, in: 0.1...5)
      let target = numbers.row(cells, in: 0.1...5)
      func sums(_ values: [Double], _ axes: [Int]) -> [Double] {
        var result = Array(repeating: 0.0, count: axes.reduce(1) { $0 * shape[$1] })
        for i in values.indices {
          var rest = i
          var position = shape
          for axis in shape.indices.reversed() {
            position[axis] = rest % shape[axis]
            rest /= shape[axis]
          }
          result[axes.reduce(0) { $0 * shape[$1] + position[$1] }] += values[i]
        }
        return result
      }
      let margins = axes.map { ProportionalFitting.Margin(axes: $0, totals: sums(target, $0)) }
      let fit = try ProportionalFitting(seed: seed, shape: shape, margins: margins)
      for margin in margins {
        for (found, wanted) in zip(sums(fit.values, margin.axes), margin.totals) {
          #expect(abs(found - wanted) <= 1e-10 * wanted)
        }
      }
      #expect(fit.values.allSatisfy { $0 > 0 })
      let again = try ProportionalFitting(seed: fit.values, shape: shape, margins: margins)
      #expect(largestDifference(again.values, fit.values) < 1e-8 && again.iterations <= 1)
    }
  }

  @Test("structural zeros stay, margins of 0 empty their cells, and both are told")
  func zeros() throws {
    let fit = try ProportionalFitting(
      seed: [0, 2, 3, 4, 5, 0, 1, 1, 1], rowTotals: [10, 20, 0], columnTotals: [8, 14, 8])
    #expect(fit.structuralZeros == 2 && fit.emptiedCells == [6, 7, 8])
    #expect(fit.values[0] == 0 && fit.values[5] == 0 && fit.values[6...].allSatisfy { $0 == 0 })
    #expect(fit.largestError <= 1e-10)
    #expect(throws: ProportionalFittingError.structuralZero(margin: 1, cell: 1, wanted: 5)) {
      try ProportionalFitting(seed: [1, 0, 1, 0], rowTotals: [4, 6], columnTotals: [5, 5])
    }
    // The second column has people in the row alone that is to be empty.
    #expect(throws: ProportionalFittingError.structuralZero(margin: 1, cell: 1, wanted: 4)) {
      try ProportionalFitting(seed: [1, 0, 1, 1], rowTotals: [10, 0], columnTotals: [6, 4])
    }
  }

  @Test("margins that disagree or that no table has are refused with the margin and the amount")
  func refusals() throws {
    #expect(
      throws: ProportionalFittingError.inconsistent(
        first: 0, second: 1, axes: [], cell: 0, firstTotal: 10, secondTotal: 11)
    ) { try ProportionalFitting(seed: [1, 1, 1, 1], rowTotals: [4, 6], columnTotals: [5, 6]) }
    let over = ProportionalFitting.Margin(axes: [0, 1], totals: [1, 2, 3, 4])
    let under = ProportionalFitting.Margin(axes: [1, 2], totals: [2, 3, 3, 2])
    #expect(
      throws: ProportionalFittingError.inconsistent(
        first: 0, second: 1, axes: [1], cell: 0, firstTotal: 4, secondTotal: 5)
    ) { try ProportionalFitting(seed: Array(repeating: 1, count: 8), shape: [2, 2, 2], margins: [over, under]) }
    // The first row can only go into the first column, which wants less.
    do {
      _ = try ProportionalFitting(seed: [1, 0, 1, 1], rowTotals: [6, 4], columnTotals: [5, 5])
      Issue.record("a table that does not exist was fitted")
    } catch {
      guard case .notAttained(_, _, let wanted, let found, 10_000) = error else { throw error }
      #expect(abs(wanted - found) > 0.4)
      #expect("\(error)".contains("off by"))
    }
    // The one table with these margins has a 0 where the seed has none: fitting comes near it for ever.
    do {
      _ = try ProportionalFitting(seed: [0, 2, 3, 4, 5, 0], rowTotals: [10, 20], columnTotals: [8, 12, 10])
      Issue.record("a table on the border was met")
    } catch {
      guard case .notAttained(_, _, let wanted, let found, 10_000) = error else { throw error }
      #expect(abs(wanted - found) < 0.01)
    }
    #expect(throws: ProportionalFittingError.countMismatch(margin: nil, expected: 4, found: 3)) {
      try ProportionalFitting(seed: [1, 1, 1], rowTotals: [1, 2], columnTotals: [1, 2])
    }
    #expect(throws: ProportionalFittingError.impossibleValue(-1, margin: nil, cell: 2)) {
      try ProportionalFitting(seed: [1, 1, -1, 1], rowTotals: [1, 2], columnTotals: [1, 2])
    }
    #expect(throws: ProportionalFittingError.impossibleValue(.infinity, margin: 1, cell: 0)) {
      try ProportionalFitting(seed: [1, 1, 1, 1], rowTotals: [1, 2], columnTotals: [.infinity, 2])
    }
    #expect(throws: ProportionalFittingError.unknownAxis(margin: 0, axis: 2)) {
      try ProportionalFitting(seed: [1, 1], shape: [1, 2], margins: [.init(axes: [2], totals: [2])])
    }
  }
}

@Suite struct PlusMinusScalingTests {
  @Test("signed flows reach a total without a change of sign")
  func scaling() throws {
    let scaled = try PlusMinusScaling.scaled([30, -10, 20, -40], toTotal: 50)
    // S = 0, A = 100, δ = 0.5.
    #expect(scaled == [45, -5, 30, -20])
    var numbers = SeededNumbers(seed: 9)
    for _ in 0..<200 {
      let flows = numbers.row(20, in: -50...60)
      let gains = flows.reduce(0) { $0 + max(0, $1) }
      let losses = flows.reduce(0) { $0 + max(0, -$1) }
      let total = numbers.next(in: (-2 * losses)...(2 * gains))
      let result = try PlusMinusScaling.scaled(flows, toTotal: total)
      #expect(abs(result.reduce(0, +) - total) < 1e-10)
      #expect(zip(flows, result).allSatisfy { $0 * $1 >= 0 })
    }
    #expect(try PlusMinusScaling.scaled([0, 0], toTotal: 0) == [0, 0])
  }

  @Test("totals out of reach and figures that are none are refused")
  func refusals() {
    #expect(throws: PlusMinusError.outOfReach(total: 101, lowest: -100, highest: 100)) {
      try PlusMinusScaling.scaled([30, -10, 20, -40], toTotal: 101)
    }
    #expect(throws: PlusMinusError.outOfReach(total: 1, lowest: 0, highest: 0)) {
      try PlusMinusScaling.scaled([0, 0], toTotal: 1)
    }
    #expect(throws: PlusMinusError.notFinite(.infinity, position: 1)) {
      try PlusMinusScaling.scaled([1, .infinity], toTotal: 1)
    }
    #expect(throws: PlusMinusError.notFinite(-.infinity, position: nil)) {
      try PlusMinusScaling.scaled([1, 2], toTotal: -.infinity)
    }
  }
}
