import Indicators
import Probability
import Testing

@Suite("A quarter of a million random rows through every column call")
struct ColumnFuzzTests {
  private static let rows = 250_000

  /// Ordinary counts with every kind of awkward number among them.
  private static func column(_ purpose: UInt64, below limit: Double) -> [Double] {
    var uniforms = [Double](repeating: 0, count: rows)
    Philox(seed: 20_261_122, purpose: purpose).fill(&uniforms, from: [0, 0, 0, 0])
    let awkward: [Double] = [
      0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude,
      .greatestFiniteMagnitude, 0x1p53 + 2, 1e155, 1e-155, -1, 0.5, 9.999, 10, 1e300, 1e-300,
    ]
    return uniforms.map { u in
      // The last digits choose; the first ones are the count.
      let choice = Int(u * 0x1p52) % 256
      return choice < awkward.count ? awkward[choice] : (u * limit).rounded(.down)
    }
  }

  private static let events = column(1, below: 60)
  private static let people = column(2, below: 5000)

  /// How many rows break a promise: a figure with its limits around it, or a status and no figure.
  private func unsound(_ columns: StatisticColumns) -> Int {
    var broken = 0
    let (lower, upper) = (columns.lower[0], columns.upper[0])
    let (widerLower, widerUpper) = (columns.lower[1], columns.upper[1])
    for row in 0..<columns.count {
      let value = columns.values[row]
      let holds =
        columns.statuses[row] == .ok
        ? widerLower[row] <= lower[row] && lower[row] <= value && value <= upper[row] && upper[row] <= widerUpper[row]
          && widerUpper[row] < .infinity && widerLower[row] > -.infinity && columns.methods[row] != .none
        : value.isNaN && lower[row].isNaN && upper[row].isNaN && widerLower[row].isNaN && widerUpper[row].isNaN
          && columns.methods[row] == .none
      if !holds { broken += 1 }
    }
    return broken
  }

  /// Whether some of the rows have the bits of single figures.
  private func sameAsSingle(_ columns: StatisticColumns, _ single: (Double, Double) -> Statistic) -> Bool {
    stride(from: 0, to: Self.rows, by: 199).allSatisfy {
      columns[$0].bits == single(Self.events[$0], Self.people[$0]).bits
    }
  }

  @Test("keeps proportions sound")
  func proportionsOfAnything() {
    let columns = proportions(of: Self.people, having: Self.events, per: 100)
    #expect(unsound(columns) == 0)
    #expect(zip(columns.upper[1], columns.statuses).allSatisfy { $1 != .ok || $0 <= 100 })
    #expect(sameAsSingle(columns) { proportion(of: $1, having: $0, per: 100) })
    #expect(columns.count(of: .ok) > Self.rows / 2)
  }

  @Test("keeps rates sound")
  func ratesOfAnything() {
    let columns = crudeRates(of: Self.events, among: Self.people)
    #expect(unsound(columns) == 0)
    #expect(sameAsSingle(columns) { crudeRate(of: $0, among: $1) })
    #expect(columns.count(of: .ok) > Self.rows / 2)
  }

  @Test("keeps figures of groups sound, groups of one row those of the row")
  func groupsOfAnything() {
    let groups = Grouping(codes: (0..<Self.rows).map { Int32($0 / 5) }, count: Self.rows / 5)
    #expect(unsound(proportions(of: Self.people, having: Self.events, in: groups)) == 0)
    #expect(unsound(crudeRates(of: Self.events, among: Self.people, in: groups)) == 0)
    let each = Grouping(codes: (0..<Int32(5000)).map { $0 }, count: 5000)
    let (x, n) = (Array(Self.events.prefix(5000)), Array(Self.people.prefix(5000)))
    let (grouped, single) = (crudeRates(of: x, among: n, in: each), crudeRates(of: x, among: n))
    #expect(grouped.statuses == single.statuses)
    #expect(zip(grouped.values, single.values).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
    #expect(unsound(means(of: Self.events, in: groups)) == 0)
  }

  @Test("keeps standardised figures, differences and ratios sound")
  func standardisedFromAnything() throws {
    let rows = 19 * 2_000
    // Awkward numbers here and there, or every group would have one.
    let (x, n) = (
      (0..<rows).map { $0 % 41 == 0 ? Self.events[$0] : max(Self.events[$0 % 97], 1).isFinite ? 3 : 4 },
      (0..<rows).map { $0 % 43 == 0 ? Self.people[$0] : 1000 }
    )
    let ages = Grouping(codes: (0..<rows).map { Int32($0 % 19) }, names: StandardisationData.ages)
    let areas = Grouping(codes: (0..<rows).map { Int32($0 / 19) }, count: rows / 19)
    for interval in StandardisedRateInterval.allCases {
      let figures = directlyStandardisedRates(
        of: x, among: n, ages: ages, in: areas, standard: .european2013, interval: interval)
      #expect(unsound(figures.figures) == 0)
      #expect(figures.figures.count(of: .ok) > 500)
    }
    // With frequencies each group is worked out step by step.
    let quick = directlyStandardisedRates(of: x, among: n, ages: ages, in: areas, standard: .european2013)
    let slow = directlyStandardisedRates(
      of: x, among: n, ages: ages, in: areas, standard: .european2013, frequencies: x.map { _ in 1 })
    #expect((0..<rows / 19).allSatisfy { quick.figures[$0].bits == slow.figures[$0].bits })
    let (first, second) = (Array(0..<4000), Array(4000..<8000))
    func rates(_ rows: [Int]) -> StatisticColumns {
      crudeRates(of: rows.map { Self.events[$0] }, among: rows.map { Self.people[$0] })
    }
    let (one, other) = (rates(first), rates(second))
    let (differences, ratios) = (one.differences(from: other), one.ratios(to: other))
    #expect(first.allSatisfy { differences[$0].isSound && ratios[$0].isSound })
  }
}
