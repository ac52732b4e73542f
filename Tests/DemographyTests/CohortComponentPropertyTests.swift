import Demography
import TestSupport
import Testing

/// What every projection must keep, whatever its figures.
@Suite struct CohortComponentPropertyTests {
  /// Sums of a few dozen terms in another order: a few units in the last place of numbers up to 10⁴.
  static let rounding = 1e-9

  @Test("every cell is that of the published formulas", arguments: RandomInputs.cases)
  func followsFormulas(_ convention: StepConvention, _ ages: AgeScale) throws {
    for (moves, loss) in [(RandomInputs.Moves.net, 0.0), (.net, 0.7), (.flows, 0.7), (.netRates, 0)] {
      let inputs = try RandomInputs(
        seed: 1, convention, ages: ages, areas: 3, moves: moves, loss: loss)
      let projection = try inputs.projected(convention)
      let given = inputs.assumptions
      for area in 0..<3 {
        for (s, year) in projection.years.dropLast().enumerated() {
          func rows(_ values: [Double], _ count: Int, _ offset: (Sex) -> Int) -> [[Double]] {
            Sex.allCases.map { Array(values[offset($0)..<(offset($0) + count)]) }
          }
          let people = try Sex.allCases.map {
            try Array(#require(projection.row(area: area, year: year, sex: $0)))
          }
          let fertile = given.fertility.offset(area: area, year: year)
          let step = FormulaStep(
            convention,
            people: people,
            mortality: rows(given.mortality.values, given.mortality.rowCount) {
              given.mortality.offset(area: area, year: year, sex: $0)
            },
            fertility: Array(given.fertility.values[fertile..<(fertile + ages.count)]),
            migrants: Sex.allCases.map { sex in
              let start = given.migration.offset(area: area, year: year, sex: sex)
              return ages.lowerBounds.indices.map { x in
                let figure = given.migration.values[start + x]
                return switch moves {
                case .netRates: figure * people[sex.index][x]
                case .flows: figure - given.migration.departures[start + x]
                default: figure
                }
              }
            },
            sexRatio: given.fertility.sexRatios[year - 2000], length: Double(ages.uniformWidth ?? 0))
          let index = area * (projection.years.count - 1) + s
          for sex in Sex.allCases {
            let found = try #require(projection.row(area: area, year: projection.years[s + 1], sex: sex))
            #expect(largestDifference(found, step.population[sex.index]) < Self.rounding)
            let dead = (index * 2 + sex.index) * (ages.count + 1)
            #expect(
              largestDifference(projection.deaths[dead..<(dead + ages.count + 1)], step.deaths[sex.index])
                < Self.rounding)
            let clipped = (index * 2 + sex.index) * ages.count
            #expect(
              largestDifference(
                projection.adjustment[clipped..<(clipped + ages.count)],
                step.unclipped[sex.index].map { max(0, -$0) }) < Self.rounding)
          }
          #expect(
            largestDifference(
              projection.births[(index * ages.count)..<((index + 1) * ages.count)], step.births)
              < Self.rounding)
          #expect(
            largestDifference(projection.birthsBySex[(index * 2)..<(index * 2 + 2)], step.birthsBySex)
              < Self.rounding)
        }
      }
      // Without clips the test would not show that births are counted before them.
      if loss > 0 { #expect(!projection.clips.isEmpty) }
    }
  }

  @Test("a stationary population stays as it is", arguments: RandomInputs.cases)
  func stationary(_ convention: StepConvention, _ ages: AgeScale) throws {
    let width = try #require(ages.uniformWidth)
    let n = ages.count
    // The probabilities of `ons` are by single years only.
    guard convention != .ons || ages.isSingleYear else { return }
    var numbers = SeededNumbers(seed: 3)
    let years = 2000..<(2000 + 10 * width)
    // 105 boys to 100 girls are born, so that both sexes are in balance.
    let rates = Sex.allCases.map { _ in numbers.row(n - 1, in: 0.001...0.1) + [0.3] }
    let tables = try Sex.allCases.map {
      try LifeTable(
        centralDeathRates: rates[$0.index], ages: ages, sex: $0, radix: $0 == .female ? 1000 : 1050)
    }
    let fertile = n / 2
    var fertility = Array(repeating: 0.0, count: n)
    fertility[fertile] = 2050 / tables[0].personYearsLived[fertile]
    let areas = [Area(code: "A")]
    let base = try Population(
      areas: areas, ages: ages, year: 2000, counts: tables.flatMap(\.personYearsLived))
    let own = try tables.flatMap { table in
      guard convention == .ons else { return try table.survivalRatios() }
      let step = try table.stepProbabilities()
      return [step.birth] + step.byAge
    }
    for (measure, values) in [
      (convention.mortalityMeasure, own), (.centralDeathRate, rates.flatMap(\.self)),
    ] {
      let assumptions = try Assumptions(
        areas: areas,
        mortality: MortalityRates(
          measure: measure, ages: ages, years: years, areaCount: 1, values: years.flatMap { _ in values }),
        fertility: FertilityRates(
          ages: ages, years: years, areaCount: 1, values: years.flatMap { _ in fertility }),
        migration: .none(ages: ages, years: years, areaCount: 1))
      let projection = try CohortComponent(convention).project(base, under: assumptions, to: years.upperBound)
      for year in projection.years {
        let counts = try #require(projection.population(in: year)).counts
        // Ten steps of rounding.
        #expect(largestRelativeError(counts, base.counts) < 1e-13)
      }
      let step = try #require(projection.components(area: 0, endingIn: years.upperBound))
      #expect(abs(step.births - step.deaths) < 1e-9)
      #expect(abs(step.births - 2050 * Double(width)) < 1e-9)
    }
  }

  @Test("without deaths, births and moves people only grow older", arguments: RandomInputs.cases)
  func onlyAges(_ convention: StepConvention, _ ages: AgeScale) throws {
    let given = try RandomInputs(seed: 4, convention, ages: ages, areas: 2, moves: .none)
    let alive = convention == .ons ? 0.0 : 1
    let n = ages.count
    let years = given.assumptions.years
    let assumptions = try Assumptions(
      areas: given.base.areas,
      mortality: MortalityRates(
        measure: convention.mortalityMeasure, ages: ages, years: years, areaCount: 2,
        values: Array(repeating: alive, count: given.assumptions.mortality.values.count)),
      fertility: FertilityRates(
        ages: ages, years: years, areaCount: 2, values: Array(repeating: 0, count: 2 * years.count * n)),
      migration: .none(ages: ages, years: years, areaCount: 2))
    let projection = try CohortComponent(convention).project(given.base, under: assumptions, to: given.end)
    for area in 0..<2 {
      for sex in Sex.allCases {
        for (year, next) in zip(projection.years, projection.years.dropFirst()) {
          let before = try Array(#require(projection.row(area: area, year: year, sex: sex)))
          let expected = [0] + before[..<(n - 2)] + [before[n - 2] + before[n - 1]]
          #expect(try Array(#require(projection.row(area: area, year: next, sex: sex))) == expected)
        }
      }
    }
    #expect(projection.deaths.allSatisfy { $0 == 0 })
  }

  @Test(
    "the time at which migrants join is without meaning where there are none",
    arguments: [RandomInputs.singleYears, RandomInputs.fiveYears])
  func timing(_ ages: AgeScale) throws {
    let inputs = try RandomInputs(seed: 5, .unEven, ages: ages, areas: 3, moves: .none)
    let even = try inputs.projected(.unEven)
    let end = try inputs.projected(.unEnd)
    #expect(even.population == end.population)
    #expect(even.births == end.births)
    #expect(even.deaths == end.deaths)
    let moving = try RandomInputs(seed: 5, .unEven, ages: ages, areas: 3)
    #expect(try moving.projected(.unEven).population != moving.projected(.unEnd).population)
  }

  @Test("neither order nor number of areas changes a bit of any of them", arguments: RandomInputs.cases)
  func independentAreas(_ convention: StepConvention, _ ages: AgeScale) throws {
    for moves in [RandomInputs.Moves.net, .flows, .netRates] {
      func projection(_ order: [Int]) throws -> Projection {
        try RandomInputs(seed: 6, convention, ages: ages, areas: 4, moves: moves, loss: 0.5, order: order)
          .projected(convention)
      }
      let all = try projection([0, 1, 2, 3])
      for order in [[3, 1, 0, 2], [2], [3, 0]] {
        let other = try projection(order)
        for (place, area) in order.enumerated() {
          func same(_ values: (Projection) -> [Double]) -> Bool {
            let block = values(all).count / 4
            return values(other)[(place * block)..<((place + 1) * block)].elementsEqual(
              values(all)[(area * block)..<((area + 1) * block)])
          }
          #expect(same(\.population) && same(\.deaths) && same(\.births) && same(\.birthsBySex))
          #expect(same(\.netMigration) && same(\.adjustment) && same(\.arrivals) && same(\.departures))
          #expect(
            other.clips.filter { $0.area.code == "A\(area)" }
              == all.clips.filter { $0.area.code == "A\(area)" })
        }
      }
    }
  }

  @Test(
    "central death rates go through a life table of their sex",
    arguments: [StepConvention.unEven, .unEnd])
  func centralRates(_ convention: StepConvention) throws {
    let ages = RandomInputs.singleYears
    let inputs = try RandomInputs(seed: 7, convention, ages: ages, areas: 2)
    var numbers = SeededNumbers(seed: 8)
    let years = inputs.assumptions.years
    let rows = 2 * years.count * 2
    let rates = (0..<rows).map { _ in numbers.row(ages.count, in: 0.001...0.4) }
    let ratios = try rates.enumerated().map {
      try LifeTable(centralDeathRates: $1, ages: ages, sex: Sex.allCases[$0 % 2]).survivalRatios()
    }
    func projection(_ measure: MortalityMeasure, _ values: [[Double]]) throws -> Projection {
      let assumptions = try Assumptions(
        areas: inputs.base.areas,
        mortality: MortalityRates(
          measure: measure, ages: ages, years: years, areaCount: 2, values: values.flatMap(\.self)),
        fertility: inputs.assumptions.fertility, migration: inputs.assumptions.migration)
      return try CohortComponent(convention).project(inputs.base, under: assumptions, to: inputs.end)
    }
    #expect(
      try projection(.centralDeathRate, rates).population == projection(.survivalRatio, ratios).population)
  }
}

/// The largest |a − b| over two rows of equal length.
func largestDifference(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}
