import Benchmark
@_spi(Measurement) import Demography
import Measure
import Samples

/// Projection and life tables on made-up but plausible figures, seeded by position so that every run has the same.
let benchmarks: @Sendable () -> Void = {
  ensembles()

  // The step alone: 2 sexes × 91 ages in the first-level cache.
  guarded(
    Case(
      "AgeingStep-182-cells", unit: "cell", units: 10_000 * 182,
      floor: .init(0.46, "some 20 operations on four lanes, two a cycle, 2.7 GHz"), against: .singles)
  ) {
    let place = Place(areas: 1, years: 2023..<2024)
    return try AgeingStep(place.population, under: place.assumptions)
  } kernel: { step in
    step.repeated(10_000)
  } complaint: { people in
    people > 1e4 && people < 1e6 ? nil : "\(people) people after the step"
  }

  // 60 areas × 20 steps × 2 sexes × 91 ages, all components kept. Wider: the result is memory that was never touched, which
  // the system hands out page by page.
  guarded(
    Case(
      "CohortComponent-60-areas-20-years", unit: "cell", units: 60 * 20 * 182,
      floor: .init(5.7, "40 bytes a cell written through memory at 7 GB/s"), against: .singles, slack: 25)
  ) {
    Place(areas: 60, years: 2023..<2043)
  } kernel: { place in
    let result = try CohortComponent(.ons).project(place.population, under: place.assumptions, to: 2043)
    return result.population(in: 2043)?.counts.reduce(0, +) ?? .nan
  } complaint: { people in
    people > 1e6 ? nil : "the projection ends with \(people) people"
  }

  // Wider: each table is memory of its own, and where it comes to lie moves the time by a fifth between processes.
  guarded(
    Case(
      "LifeTable-1000-tables-101-ages", unit: "age", units: 101_000,
      floor: .init(5.9, "two divisions and the chain of survivors, 16 cycles, 2.7 GHz"), against: .singles,
      slack: 25)
  ) {
    (ages: AgeScale.singleYears(to: 100), rates: (0..<101).map { Place.deathRate(age: Double($0)) })
  } kernel: { work in
    var sum = 0.0
    for i in 0..<1_000 {
      let factor = 0.5 + Double(i) / 1_000
      let table = try LifeTable(centralDeathRates: work.rates.map { $0 * factor }, ages: work.ages, sex: .female)
      sum += table.lifeExpectancy[0]
    }
    return sum / 1_000
  } complaint: { mean in
    mean > 60 && mean < 100 ? nil : "the mean life expectancy is \(mean)"
  }

  // Chiang II with intervals.
  guarded(
    Case(
      "Chiang-2000-areas-20-bands", unit: "band", units: 40_000,
      floor: .init(10, "six divisions, 4.5 cycles each, 2.7 GHz"), against: .singles)
  ) {
    ChiangSample(areas: 2_000)
  } kernel: { sample in
    try LifeExpectancyTable(
      deaths: sample.deaths, population: sample.people, ages: sample.ages, areaCount: sample.areas
    ).lifeExpectancy[0]
  } complaint: { years in
    years > 50 && years < 100 ? nil : "the life expectancy is \(years)"
  }
}
