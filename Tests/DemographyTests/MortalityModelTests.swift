import Demography
import Foundation
import Testing

/// Small counts, with cells where nobody dies.
private func smallCounts(seed: UInt64) throws -> MortalityExperience {
  var numbers = SeededNumbers(seed: seed)
  var deaths: [Double] = []
  var exposures: [Double] = []
  for year in 0..<15 {
    for age in 0..<8 {
      let slope = 0.08 * (1 - 0.08 * Double(age))
      let expected = 2.5 * exp(0.4 * Double(age) - slope * Double(year))
      exposures.append(1000)
      // Inversion of the Poisson distribution.
      var (count, term, rest) = (0.0, exp(-expected), numbers.next(in: 0...1))
      rest -= term
      while rest > 0 {
        count += 1
        term *= expected / count
        rest -= term
      }
      deaths.append(count)
    }
  }
  return try MortalityExperience(
    ages: .groups(of: 10, to: 70), years: 2000...2014, deaths: deaths, exposures: exposures)
}

@Suite struct MortalityModelTests {
  @Test("the likelihood of small counts with empty cells has its maximum where all scores are 0")
  func scores() throws {
    for seed in UInt64(1)...6 {
      let experience = try smallCounts(seed: seed)
      let model = try LeeCarter(experience, secondStage: .poisson)
      let empty = experience.deaths.indices.filter { experience.deaths[$0] == 0 }
      #expect(!empty.isEmpty)
      #expect(model.cellsWithoutDeaths.map { ($0.year - 2000) * 8 + $0.age / 10 } == empty)
      let rest = experience.deaths.indices.map { i in
        experience.deaths[i] - 1000 * exp(model.level[i % 8] + model.response[i % 8] * model.index[i / 8])
      }
      // Scores in deaths; the iteration stops when log rates move by less than 1e-11.
      for x in 0..<8 {
        #expect(abs((0..<15).reduce(0) { $0 + rest[$1 * 8 + x] }) < 1e-7)
        #expect(abs((0..<15).reduce(0) { $0 + rest[$1 * 8 + x] * model.index[$1] }) < 1e-6)
      }
      for t in 0..<15 {
        #expect(abs((0..<8).reduce(0) { $0 + rest[t * 8 + $1] * model.response[$1] }) < 1e-6)
      }
      #expect(abs(model.response.reduce(0, +) - 1) < 1e-12 && abs(model.index.reduce(0, +)) < 1e-9)
      #expect(model.explained > 0 && model.explained < 1)
    }
  }

  @Test("cells without deaths count as half a death in the first stage and are reported")
  func emptyCells() throws {
    let experience = try smallCounts(seed: 1)
    let half = try MortalityExperience(
      ages: experience.ages, years: experience.years, deaths: experience.deaths.map { $0 == 0 ? 0.5 : $0 },
      exposures: experience.exposures)
    let model = try LeeCarter(experience, secondStage: .none)
    let same = try LeeCarter(half, secondStage: .none)
    #expect(model.level == same.level && model.response == same.response && model.index == same.index)
    #expect(model.cellsWithoutDeaths == experience.cellsWithoutDeaths && !model.cellsWithoutDeaths.isEmpty)
    #expect(same.cellsWithoutDeaths.isEmpty)
  }

  @Test("an exact model comes back from every stage")
  func exactModel() throws {
    let level = (0..<12).map { -8 + 0.55 * Double($0) }
    let slopes: [Double] = (0..<12).map { 1.5 - 0.08 * Double($0) }
    let response: [Double] = slopes.map { $0 / slopes.reduce(0, +) }
    let index = (0..<20).map { 9.5 - Double($0) + 0.3 * sin(Double($0)) }
    let centred = index.map { $0 - index.reduce(0, +) / 20 }
    let exposures = (0..<240).map { 1e5 + 100 * Double($0) }
    let deaths: [Double] = (0..<240).map { i in
      let logRate = level[i % 12] + response[i % 12] * centred[i / 12]
      return exposures[i] * exp(logRate)
    }
    let experience = try MortalityExperience(
      ages: .groups(of: 5, to: 55), years: 1990...2009, deaths: deaths, exposures: exposures)
    for stage in LeeCarter.SecondStage.allCases {
      let model = try LeeCarter(experience, secondStage: stage)
      #expect(largestDifference(model.level, level) < 1e-9, "\(stage)")
      #expect(largestDifference(model.response, response) < 1e-9, "\(stage)")
      #expect(largestDifference(model.index, centred) < 1e-8, "\(stage)")
      #expect(abs(model.explained - 1) < 1e-9, "\(stage)")
    }
  }

