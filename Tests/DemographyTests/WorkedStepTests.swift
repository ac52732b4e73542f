import Testing

@testable import Demography

/// Steps small enough to be worked out on paper.
@Suite struct WorkedStepTests {
  private let ages = AgeScale.singleYears(to: 2)
  private let area = [Area(code: "A")]

  private func projected(
    _ convention: StepConvention, people: [Double], mortality: [Double], fertility: [Double],
    migrants: [Double]
  ) throws -> Projection {
    let years = 2000..<2001
    return try CohortComponent(convention).project(
      Population(areas: area, ages: ages, year: 2000, counts: people),
      under: Assumptions(
        areas: area,
        mortality: MortalityRates(
          measure: convention.mortalityMeasure, ages: ages, years: years, areaCount: 1, values: mortality),
        fertility: FertilityRates(ages: ages, years: years, areaCount: 1, values: fertility),
        migration: .net(ages: ages, years: years, areaCount: 1, values: migrants)), to: 2001)
  }

  @Test("the step of ONS on three ages, worked by hand")
  func onsByHand() throws {
    // Women: A = 100 + 5, 300 + 7.1, 400 − 15 = 105, 307.1, 385
    //   D = 0.02·105, 0.05·307.1, 0.1·385 = 2.1, 15.355, 38.5
    //   P′(1) = 105 − 2.1 + 7.1 = 110
    //   P′(2+) = (307.1 − 15.355) + (385 − 38.5) − 15 = 623.245
    //   B = 0.1·(300 + 110)/2 = 20.5: 10 girls and 10.5 boys at 105 : 100
    //   P′(0) = 10·0.99 + 5 = 14.9, of the girls 0.1 die
    // Men: A = 90 − 5, 280, 310 + 10 = 85, 280, 320
    //   D = 0.04·85, 0.1·280, 0.2·320 = 3.4, 28, 64
    //   P′(1) = 85 − 3.4 + 0 = 81.6
    //   P′(2+) = (280 − 28) + (320 − 64) + 10 = 518
    //   P′(0) = 10.5·0.98 − 5 = 5.29, of the boys 0.21 die
    let projection = try projected(
      .ons, people: [100, 300, 400, 90, 280, 310],
      mortality: [0.01, 0.02, 0.05, 0.1, 0.02, 0.04, 0.1, 0.2], fertility: [0, 0.1, 0],
      migrants: [10, 14.2, -30, -10, 0, 20])
    let found = try #require(projection.population(in: 2001)).counts
    // A handful of operations on numbers below 1000.
    #expect(largestDifference(found, [14.9, 110, 623.245, 5.29, 81.6, 518]) < 1e-12)
    #expect(largestDifference(projection.deaths, [0.1, 2.1, 15.355, 38.5, 0.21, 3.4, 28, 64]) < 1e-12)
    #expect(largestDifference(projection.births, [0, 20.5, 0]) < 1e-12)
    #expect(largestDifference(projection.birthsBySex, [10, 10.5]) < 1e-12)
  }

  @Test("the open group gathers the last closed one and itself, each with its own deaths")
  func openGroup() throws {
    // ons: 100·(1 − 0.1) + 200·(1 − 0.5) = 190
    let ons = try projected(
      .ons, people: [0, 100, 200, 0, 0, 0], mortality: [0, 0, 0.1, 0.5, 0, 0, 0, 0],
      fertility: [0, 0, 0], migrants: [0, 0, 0, 0, 0, 0])
    #expect(try #require(ons.population(in: 2001)).counts == [0, 0, 190, 0, 0, 0])
    for convention in [StepConvention.unEven, .unEnd] {
      // The last ratio carries both: (100 + 200)·0.25 = 75
      let un = try projected(
        convention, people: [0, 100, 200, 0, 0, 0], mortality: [1, 1, 0.25, 1, 1, 1],
        fertility: [0, 0, 0], migrants: [0, 0, 0, 0, 0, 0])
      #expect(try #require(un.population(in: 2001)).counts == [0, 0, 75, 0, 0, 0])
    }
  }

  @Test("births are counted on the women before clipping")
  func birthsBeforeClipping() throws {
    // ons: P′(1) = 0 − 50, clipped to 0 at the end; B = 0.1·(100 − 50)/2 = 2.5, with clipped women 5
    let ons = try projected(
      .ons, people: [0, 100, 0, 0, 0, 0], mortality: Array(repeating: 0, count: 8),
      fertility: [0, 0.1, 0], migrants: [0, -100, 0, 0, 0, 0])
    #expect(ons.births == [0, 2.5, 0])
    #expect(ons.adjustment == [0, 50, 0, 0, 0, 0])
    #expect(ons.clips.map(\.people) == [50])
    // un-even: the women of the start lose half of the leavers too: B = 0.1·(50 − 50)/2 = 0
    let even = try projected(
      .unEven, people: [0, 100, 0, 0, 0, 0], mortality: [1, 1, 1, 1, 1, 1],
      fertility: [0, 0.1, 0], migrants: [0, -100, 0, 0, 0, 0])
    #expect(even.births == [0, 0, 0])
    // un-end: nobody has moved yet: B = 0.1·(100 + 0)/2 = 5; P′(1) = 0 − 100, clipped
    let end = try projected(
      .unEnd, people: [0, 100, 0, 0, 0, 0], mortality: [1, 1, 1, 1, 1, 1],
      fertility: [0, 0.1, 0], migrants: [0, -100, 0, 0, 0, 0])
    #expect(end.births == [0, 5, 0])
    #expect(end.adjustment == [0, 100, 0, 0, 0, 0])
  }

  @Test("many futures side by side have the bits of each alone", arguments: StepConvention.allCases)
  func lanes(_ convention: StepConvention) {
    let n = 7
    let lanes = 5
    var numbers = SeededNumbers(seed: 21)
    func futures(_ rows: Int, _ range: ClosedRange<Double>) -> [[Double]] {
      (0..<lanes).map { _ in numbers.row(rows, in: range) }
    }
    let people = futures(2 * n, 0...100)
    let death = futures(2 * (n + 1), 0...0.5)
    let fertility = futures(n, 0...0.3)
    let migration = futures(2 * n, -120...60)
    func interleaved(_ rows: [[Double]]) -> [Double] {
      rows[0].indices.flatMap { row in rows.map { $0[row] } }
    }
    let (start, rates, births, moves) = (
      interleaved(people), interleaved(death), interleaved(fertility), interleaved(migration)
    )
    var all = CohortStep(convention: convention, ages: n, lanes: lanes, length: 5)
    all.advance(
      start: start.span, death: rates.span, fertility: births.span, migration: moves.span, sexRatio: 1.07)
    var single = CohortStep(convention: convention, ages: n, length: 5)
    var clipped = false
    for lane in 0..<lanes {
      let (start, rates, births, moves) = (people[lane], death[lane], fertility[lane], migration[lane])
      single.advance(
        start: start.span, death: rates.span, fertility: births.span, migration: moves.span, sexRatio: 1.07)
      func own(_ values: [Double]) -> [Double] {
        stride(from: lane, to: values.count, by: lanes).map { values[$0] }
      }
      #expect(own(all.population) == single.population)
      #expect(own(all.deaths) == single.deaths)
      #expect(own(all.births) == single.births)
      #expect(own(all.birthsBySex) == single.birthsBySex)
      #expect(own(all.adjustment) == single.adjustment)
      clipped = clipped || single.clipped
    }
    #expect(all.clipped == clipped && clipped)
  }
}
