import Indicators
import Probability
import TestSupport
import Testing

/// The test cases of the slope index that PHEindicatormethods 2.1.0 ships (dhsc-govuk, GPL-3): inputs and results are
/// transcribed, the limits among them are simulated there.
struct SlopeReferenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let set: Int
    let model: SlopeModel
    let draws: Double
    let slope: Double
    let relativeIndex: Double?
    let intercept: Double?
    /// Level, limits of SII, limits of RII.
    let limits: [(level: Double, slope: (Double, Double)?, ratio: (Double, Double)?)]

    var testDescription: String {
      "set \(set), \(model.scale), transformed \(model.isTransformed), × \(model.multiplier)"
    }
  }

  /// The quantiles of one area.
  struct Area {
    var populations: [Double] = []
    var values: [Double] = []
    var lower: [Double] = []
    var upper: [Double] = []
    var standardErrors: [Double] = []
  }

  static func areas() throws -> [Int: Area] {
    let fixture = try Fixture("slope-quantiles.csv")
    return fixture.rows.reduce(into: [:]) { areas, row in
      let numbers = row.map { Double($0) ?? .nan }
      areas[Int(numbers[0]), default: Area()].populations.append(numbers[2])
      areas[Int(numbers[0]), default: Area()].values.append(numbers[3])
      areas[Int(numbers[0]), default: Area()].lower.append(numbers[4])
      areas[Int(numbers[0]), default: Area()].upper.append(numbers[5])
      areas[Int(numbers[0]), default: Area()].standardErrors.append(numbers[6])
    }
  }

  static func cases() throws -> [Case] {
    try Fixture("slope-expected.csv").rows.map { row in
      func pair(_ column: Int) -> (Double, Double)? {
        guard let lower = Double(row[column]), let upper = Double(row[column + 1]) else { return nil }
        return (lower, upper)
      }
      return Case(
        set: Int(row[0])!,
        model: SlopeModel(
          scale: ValueScale(rawValue: row[1])!, isTransformed: row[2] == "yes", multiplier: Double(row[3])!),
        draws: Double(row[4])!, slope: Double(row[5])!, relativeIndex: Double(row[6]), intercept: Double(row[7]),
        limits: [8, 13].compactMap { column in
          Double(row[column]).map { ($0, pair(column + 1), pair(column + 3)) }
        })
    }
  }

  static func index(
    _ area: Area, _ model: SlopeModel, levels: [Double], draws: Int = 1_000
  ) throws -> SlopeOfInequality {
    var model = model
    if model.draws != nil { model.simulation = SlopeSimulation(draws: draws, seed: 7) }
    let errors = zip(area.lower, area.upper).map {
      model.scale.standardError(lower: $0, upper: $1, at: .percent95)
    }
    return slopeOfInequality(
      populations: area.populations, values: area.values, standardErrors: errors, by: model,
      at: try levels.map { try ConfidenceLevel($0) })
  }

  @Test("the indices and intercepts are those of all 44 cases of the official package")
  func indices() throws {
    let areas = try Self.areas()
    let cases = try Self.cases()
    #expect(cases.count == 44)
    for each in cases {
      let index = try Self.index(areas[each.set]!, each.model, levels: each.limits.map(\.level))
      #expect(index.status == .ok && index.relativeStatus == .ok)
      #expect(index.isSimulated == (each.model.scale != .linear && !each.model.isTransformed))
      // The reference solves normal equations that lose some digits.
      #expect(abs(index.slope / each.slope - 1) < 1e-12, "\(each.testDescription)")
      if let expected = each.relativeIndex { #expect(abs(index.relativeIndex / expected - 1) < 1e-12) }
      if let expected = each.intercept { #expect(abs(index.intercept / expected - 1) < 1e-12) }
    }
  }

  @Test("the limits are those of the official package's simulations but for their Monte Carlo error")
  func limits() throws {
    let areas = try Self.areas()
    var squares = 0.0
    var compared = 0
    var drawn: Set<Int> = []
    for each in try Self.cases() {
      // The reference made the cases of one area with one seed: their limits differ by the multiplier alone.
      if each.model.draws != nil, !drawn.insert(each.set).inserted { continue }
      let levels = each.limits.map(\.level)
      let index = try Self.index(areas[each.set]!, each.model, levels: levels, draws: 40_000)
      for (i, limit) in each.limits.enumerated() {
        let level = index.slopeIntervals[i].level
        let density = Normal.standard.density(at: level.criticalValue)
        let variance = level.tail * (1 - level.tail) / (density * density)
        let own = index.isSimulated ? 1 / 40_000.0 : 0
        let error = (variance * (1 / each.draws + own)).squareRoot()
        func compare(_ ours: ConfidenceInterval, _ theirs: (Double, Double)?) {
          guard let theirs else { return }
          let standardError = (ours.upper - ours.lower) / (2 * level.criticalValue)
          for (one, other) in [(ours.lower, theirs.0), (ours.upper, theirs.1)] {
            let distance = (one - other) / standardError / error
            // 144 normal distances, many of them shared: beyond 4 once in a hundred suites of wrong seeds.
            #expect(abs(distance) < 4, "\(each.testDescription)")
            squares += distance * distance
            compared += 1
          }
        }
        compare(index.slopeIntervals[i], limit.slope)
        compare(index.relativeIndexIntervals[i], limit.ratio)
      }
    }
    // Distances in units of the Monte Carlo error have mean square 1; there are some 40 independent ones.
    #expect(compared > 110)
    #expect(squares / Double(compared) < 1.6)
  }

  @Test("standard errors are those that the official package's file gives, which takes z as 1.96")
  func standardErrors() throws {
    let scales: [Int: ValueScale] = try Self.cases().reduce(into: [:]) { $0[$1.set] = $1.model.scale }
    for (set, scale) in scales {
      let area = try #require(try Self.areas()[set])
      for i in area.values.indices {
        let error = scale.standardError(lower: area.lower[i], upper: area.upper[i], at: .percent95)
        #expect(abs(error / area.standardErrors[i] - 1.96 / 1.959963984540054) < 1e-6)
      }
    }
  }

  @Test("the closed form lies within the Monte Carlo error of the draws")
  func closedForm() throws {
    let areas = try Self.areas()
    let draws = 20_000
    var seen: Set<Int> = []
    for each in try Self.cases() where each.model.scale == .linear || each.model.isTransformed {
      guard seen.insert(each.set).inserted else { continue }
      var model = each.model
      let closed = try Self.index(areas[each.set]!, model, levels: [0.95])
      model.simulation = SlopeSimulation()
      let drawn = try Self.index(areas[each.set]!, model, levels: [0.95], draws: draws)
      #expect(drawn.isSimulated && !closed.isSimulated)
      // √(p(1 − p)/N)/φ(z) at 95%, four times.
      let error = 4 * 2.671 / Double(draws).squareRoot()
      for (one, other) in zip(
        closed.slopeIntervals + closed.relativeIndexIntervals, drawn.slopeIntervals + drawn.relativeIndexIntervals)
      {
        let standardError = (one.upper - one.lower) / 3.92
        #expect(abs(one.lower - other.lower) < error * standardError)
        #expect(abs(one.upper - other.upper) < error * standardError)
      }
    }
    #expect(seen.count == 8)
  }

  @Test("the middle of a transformed line adds its own error only where it is asked for")
  func wholeLine() throws {
    // Where high middles go with flat slopes (correlation 0.47), drawing the middle too narrows the limits of SII: a million
    // draws of a bivariate normal put them 0.14 and 0.13 standard errors further in. RII, e^s, does not change.
    let area = try #require(try Self.areas()[6])
    let closed = try Self.index(area, .logarithm, levels: [0.95])
    let errors = zip(area.lower, area.upper).map {
      ValueScale.logarithm.standardError(lower: $0, upper: $1, at: .percent95)
    }
    var model = SlopeModel.logarithm
    model.simulation = SlopeSimulation(draws: 40_000, seed: 2, isWholeLine: true)
    let whole = slopeOfInequality(
      populations: area.populations, values: area.values, standardErrors: errors, by: model, at: [.percent95])
    let error = (closed.slopeIntervals[0].upper - closed.slopeIntervals[0].lower) / 3.92
    // Four Monte Carlo errors of 2.671/√40,000.
    let (lower, upper) = (whole.slopeIntervals[0].lower, whole.slopeIntervals[0].upper)
    #expect(abs((lower - closed.slopeIntervals[0].lower) / error - 0.14) < 0.054)
    #expect(abs((closed.slopeIntervals[0].upper - upper) / error - 0.13) < 0.054)
    let ratioError = (closed.relativeIndexIntervals[0].upper - closed.relativeIndexIntervals[0].lower) / 3.92
    #expect(
      abs(whole.relativeIndexIntervals[0].lower - closed.relativeIndexIntervals[0].lower) < 0.054 * ratioError)
  }

  @Test("the cases at which the official package stops or warns carry a status")
  func faults() throws {
    let areas = try Self.areas()
    func status(_ set: Int, _ scale: ValueScale, errors given: Bool = false) throws -> ResultStatus {
      let area = try #require(areas[set])
      let fromLimits = zip(area.lower, area.upper).map {
        scale.standardError(lower: $0, upper: $1, at: .percent95)
      }
      return slopeOfInequality(
        populations: area.populations, values: area.values,
        standardErrors: given ? area.standardErrors : fromLimits, by: SlopeModel(scale: scale, isTransformed: true)
      ).status
    }
    // A population of −200; a standard error of −5; limits of 11 and 8 of proportions; no figures; no limits; a population
    // and a figure missing; fifteen quantiles, of which it only warns.
    #expect(try status(9, .logit) == .negative)
    #expect(try status(10, .logit, errors: true) == .negative)
    #expect(try status(11, .logit) == .nonFinite && status(11, .linear) == .negative)
    #expect(try status(12, .linear) == .missingNumerator)
    #expect(try status(13, .linear) == .nonFinite)
    #expect(try status(14, .linear) == .missingNumerator)
    #expect(try status(15, .linear) == .ok)
  }
}
