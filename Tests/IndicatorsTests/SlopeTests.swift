import Indicators
import Probability
import Testing

struct SlopeTests {
  static let people = [7291.0, 7997, 6105, 7666, 5790]
  static let figures = [75.9, 78.3, 80.1, 80.4, 82.2]
  static let errors = [1.6, 1.5, 1.5, 1.7, 1.7]

  static func index(
    _ people: [Double] = people, _ figures: [Double] = figures, _ errors: [Double] = errors,
    by model: SlopeModel = .linear
  ) -> SlopeOfInequality {
    slopeOfInequality(populations: people, values: figures, standardErrors: errors, by: model)
  }

  @Test("two equal halves differ by the double of what lies between their midpoints")
  func twoHalves() {
    let gap = Self.index([100, 100], [10, 16], [0.3, 0.4])
    #expect(gap.slope == 12)
    #expect(gap.intercept == 7)
    #expect(abs(gap.relativeIndex - 19.0 / 7) < 1e-15)
    // The slope is 2(y₂ − y₁), its standard error 2√(0.3² + 0.4²).
    #expect(abs(gap.slopeIntervals[0].upper - (12 + 1 * ConfidenceLevel.percent95.criticalValue)) < 1e-13)
    #expect(abs(gap.slopeIntervals[1].lower - (12 - 1 * ConfidenceLevel.percent99_8.criticalValue)) < 1e-13)
  }

  @Test("figures on a straight line give it back, on every scale")
  func straightLine() {
    let shares = Self.people.map { $0 / Self.people.reduce(0, +) }
    let midpoints = shares.indices.map { shares[..<$0].reduce(0, +) + shares[$0] / 2 }
    for (scale, model) in [(ValueScale.linear, SlopeModel.linear), (.logarithm, .logarithm), (.logit, .logit)] {
      let figures = midpoints.map { scale.figure(at: -1 + 0.6 * $0) }
      let gap = Self.index(Self.people, figures, [0.1, 0.1, 0.1, 0.1, 0.1], by: model)
      let (bottom, top) = (scale.figure(at: -1), scale.figure(at: -0.4))
      #expect(abs(gap.slope - (top - bottom)) < 1e-14)
      #expect(abs(gap.relativeIndex - top / bottom) < 1e-14)
      #expect(abs(gap.intercept - bottom) < 1e-14)
    }
  }

  @Test("Fieller's limits are the ratios that are z standard errors from none")
  func fieller() {
    // Two equal halves: both ends, (3y₂ − y₁)/2 and (3y₁ − y₂)/2, and what a ratio leaves of them, are plain sums.
    let (y1, y2, e1, e2) = (10.0, 16.0, 0.9, 1.1)
    let gap = Self.index([1, 1], [y1, y2], [e1, e2])
    for interval in gap.relativeIndexIntervals {
      for ratio in [interval.lower, interval.upper] {
        let left = (3 * y2 - y1) / 2 - ratio * (3 * y1 - y2) / 2
        let (w1, w2) = ((-1 - 3 * ratio) / 2 * e1, (3 + ratio) / 2 * e2)
        #expect(abs(abs(left) / (w1 * w1 + w2 * w2).squareRoot() - interval.level.criticalValue) < 1e-11)
      }
    }
  }

  @Test("an area that lacks its last quantile has no index")
  func lastQuantile() {
    func status(_ count: Int?) -> [ResultStatus] {
      slopesOfInequality(
        in: .oneGroup(rows: 5), quantiles: [1, 2, 3, 4, 5], populations: Self.people, values: Self.figures,
        standardErrors: Self.errors, quantileCount: count
      ).statuses
    }
    #expect(status(nil) == [.ok] && status(5) == [.ok] && status(6) == [.bandsIncomplete])
  }

  @Test("a ratio turned upside down has no value where the other end of the line is at 0")
  func turnedToZero() {
    // Two equal halves: the ends are (3y₁ − y₂)/2 = 4 and (3y₂ − y₁)/2 = 0.
    func gap(_ multiplier: Double) -> SlopeOfInequality {
      Self.index([1, 1], [3, 1], [0.1, 0.1], by: SlopeModel(multiplier: multiplier))
    }
    #expect(gap(1).intercept == 4 && gap(1).relativeIndex == 0 && gap(1).relativeStatus == .ok)
    #expect(gap(-1).slope == 4 && gap(-1).relativeStatus == .zeroDenominator && gap(-1).relativeIndex.isNaN)
  }

