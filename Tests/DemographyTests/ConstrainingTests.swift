import Demography
import Testing

/// Random areas constrained to a random whole.
private struct Constrained {
  let inputs: RandomInputs
  let total: PopulationHistory
  let result: (projection: Projection, gaps: [ConstraintGap])

  init(
    _ convention: StepConvention, _ ages: AgeScale, moves: RandomInputs.Moves = .net, loss: Double = 0,
    order: [Int]? = nil
  ) throws {
    inputs = try RandomInputs(seed: 11, convention, ages: ages, areas: 4, moves: moves, loss: loss, order: order)
    var numbers = SeededNumbers(seed: 12)
    let years = 2000...inputs.end
    total = try PopulationHistory(
      areas: [Area(code: "whole")], ages: ages, years: years,
      values: numbers.row(years.count * 2 * ages.count, in: 1000...3000))
    result = try CohortComponent(convention)
      .project(inputs.base, under: inputs.assumptions, to: inputs.end, constrainedTo: total)
  }
}

@Suite struct ConstrainingTests {
  @Test("areas add up to the whole by sex and age, and components to the change", arguments: RandomInputs.cases)
  func addsUp(_ convention: StepConvention, _ ages: AgeScale) throws {
    for (moves, loss) in [(RandomInputs.Moves.net, 0.0), (.flows, 0.7), (.netRates, 0)] {
      let run = try Constrained(convention, ages, moves: moves, loss: loss)
      let projection = run.result.projection
      #expect(projection.years == Array(stride(from: 2000, through: run.inputs.end, by: ages.uniformWidth ?? 1)))
      for year in projection.years.dropFirst() {
        let people = try #require(projection.population(in: year))
        for sex in Sex.allCases {
          let start = run.total.offset(area: 0, year: year, sex: sex)
          for x in 0..<ages.count {
            let sum = (0..<4).reduce(0) { $0 + people.row(area: $1, sex: sex)[people.offset(area: $1, sex: sex) + x] }
            #expect(abs(sum / run.total.values[start + x] - 1) < 1e-13)
          }
        }
      }
      for area in 0..<4 {
        for (before, year) in zip(projection.years, projection.years.dropFirst()) {
          for sex in Sex.allCases {
            let totals = try #require(projection.components(area: area, endingIn: year, sex: sex))
            let start = try #require(projection.total(area: area, in: before, sex: sex))
            let end = try #require(projection.total(area: area, in: year, sex: sex))
            #expect(abs(start + totals.change - end) < 1e-9 * max(start, end))
          }
        }
      }
      #expect(run.result.gaps.count == (projection.years.count - 1) * 2 * ages.count)
      #expect(run.result.gaps.contains { abs($0.factor - 1) > 0.01 })
    }
  }

  @Test("a whole that is the areas' own sum changes nothing but rounding")
  func ownSum() throws {
    let inputs = try RandomInputs(seed: 3, .ons, ages: RandomInputs.singleYears, areas: 3)
    let free = try inputs.projected(.ons)
    let block = 2 * inputs.base.ages.count
    let years = inputs.end - 2000 + 1
    let total = try PopulationHistory(
      areas: [Area(code: "whole")], ages: inputs.base.ages, years: 2000...inputs.end,
      values: (0..<(years * block)).map { i in
        (0..<3).reduce(0) { $0 + free.population[$1 * years * block + i] }
      })
    let result = try CohortComponent(.ons)
      .project(inputs.base, under: inputs.assumptions, to: inputs.end, constrainedTo: total)
    #expect(largestDifference(result.projection.population, free.population) < 1e-9)
    #expect(result.projection.constrainingMigration.allSatisfy { abs($0) < 1e-9 })
    #expect(largestDifference(result.projection.deaths, free.deaths) < 1e-9)
    #expect(largestDifference(result.projection.births, free.births) < 1e-9)
  }

