import Demography
import Testing

/// The open group has a rate of its own.
@Suite struct OpenGroupTests {
  private let ages = AgeScale.singleYears(to: 5)
  private let years = 2000..<2002

  /// q by row: birth, 0, …, 5+; each step and sex another level.
  private func rates(areas: Int = 1) throws -> MortalityRates {
    let values = (0..<(areas * 4)).flatMap { block in
      [0.01, 0.02, 0.04, 0.06, 0.1, 0.2, 0.5].map { $0 * (1 + 0.1 * Double(block)) }
    }
    return try MortalityRates(
      measure: .deathProbability, ages: ages, years: years, areaCount: areas, values: values)
  }

  @Test("the rate of the new open group is the mean weighted by those who stand in it, by step and sex")
  func weighted() throws {
    // Ages 3, 4, 5+ are gathered. First step, women: (0.1·30 + 0.2·20 + 0.5·10)/60 = 0.2.
    let people = [9.0, 9, 9, 30, 20, 10] + [9, 9, 9, 0, 0, 7] + [9, 9, 9, 1, 1, 0] + [9, 9, 9, 0, 0, 0]
    let shorter = try rates().gatheringOpenGroup(at: 3, weightedBy: people)
    #expect(shorter.ages == .singleYears(to: 3))
    #expect(shorter.years == years && shorter.measure == .deathProbability)
    let full = try rates().values
    let open = [
      0.2,
      full[7 + 6],
      (full[14 + 4] + full[14 + 5]) / 2,
      // Nobody stands there: a stationary population, as below.
      try rates().gatheringOpenGroup(at: 3).values[3 * 5 + 4],
    ]
    for block in 0..<4 {
      let row = shorter.values[(block * 5)..<(block * 5 + 5)]
      #expect(Array(row.prefix(4)) == Array(full[(block * 7)..<(block * 7 + 4)]))
      // One division.
      #expect(abs(row[block * 5 + 4] - open[block]) < 1e-15)
    }
  }

  @Test("deaths of the open group are those of its ages together")
  func deathsKept() throws {
    var numbers = SeededNumbers(seed: 51)
    let people = numbers.row(24, in: 0...1000)
    let full = try rates()
    let shorter = try full.gatheringOpenGroup(at: 2, weightedBy: people)
    for block in 0..<4 {
      let separate = (2..<6).reduce(0.0) { $0 + full.values[block * 7 + 1 + $1] * people[block * 6 + $1] }
      let together = shorter.values[block * 4 + 3] * people[(block * 6 + 2)..<(block * 6 + 6)].reduce(0, +)
      #expect(abs(separate - together) < 1e-12 * separate)
    }
  }

  @Test("without people the weights are those of a stationary population")
  func stationary() throws {
    let shorter = try rates().gatheringOpenGroup(at: 3)
    // First block: l = 1, 0.9, 0.9·0.8 = 0.72 at ages 3, 4, 5+: (0.1 + 0.18 + 0.36)/2.62.
    #expect(abs(shorter.values[4] - 0.64 / 2.62) < 1e-15)
  }

  @Test("the scale as it is gathers nothing")
  func unchanged() throws {
    let people = Array(repeating: 1.0, count: 24)
    #expect(try rates().gatheringOpenGroup(at: 5, weightedBy: people) == rates())
  }

  @Test("other measures, several areas, ages that are no bound and wrong people are refused")
  func refusals() throws {
    let people = Array(repeating: 1.0, count: 24)
    let ratios = try MortalityRates(
      measure: .survivalRatio, ages: ages, years: years, areaCount: 1,
      values: Array(repeating: 0.5, count: 24))
    let one = try rates()
    let two = try rates(areas: 2)
    let measure = AssumptionError.wrongMeasure(.survivalRatio, expected: .deathProbability)
    let areas = AssumptionError.severalAreas(component: .mortality, found: 2)
    #expect(throws: measure) { try ratios.gatheringOpenGroup(at: 3, weightedBy: people) }
    #expect(throws: areas) { try two.gatheringOpenGroup(at: 3, weightedBy: people) }
    #expect(throws: AssumptionError.unknownOpenAge(6)) { try one.gatheringOpenGroup(at: 6, weightedBy: people) }
    #expect(throws: AssumptionError.weightCount(expected: 24, found: 23)) {
      try one.gatheringOpenGroup(at: 3, weightedBy: Array(people.dropLast()))
    }
    #expect(throws: AssumptionError.unknownOpenAge(9)) { try one.gatheringOpenGroup(at: 9) }
    #expect(throws: measure) { try ratios.gatheringOpenGroup(at: 3) }
    #expect(throws: areas) { try two.gatheringOpenGroup(at: 3) }
    for bad in [-1, Double.nan, .infinity] {
      var people = people
      // Second year (12 on), men (6 on), age 4.
      people[12 + 6 + 4] = bad
      do throws(AssumptionError) {
        _ = try one.gatheringOpenGroup(at: 3, weightedBy: people)
        Issue.record("\(bad) people were accepted")
      } catch {
        #expect(error.description.contains("mid-2001, male, age 4"))
      }
    }
  }
}