  @Test("gathering ages and joining sexes keep deaths and person-years")
  func gathering() throws {
    let experience = try smallCounts(seed: 2)
    let gathered = try #require(experience.gatheringOpenGroup(at: 40))
    #expect(gathered.ages.lowerBounds == [0, 10, 20, 30, 40])
    #expect(gathered.deaths.reduce(0, +) == experience.deaths.reduce(0, +))
    #expect(gathered.exposures[4] == 4000 && gathered.exposures.count == 75)
    #expect(experience.gatheringOpenGroup(at: 45) == nil && experience.selecting(1999...2003) == nil)
    let both = try experience.combined(with: experience)
    #expect(both.deaths == experience.deaths.map { 2 * $0 })
  }

  @Test("what no model can be fitted to is refused and named")
  func refusals() throws {
    let ages = AgeScale.groups(of: 10, to: 20)
    func experience(_ deaths: [Double], _ exposures: [Double]? = nil, years: Int = 4) throws -> MortalityExperience {
      try MortalityExperience(
        ages: ages, years: 2000...(1999 + years), deaths: deaths,
        exposures: exposures ?? Array(repeating: 100, count: deaths.count))
    }
    let fine: [Double] = [3, 5, 9, 2, 5, 8, 3, 4, 6, 1, 2, 5]
    func with(_ changes: [Int: Double]) -> [Double] { fine.indices.map { changes[$0] ?? fine[$0] } }
    #expect(throws: MortalityModelError.countMismatch(expected: 12, found: 11)) { try experience(fine.dropLast()) }
    #expect(throws: MortalityModelError.impossibleDeaths(-1, .init(year: 2001, age: 10))) {
      try experience(with([4: -1]))
    }
    #expect(throws: MortalityModelError.noExposure(0, .init(year: 2003, age: 20))) {
      try experience(fine, fine.indices.map { $0 == 11 ? 0 : 100 })
    }
    #expect(throws: MortalityModelError.noDeathsAtAge(10)) {
      try LeeCarter(experience(with([1: 0, 4: 0, 7: 0, 10: 0])), secondStage: .poisson)
    }
    #expect(throws: MortalityModelError.noDeathsInYear(2002)) {
      try LeeCarter(experience(with([6: 0, 7: 0, 8: 0])))
    }
    #expect(throws: MortalityModelError.tooFewYears(2)) {
      try LeeCarter(experience(Array(fine.prefix(6)), years: 2))
    }
    #expect(throws: MortalityModelError.noResponse) {
      try LeeCarter(experience(Array(repeating: 7, count: 12)), secondStage: .none)
    }
  }

  @Test("an age whose deaths fall in one end of the years alone has no maximum, and is named")
  func separation() throws {
    // The index falls over time; the first age has deaths in the last year only.
    let deaths: [Double] = [0, 90, 80, 0, 80, 70, 0, 70, 60, 0, 60, 50, 0, 50, 40, 6, 40, 30]
    let experience = try MortalityExperience(
      ages: .groups(of: 10, to: 20), years: 2000...2005, deaths: deaths,
      exposures: Array(repeating: 1000, count: 18))
    #expect(throws: MortalityModelError.noMaximum(age: 0)) { try LeeCarter(experience, secondStage: .poisson) }
    #expect(throws: Never.self) { try LeeCarter(experience, secondStage: .deaths) }
  }
}
