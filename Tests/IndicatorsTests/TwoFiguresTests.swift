import Indicators
import Probability
import Testing

@Suite("Differences and ratios of two figures")
struct TwoFiguresTests {
  // Newcombe (1998), table II, method 10, at full precision by statsmodels 0.14.
  @Test(
    "a difference of proportions has Newcombe's limits",
    arguments: [
      [56, 70, 48, 80, 0.05243147240236498, 0.33387265403690614],
      [9, 10, 3, 10, 0.1705227239345029, 0.809017973535488],
      [6, 7, 2, 7, 0.05822792748231209, 0.8062496375242278],
      [5, 56, 0, 29, -0.038137147903536936, 0.19256001385511165],
      [0, 10, 0, 20, -0.1611251580528194, 0.27753279986288926], [10, 10, 0, 20, 0.6790860371419145, 1],
      [10, 10, 0, 10, 0.6075093504305241, 1],
    ] as [[Double]])
  func newcombe(row: [Double]) {
    let (first, second) = (proportion(of: row[1], having: row[0]), proportion(of: row[3], having: row[2]))
    let difference = first.difference(from: second)
    #expect(difference.isClose(to: [row[0] / row[1] - row[2] / row[3], row[4], row[5]], within: 1e-12))
    #expect(difference.method == .newcombe && difference.isSound)
    let turned = second.difference(from: first)
    #expect(turned.intervals.map { -$0.upper } == difference.intervals.map(\.lower))
    // In percent it is a hundred times as much.
    let percent = proportion(of: row[1], having: row[0], per: 100)
      .difference(from: proportion(of: row[3], having: row[2], per: 100))
    #expect(percent.isClose(to: [difference.value * 100, row[4] * 100, row[5] * 100], within: 1e-12))
  }

  @Test("a difference of other figures has limits recovered from theirs")
  func mover() {
    let (a, b) = (crudeRate(of: 65, among: 100, per: 1), crudeRate(of: 20, among: 100, per: 1))
    let difference = a.difference(from: b)
    // Zou and Donner (2008), from the limits 50.163…82.849 and 12.211…30.890 per 100.
    let lower = 0.45 - ((0.65 - 0.50163187710459454).squared + (0.30889880369197066 - 0.2).squared).squareRoot()
    let upper = 0.45 + ((0.82849138545939837 - 0.65).squared + (0.2 - 0.12211428834875937).squared).squareRoot()
    #expect(difference.isClose(to: [0.45, lower, upper], within: 1e-14) && difference.method == .mover)
  }

  // R 4.2.2: poisson.test of two counts and their times; the last argument says where the level is 99.8%.
  @Test(
    "a ratio of rates with a small count has exact limits",
    arguments: [
      (4, 1000, 15, 2500, 0.16105938935784875, 2.0926594177974613, 0),
      (0, 1000, 7, 900, 0, 0.6244325820868073, 0), (3, 50, 40, 700, 0.20779607885880086, 3.2969175800994543, 0),
      (9, 100, 3, 80, 0.31235026723067794, 45.653627189591326, 1),
    ] as [(Double, Double, Double, Double, Double, Double, Int)])
  func exactRates(x: Double, n: Double, y: Double, m: Double, lower: Double, upper: Double, level: Int) {
    let ratio = crudeRate(of: x, among: n).ratio(to: crudeRate(of: y, among: m))
    #expect(ratio.method == .exactConditional && ratio.isSound)
    #expect(relativeDifference(ratio.value, x / n / (y / m)) < 1e-15)
    // R stops its root search at some 1e-9 only for the ends; its quantiles agree to 1e-12.
    #expect(relativeDifference(ratio.intervals[level].lower, lower) < 1e-12)
    #expect(relativeDifference(ratio.intervals[level].upper, upper) < 1e-12)
  }

  @Test("a ratio of rates with ten events and more has log-normal limits")
  func logRates() {
    let ratio = crudeRate(of: 65, among: 100).ratio(to: crudeRate(of: 20, among: 80))
    // mpmath: 2.6 exp(∓z √(1/65 + 1/20)).
    #expect(ratio.isClose(to: [2.6, 1.5751342529491646, 4.2916976678928016], within: 1e-13))
    #expect(ratio.method == .logNormal)
  }

  // statsmodels 0.14, confint_proportions_2indep without correction, whose root search ends near 1e-9: relative risk and odds
  // ratio, score then log-normal limits.
  @Test(
    "relative risks and odds ratios have score and log-normal limits",
    arguments: [
      [
        56, 70, 48, 80, 1.0798215063618604, 1.6708055780191224, 1.0766264227631928, 1.6512485112663873,
        1.2846591246151438, 5.5270031269259645, 1.2762178705364342, 5.572019696074382,
      ],
      [
        9, 10, 3, 10, 1.3532371938667245, 8.46766868670978, 1.1383503574476699, 7.906177514784793,
        2.130069280048743, 181.69078816464554, 1.777485851006425, 248.10324073764215,
      ],
      [
        5, 56, 2, 29, 0.3131751000728717, 5.610456250344177, 0.26737800997121175, 6.268653610412778,
        0.27343049174905687, 6.2796160168891, 0.24060966493731448, 7.280381294170384,
      ],
      [
        15, 10000, 8, 12000, 0.9778805869347573, 5.177346368547978, 0.9543482109511345, 5.30466756463508,
        0.9778558894058155, 5.18565222201057, 0.9543606332709503, 5.313456490842981,
      ],
    ] as [[Double]])
  func risks(row: [Double]) {
    for (index, interval) in [RatioInterval.score, .logNormal].enumerated() {
      let risk = relativeRisk(of: row[0], among: row[1], against: row[2], among: row[3], interval: interval)
      let odds = oddsRatio(of: row[0], among: row[1], against: row[2], among: row[3], interval: interval)
      let tolerance = interval == .score ? 1e-8 : 1e-13
      #expect(relativeDifference(risk.intervals[0].lower, row[4 + 2 * index]) < tolerance && risk.isSound)
      #expect(relativeDifference(risk.intervals[0].upper, row[5 + 2 * index]) < tolerance)
      #expect(relativeDifference(odds.intervals[0].lower, row[8 + 2 * index]) < tolerance && odds.isSound)
      #expect(relativeDifference(odds.intervals[0].upper, row[9 + 2 * index]) < tolerance)
    }
  }

