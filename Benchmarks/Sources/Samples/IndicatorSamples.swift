import Indicators

/// Counts of many areas that follow from the row number (xorshift), the same in every run.
package struct Counts: Sendable {
  package let people: [Double]
  package let events: [Double]

  /// Between 1,000 and 10,000 people a row, of whom up to `most` have the event.
  package init(rows: Int, most: Double = 0.3) {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) * 0x1p-53
    }
    people = (0..<rows).map { _ in (1_000 + 9_000 * next()).rounded() }
    events = people.map { ($0 * most * next()).rounded() }
  }
}

/// Counts with storage for their figures, which is filled again and again.
package final class Refilled {
  package let counts: Counts
  package var figures = StatisticColumns()

  package init(rows: Int) { counts = Counts(rows: rows) }
}

/// Events and people of areas by the bands of the European standard population of 2013.
package struct Bands: Sendable {
  package let counts: Counts
  package let ages: Grouping
  package let areas: Grouping

  package init(areas count: Int) {
    let names = StandardPopulation.european2013.bands.map(\.description)
    let rows = count * names.count
    counts = Counts(rows: rows, most: 0.02)
    ages = Grouping(codes: (0..<rows).map { Int32($0 % names.count) }, names: names)
    areas = Grouping(codes: (0..<rows).map { Int32($0 / names.count) }, count: count)
  }
}

/// Figures of areas by decile of deprivation.
package struct Deciles: Sendable {
  package let areas: Grouping
  package let quantiles: [Int]
  package let people: [Double]
  package let values: [Double]
  package let standardErrors: [Double]

  package init(areas count: Int) {
    let counts = Counts(rows: count * 10)
    areas = Grouping(codes: (0..<count * 10).map { Int32($0 / 10) }, count: count)
    quantiles = (0..<count * 10).map { $0 % 10 + 1 }
    people = counts.people
    values = quantiles.enumerated().map { 12 + 0.4 * Double($1) + counts.events[$0] / 3_000 }
    standardErrors = people.map { 30 / $0.squareRoot() }
  }
}