  @Test("a ratio to an end of the line that may be 0 has no limits, and says so")
  func unboundedRatio() {
    let gap = Self.index([1, 1], [10, 16], [3, 3])
    #expect(gap.status == .ok && gap.slopeIntervals.count == 2)
    #expect(gap.relativeStatus == .intervalTooWide)
    #expect(gap.relativeIndex.isNaN && gap.relativeIndexIntervals.isEmpty)
    var drawn = SlopeModel.linear
    drawn.simulation = SlopeSimulation(draws: 2_000)
    #expect(Self.index([1, 1], [10, 16], [3, 3], by: drawn).relativeStatus == .intervalTooWide)
    #expect(Self.index([1, 1], [1, 3], [3, 3]).relativeStatus == .zeroDenominator)
  }

  @Test(
    "a multiplier scales the slope, turns it when below 0, and never swaps limits",
    arguments: [
      SlopeModel.linear, .logarithm, .logit, SlopeModel(scale: .logit, simulation: SlopeSimulation(draws: 2_000)),
      SlopeModel(simulation: SlopeSimulation(draws: 2_000)),
    ])
  func multiplier(model: SlopeModel) {
    let figures = Self.figures.map { $0 / 100 }
    let errors = Self.errors.map { $0 / 100 }
    let plain = Self.index(Self.people, figures, errors, by: model)
    for multiplier in [0.01, 100, -0.01, -1, -100] {
      var scaled = model
      scaled.multiplier = multiplier
      let gap = Self.index(Self.people, figures, errors, by: scaled)
      let ratio = multiplier < 0 ? 1 / plain.relativeIndex : plain.relativeIndex
      #expect(abs(gap.slope / (plain.slope * multiplier) - 1) < 1e-14)
      #expect(abs(gap.relativeIndex / ratio - 1) < 1e-13)
      #expect(gap.intercept == plain.intercept)
      for (i, interval) in gap.slopeIntervals.enumerated() {
        let ends = [plain.slopeIntervals[i].lower * multiplier, plain.slopeIntervals[i].upper * multiplier].sorted()
        #expect(abs(interval.lower - ends[0]) < 1e-13 * abs(multiplier))
        #expect(abs(interval.upper - ends[1]) < 1e-13 * abs(multiplier))
        #expect(interval.lower < gap.slope && gap.slope < interval.upper)
        let of = gap.relativeIndexIntervals[i]
        #expect(of.lower < gap.relativeIndex && gap.relativeIndex < of.upper)
        if multiplier < 0 {
          #expect(abs(of.lower * plain.relativeIndexIntervals[i].upper - 1) < 1e-12)
          #expect(abs(of.upper * plain.relativeIndexIntervals[i].lower - 1) < 1e-12)
        }
      }
    }
  }

  @Test("limits of any level give the standard error that made them")
  func inputLevel() throws {
    for scale in ValueScale.allCases {
      for level in [ConfidenceLevel.percent95, .percent99_8, try ConfidenceLevel(0.9)] {
        let reach = 0.07 * level.criticalValue
        let (lower, upper) = (scale.figure(at: 0.3 - reach), scale.figure(at: 0.3 + reach))
        #expect(abs(scale.standardError(lower: lower, upper: upper, at: level) - 0.07) < 1e-15)
      }
    }
  }

