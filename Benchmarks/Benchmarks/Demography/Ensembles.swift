import Demography
import Measure
import Samples

/// A place with what its futures vary by.
private struct Futures {
  let place: Place
  let uncertainty: RateUncertainty

  init(areas: Int) {
    place = Place(areas: areas, years: 2023..<2048)
    uncertainty = Place.uncertainty(of: place.population.areas)
  }

  /// The middle of the first measure of the first area in the last year.
  func middle(_ simulations: Int, measures: [EnsembleMeasure]) throws -> Double {
    let ensemble = try CohortComponent(.ons).simulate(
      place.population, under: place.assumptions, varying: uncertainty, to: 2048, simulations: simulations, seed: 1,
      measures: measures, threads: 1)
    return ensemble.summary(of: measures[0], in: 2048)?.median ?? .nan
  }
}

/// Simulated futures on one thread: a part of case L, and the quantiles of every single cell.
func ensembles() {
  // Case L has 300 areas and 1,000 simulations. Wider, as the next one: a block of futures lives in the second-level cache,
  // of which a neighbour takes its share.
  let totals = [EnsembleMeasure.people(), .births, .deaths, .people(AgeBand(65...)), .people(AgeBand(85...))]
  guarded(
    Case(
      "Ensemble-30-areas-25-years-200-futures", unit: "cell", units: 30 * 182 * 25 * 200,
      floor: .init(0.2, "some 12 operations on eight lanes, two a cycle, 3 GHz"), against: .polynomials, slack: 20)
  ) {
    Futures(areas: 30)
  } kernel: { futures in
    try futures.middle(200, measures: totals)
  } complaint: { people in
    people > 1e4 && people < 1e6 ? nil : "the middle of the futures is \(people) people"
  }

  let cells = EnsembleMeasure.groups(of: .singleYears(to: 90))
  guarded(
    Case(
      "Ensemble-quantiles-of-4-areas-4550-cells-1000-futures", unit: "draw", units: 4 * 182 * 25 * 1_000,
      floor: .init(1, "written, read twice and counted, two cycles a draw, 2.1 GHz"), against: .branches, slack: 25)
  ) {
    Futures(areas: 4)
  } kernel: { futures in
    try futures.middle(1_000, measures: cells)
  } complaint: { newborns in
    newborns > 50 && newborns < 5_000 ? nil : "the middle of the girls below one is \(newborns)"
  }
}
