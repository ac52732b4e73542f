import Indicators
import Probability
import Testing

@Suite("A funnel")
struct FunnelTests {
  @Test("of proportions has the official limits, the printed digits")
  func proportions() {
    let target = FunnelOracle.proportionCentre
    let funnel = Funnel.proportions([1], of: [2], per: 100, target: target)
    let curve = funnel.curve(at: FunnelOracle.proportions.map(\.size))
    for (row, official) in FunnelOracle.proportions.enumerated() {
      // Printed with six decimals, from a centre of six decimals that a small size multiplies.
      let slack = 2e-6
      #expect(abs(curve.lower[0][row] - official.low95) < slack && abs(curve.upper[0][row] - official.high95) < slack)
      #expect(abs(curve.lower[1][row] - official.low998) < slack && abs(curve.upper[1][row] - official.high998) < slack)
    }
    #expect(Funnel.axis(from: 16386, to: 102_950) == FunnelOracle.axis)
    #expect(Funnel.axis(from: 16386, to: 30_929) == FunnelOracle.shortAxis)
  }

  @Test("keeps proportions within the multiplier, whatever it is")
  func naturalBounds() {
    for multiplier in [1.0, 100, 1000] {
      let funnel = Funnel.proportions([3, 0, 3], of: [4, 2, 6], per: multiplier)
      #expect(funnel.upper[1] == [multiplier, multiplier, multiplier] && funnel.lower[1] == [0, 0, 0])
      #expect(funnel.sides == [.within, .within, .within])
    }
  }

  @Test("of ratios passes through the official limits, the printed digits")
  func ratios() {
    let funnel = Funnel.ratios([1], to: [1], per: 100)
    for official in FunnelOracle.ratios {
      let pairs = [(0, official.low95, official.high95), (1, official.low998, official.high998)]
      for (level, low, high) in pairs {
        let curve = funnel.curve(at: [low[0], high[0]])
        // The printed sizes are off the exact ends of the intervals themselves: 0.001000547 in place of −ln 0.999 =
        // 0.001000500 at one event, 4e-7 elsewhere.
        #expect(abs(curve.lower[level][0] / low[1] - 1) < 6e-5 && abs(curve.upper[level][1] / high[1] - 1) < 6e-5)
      }
    }
    // No count is low enough where even none has its upper limit, −ln 0.025 = 3.6889, above what is expected.
    let few = funnel.curve(at: [3.68, 3.70])
    #expect(few.lower[0][0] == 0 && few.lower[0][1] > 0 && few.lower[1] == [0, 0])
  }

  @Test("of counts beyond any population has limits too, at once", .timeLimit(.minutes(1)))
  func enormousCounts() {
    let curve = Funnel.ratios([1], to: [1]).curve(at: [0.99e13, 1.01e13, 1e24, 1e300])
    for (row, level) in ConfidenceLevel.official.enumerated() {
      for (size, limits) in zip([0.99e13, 1.01e13], zip(curve.lower[row], curve.upper[row])) {
        // z and what (z² − 1)/6 ± ½ adds. Ratios near 1 have 16 digits; times √E, and through the gamma functions, 1e-9.
        let (z, root) = (level.criticalValue, size.squareRoot())
        let shift = (z * z - 1) / 6
        #expect(abs((1 - limits.0) * root - (z - (shift - 0.5) / root)) < 1e-8)
        #expect(abs((limits.1 - 1) * root - (z + (shift + 0.5) / root)) < 1e-8)
      }
      #expect(curve.lower[row][2] < 1 && curve.upper[row][2] > 1)
      #expect(curve.lower[row][3] == 1 && curve.upper[row][3] == 1)
    }
  }

  @Test("puts a count on the limit exactly where its exact Poisson interval ends, over fourteen orders of size")
  func limitsAndIntervals() {
    let funnel = Funnel.ratios([1], to: [1])
    var count = 0.07
    for _ in 0..<28 {
      count *= 3.3
      for (row, level) in ConfidenceLevel.official.enumerated() {
        let interval = ConfidenceInterval.exactPoisson(count: count, at: level)
        let curve = funnel.curve(at: [interval.upper, interval.lower])
        // Two roots of the incomplete gamma function, each to some 1e-13.
        #expect(abs(curve.lower[row][0] * interval.upper / count - 1) < 1e-10, "\(count)")
        #expect(abs(curve.upper[row][1] * interval.lower / count - 1) < 1e-10, "\(count)")
      }
    }
  }