  @Test("what cannot be calculated with carries its status")
  func statuses() {
    func status(_ change: (inout [Double], inout [Double], inout [Double]) -> Void, _ model: SlopeModel = .linear)
      -> ResultStatus
    {
      var (people, figures, errors) = (Self.people, Self.figures.map { $0 / 100 }, Self.errors.map { $0 / 100 })
      change(&people, &figures, &errors)
      let gap = Self.index(people, figures, errors, by: model)
      if gap.status != .ok {
        #expect(gap.slope.isNaN && gap.relativeIndex.isNaN && gap.intercept.isNaN)
        #expect(gap.slopeIntervals.isEmpty && gap.relativeIndexIntervals.isEmpty && gap.relativeStatus == gap.status)
      }
      return gap.status
    }
    #expect(status { _, _, _ in } == .ok)
    #expect(Self.index([10], [1], [0.1]).status == .notEnoughPoints)
    #expect(Self.index([], [], []).status == .notEnoughPoints)
    #expect(status { people, _, _ in people[2] = 0 } == .zeroDenominator)
    #expect(status { people, _, _ in people[2] = -1 } == .negative)
    #expect(status { people, _, _ in people[2] = .nan } == .missingDenominator)
    #expect(status { people, _, _ in people[2] = .infinity } == .nonFinite)
    #expect(status { _, figures, _ in figures[0] = .nan } == .missingNumerator)
    #expect(status { _, figures, _ in figures[0] = -.infinity } == .nonFinite)
    #expect(status { _, _, errors in errors[4] = -0.1 } == .negative)
    #expect(status { _, _, errors in errors[4] = 0 } == .nonFinite)
    #expect(status { _, _, errors in errors[4] = .nan } == .nonFinite)
    #expect(status { _, figures, _ in figures[0] = -2 } == .ok)
    #expect(status({ _, figures, _ in figures[0] = -2 }, .logarithm) == .negative)
    #expect(status({ _, figures, _ in figures[0] = 0 }, .logarithm) == .nonFinite)
    #expect(status({ _, figures, _ in figures[0] = 1.01 }, .logit) == .numeratorExceedsDenominator)
    #expect(status({ _, figures, _ in figures[0] = 1 }, .logit) == .nonFinite)
    #expect(status({ _, figures, _ in figures[0] = 0 }, SlopeModel(scale: .logit)) == .nonFinite)
  }

  @Test("columns hold what single areas hold, to the bit, for any order of rows and any number of threads")
  func columns() {
    let generator = Philox(seed: 3)
    for model in [SlopeModel.linear, .logit, SlopeModel(scale: .logarithm, simulation: SlopeSimulation(draws: 2_000))] {
      var rows: [(area: Int, quantile: Int, people: Double, figure: Double, error: Double)] = []
      for area in 0..<40 {
        for quantile in 1...10 where !(area == 7 && quantile == 4) {
          let u = generator.uniforms(at: SIMD4(0, UInt64(area), UInt64(quantile), 0))
          let error = area == 9 && quantile == 2 ? .nan : 0.01 + 0.02 * u.z
          rows.append((area, quantile, 100 + 900 * u.x, 0.2 + 0.05 * Double(quantile) + 0.04 * u.y, error))
        }
      }
      rows.append((11, 3, 500, 0.5, 0.01))
      func columns(_ rows: [(area: Int, quantile: Int, people: Double, figure: Double, error: Double)], threads: Int)
        -> SlopeColumns
      {
        slopesOfInequality(
          in: Grouping(codes: rows.map { Int32($0.area) }, count: 41), quantiles: rows.map(\.quantile),
          populations: rows.map(\.people),
          values: rows.map(\.figure), standardErrors: rows.map(\.error), by: model, threads: threads)
      }
      let straight = columns(rows, threads: 1)
      let shuffled = columns(rows.sorted { $0.figure < $1.figure }, threads: 3)
      #expect(straight[7].status == .bandsIncomplete && straight[9].status == .nonFinite)
      #expect(straight[11].status == .bandsDuplicate && straight[40].status == .notEnoughPoints)
      for area in 0..<40 where ![7, 9, 11].contains(area) {
        let own = rows.filter { $0.area == area }
        let alone = slopeOfInequality(
          populations: own.map(\.people), values: own.map(\.figure), standardErrors: own.map(\.error), by: model)
        #expect(alone.status == .ok)
        #expect(straight[area] == alone && shuffled[area] == alone)
      }
    }
  }

  /// Every number and status, comparable to the bit.
  private static func bits(_ gap: SlopeOfInequality) -> [UInt64] {
    let limits = (gap.slopeIntervals + gap.relativeIndexIntervals).flatMap { [$0.lower, $0.upper] }
    let statuses = [gap.status, gap.relativeStatus].map { UInt64(ResultStatus.allCases.firstIndex(of: $0) ?? 99) }
    return ([gap.slope, gap.relativeIndex, gap.intercept, gap.population] + limits)
      .map { $0.isNaN ? .max : $0.bitPattern } + statuses
  }

