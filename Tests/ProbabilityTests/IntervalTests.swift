import Probability
import Testing

@Suite("Intervals of counts and proportions")
struct IntervalTests {
  /// Expected limits, whose printed digits allow 1e-13.
  struct Case: Sendable {
    let count: Double
    var trials = 0.0
    let level: ConfidenceLevel
    let lower: Double
    let upper: Double

    func isMet(by interval: ConfidenceInterval) -> Bool {
      abs(interval.lower - lower) <= 1e-13 * max(abs(lower), 1e-300)
        && abs(interval.upper - upper) <= 1e-13 * abs(upper)
    }
  }

  // PHEindicatormethods 2.1.0, test data test_BW.
  @Test(
    "Byar's limits are those of the official tables",
    arguments: [
      Case(count: 65, level: .percent95, lower: 50.163187710459454, upper: 82.849138545939837),
      Case(count: 1045, level: .percent95, lower: 982.59320180733255, upper: 1110.3312129856499),
      Case(count: 1, level: .percent95, lower: 0.013072132901504351, upper: 5.5637555824752605),
      Case(count: 65, level: .percent99_8, lower: 42.880261471480203, upper: 94.000290844318016),
      Case(count: 1045, level: .percent99_8, lower: 947.94070356103737, upper: 1148.8061609880331),
      Case(count: 10, level: .percent99_8, lower: 2.916318374695686, upper: 24.193724927880535),
      // The table leaves the lower limit out; the cube is below 0.
      Case(count: 1, level: .percent99_8, lower: 0, upper: 9.362180217908362),
    ])
  func byar(expected: Case) {
    #expect(expected.isMet(by: .byar(count: expected.count, at: expected.level)))
  }

  // The same source.
  @Test(
    "Wilson's limits are those of the official tables",
    arguments: [
      Case(count: 65, trials: 100, level: .percent95, lower: 0.55254443296887967, upper: 0.73635751756902468),
      Case(count: 1045, trials: 5000, level: .percent95, lower: 0.19795549880013297, upper: 0.22049130373189027),
      Case(count: 0.445, trials: 1, level: .percent95, lower: 0.043817447720588223, upper: 0.93346212769791559),
      Case(count: 65, trials: 100, level: .percent99_8, lower: 0.49549465740704313, upper: 0.77835406140896968),
      Case(count: 1045, trials: 5000, level: .percent99_8, lower: 0.19179381799015244, upper: 0.22731562902525818),
      Case(count: 0.445, trials: 1, level: .percent99_8, lower: 0.019347006132900975, upper: 0.97022599470195414),
    ])
  func wilson(expected: Case) {
    #expect(expected.isMet(by: .wilson(events: expected.count, trials: expected.trials, at: expected.level)))
  }

  // R 4.2.2: qchisq(α/2, 2O)/2 and qchisq(1 − α/2, 2O + 2)/2.
  @Test(
    "exact Poisson limits are those of R, for counts that are not whole too",
    arguments: [
      Case(count: 0, level: .percent95, lower: 0, upper: 3.6888794541139354),
      Case(count: 0, level: .percent99_8, lower: 0, upper: 6.9077552789821359),
      Case(count: 1, level: .percent95, lower: 0.025317807984289876, upper: 5.5716433909388989),
      Case(count: 5, level: .percent99_8, lower: 0.73937173191783245, upper: 16.454745203680105),
      Case(count: 9, level: .percent99_8, lower: 2.4524244043637746, upper: 22.65737330906293),
      Case(count: 9.999, level: .percent95, lower: 4.7947004147615102, upper: 18.389057739743752),
      Case(count: 0.37, level: .percent95, lower: 3.4074496183775429e-05, upper: 4.4286694129796782),
    ])
  func exactPoisson(expected: Case) {
    #expect(expected.isMet(by: .exactPoisson(count: expected.count, at: expected.level)))
    #expect(expected.isMet(by: .poisson(count: expected.count, at: expected.level)))
  }

