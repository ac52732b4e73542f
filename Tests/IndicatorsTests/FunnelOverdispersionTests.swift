import Indicators
import Probability
import Testing

private let observed: [Double] = [12, 30, 8, 55, 21, 40, 17, 90, 33, 26, 61, 14]
private let expected: [Double] = [15, 22, 11, 41, 26, 38, 20, 70, 45, 18, 66, 13]

/// Sums of a dozen numbers and a few functions of them.
private func near(_ one: Double, _ other: Double) -> Bool { abs(one - other) <= 1e-12 * max(1, abs(other)) }

/// Estimates and limits worked out from the formulas of Spiegelhalter (2005) with NumPy 2: the lower limit at 95% and
/// the upper one at 99.8% of the first area, as ratios.
private struct Case {
  let scale: FunnelScale
  let trimming: OverdispersionAdjustment.Trimming
  let ratio: Double
  let variance: Double
  let additive: (Double, Double)
  let multiplicative: (Double, Double)
  let score: Double
}

private let cases = [
  Case(
    scale: .squareRoot, trimming: .none, ratio: 1.8329969266408674, variance: 0.008053275378711016,
    additive: (0.4786469549439635, 2.2077922629565556), multiplicative: (0.4322100494724019, 2.3719930310867645),
    score: 1.33002037437631),
  Case(
    scale: .squareRoot, trimming: .winsorise, ratio: 1.513224311727119, variance: 0.005242916451413958,
    additive: (0.5039414893815388, 2.1240516767049376), multiplicative: (0.4743619901276291, 2.222358641089069),
    score: 1.485708742748669),
  Case(
    scale: .squareRoot, trimming: .truncate, ratio: 1.011215631325314, variance: 0.001641736814049679,
    additive: (0.5399312116644464, 2.0111064527029785), multiplicative: (0.5558518807681606, 1.9633005163020374),
    score: 1.7984508333732194),
  Case(
    scale: .logarithm, trimming: .none, ratio: 1.7496678012536284, variance: 0.02928371055997385,
    additive: (0.5449203408260314, 2.604461582732344), multiplicative: (0.5120199935575224, 2.873167525789267),
    score: 1.267980330021213),
  Case(
    scale: .logarithm, trimming: .winsorise, ratio: 1.3930423739902549, variance: 0.01674673389008505,
    additive: (0.5677553865154101, 2.4412291903158074), multiplicative: (0.5503014009437849, 2.564421008265175),
    score: 1.4483653353560375),
  Case(
    scale: .logarithm, trimming: .truncate, ratio: 0.9402479269379203, variance: 0.003145598567570578,
    additive: (0.5957930553431169, 2.262570400369114), multiplicative: (0.6028658820911937, 2.220860093846626),
    score: 1.7702929055744994),
]

@Suite("Overdispersion of a funnel")
struct OverdispersionTests {
  @Test("has Spiegelhalter's estimates and limits, turned back from their scale")
  func estimates() {
    for each in cases {
      func funnel(_ method: OverdispersionAdjustment.Method) -> Funnel {
        let adjustment = OverdispersionAdjustment(method, trimming: each.trimming)
        return Funnel.ratios(observed, to: expected, per: 100, adjustment: adjustment, scale: each.scale)
      }
      let (additive, multiplicative) = (funnel(.additive), funnel(.multiplicative))
      #expect(near(additive.overdispersion.ratio, each.ratio))
      #expect(near(additive.overdispersion.betweenVariance, each.variance))
      #expect(near(additive.lower[0][0], each.additive.0 * 100) && near(additive.upper[1][0], each.additive.1 * 100))
      #expect(near(multiplicative.lower[0][0], each.multiplicative.0 * 100))
      #expect(near(multiplicative.upper[1][0], each.multiplicative.1 * 100))
      #expect(near(additive.scores[3], each.score))
      #expect(additive.overdispersion.trimmed == (each.trimming == .none ? 0 : 4))
      #expect(additive.overdispersion.points == (each.trimming == .truncate ? 8 : 12))
      #expect(additive.curve(at: [15]).lower[0][0] == additive.lower[0][0])
    }
  }

  @Test("of proportions works on the arcsine")
  func proportions() {
    let funnel = Funnel.proportions(
      [40, 70, 22, 90, 31, 66, 50, 19], of: [100, 120, 80, 150, 95, 100, 130, 60], per: 100,
      adjustment: OverdispersionAdjustment(.additive))
    #expect(near(funnel.overdispersion.ratio, 7.209836301334049))
    #expect(near(funnel.overdispersion.betweenVariance, 0.017503601295876678))
    #expect(near(funnel.lower[0][0], 20.739903906249516) && near(funnel.upper[1][7], 87.20202993017028))
  }

