import Demography
import Foundation

/// Case l of the ensembles: 300 areas × 2 sexes × 91 ages × 25 years × 1,000 simulations, with national shocks.
///
/// The files hold the sexes the other way round: men, then women.
struct EnsembleCase {
  private static let years = 0..<25
  private static let ages = AgeScale.singleYears(to: 90)
  /// Births, deaths, people, people aged 65 or more and 85 or more.
  private static let measures: [EnsembleMeasure] = [
    .births, .deaths, .people(), .people(AgeBand(65...)), .people(AgeBand(85...)),
  ]

  let base: Population
  let assumptions: Assumptions
  let uncertainty: RateUncertainty

  init(folder: String) throws {
    func values(_ name: String) throws -> [Double] {
      try NumPyArray("\(folder)/projection_\(name).npy").doubles()[0]
    }
    let n = Self.ages.count
    let (people, death, moves) = (try values("people"), try values("death"), try values("moves"))
    let response = try values("response")
    let areas = (0..<people.count / (2 * n)).map { Area(code: "area-\(1000 + $0)") }
    func block(_ values: [Double], _ area: Int, _ sex: Sex) -> ArraySlice<Double> {
      let start = (2 * area + (sex == .female ? 1 : 0)) * n
      return values[start..<start + n]
    }
    func bySex(_ values: [Double], _ area: Int) -> [Double] { Sex.allCases.flatMap { block(values, area, $0) } }
    base = try Population(
      areas: areas, ages: Self.ages, year: Self.years.lowerBound,
      counts: areas.indices.flatMap { bySex(people, $0) })
    // The middle of all simulations: the index of mortality falls by one a year.
    let trend = Self.years.map { year in response.map { exp(-Double(year + 1) * $0) } }
    let survival = areas.indices.flatMap { area in
      Self.years.flatMap { year in
        Sex.allCases.flatMap { sex in
          let q = zip(block(death, area, sex), trend[year]).map { min(0.99, $0 * $1) }
          // Newborns meet 0.85 of the risk of age 0; the last ratio is that of age 89 and of the open group.
          return [1 - 0.85 * q[0]] + q.dropLast().map { 1 - $0 }
        }
      }
    }
    let births = try values("births")
    func everyYear(_ figures: (Int) -> [Double]) -> [Double] {
      areas.indices.flatMap { area in Self.years.flatMap { _ in figures(area) } }
    }
    assumptions = try Assumptions(
      areas: areas,
      mortality: MortalityRates(
        measure: .survivalRatio, ages: Self.ages, years: Self.years, areaCount: areas.count, values: survival),
      fertility: FertilityRates(
        ages: Self.ages, years: Self.years, areaCount: areas.count,
        values: everyYear { Array(births[$0 * n..<($0 + 1) * n]) }),
      migration: .net(
        ages: Self.ages, years: Self.years, areaCount: areas.count, values: everyYear { bySex(moves, $0) }))

    func walk(_ deviation: Double) -> AutoregressiveProcess {
      AutoregressiveProcess(coefficient: 1, innovationStandardDeviation: deviation)
    }
    func process(
      _ component: Component, _ deviation: Double, loadings: [Double], agePattern: [Double] = []
    ) -> ComponentProcess {
      ComponentProcess(
        component: component, areas: areas, national: walk(deviation), loadings: loadings,
        local: areas.map { _ in walk(0) }, agePattern: agePattern)
    }
    let movers = areas.indices.map { bySex(moves, $0) }
    let residents = areas.indices.map { bySex(people, $0).reduce(0, +) }
    let perPerson = zip(movers, residents).map { $0.reduce(0, +) / $1 }
    let pattern = (0..<2 * n).map { cell in movers.reduce(0) { $0 + $1[cell] } }
    let all = pattern.reduce(0, +)
    uncertainty = RateUncertainty(
      mortality: MortalityForecast(
        ages: Self.ages, jumpOffYear: 0,
        jumpOffLogRates: Sex.allCases.flatMap { block(death, 0, $0).map { log($0) } },
        factors: [.init(loadings: response + response, process: walk(1.5))]),
      fertility: process(.fertility, 0.03, loadings: areas.map { _ in 1 }),
      migration: process(.migration, 0.08, loadings: perPerson, agePattern: pattern.map { $0 / all }))
  }

  /// Runs the case, or with `isCertain` one simulation without any shock.
  func measure(folder: String, isCertain: Bool, threads: Int, repeats: Int) throws {
    let simulations = isCertain ? 1 : 1_000
    let (measured, ensemble) = try Measured.timing(repeats: repeats) {
      try CohortComponent(.unEven).simulate(
        base, under: assumptions, varying: isCertain ? .none : uncertainty, to: Self.years.upperBound,
        simulations: simulations, seed: 1, measures: Self.measures, threads: threads)
    }
    // Mean and quantiles, each by area, year and figure; the base year has none.
    let held = ensemble.summaries.enumerated().filter { i, _ in
      i / Self.measures.count % ensemble.years.count > 0
    }.map(\.element)
    let statistics: [(EnsembleSummary) -> Double] = [
      \.mean, \.quantile2_5, \.quantile10, \.median, \.quantile90, \.quantile97_5,
    ]
    let name = isCertain ? "certain" : "l"
    try NumPyArray.write(
      statistics.flatMap { held.map($0) }, to: "\(folder)/answers_projection_\(name)_pophealth.npy")
    let cells = base.counts.count * Self.years.count * simulations
    try Outcome(
      part: "projection", name: name, threads: threads, measured: measured, more: ["units": Double(cells)]
    ).report()
  }
}
