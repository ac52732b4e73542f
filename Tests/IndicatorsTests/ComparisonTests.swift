import Indicators
import Probability
import Testing

struct ComparisonTests {
  static let five = ConfidenceLevel.official

  static func figure(_ value: Double, _ limits: [(ConfidenceLevel, Double, Double)]) -> Statistic {
    Statistic(
      value: value, intervals: limits.map { ConfidenceInterval(lower: $0.1, upper: $0.2, level: $0.0) },
      numerator: .nan,
      denominator: .nan, method: .given)
  }

  static func benchmark(_ value: Double) -> Benchmark { Benchmark("England", kind: .country, value: value) }

  /// A figure of 10 with limits 8 to 13 at 95% and 7 to 15 at 99.8%.
  static let ten = figure(10, [(.percent95, 8, 13), (.percent99_8, 7, 15)])

  @Test(
    "the value of a benchmark outside the interval makes a difference, and touching none",
    arguments: [
      (6.9, ComparisonClass.worse, 0.998), (7, .worse, 0.95), (7.9, .worse, 0.95), (8, .similar, nil),
      (12, .similar, nil),
      (13, .similar, nil), (13.1, .better, 0.95), (15, .better, 0.95), (15.1, .better, 0.998),
    ] as [(Double, ComparisonClass, Double?)])
  func fiveClasses(value: Double, expected: ComparisonClass, level: Double?) {
    let found = Self.ten.compared(to: Self.benchmark(value), polarity: .lowIsGood, at: Self.five)
    #expect(found.outcome == expected && found.level?.probability == level)
    let highestFirst = Self.ten.compared(to: Self.benchmark(value), polarity: .lowIsGood, at: Self.five.reversed())
    #expect(highestFirst.outcome == expected && highestFirst.level == found.level)
    let three = Self.ten.compared(to: Self.benchmark(value), polarity: .lowIsGood)
    #expect(three.outcome == expected && (three.level == .percent95) == three.outcome.isDifferent)
    let turned = Self.ten.compared(to: Self.benchmark(value), polarity: .highIsGood, at: Self.five)
    let opposite: [ComparisonClass: ComparisonClass] = [.better: .worse, .worse: .better, .similar: .similar]
    #expect(turned.outcome == opposite[expected] && turned.level == found.level)
    let neutral = Self.ten.compared(to: Self.benchmark(value), polarity: .none, at: Self.five)
    let plain: [ComparisonClass: ComparisonClass] = [.better: .lower, .worse: .higher, .similar: .similar]
    #expect(neutral.outcome == plain[expected])
  }

  @Test("labels carry the level")
  func labels() {
    #expect(Self.ten.compared(to: Self.benchmark(6), polarity: .lowIsGood, at: Self.five).label == "worse (99.8%)")
    #expect(Self.ten.compared(to: Self.benchmark(7.5), polarity: .none, at: Self.five).label == "higher (95%)")
    #expect(Self.ten.compared(to: Self.benchmark(9), polarity: .none).label == "similar")
    #expect(Self.ten.compared(to: Self.benchmark(.nan), polarity: .none).label == "not compared")
  }