  @Test("the order of areas changes no bit")
  func order() throws {
    let forth = try Constrained(.ons, RandomInputs.singleYears).result.projection
    let back = try Constrained(.ons, RandomInputs.singleYears, order: [3, 1, 0, 2]).result.projection
    for area in forth.areas {
      let (a, b) = (try #require(forth.index(ofArea: area.code)), try #require(back.index(ofArea: area.code)))
      for year in forth.years {
        for sex in Sex.allCases {
          let same = forth.row(area: a, year: year, sex: sex) == back.row(area: b, year: year, sex: sex)
          #expect(same, "\(area.code) \(year) \(sex)")
        }
      }
    }
  }

  @Test("footprints of a constrained projection keep their accounts, shares by age included")
  func footprints() throws {
    let run = try Constrained(.ons, RandomInputs.singleYears)
    let shares = (0..<11).map { 0.3 + 0.05 * Double($0) }
    let footprint = Footprint(
      area: Area(code: "F"),
      parts: [.init(areaCode: "A0"), .init(areaCode: "A2", shares: shares)])
    let sum = try run.result.projection.combined(into: [footprint])
    #expect(sum.constrainingMigration.contains { abs($0) > 1 })
    for (before, year) in zip(sum.years, sum.years.dropFirst()) {
      for sex in Sex.allCases {
        let totals = try #require(sum.components(area: 0, endingIn: year, sex: sex))
        let start = try #require(sum.total(in: before, sex: sex))
        let end = try #require(sum.total(in: year, sex: sex))
        #expect(abs(start + totals.change - end) < 1e-9 * max(start, end))
      }
    }
  }

  @Test("totals that cannot be met are refused with the place and the amount")
  func refusals() throws {
    let inputs = try RandomInputs(seed: 3, .unEnd, ages: .singleYears(to: 2), areas: 2, moves: RandomInputs.Moves.none)
    func total(_ values: [Double]? = nil, areas: [String] = ["whole"], ages: AgeScale = .singleYears(to: 2)) throws
      -> PopulationHistory
    {
      try PopulationHistory(
        areas: areas.map { Area(code: $0) }, ages: ages, years: 2000...2001,
        values: values ?? Array(repeating: 100, count: areas.count * 2 * 2 * ages.count))
    }
    let model = CohortComponent(.unEnd)
    func run(_ total: PopulationHistory, to end: Int = 2001, from base: Population? = nil) throws {
      _ = try model.project(base ?? inputs.base, under: inputs.assumptions, to: end, constrainedTo: total)
    }
    #expect(throws: ConstraintError.yearNotHeld(2002, held: 2000...2001)) { try run(total(), to: 2002) }
    #expect(throws: ConstraintError.severalAreas(found: 2)) { try run(total(areas: ["a", "b"])) }
    #expect(throws: ConstraintError.agesDiffer(total: .singleYears(to: 3), projection: .singleYears(to: 2))) {
      try run(total(ages: .singleYears(to: 3)))
    }
    let nobody = try Population(
      areas: inputs.base.areas, ages: inputs.base.ages, year: 2000, counts: Array(repeating: 0, count: 12))
    #expect(throws: ConstraintError.nobodyToScale(year: 2001, sex: .female, age: "0", wanted: 100)) {
      try run(total(), from: nobody)
    }
    #expect(
      throws: ConstraintError.projection(.noAssumptions(year: 2004, held: 2000..<2004))
    ) {
      try model.project(
        inputs.base, under: inputs.assumptions, to: 2005,
        constrainedTo: PopulationHistory(
          areas: [Area(code: "whole")], ages: .singleYears(to: 2), years: 2000...2005,
          values: Array(repeating: 100, count: 36)))
    }
  }
}

@Suite struct WholePeopleTests {
  @Test("whole numbers keep every sum and stay within one person of each figure")
  func sums() throws {
    var numbers = SeededNumbers(seed: 21)
    let ages = AgeScale.singleYears(to: 90)
    let areas = (0..<30).map { Area(code: "A\($0)") }
    let population = try Population(
      areas: areas, ages: ages, year: 2030, counts: numbers.row(30 * 182, in: 0...40))
    let whole = population.wholePeople()
    #expect(whole.counts.allSatisfy { $0 == $0.rounded() && $0 >= 0 })
    #expect(zip(whole.counts, population.counts).allSatisfy { abs($0 - $1) < 2 })
    #expect(whole.counts.reduce(0, +) == population.counts.reduce(0, +).rounded())
    for area in areas.indices {
      #expect(abs(whole.total(area: area) - population.total(area: area)) < 1)
      for sex in Sex.allCases {
        #expect(abs(whole.total(area: area, sex: sex) - population.total(area: area, sex: sex)) < 2)
      }
    }
    #expect(whole.wholePeople() == whole)
  }

  @Test("the order of areas changes nothing, ties included")
  func order() throws {
    let ages = AgeScale.singleYears(to: 1)
    let areas = ["C", "A", "D", "B"].map { Area(code: $0) }
    let population = try Population(
      areas: areas, ages: ages, year: 2030, counts: Array(repeating: 0.375, count: 16))
    let whole = population.wholePeople()
    // 6 people among four areas of 1.5 each: the first two codes get the halves.
    #expect(["A", "B", "C", "D"].map { whole.total(area: whole.index(ofArea: $0)!) } == [2, 2, 1, 1])
    let turned = try #require(population.selecting(areaCodes: ["D", "B", "A", "C"])).wholePeople()
    for area in areas {
      let (a, b) = (whole.index(ofArea: area.code)!, turned.index(ofArea: area.code)!)
      for sex in Sex.allCases { #expect(Array(whole.row(area: a, sex: sex)) == Array(turned.row(area: b, sex: sex))) }
    }
  }

  @Test("largest remainders are Hamilton's, to any total")
  func remainders() {
    #expect(LargestRemainder.rounded([1.5, 2.25, 3.25]) == [2, 2, 3])
    #expect(LargestRemainder.rounded([0.5, 0.5, 0.5, 0.5]) == [1, 1, 0, 0])
    #expect(LargestRemainder.rounded([-0.5, 0.7, -1.2]) == [-1, 1, -1])
    #expect(LargestRemainder.rounded([1.2, 1.3], to: 7) == [3, 4])
    #expect(LargestRemainder.rounded([1.2, 1.3], to: -1) == [-1, 0])
    #expect(LargestRemainder.rounded([], to: 4).isEmpty)
  }
}
