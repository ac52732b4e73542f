import Indicators
import Probability
import Testing

struct MultipleComparisonsTests {
  @Test("adjusted p-values are R's")
  func benjaminiAndHochberg() {
    // R: p.adjust(c(0.01, 0.04, 0.03, 0.5, 0.0005, 0.04, 0.9), "BH")
    let expected = [0.035, 0.056, 0.056, 0.58333333333333337, 0.0035, 0.056, 0.9]
    let found = benjaminiHochberg([0.01, 0.04, 0.03, 0.5, 0.0005, 0.04, 0.9])
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    let holed = benjaminiHochberg([0.01, .nan, 0.04, 0.03, 0.5, 0.0005, 0.04, 0.9])
    #expect(holed[1].isNaN && holed[0] == found[0] && Array(holed[2...]) == Array(found[1...]))
    #expect(benjaminiHochberg([]).isEmpty)
    #expect(benjaminiHochberg([0.8, 0.9]) == [0.9, 0.9])
  }

  @Test("p-values of counts are those of the score and the exact Poisson tests")
  func pValues() {
    // R: 2*pnorm(-abs(76 - 793*0.12)/sqrt(793*.12*.88))
    #expect(abs(scorePValue(events: 76, trials: 793, probability: 0.12) / 0.036281342129460409 - 1) < 1e-12)
    // R: 2*min(ppois(o, e), 1 - ppois(o - 1, e))
    for (count, expected, p) in [
      (3.0, 8.2, 0.073999728255214364), (0, 4, 0.036631277777468357), (15, 8.2, 0.04180664260575262),
      (120, 100, 0.056460787929731415),
    ] { #expect(abs(poissonPValue(count: count, expected: expected) / p - 1) < 1e-10) }
    #expect(poissonPValue(count: 5, expected: 5) == 1)
    #expect(poissonPValue(count: 0, expected: 0) == 1 && poissonPValue(count: 1, expected: 0) == 0)
    #expect(scorePValue(events: 1, trials: 10, probability: 0) == 0)
    #expect(scorePValue(events: 0, trials: 10, probability: 0) == 1)
    #expect(scorePValue(events: 11, trials: 10, probability: 0.5).isNaN)
    #expect(poissonPValue(count: -1, expected: 2).isNaN && scorePValue(events: 1, trials: 2, probability: 2).isNaN)
  }

  @Test("p-values are below 5% exactly where the 95% interval leaves the benchmark out")
  func consistency() {
    let generator = Philox(seed: 4)
    var wrong = 0
    for i in 0..<3_000 {
      let u = generator.uniforms(at: SIMD4(0, UInt64(i), 0, 0))
      let people = 20 + (u.x * 2_000).rounded()
      let events = (u.y * u.y * people).rounded()
      let near = min(max(u.y * u.y + (u.z - 0.5) * 0.1, 0), 1)
      let share = proportion(of: people, having: events, per: 100)
        .compared(to: Benchmark("England", kind: .country, value: near * 100), polarity: .lowIsGood)
      if share.outcome.isDifferent != (share.pValue < 0.05), events > 0 { wrong += 1 }
      // Below ten events the limits are exact, as the p-value is; from ten on Byar's are off by up to a thousandth.
      let few = (u.w * 9).rounded()
      let rate = crudeRate(of: few, among: people)
        .compared(to: Benchmark("England", kind: .country, value: u.z * 15 / people * 1e5), polarity: .lowIsGood)
      if rate.outcome.isDifferent != (rate.pValue < 0.05), few > 0 { wrong += 1 }
      let mean = ConfidenceInterval(lower: u.x - 0.3 * u.y, upper: u.x + u.w, level: .percent95)
      let given = Statistic(value: u.x, intervals: [mean], numerator: .nan, denominator: .nan, method: .given)
        .compared(to: Benchmark("England", kind: .country, value: u.z), polarity: .none)
      if given.outcome.isDifferent != (given.pValue < 0.05) { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test("of many areas that do not differ as many seem to as are expected by chance")
  func byChance() {
    // 20,000 areas of 5,000 people where the truth is 20%, against that value and, half of them, against the other half.
    let generator = Philox(seed: 8)
    let count = 20_000
    let events = (0..<count).map { generator.binomial(trials: 5_000, probability: 0.2, at: SIMD4(0, UInt64($0), 0, 0)) }
    let sheet = proportions(of: [Double](repeating: 5_000, count: count), having: events)
    let against = sheet.compared(
      to: Benchmark("England", kind: .country, value: 0.2, membership: .everyArea), polarity: .none,
      at: ConfidenceLevel.official, pValuesWanted: false)
    for level in ConfidenceLevel.official {
      let summary = against.summary(at: level)
      #expect(summary.compared == count && summary.insideBenchmark == count)
      #expect(abs(summary.expectedByChance - 2 * level.tail * Double(count)) < 1e-9)
      // Four standard deviations of the number, and the half count by which a discrete test misses its level.
      let deviation = (summary.expectedByChance * (1 - 2 * level.tail)).squareRoot()
      #expect(
        abs(Double(summary.different) - summary.expectedByChance) < 4 * deviation + 0.05 * summary.expectedByChance)
    }
    let pairs = (0..<count / 2).map { i in
      sheet[i].compared(
        to: Benchmark("Peers", kind: .peers, figure: sheet[i + count / 2]), by: .intervalAgainstInterval,
        polarity: .none)
    }
    let summary = ComparisonSummary(of: pairs, at: .percent95)
    // 2Φ(−z√2) of 10,000: 56, not the 500 that 95% seem to promise.
    #expect(abs(summary.expectedByChance - 55.75) < 0.5)
    #expect(abs(Double(summary.different) - summary.expectedByChance) < 4 * summary.expectedByChance.squareRoot())
    let adjusted = benjaminiHochberg(pairs.map(\.pValue))
    #expect(adjusted.count { $0 < 0.05 } <= 1)
  }
}