  @Test("an area without one of its quantiles is barred among others, and all are by a quantile out of all bounds")
  func gaps() {
    let quantiles = (0..<30).map { $0 % 5 + 1 }
    func statuses(_ change: (inout [Int]) -> Void, without row: Int? = nil, _ model: SlopeModel) -> [ResultStatus] {
      var own = quantiles
      change(&own)
      let rows = own.indices.filter { $0 != row }
      let all = slopesOfInequality(
        in: Grouping(codes: rows.map { Int32($0 / 5) }, count: 6), quantiles: rows.map { own[$0] },
        populations: rows.map { Self.people[$0 % 5] }, values: rows.map { Self.figures[$0 % 5] / 100 },
        standardErrors: rows.map { Self.errors[$0 % 5] / 100 }, by: model)
      for area in 0..<6 {
        #expect(all.slopes[area].isNaN == (all.statuses[area] != .ok))
        #expect(all.relativeUpper[1][area].isNaN == (all.statuses[area] != .ok))
      }
      return all.statuses
    }
    for model in [SlopeModel.linear, .logarithm, .logit] {
      let sound = [ResultStatus](repeating: .ok, count: 5)
      #expect(statuses({ _ in }, model) == [.ok] + sound)
      #expect(statuses({ _ in }, without: 0, model) == [.bandsIncomplete] + sound)
      #expect(statuses({ $0[29] = 3 }, model) == sound + [.bandsDuplicate])
      #expect(statuses({ $0[2] = 0 }, model) == [.bandsIncomplete] + sound)
      #expect(statuses({ $0[2] = .min }, model) == [.bandsIncomplete] + sound)
      #expect(statuses({ $0[12] = .max }, model) == [ResultStatus](repeating: .bandsIncomplete, count: 6))
    }
  }

  @Test("any numbers give either a status or finite indices between their limits")
  func fuzz() {
    let generator = Philox(seed: 11)
    let odd = [0, -1, 1, 0.5, .nan, .infinity, 1e-300, 1e300, 1e-5, 3]
    let areas = 2_000
    for model in [SlopeModel.linear, .logarithm, .logit] {
      var (of, quantiles): ([Int32], [Int]) = ([], [])
      var (people, figures, errors): ([Double], [Double], [Double]) = ([], [], [])
      for area in 0..<areas {
        for quantile in 1...5 {
          let u = generator.uniforms(at: SIMD4(0, UInt64(area), UInt64(quantile), 0))
          of.append(Int32(area))
          quantiles.append(quantile)
          people.append(u.x < 0.03 ? odd[Int(u.x * 300)] : 1000 * u.x)
          figures.append(u.y < 0.06 ? odd[Int(u.y * 160)] : u.y)
          errors.append(u.z < 0.03 ? odd[Int(u.z * 300)] : u.z / 10)
        }
      }
      let all = slopesOfInequality(
        in: Grouping(codes: of, count: areas), quantiles: quantiles, populations: people, values: figures,
        standardErrors: errors,
        by: model)
      var wrong = 0
      for area in 0..<areas {
        let gap = all[area]
        let isBarred = gap.slope.isNaN && gap.slopeIntervals.isEmpty
        let isSound =
          gap.slope.isFinite && gap.intercept.isFinite
          && gap.slopeIntervals.allSatisfy { $0.lower <= gap.slope && gap.slope <= $0.upper && $0.upper.isFinite }
        if gap.status == .ok ? !isSound : !isBarred { wrong += 1 }
        let hasRatio =
          gap.relativeIndex.isFinite
          && gap.relativeIndexIntervals.allSatisfy { $0.lower <= gap.relativeIndex && gap.relativeIndex <= $0.upper }
        if gap.relativeStatus == .ok ? !hasRatio : !gap.relativeIndex.isNaN { wrong += 1 }
      }
      #expect(wrong == 0)
      #expect(all.statuses.count { $0 == .ok } > areas / 10)
      for area in stride(from: 0, to: areas, by: 5) {
        let own = area * 5..<area * 5 + 5
        let alone = slopeOfInequality(
          populations: Array(people[own]), values: Array(figures[own]), standardErrors: Array(errors[own]), by: model)
        if Self.bits(alone) != Self.bits(all[area]) { wrong += 1 }
      }
      #expect(wrong == 0)
    }
  }
}