  @Test("of rates, crude and standardised, classes areas as the official one")
  func rates() {
    func code(_ funnel: Funnel, _ row: Int) -> Int {
      let size = funnel.outsideLevels[row] == .percent99_8 ? 2 : funnel.outsideLevels[row] == .percent95 ? 1 : 0
      return funnel.sides[row] == .low ? -size : size
    }
    let areas = FunnelOracle.rates
    let crude = Funnel.rates(areas.map(\.events), of: areas.map(\.people))
    #expect(areas.indices.map { code(crude, $0) } == areas.map(\.crude))
    let standardised = Funnel.standardisedRates(areas.map(\.rate), events: areas.map(\.events))
    #expect(areas.indices.map { code(standardised, $0) } == areas.map(\.standardised))
    #expect(standardised.statuses.last == .countBelow10 && standardised.sides.last == .notJudged)
    // Σ events/Σ people of the areas with a rate, worked out with NumPy 2.
    #expect(abs(standardised.centre - 704.900470331713) < 1e-6 && abs(crude.centre - 668.5089282628765) < 1e-8)
    let per100 = Funnel.rates(areas.map(\.events), of: areas.map(\.people), per: 100)
    #expect(per100.sides == crude.sides && abs(per100.upper[0][0] * 1000 / crude.upper[0][0] - 1) < 1e-14)
  }

  @Test("carries the status of each point and goes on without it")
  func statuses() {
    let x: [Double] = [5, .nan, 3, 9, -1, 2, .infinity, 8]
    let n: [Double] = [10, 10, .nan, 5, 10, 0, 10, 20]
    let funnel = Funnel.proportions(x, of: n)
    #expect(
      funnel.statuses == [
        .ok, .missingNumerator, .missingDenominator, .numeratorExceedsDenominator, .negative, .zeroDenominator,
        .nonFinite, .ok,
      ])
    #expect(abs(funnel.centre - 13.0 / 30) < 1e-15)
    #expect(funnel.values[1].isNaN && funnel.lower[0][3].isNaN && funnel.sides[4] == .notJudged)
    #expect(Funnel.ratios([1, 2], to: [0, 2]).statuses == [.expectedZero, .ok])
    #expect(Funnel.rates([0, 0], of: [5, 6]).statuses == [.expectedZero, .expectedZero])
    #expect(Funnel.rates([], of: []).curve().sizes.isEmpty)
    let adjusted = Funnel.ratios([4], to: [3], adjustment: OverdispersionAdjustment(.additive))
    #expect(adjusted.statuses == [.notEnoughPoints] && adjusted.curve(at: [2]).lower[0][0].isNaN)
  }

  @Test("gives the same bits on one thread and on many")
  func threads() {
    var random = SplitMix(seed: 5)
    let expected = (0..<600).map { _ in Double(random.next() % 1000) / 7 + 0.1 }
    let observed = expected.map { ($0 * Double(random.next() % 200) / 100).rounded() }
    let one = Funnel.ratios(observed, to: expected, threads: 1)
    #expect(one == Funnel.ratios(observed, to: expected, threads: 3))
    #expect(one.statuses.allSatisfy { $0 == .ok })
    for row in expected.indices {
      let interval = ConfidenceInterval.exactPoisson(count: observed[row], at: .percent95)
      let side: FunnelSide =
        interval.upper < expected[row] ? .low : interval.lower > expected[row] ? .high : .within
      if one.sides[row] != side { Issue.record("row \(row)") }
    }
  }

  @Test("judges a figure on a limit as within, ten events as enough, and no centre that overflows")
  func edges() {
    let all = Funnel.proportions([40, 30, 2], of: [41, 31, 2])
    #expect(all.values[2] == 1 && all.upper[0][2] == 1 && all.sides[2] == .within)
    #expect(Funnel.standardisedRates([100, 90, 80], events: [10, 9, 12]).statuses == [.ok, .countBelow10, .ok])
    let huge = Funnel.rates([1e300, 1e300], of: [1e-7, 1e-7])
    #expect(huge.statuses == [.nonFinite, .nonFinite] && huge.sides == [.notJudged, .notJudged])
    // On the logarithm z = ln(y/θ)·√(θn).
    let logarithmic = Funnel.ratios([30, 12], to: [10, 8], target: 2, scale: .logarithm)
    #expect(abs(logarithmic.scores[0] - 0.405_465_108_108_164_4 * 20.0.squareRoot()) < 1e-14)
    // The axis begins at 1 only where the largest is more than twice the smallest.
    #expect(Funnel.axis(from: 1000, to: 2000)[0] == 900 && Funnel.axis(from: 1000, to: 2001)[0] == 1)
  }
}
