extension CohortComponent {
  /// Thousands of joint futures of a population, boiled down to summaries while they are drawn.
  ///
  /// In every simulation all areas meet the same national deviations of mortality, fertility and migration and each its
  /// own ones; areas, bands and years are then added within the simulation. A draw is keyed by seed, simulation, area
  /// (its code), year and component: more simulations keep the earlier ones, and neither the number of threads nor the
  /// order of the areas changes a bit. Without uncertainty and process noise every simulation is
  /// ``project(_:under:to:)``, bit for bit.
  ///
  /// - Parameters:
  ///   - base: the people at the start; areas and ages in the order of the assumptions.
  ///   - assumptions: the rates and flows that simulations vary about.
  ///   - uncertainty: how they vary.
  ///   - end: the last mid-year.
  ///   - simulations: how many futures, 1 or more.
  ///   - seed: what the draws start from; the same seed gives the same futures.
  ///   - footprints: the areas to tell about; `nil` for every area of the base by itself. What none of them needs is not
  ///     simulated.
  ///   - measures: what to tell about.
  ///   - events: levels whose probability is asked for.
  ///   - drawsProcess: whether the chance of single births and deaths is drawn as well. It costs some fifty times the
  ///     time, and tells how much of the variance it is.
  ///   - drawnYears: mid-years of which every simulation's figures are kept (``Ensemble/draws(of:area:in:)``), 8 bytes a
  ///     simulation, area and measure.
  ///   - threads: the most threads to use; by default as many as there are processors.
  /// - Throws: ``EnsembleError`` where the parts do not fit together, people become infinite, or (with
  ///   ``Clipping/stop``) any simulation loses more people than there are.
  /// - Complexity: O(areas × steps × ages × simulations).
  public func simulate(
    _ base: Population, under assumptions: Assumptions, varying uncertainty: RateUncertainty = .none, to end: Int,
    simulations: Int, seed: UInt64, footprints: [Footprint]? = nil,
    measures: [EnsembleMeasure] = [.people()], events: [EnsembleEvent] = [], drawsProcess: Bool = false,
    drawnYears: [Int] = [], threads: Int? = nil
  ) throws(EnsembleError) -> Ensemble {
    guard simulations >= 1 else { throw .simulations(simulations) }
    let wanted =
      footprints ?? base.areas.map { Footprint(area: $0, parts: [Footprint.Part(areaCode: $0.code)]) }
    let all = measures + events.map(\.measure)
    let model = try EnsembleModel(
      self, base: base, assumptions: assumptions, uncertainty: uncertainty, end: end, footprints: wanted,
      bands: all.map(\.ages), seed: seed)
    for event in events {
      guard wanted.contains(where: { $0.area.code == event.areaCode }) else {
        throw .unknownArea(code: event.areaCode)
      }
      let first = event.measure.quantity == .people ? base.year : base.year + model.stepLength
      guard (first...max(first, end)).contains(event.year), (event.year - base.year) % model.stepLength == 0 else {
        throw .yearNotHeld(event.year, held: first...max(first, end))
      }
    }
    for year in drawnYears where !(base.year...end).contains(year) || (year - base.year) % model.stepLength != 0 {
      throw .yearNotHeld(year, held: base.year...end)
    }
    return try EnsembleRun(
      model: model, measures: measures, events: events, simulations: simulations, seed: seed,
      drawsProcess: drawsProcess, drawnYears: drawnYears, threads: threads
    ).run(footprints: wanted, clipping: clipping)
  }
}