  @Test("never narrows the limits where areas vary less than by chance")
  func underdispersed() {
    let alike: [Double] = [10, 21, 30, 39]
    for scale in [FunnelScale.identity, .squareRoot, .logarithm] {
      for method in [OverdispersionAdjustment.Method.additive, .multiplicative] {
        let funnel = Funnel.ratios(
          alike, to: [10, 20, 30, 40], adjustment: OverdispersionAdjustment(method, trimming: .none), scale: scale)
        #expect(funnel.overdispersion.ratio < 1 && funnel.overdispersion.betweenVariance == 0)
        #expect(abs(funnel.scores[1]) < 0.3 && funnel.sides.allSatisfy { $0 == .within })
      }
    }
  }

  @Test("keeps limits on the side of the centre and of what a figure can be")
  func bounds() {
    let wild = Funnel.ratios(
      [0, 40, 1, 60, 0, 90], to: [9, 10, 11, 12, 8, 10], adjustment: OverdispersionAdjustment(.additive))
    #expect(wild.lower[1].allSatisfy { $0 == 0 } && wild.upper[1].allSatisfy { $0.isFinite && $0 > 1 })
    let extreme = Funnel.proportions(
      [0, 9, 1, 10, 0, 10], of: [10, 10, 10, 10, 10, 10], adjustment: OverdispersionAdjustment(.multiplicative))
    #expect(extreme.lower[1].allSatisfy { $0 == 0 } && extreme.upper[1].allSatisfy { $0 == 1 })
  }

  @Test("says that a logarithm has no place for zero events unless they are trimmed")
  func zeroEvents() {
    let counts: [Double] = [0, 12, 9, 11, 8, 13, 10, 9, 11, 10, 12, 8]
    let tens = [Double](repeating: 10, count: 12)
    func statuses(_ trimming: OverdispersionAdjustment.Trimming) -> [ResultStatus] {
      let adjustment = OverdispersionAdjustment(.additive, trimming: trimming)
      return Funnel.ratios(counts, to: tens, adjustment: adjustment, scale: .logarithm).statuses
    }
    #expect(statuses(.none).allSatisfy { $0 == .nonFinite })
    #expect(statuses(.truncate).allSatisfy { $0 == .ok } && statuses(.winsorise).allSatisfy { $0 == .ok })
  }

  @Test("trims what lies beyond its quantiles, not what lies on them")
  func pointsOnQuantiles() {
    // Eleven points: the tenth from below is the second of them, the tenth from above the last but one.
    let counts: [Double] = [2, 6, 7, 8, 9, 10, 11, 12, 13, 14, 30]
    let tens = [Double](repeating: 10, count: 11)
    for (trimming, points) in [(OverdispersionAdjustment.Trimming.winsorise, 11), (.truncate, 9)] {
      let funnel = Funnel.ratios(counts, to: tens, adjustment: OverdispersionAdjustment(.additive, trimming: trimming))
      #expect(funnel.overdispersion.trimmed == 2 && funnel.overdispersion.points == points)
    }
  }

  @Test("on the figures themselves has the error of a proportion for proportions, and limits within 0 and 1")
  func identity() {
    let adjustment = OverdispersionAdjustment(.multiplicative, trimming: .none)
    let funnel = Funnel.proportions([8, 10, 9, 10], of: [10, 10, 10, 10], adjustment: adjustment, scale: .identity)
    // z = (p − p̄)/√(p̄(1 − p̄)/n) with p̄ = 37/40.
    let error = (0.925 * 0.075 / 10).squareRoot()
    let squares = [0.8, 1, 0.9, 1].reduce(0.0) { $0 + ($1 - 0.925) * ($1 - 0.925) } / 4
    #expect(near(funnel.overdispersion.ratio, squares / (error * error)))
    #expect(funnel.upper[1] == [1, 1, 1, 1] && funnel.lower[1].allSatisfy { $0 >= 0 })
    let ratios = Funnel.ratios([0, 1, 0, 9], to: [2, 2, 2, 2], adjustment: adjustment, scale: .identity)
    #expect(ratios.lower[1] == [0, 0, 0, 0])
    // Nobody without it: no error and no distance.
    let all = Funnel.proportions([5, 7, 9], of: [5, 7, 9], adjustment: adjustment, scale: .identity)
    #expect(all.overdispersion.ratio == 0 && all.scores == [0, 0, 0] && all.statuses == [.ok, .ok, .ok])
  }
}