  // R 4.2.2: binom.test.
  @Test(
    "exact binomial limits are those of R",
    arguments: [
      Case(count: 3, trials: 20, level: .percent95, lower: 0.032070937185463728, upper: 0.37892682654531396),
      Case(count: 0, trials: 20, level: .percent95, lower: 0, upper: 0.16843347098308536),
      Case(count: 20, trials: 20, level: .percent95, lower: 0.83156652901691464, upper: 1),
      Case(count: 76, trials: 793, level: .percent99_8, lower: 0.066409220889853043, upper: 0.13224855601578467),
    ])
  func clopperPearson(expected: Case) {
    #expect(expected.isMet(by: .clopperPearson(events: expected.count, trials: expected.trials, at: expected.level)))
  }

  @Test("the count decides between exact and Byar's limits: 9.999 exact, 10 Byar")
  func switchPoint() {
    #expect(ConfidenceInterval.poisson(count: 9.999, at: .percent95) == .exactPoisson(count: 9.999, at: .percent95))
    #expect(ConfidenceInterval.poisson(count: 10, at: .percent95) == .byar(count: 10, at: .percent95))
    #expect(
      ConfidenceInterval.exactPoisson(count: 10, at: .percent95) != ConfidenceInterval.byar(count: 10, at: .percent95))
  }

  @Test(
    "no event has a lower limit of exactly 0, events throughout an upper limit of exactly 1, however many there are",
    arguments: [1.0, 3, 97, 1e6, 9_007_199_254_740_994, 1e300])
  func ends(trials: Double) {
    for level in [ConfidenceLevel.percent95, .percent99_8] {
      let none = ConfidenceInterval.wilson(events: 0, trials: trials, at: level)
      let all = ConfidenceInterval.wilson(events: trials, trials: trials, at: level)
      #expect(none.lower == 0 && none.upper > 0)
      #expect(all.upper == 1 && all.lower < 1 || trials > 1e16 && all.lower == 1)
    }
  }

  @Test("a small lower limit keeps all its digits where the textbook formula cancels")
  func noCancellation() {
    // mpmath at 40 digits: 1 event in 10¹² people at 95%.
    let lower = ConfidenceInterval.wilson(events: 1, trials: 1e12, at: .percent95).lower
    #expect(abs(lower / 1.76524554935174729e-13 - 1) < 1e-14)
  }

  @Test("numbers that are no counts have no limits")
  func improper() {
    let level = ConfidenceLevel.percent95
    for count in [-1, -Double.leastNonzeroMagnitude, .nan, .infinity] {
      #expect(ConfidenceInterval.poisson(count: count, at: level).upper.isNaN)
      #expect(ConfidenceInterval.byar(count: count, at: level).lower.isNaN)
      #expect(ConfidenceInterval.wilson(events: count, trials: 7, at: level).upper.isNaN)
      #expect(ConfidenceInterval.clopperPearson(events: count, trials: 7, at: level).upper.isNaN)
    }
    for trials in [0, -1, .nan, .infinity, 2.9] {
      #expect(ConfidenceInterval.wilson(events: 3, trials: trials, at: level).lower.isNaN)
    }
  }

  @Test("the largest counts do not end the program", arguments: [1e155, 1e300, 1e306, 1.7e308])
  func largest(count: Double) {
    let exact = ConfidenceInterval.exactPoisson(count: count, at: .percent95)
    // √count is far below the last digit of the count.
    #expect(exact.lower == count && exact.upper == count || exact.lower.isNaN || exact.upper.isNaN)
    let byar = ConfidenceInterval.byar(count: count, at: .percent95)
    #expect(byar.lower <= count && count <= byar.upper)
    for limit in [exact.lower, exact.upper] where !limit.isNaN { #expect(relative(limit, count) < 1e-14) }
  }

  private func relative(_ a: Double, _ b: Double) -> Double { abs(a / b - 1) }

  @Test("a higher level never gives narrower limits")
  func monotone() throws {
    let levels = try [0.9, 0.95, 0.99, 0.998, 0.999999, 1 - 0x1p-53].map(ConfidenceLevel.init)
    for count in [0, 0.5, 3, 9.999, 10, 65, 4e5] {
      let all = levels.map { level in
        [
          ConfidenceInterval.poisson(count: count, at: level), .wilson(events: count, trials: 5e5, at: level),
          .clopperPearson(events: count, trials: 5e5, at: level),
        ]
      }
      for (narrow, wide) in zip(all, all.dropFirst()) {
        #expect(zip(narrow, wide).allSatisfy { $1.lower <= $0.lower && $0.upper <= $1.upper })
      }
    }
  }
}
