import Indicators
import Probability
import Testing

@Suite("Proportions")
struct ProportionTests {
  // PHEindicatormethods 2.1.0, test data test_Prop: events, people, value, limits at 95% and at 99.8%.
  static let table: [[Double]] = [
    [1, 100, 0.01, 0.0017674320641406511, 0.054486196178705294, 0.000873065697299977, 0.10455445283705821],
    [5, 100, 0.05, 0.02154367915436798, 0.11175046923191911, 0.013865320725997183, 0.16458852282596442],
    [20, 100, 0.2, 0.1333669333310325, 0.28882916559315885, 0.10519162066711432, 0.3471109417008601],
    [65, 100, 0.65, 0.55254443296887967, 0.73635751756902468, 0.49549465740704313, 0.77835406140896968],
    [
      9856, 12345, 0.79837991089509919, 0.79121017529090687, 0.80536400736149094, 0.7869924108419063,
      0.80930614125896261,
    ],
    [
      7_776_456, 7_564_336_677, 0.0010280420256339154, 0.0010273201001641094, 0.0010287644578977231,
      0.0010269040118442213, 0.0010291812992698397,
    ],
    [
      222, 3215, 0.069051321928460335, 0.060791690363636595, 0.078339566813836331, 0.05647101964624248,
      0.084184141852701344,
    ],
    [999, 3456, 0.2890625, 0.27418951080009873, 0.30440389662818057, 0.26583995768074953, 0.31344754492799848],
  ]

  @Test("agree with the official tables to 1e-13, plain and in percent", arguments: table)
  func official(row: [Double]) {
    let expected = Array(row.dropFirst(2))
    // Sixteen printed digits and a few roundings.
    #expect(proportion(of: row[1], having: row[0]).isClose(to: expected, within: 1e-13))
    #expect(proportion(of: row[1], having: row[0], per: 100).isClose(to: expected.map { $0 * 100 }, within: 1e-13))
  }

  @Test("carry their counts, their method and only the levels that were asked for")
  func contents() throws {
    let level = try ConfidenceLevel(0.9)
    let figure = proportion(of: 793, having: 76, at: [level])
    #expect(figure.numerator == 76 && figure.denominator == 793 && figure.method == .wilson)
    #expect(figure.intervals.map(\.level) == [level])
    #expect(proportion(of: 793, having: 76, at: []).intervals.isEmpty)
  }

  @Test("of no events end at exactly 0, of everybody at exactly the multiplier")
  func ends() {
    #expect(proportion(of: 50, having: 0).intervals.allSatisfy { $0.lower == 0 && $0.upper > 0 })
    #expect(proportion(of: 50, having: 50, per: 1000).intervals.allSatisfy { $0.upper == 1000 && $0.lower < 1000 })
  }

  @Test(
    "are barred by the first fault that fits",
    arguments: [
      (10, .nan, ResultStatus.missingNumerator), (.nan, .nan, .missingNumerator), (.nan, 3, .missingDenominator),
      (.nan, -3, .missingDenominator), (.infinity, 3, .nonFinite), (10, -.infinity, .nonFinite), (10, -1, .negative),
      (-10, 1, .negative), (0, 0, .zeroDenominator), (0, 3, .zeroDenominator), (-0.0, 3, .zeroDenominator),
      (3, 3.5, .numeratorExceedsDenominator),
    ] as [(Double, Double, ResultStatus)])
  func statuses(people: Double, events: Double, status: ResultStatus) {
    let figure = proportion(of: people, having: events)
    #expect(figure.status == status && figure.isSound)
    #expect(proportions(of: [people], having: [events])[0].bits == figure.bits)
  }

  @Test("in columns have the bits of single ones, at the ends of blocks and on any number of threads")
  func columns() {
    let n = (0..<2_500).map { Double($0 % 97) * 13 }
    let x = (0..<2_500).map { Double($0 % 89) * 7 }
    let columns = proportions(of: n, having: x, per: 100, threads: 1)
    #expect(n.indices.allSatisfy { columns[$0].bits == proportion(of: n[$0], having: x[$0], per: 100).bits })
    let more = proportions(of: n, having: x, per: 100, threads: 4)
    #expect(n.indices.allSatisfy { columns[$0].bits == more[$0].bits })
  }

  @Test("written over other columns are the same as new ones, whatever stood there")
  func reuse() {
    var storage = proportions(of: [1, 2, 3], having: [1, 9, .nan], at: [.percent95, .percent99_8])
    let held = storage
    for size in [3, 5, 0, 1] {
      let n = (0..<size).map { Double($0 + 4) }
      let x = (0..<size).map { Double($0) }
      proportions(of: n, having: x, at: [.percent99_8], into: &storage)
      let fresh = proportions(of: n, having: x, at: [.percent99_8])
      #expect(storage.count == size && storage.levels == fresh.levels)
      #expect((0..<size).allSatisfy { storage[$0].bits == fresh[$0].bits })
    }
    #expect(held.statuses == [.ok, .numeratorExceedsDenominator, .missingNumerator] && held.levels.count == 2)
  }

  @Test("in blocks are the same rows in the same order")
  func blocks() {
    let n = (0..<1000).map { Double($0 % 31) }
    let x = (0..<1000).map { Double($0 % 7) }
    let whole = proportions(of: n, having: x)
    var next = 0
    proportions(of: n, having: x, blocksOf: 333) { rows, figures in
      #expect(rows.lowerBound == next && figures.count == rows.count)
      #expect(rows.allSatisfy { figures[$0 - rows.lowerBound].bits == whole[$0].bits })
      next = rows.upperBound
    }
    #expect(next == 1000)
  }
}
