import Benchmark
import Indicators
import Measure
import Samples

/// The columns of indicators: every figure with its limits at 95% and 99.8%.
let benchmarks: @Sendable () -> Void = {
  proportionCases()
  standardisedCases()

  // Wider, as the next one: megabytes pass through memory, which neighbours use too.
  guarded(
    Case(
      "CrudeRates-200000-rows", unit: "row", units: 200_000,
      floor: .init(9.6, "two square roots and eleven divisions, 2 cycles a lane, 2.7 GHz"), against: .divisions,
      slack: 20)
  ) {
    Refilled(rows: 200_000)
  } kernel: { work in
    crudeRates(of: work.counts.events, among: work.counts.people, threads: 1, into: &work.figures)
    return work.figures.values[0] - 100_000 * work.counts.events[0] / work.counts.people[0]
  } complaint: { difference in
    abs(difference) < 1e-8 ? nil : "the rate is \(difference) off"
  }

  guarded(
    Case(
      "Comparisons-100000-figures", unit: "figure", units: 100_000,
      floor: .init(2.9, "40 bytes a figure at 14 GB/s"), against: .singles, slack: 25)
  ) {
    let counts = Counts(rows: 100_000)
    return proportions(of: counts.people, having: counts.events, threads: 1)
  } kernel: { figures in
    let england = Indicators.Benchmark("England", kind: .country, value: 0.15)
    let sheet = figures.compared(to: england, polarity: .lowIsGood, pValuesWanted: false, threads: 1)
    return Double(sheet.count)
  } complaint: { count in
    count == 100_000 ? nil : "\(count) comparisons"
  }
}

/// Wilson's limits: in the caches, and through memory.
private func proportionCases() {
  let right: @Sendable (Double) -> String? = { abs($0) < 1e-12 ? nil : "the proportions are \($0) off" }

  guarded(
    Case(
      "Proportions-16384-rows", unit: "row", units: 20 * 16_384,
      floor: .init(5.2, "two square roots and five divisions, 2 cycles a lane, 2.7 GHz"), against: .divisions)
  ) {
    Refilled(rows: 16_384)
  } kernel: { work in
    for _ in 0..<20 {
      proportions(of: work.counts.people, having: work.counts.events, threads: 1, into: &work.figures)
    }
    return work.figures.values[77] - work.counts.events[77] / work.counts.people[77]
  } complaint: {
    right($0)
  }

  // Wider: 74 MB pass through memory, which neighbours use too; so does the next one.
  guarded(
    Case(
      "Proportions-1000000-rows", unit: "row", units: 1_000_000,
      floor: .init(5.2, "two square roots and five divisions; 74 bytes at 14 GB/s take as long"), against: .divisions,
      slack: 20)
  ) {
    Refilled(rows: 1_000_000)
  } kernel: { work in
    proportions(of: work.counts.people, having: work.counts.events, threads: 1, into: &work.figures)
    return work.figures.values[777_777] - work.counts.events[777_777] / work.counts.people[777_777]
  } complaint: {
    right($0)
  }

  guarded(
    Case(
      "Proportions-1000000-rows-100000-groups", unit: "row", units: 1_000_000,
      floor: .init(2.1, "20 bytes a row at 14 GB/s, and a tenth of a proportion"), against: .singles, slack: 20)
  ) {
    let counts = Counts(rows: 1_000_000)
    let groups = Grouping(codes: (0..<1_000_000).map { Int32(($0 &* 48_271) % 100_000) }, count: 100_000)
    return (counts: counts, groups: groups, total: counts.events.reduce(0, +))
  } kernel: { work in
    let figures = proportions(of: work.counts.people, having: work.counts.events, in: work.groups, threads: 1)
    return figures.numerators.reduce(0, +) - work.total
  } complaint: {
    right($0)
  }
}

/// Standardised rates and slopes over areas.
private func standardisedCases() {
  guarded(
    Case(
      "DSR-2000-areas-19-bands", unit: "band", units: 38_000,
      floor: .init(1.7, "24 bytes a band at 14 GB/s"), against: .singles)
  ) {
    Bands(areas: 2_000)
  } kernel: { work in
    let rates = directlyStandardisedRates(
      of: work.counts.events, among: work.counts.people, ages: work.ages, in: work.areas, standard: .european2013,
      threads: 1
    ).figures
    return Double(rates.count(of: .ok))
  } complaint: { usable in
    usable == 2_000 ? nil : "\(usable) usable rates of 2000"
  }

  guarded(
    Case(
      "SII-300-areas-10-deciles", unit: "area", units: 3_000,
      floor: .init(70, "a square root and a division a decile, 9 cycles each, 2.7 GHz"), against: .singles)
  ) {
    Deciles(areas: 300)
  } kernel: { work in
    var slope = 0.0
    for _ in 0..<10 {
      slope = slopesOfInequality(
        in: work.areas, quantiles: work.quantiles, populations: work.people, values: work.values,
        standardErrors: work.standardErrors, threads: 1
      ).slopes.reduce(0, +)
    }
    return slope / 300
  } complaint: { slope in
    // Ten deciles rise by 0.4 each: some 4 from end to end.
    abs(slope - 4) < 0.3 ? nil : "the mean slope is \(slope)"
  }
}