  @Test("two intervals differ where they do not touch")
  func intervals() {
    func against(_ lower: Double, _ upper: Double) -> Comparison {
      let other = Self.figure((lower + upper) / 2, [(.percent95, lower, upper)])
      return Self.ten.compared(
        to: Benchmark("Peers", kind: .peers, figure: other), by: .intervalAgainstInterval, polarity: .highIsGood)
    }
    #expect(against(13, 20).outcome == .similar && against(13.1, 20).outcome == .worse)
    #expect(against(3, 8).outcome == .similar && against(3, 7.9).outcome == .better)
    // MOVER: halves 3 and 4 facing each other across a distance of 10.
    let far = against(16, 24)
    let z = ConfidenceLevel.percent95.criticalValue
    #expect(abs(far.pValue / (2 * Normal.standard.upperTail(z * 10 / 5)) - 1) < 1e-14)
    #expect(abs(far.strictness - 7.0 / 5) < 1e-15)
    #expect(
      Self.ten.compared(to: Self.benchmark(3), by: .intervalAgainstInterval, polarity: .none).obstacle
        == .noBenchmarkInterval)
  }

  @Test("the difference of two samples keeps its level where two intervals are stricter")
  func difference() {
    func against(_ value: Double) -> Comparison {
      let other = Self.figure(value, [(.percent95, value - 4, value + 4), (.percent99_8, value - 6, value + 6)])
      return Self.ten.compared(
        to: Benchmark("Peers", kind: .peers, figure: other), by: .difference, polarity: .lowIsGood, at: Self.five)
    }
    // Halves 3 and 4 upwards at 95%, 5 and 6 at 99.8%.
    #expect(against(15).outcome == .similar && against(15.1).outcome == .better && against(15.1).level == .percent95)
    #expect(against(17.8).level == .percent95 && against(17.9).level == .percent99_8)
    // Downwards 2 and 4.
    #expect(against(5.6).outcome == .similar && against(5.5).outcome == .worse)
    #expect(against(15.1).strictness == 1 && against(15.1).pValue < 0.05 && against(15).pValue > 0.0499)
  }

  @Test("rates are outside their control limits where the limits say so")
  func rateLimits() {
    let generator = Philox(seed: 31)
    var wrong = 0
    for i in 0..<400 {
      let u = generator.uniforms(at: SIMD4(0, UInt64(i), 0, 0))
      let (people, truth) = (100 + 20_000 * u.x, 1_000 * u.y)
      let value = max(0, truth + (u.z - 0.5) * 8 * (truth * 1e5 / people).squareRoot())
      let figure = Statistic(value: value, intervals: [], numerator: .nan, denominator: people, method: .given)
      let found = figure.compared(
        to: Self.benchmark(truth), by: .controlLimitsOfRate(per: 100_000), polarity: .none, at: Self.five)
      let outside = Self.five.last { level in
        !controlLimits(aroundRate: truth, among: people, at: level).contains(value)
      }
      if found.level != outside { wrong += 1 }
      if outside != nil, (found.outcome == .higher) != (value > truth) { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test("control limits classify as the Fingertips service does")
  func fingertips() {
    // ukhsa-collaboration/fingertips-open, SpcForDsrComparerTest and SpcForProportionsComparerTest; low is good.
    let rates = [
      (2.132708657734625, 1.1358436559886544, 616282.0, 95.0, "Better"),
      (2.132708657734625, 1.1358436559886544, 616282, 99.8, "Similar"),
      (2.132708657734625, 2.657913272289925, 601976, 95.0, "Similar"),
      (2.132708657734625, 2.657913272289925, 601976, 99.8, "Similar"),
      (2.132708657734625, 4.1515156695295845, 409489, 95.0, "Worse"),
      (2.132708657734625, 4.1515156695295845, 409489, 99.8, "Similar"),
    ]
    let proportions = [
      (8.961108687627933, 7.706576728499156, 5930.0, 95.0, "Better"),
      (8.961108687627933, 7.706576728499156, 5930, 99.8, "Better"),
      (8.961108687627933, 9.898812142542896, 2273, 95.0, "Similar"),
      (8.961108687627933, 9.898812142542896, 2273, 99.8, "Similar"),
      (8.961108687627933, 12.474645030425965, 1972, 95.0, "Worse"),
      (8.961108687627933, 12.474645030425965, 1972, 99.8, "Worse"),
      (12.8379546895717, 10.9783420463032, 1339, 95.0, "Better"),
      (12.8379546895717, 10.9783420463032, 1339, 99.8, "Similar"),
      (12.8379546895717, 15.9065628476085, 899, 95.0, "Worse"),
      (12.8379546895717, 15.9065628476085, 899, 99.8, "Similar"),
    ]
    for (cases, method) in [
      (rates, ComparisonMethod.controlLimitsOfRate(per: 100_000)), (proportions, .controlLimitsOfProportion(per: 100)),
    ] {
      for (benchmark, value, people, percent, expected) in cases {
        let figure = Statistic(value: value, intervals: [], numerator: .nan, denominator: people, method: .given)
        let level: ConfidenceLevel = percent == 95 ? .percent95 : .percent99_8
        let found = figure.compared(to: Self.benchmark(benchmark), by: method, polarity: .lowIsGood, at: [level])
        #expect(found.outcome.rawValue == expected.lowercased(), "\(value) against \(benchmark) at \(percent)%")
      }
    }
  }

  @Test("control limits are Wilson's and the exact Poisson ones of what is expected")
  func limits() {
    // R: e <- 616282*2.132708657734625/1e5; qgamma(c(.025, .001), e)/616282*1e5, qgamma(c(.975, .999), e + 1)/616282*1e5
    let inner = controlLimits(aroundRate: 2.132708657734625, among: 616282, at: .percent95)
    let outer = controlLimits(aroundRate: 2.132708657734625, among: 616282, at: .percent99_8)
    for (found, expected) in [
      (inner.lower, 1.14012224164368), (inner.upper, 3.6365915220427665), (outer.lower, 0.76166324051475065),
      (outer.upper, 4.6486326511803648),
    ] { #expect(abs(found / expected - 1) < 1e-12) }
    let around = controlLimits(aroundProportion: 12, among: 500, per: 100, at: .percent95)
    let wilson = ConfidenceInterval.wilson(events: 60, trials: 500, at: .percent95)
    #expect(abs(around.lower - 100 * wilson.lower) < 1e-12 && abs(around.upper - 100 * wilson.upper) < 1e-12)
    for bad in [-1, 101, .nan] {
      #expect(controlLimits(aroundProportion: bad, among: 500, per: 100, at: .percent95).lower.isNaN)
    }
    #expect(controlLimits(aroundRate: 5, among: 0, at: .percent95).lower.isNaN)
    #expect(controlLimits(aroundRate: -5, among: 10, at: .percent95).lower.isNaN)
  }

  @Test("an area is never compared with itself, and it is told whether the benchmark contains it")
  func containment() {
    let region = Benchmark(
      "South East", kind: .parent, value: 9, area: "E12000008", membership: .areas(["E07000110", "E07000111"]))
    let inside = Self.ten.compared(to: region, area: "E07000110", polarity: .none)
    #expect(inside.containment == .inside && inside.outcome == .similar)
    #expect(Self.ten.compared(to: region, area: "E06000001", polarity: .none).containment == .outside)
    #expect(Self.ten.compared(to: region, polarity: .none).containment == .unknown)
    let itself = Self.ten.compared(to: region, area: "E12000008", polarity: .none)
    #expect(itself.outcome == .notCompared && itself.obstacle == .sameArea && itself.pValue.isNaN)
    let before = Benchmark("2022", kind: .previousPeriod, value: 20, area: "E07000110")
    let now = Self.ten.compared(to: before, area: "E07000110", polarity: .lowIsGood)
    #expect(now.outcome == .better && now.containment == .outside)
    let england = Benchmark("England", kind: .country, value: 9, area: "E92000001", membership: .everyArea)
    #expect(Self.ten.compared(to: england, area: "E07000110", polarity: .none).containment == .inside)
  }

  @Test("what cannot be compared says why")
  func obstacles() {
    let barred = Statistic(
      value: .nan, intervals: [], numerator: 3, denominator: 0, method: .none, status: .zeroDenominator)
    #expect(barred.compared(to: Self.benchmark(3), polarity: .none).obstacle == .noFigure)
    let suppressed = Statistic(
      value: 5, intervals: Self.ten.intervals, numerator: 3, denominator: 10, method: .wilson,
      status: .suppressedPrimary)
    #expect(suppressed.compared(to: Self.benchmark(3), polarity: .none).obstacle == .noFigure)
    #expect(Self.ten.compared(to: Self.benchmark(.infinity), polarity: .none).obstacle == .noBenchmark)
    let bare = Statistic(value: 5, intervals: [], numerator: 3, denominator: .nan, method: .none)
    #expect(bare.compared(to: Self.benchmark(3), polarity: .none).obstacle == .noInterval)
    // A figure that was misread: the limits are those of another one.
    let misread = Self.figure(0.0155, [(.percent95, 119.8, 121.8)])
    #expect(misread.compared(to: Self.benchmark(100), polarity: .none).obstacle == .outsideOwnInterval)
    let their = Benchmark("Peers", kind: .peers, figure: misread)
    #expect(Self.ten.compared(to: their, by: .difference, polarity: .none).obstacle == .noBenchmarkInterval)
    for method in [ComparisonMethod.controlLimitsOfProportion(per: 100), .controlLimitsOfRate(per: 100)] {
      #expect(bare.compared(to: Self.benchmark(3), by: method, polarity: .none).obstacle == .noDenominator)
    }
    let full = Statistic(value: 5, intervals: [], numerator: 3, denominator: 60, method: .none)
    #expect(
      full.compared(to: Self.benchmark(101), by: .controlLimitsOfProportion(per: 100), polarity: .none).obstacle
        == .benchmarkOutOfRange)
  }

  @Test("targets are met at their value; a range counts its lower value in")
  func targets() {
    func outcome(_ value: Double, _ target: ComparisonTarget, _ polarity: Polarity) -> ComparisonClass {
      Self.figure(value, []).compared(to: target, polarity: polarity).outcome
    }
    #expect(outcome(95, .single(95), .highIsGood) == .better && outcome(94.9, .single(95), .highIsGood) == .worse)
    #expect(outcome(95, .single(95), .lowIsGood) == .better && outcome(95.1, .single(95), .lowIsGood) == .worse)
    #expect(outcome(95, .single(95), .none) == .similar && outcome(96, .single(95), .none) == .higher)
    let range = ComparisonTarget.range(90...95)
    #expect([89.9, 90, 94.9, 95].map { outcome($0, range, .highIsGood) } == [.worse, .similar, .similar, .better])
    #expect([89.9, 90, 94.9, 95].map { outcome($0, range, .lowIsGood) } == [.better, .similar, .similar, .worse])
    #expect([89.9, 92, 95].map { outcome($0, range, .none) } == [.lower, .similar, .higher])
    // R: quantile(c(1, 2, 4, 8, 16), c(.25, .9)) is 2 and 12.8.
    let peers = ComparisonTarget.percentiles(0.25...0.9, of: [8, 1, .nan, 16, 2, 4])
    guard case .range(let found)? = peers else {
      Issue.record("a range")
      return
    }
    #expect(found.lowerBound == 2 && abs(found.upperBound - 12.8) < 1e-14)
    #expect(ComparisonTarget.percentiles(0.25...0.75, of: [1, 2, 3]) == nil)
    #expect(ComparisonTarget.percentiles(0.25...75, of: [1, 2, 3, 4]) == nil)
    let without = Self.figure(.nan, []).compared(to: .single(3), polarity: .none)
    #expect(without.outcome == .notCompared && without.obstacle == .noFigure)
  }

  @Test("columns hold what single comparisons hold, to the bit, on any number of threads")
  func columns() {
    let generator = Philox(seed: 9)
    let count = 4_000
    let uniforms = (0..<count).map { generator.uniforms(at: SIMD4(0, UInt64($0), 0, 0)) }
    let people = uniforms.map { $0.x < 0.02 ? 0 : ($0.x * 900).rounded() }
    let events = zip(uniforms, people).map { $0.y < 0.02 ? .nan : ($1 * $0.y * 0.4).rounded() }
    let codes = (0..<count).map { "A\($0 % 50)" }
    let england = Benchmark(
      "England", kind: .country, figure: proportion(of: 90_000, having: 18_000, per: 100), area: "A7",
      membership: .areas(["A1", "A2"]))
    let sheet = proportions(of: people, having: events, per: 100)
    for method in [
      ComparisonMethod.intervalAgainstValue, .intervalAgainstInterval, .difference,
      .controlLimitsOfProportion(per: 100),
      .controlLimitsOfRate(per: 100),
    ] {
      func columns(threads: Int) -> ComparisonColumns {
        sheet.compared(
          to: england, areas: codes, by: method, polarity: .lowIsGood, at: Self.five, threads: threads)
      }
      let (one, three) = (columns(threads: 1), columns(threads: 3))
      var different = 0
      for row in 0..<count {
        let alone = sheet[row].compared(
          to: england, area: codes[row], by: method, polarity: .lowIsGood, at: Self.five)
        for each in [one[row], three[row]] {
          let same =
            each.outcome == alone.outcome && each.level == alone.level && each.obstacle == alone.obstacle
            && each.containment == alone.containment && each.pValue.bitPattern == alone.pValue.bitPattern
            && each.strictness.bitPattern == alone.strictness.bitPattern
          if !same { different += 1 }
        }
        if (alone.outcome == .notCompared) != (alone.obstacle != nil) { different += 1 }
      }
      #expect(different == 0)
      #expect(Set(one.outcomes) == [.better, .similar, .worse, .notCompared])
      #expect(Set(one.obstacles.compactMap { $0 }) == [.sameArea, .noFigure])
      #expect(one.summary(at: .percent95).compared == one.outcomes.count { $0 != .notCompared })
    }
  }
}
