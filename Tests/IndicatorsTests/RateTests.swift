import Indicators
import Probability
import Testing

@Suite("Counts and crude rates")
struct RateTests {
  // PHEindicatormethods 2.1.0, test data test_Rate: events, people, rate per 100, limits at 95% and at 99.8%.
  static let table: [[Double]] = [
    [1, 100, 1, 0.025317807984289897, 5.571643390938898, 0.0010005003335835344, 9.2334134764515845],
    [5, 100, 5, 1.62348639011842, 11.668332079322669, 0.739371731917839, 16.454745203680105],
    [20, 100, 20, 12.211428834875937, 30.889880369197066, 8.922802365144193, 38.085035625041911],
    [65, 100, 65, 50.163187710459454, 82.849138545939837, 42.880261471480203, 94.000290844318016],
    [
      9856, 12345, 79.837991089509913, 78.269490589767571, 81.430016542721404, 77.375905432710525, 82.354472770954303,
    ],
    [
      7_776_456, 7_564_336_677, 0.10280420256339154, 0.10273196005302074, 0.10287648334092832, 0.102690317308454,
      0.10291817639509068,
    ],
    [222, 3215, 6.9051321928460334, 6.0265748776526751, 7.8757293708718503, 5.5607376952598537, 8.4610466817334107],
    [999, 3456, 28.90625, 27.141304936090521, 30.755833237378415, 26.162147596445767, 31.845604819822654],
    [
      250, 220, 113.63636363636365, 99.984947385328764, 128.63114487455782, 92.710005544389525, 137.65123772147458,
    ],
  ]

  @Test("agree with the official tables to 1e-13, per 100 and per 100,000", arguments: table)
  func official(row: [Double]) {
    let expected = Array(row.dropFirst(2))
    // Sixteen printed digits and a few roundings.
    #expect(crudeRate(of: row[0], among: row[1], per: 100).isClose(to: expected, within: 1e-13))
    #expect(crudeRate(of: row[0], among: row[1]).isClose(to: expected.map { $0 * 1000 }, within: 1e-13))
  }

  @Test("say which limits they have: exact below ten events, Byar's from ten")
  func methods() {
    #expect(crudeRate(of: 9.999, among: 50).method == .exact)
    #expect(crudeRate(of: 10, among: 50).method == .byar)
    #expect(eventCount(of: 65).method == .byar)
    #expect(eventCount(of: 65).isClose(to: [65, 50.163187710459454, 82.849138545939837], within: 1e-13))
  }

  @Test(
    "are barred by the first fault that fits; more events than people are no fault",
    arguments: [
      (.nan, 3, ResultStatus.missingNumerator), (3, .nan, .missingDenominator), (.infinity, 3, .nonFinite),
      (3, .infinity, .nonFinite), (-1, 3, .negative), (3, -1, .negative), (0, 0, .zeroDenominator),
      (3, 0, .zeroDenominator), (1e300, 1e-300, .nonFinite), (1, Double.leastNonzeroMagnitude, .nonFinite),
    ] as [(Double, Double, ResultStatus)])
  func statuses(events: Double, people: Double, status: ResultStatus) {
    let figure = crudeRate(of: events, among: people)
    #expect(figure.status == status && figure.isSound)
    #expect(crudeRates(of: [events], among: [people])[0].bits == figure.bits)
  }

  @Test("are barred where only a limit is past the largest number")
  func overflowingLimit() {
    // 1.7e308 events per head: the value is finite, its upper limit is not.
    let people = 10 / 1.7e308
    let figure = crudeRate(of: 10, among: people, per: 1)
    #expect(figure.status == .nonFinite && figure.isSound)
    #expect(crudeRates(of: [10], among: [people], per: 1)[0].bits == figure.bits)
  }

  @Test("in columns have the bits of single ones, on any number of threads")
  func columns() {
    let n = (0..<2_500).map { Double($0 % 97) * 13 }
    let x = (0..<2_500).map { (row: Int) -> Double in
      row % 5 == 0 ? Double(row % 40) / 3 : Double(row % 89)
    }
    let columns = crudeRates(of: x, among: n, threads: 1)
    #expect(n.indices.allSatisfy { columns[$0].bits == crudeRate(of: x[$0], among: n[$0]).bits })
    let more = crudeRates(of: x, among: n, threads: 3)
    #expect(n.indices.allSatisfy { columns[$0].bits == more[$0].bits })
    let counts = eventCounts(of: x)
    #expect(x.indices.allSatisfy { counts[$0].bits == eventCount(of: x[$0]).bits })
  }

  @Test("grow with the multiplier and nothing else")
  func scale() {
    let one = crudeRate(of: 222, among: 3215, per: 1)
    let many = crudeRate(of: 222, among: 3215, per: 1024)
    // A power of two moves no digit.
    #expect(many.value == one.value * 1024)
    #expect(many.intervals.map(\.lower) == one.intervals.map { $0.lower * 1024 })
    #expect(many.intervals.map(\.upper) == one.intervals.map { $0.upper * 1024 })
  }
}