  @Test("score limits exist where one group has no event or everybody, and turn over with the groups")
  func scoreEnds() {
    let none = relativeRisk(of: 0, among: 10, against: 3, among: 20)
    // The same source.
    #expect(none.intervals[0].lower == 0 && relativeDifference(none.intervals[0].upper, 2.179222275677804) < 1e-8)
    let all = relativeRisk(of: 10, among: 10, against: 4, among: 20)
    #expect(relativeDifference(all.intervals[0].lower, 2.4037454262121085) < 1e-8)
    #expect(relativeDifference(all.intervals[0].upper, 12.398078099655537) < 1e-8)
    let equal = relativeRisk(of: 10, among: 10, against: 10, among: 10).intervals[0]
    #expect(abs(equal.lower * equal.upper - 1) < 1e-12 && equal.upper > 1.3)
    let (one, other) = (
      oddsRatio(of: 3, among: 17, against: 8, among: 23), oddsRatio(of: 8, among: 23, against: 3, among: 17)
    )
    #expect(abs(one.intervals[1].lower * other.intervals[1].upper - 1) < 1e-12)
  }

  @Test("a ratio of standardised rates has limits recovered from theirs")
  func ratioOfStandardised() {
    let rates = [StandardisationData.big, StandardisationData.small].map {
      directlyStandardisedRate(
        of: $0, among: StandardisationData.people, ages: StandardisationData.ages, standard: .european2013)
    }
    let ratio = rates[0].ratio(to: rates[1])
    // mpmath, Donner and Zou (2012), from the two intervals.
    #expect(ratio.isClose(to: [9.454436456702064, 7.5390093868071934, 12.002632697143615], within: 1e-12))
    #expect(ratio.method == .mover && ratio.isSound)
    let turned = rates[1].ratio(to: rates[0])
    #expect(relativeDifference(turned.intervals[0].lower * ratio.intervals[0].upper, 1) < 1e-13)
  }

  @Test(
    "that cannot be are barred",
    arguments: [
      (crudeRate(of: 3, among: 10).ratio(to: crudeRate(of: 0, among: 10)), ResultStatus.zeroDenominator),
      (crudeRate(of: 3, among: 0).ratio(to: crudeRate(of: 4, among: 10)), .zeroDenominator),
      (crudeRate(of: 3, among: 10).difference(from: crudeRate(of: .nan, among: 10)), .missingNumerator),
      (mean(of: [-1, -2]).ratio(to: mean(of: [1, 2])), .negative),
      (mean(of: [5, 6]).ratio(to: mean(of: [1, 9])), .intervalTooWide),
      (mean(of: [5, 5.1, 5.2]).ratio(to: mean(of: [0, 2, 1])), .intervalTooWide),
      (relativeRisk(of: 3, among: 10, against: 0, among: 10), .zeroDenominator),
      (oddsRatio(of: 10, among: 10, against: 3, among: 10), .zeroDenominator),
      (oddsRatio(of: 0, among: 10, against: 3, among: 10, interval: .logNormal), .notEnoughPoints),
      (relativeRisk(of: 11, among: 10, against: 3, among: 10), .numeratorExceedsDenominator),
    ])
  func barred(figure: Statistic, status: ResultStatus) {
    #expect(figure.status == status && figure.isSound)
  }

  @Test("a ratio of nothing to something is 0, with a limit")
  func nothing() {
    let none = mean(of: [0, 0, 0]).ratio(to: mean(of: [99, 100, 101]))
    #expect(none.status == .ok && none.value == 0 && none.intervals.allSatisfy { $0.lower == 0 && $0.upper == 0 })
  }

  @Test("have the levels that both have, and in columns the same bits")
  func columns() throws {
    let high = try ConfidenceLevel(0.99)
    let first = crudeRates(of: [65, 3, 0, .nan, 20], among: [100, 90, 0, 5, 7], at: [.percent95, high])
    let second = crudeRates(of: [20, 40, 3, 5, 0], among: [80, 100, 4, 9, 7], at: [high, .percent99_8])
    let (differences, ratios) = (first.differences(from: second), first.ratios(to: second))
    #expect(differences.levels == [high] && ratios.levels == [high])
    #expect(first.differences(from: second[0]).levels == [high] && first.ratios(to: second[0]).levels == [high])
    for row in 0..<5 {
      #expect(differences[row].bits == first[row].difference(from: second[row]).bits)
      #expect(ratios[row].bits == first[row].ratio(to: second[row]).bits)
      #expect(first.ratios(to: second[0])[row].bits == first[row].ratio(to: second[0]).bits)
      #expect(differences[row].isSound && ratios[row].isSound)
    }
  }
}

extension Double {
  fileprivate var squared: Double { self * self }
}
