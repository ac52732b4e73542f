import Benchmark
import Demography

/// Projection and life tables on made-up but plausible figures, seeded by position so that every run has the
/// same. Each benchmark checks a figure of its result, so the optimiser cannot throw the work away.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .peakMemoryResident], warmupIterations: 1, maxDuration: .seconds(3),
    maxIterations: 200)

  // 296 areas × 20 steps × 2 sexes × 91 ages = 1.08 million cell updates, all components kept.
  Benchmark("CohortComponent-296-areas-20-years") { benchmark in
    let place = Place(areas: 296, years: 2023..<2043)
    benchmark.startMeasurement()
    let result = try CohortComponent(.ons).project(place.population, under: place.assumptions, to: 2043)
    benchmark.stopMeasurement()
    guard let people = result.population(in: 2043), people.counts.reduce(0, +) > 1e6 else {
      return benchmark.error("the projection lost its people")
    }
  }

  // 10,000 single-year tables of 101 ages.
  Benchmark("LifeTable-10000-tables-101-ages") { benchmark in
    let ages = AgeScale.singleYears(to: 100)
    let rates = (0..<101).map { Place.deathRate(age: Double($0)) }
    benchmark.startMeasurement()
    var sum = 0.0
    for i in 0..<10_000 {
      let factor = 0.5 + Double(i) / 10_000
      sum += try LifeTable(centralDeathRates: rates.map { $0 * factor }, ages: ages, sex: .female)
        .lifeExpectancy[0]
    }
    benchmark.stopMeasurement()
    if !(sum > 600_000 && sum < 1_000_000) { benchmark.error("mean life expectancy \(sum / 10_000)") }
  }

  // Chiang II with intervals: 10,000 areas × 20 bands.
  Benchmark("Chiang-10000-areas-20-bands") { benchmark in
    let ages = AgeScale.abridged(to: 90)
    var deaths: [Double] = []
    var people: [Double] = []
    for area in 0..<10_000 {
      for x in ages.lowerBounds {
        people.append(Double(3_000 + area % 500))
        deaths.append((Place.deathRate(age: Double(x) + 2) * 3_000).rounded())
      }
    }
    benchmark.startMeasurement()
    let table = try LifeExpectancyTable(deaths: deaths, population: people, ages: ages, areaCount: 10_000)
    benchmark.stopMeasurement()
    if !(table.lifeExpectancy[0] > 50 && table.lifeExpectancy[0] < 100) { benchmark.error("life expectancy") }
  }
}

/// Areas with a population and assumptions of plausible shape.
struct Place {
  let population: Population
  let assumptions: Assumptions

  /// A Gompertz curve with an infant hump, deaths per person-year.
  static func deathRate(age: Double) -> Double {
    var growth = 1.0
    for _ in 0..<Int(age) { growth *= 1.095 }
    return 0.00005 * growth + (age < 1 ? 0.004 : 0)
  }

  init(areas count: Int, years: Range<Int>) {
    let ages = AgeScale.singleYears(to: 90)
    let areas = (0..<count).map { Area(code: "area-\($0)") }
    let q = [0.004] + (0..<91).map { min(0.9, Self.deathRate(age: Double($0) + 0.5)) }
    let births = (0..<91).map { (15...46).contains($0) ? 0.11 * max(0, 1 - abs(Double($0) - 31) / 16) : 0 }
    let moves = (0..<91).map { (16...40).contains($0) ? 5.0 : 0.5 }
    do {
      population = try Population(
        areas: areas, ages: ages, year: years.lowerBound,
        counts: areas.indices.flatMap { area in
          (0..<182).map { cell in Double(400 + area % 7 * 50) * max(0.02, 1 - Double(cell % 91) / 95) }
        })
      let rows = count * years.count
      assumptions = try Assumptions(
        areas: areas,
        mortality: MortalityRates(
          measure: .deathProbability, ages: ages, years: years, areaCount: count,
          values: (0..<(rows * 2)).flatMap { _ in q }),
        fertility: FertilityRates(
          ages: ages, years: years, areaCount: count, values: (0..<rows).flatMap { _ in births }),
        migration: .net(
          ages: ages, years: years, areaCount: count, values: (0..<(rows * 2)).flatMap { _ in moves }))
    } catch {
      preconditionFailure("the figures of the benchmark are impossible: \(error)")
    }
  }
}
