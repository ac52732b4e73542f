import Indicators
import Probability
import Testing

@Suite("Groups of rows")
struct GroupingTests {
  @Test("are numbered as their labels first appear; rows without a name come last")
  func codes() {
    let groups = Grouping(labels: ["b", "a", "b", ""])
    #expect(groups.codes == [0, 1, 0, 2] && groups.names == ["b", "a", ""] && groups.count == 3)
    let coded = Grouping(codes: [1, -1, 0, -1], names: ["x", "y"])
    #expect(coded.codes == [1, 2, 0, 2] && coded.names == ["x", "y", ""])
    #expect(Grouping(codes: [1, 0], names: ["x", "y"]).names == ["x", "y"])
  }

  // PHEindicatormethods 2.1.0, test_Prop_g_results and test_Rate_g_results.
  @Test("have the proportion and the rate of their sums, in one group too")
  func official() {
    let (x, n) = ([5.0, 9856, 5, 9856], [100.0, 12345, 100, 12345])
    let groups = Grouping(codes: [0, 1, 0, 1], count: 2)
    let shares = proportions(of: n, having: x, in: groups)
    #expect(shares[0].isClose(to: [0.05, 0.027382645600763925, 0.089578148138775973], within: 1e-13))
    #expect(shares[1].isClose(to: [0.79837991089509919, 0.79332918455413748, 0.80333780322782966], within: 1e-13))
    #expect(shares.numerators == [10, 19712] && shares.denominators == [200, 24690])
    let rates = crudeRates(of: x, among: n, in: groups)
    #expect(rates[0].isClose(to: [5000, 2393.7249569837822, 9195.7293028782369], within: 1e-13))
    #expect(rates[1].isClose(to: [79837.991089509916, 78727.300271336382, 80960.432718132564], within: 1e-13))
    let all = proportions(of: n, having: x, in: .oneGroup(rows: 4))
    #expect(all.count == 1 && all[0].bits == proportion(of: 24890, having: 19722).bits)
  }

  @Test("are barred for a row of their own alone, by the fault that comes first, and are never made smaller by it")
  func barred() {
    let x: [Double] = [1, 2, 3, .nan, 5, -1, 2, 0, 4, .infinity, 1e308, 1e308]
    let n: [Double] = [9, 9, 2, 9, 9, .nan, 9, 0, 9, 9, 1e308, 1e308]
    let groups = Grouping(codes: [0, 0, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5], count: 7)
    let shares = proportions(of: n, having: x, in: groups)
    #expect(
      shares.statuses == [
        .ok, .numeratorExceedsDenominator, .missingNumerator, .ok, .nonFinite, .nonFinite, .zeroDenominator,
      ])
    let rates = crudeRates(of: x, among: n, in: groups)
    #expect(
      rates.statuses == [.ok, .ok, .missingNumerator, .ok, .nonFinite, .nonFinite, .zeroDenominator])
    #expect((0..<7).allSatisfy { shares[$0].isSound && rates[$0].isSound })
    #expect(shares.numerators[0] == 3 && shares.denominators[3] == 9)
    // Nobody among whom there are events: no people comes first, as for a single figure.
    let nobody = proportions(of: [0, 0, 2], having: [3, 0, 3], in: Grouping(codes: [0, 0, 1], count: 2))
    #expect(nobody.statuses == [.zeroDenominator, .numeratorExceedsDenominator])
    #expect(proportion(of: 0, having: 3).status == .zeroDenominator)
  }

  @Test("add up without losing small values beside large ones, whatever the order")
  func compensated() {
    let values = [1e16, 1, -1e16, 1, 0.1, 0.2]
    let turned = Array(values.reversed())
    let groups = Grouping.oneGroup(rows: values.count)
    // Twice as many digits, rounded once: 2.3.
    #expect(sums(of: values, in: groups) == [2.3] && sums(of: turned, in: groups) == [2.3])
    #expect(sums(of: [1, 2, 3], in: Grouping(codes: [2, 0, 2], count: 4)) == [2, 0, 4, 0])
    #expect(sums(of: [.infinity, 1], in: .oneGroup(rows: 2))[0].isNaN)
  }

  @Test("give the same bits on any number of threads and for rows in another order")
  func order() {
    let rows = 20_000
    let n = (0..<rows).map { Double($0 % 991) / 8 }
    let x = (0..<rows).map { Double($0 % 991) / 16 }
    let codes = (0..<rows).map { Int32($0 * 7 % 333) }
    let order = (0..<rows).map { $0 * 7919 % rows }
    let one = proportions(of: n, having: x, in: Grouping(codes: codes, count: 333), threads: 1)
    let other = proportions(
      of: order.map { n[$0] }, having: order.map { x[$0] },
      in: Grouping(codes: order.map { codes[$0] }, count: 333), threads: 4)
    #expect((0..<333).allSatisfy { one[$0].bits == other[$0].bits })
  }

  @Test("have the sums of single columns to the bit, whether whole numbers or not and however large")
  func sameSums() {
    let rows = 6_000
    let codes = Grouping(codes: (0..<Int32(rows)).map { $0 * 13 % 101 }, count: 101)
    let whole = (0..<rows).map { Double($0 * 7919 % 4001) }
    var lastFraction = whole
    lastFraction[rows - 1] += 0.1
    // Whole numbers whose sums are not: beyond 2⁵³.
    let large = whole.map { $0 * 0x1p40 + 1 }
    for x in [whole, lastFraction, whole.map { $0 / 7 }, large, whole.map { $0 * 0x1p990 }] {
      let n = x.map { $0 + 1 }
      for figures in [proportions(of: n, having: x, in: codes), crudeRates(of: x, among: n, in: codes)] {
        #expect(figures.numerators == sums(of: x, in: codes) && figures.denominators == sums(of: n, in: codes))
        #expect(figures.count(of: .ok) == 101)
      }
    }
  }
}
