/// The cohort-component method: a population carried forward step by step under assumptions.
///
/// Areas are independent: each is projected alone and areas are summed afterwards, so neither their
/// order nor their number changes a bit of any of them.
public struct CohortComponent: Sendable, Hashable {
  /// What to do when a step leaves fewer than no people in a cell.
  public enum Clipping: Sendable, Hashable {
    /// Set the cell to zero, count the people so created as adjustment, report them and go on.
    case report
    /// Stop with ``ProjectionError/negativePopulation(_:)``.
    case stop
  }

  /// How a step is taken.
  public let convention: StepConvention
  /// What happens to cells below zero.
  public let clipping: Clipping

  /// A projection by a step convention; cells below zero are reported unless `clipping` says stop.
  public init(_ convention: StepConvention, clipping: Clipping = .report) {
    self.convention = convention
    self.clipping = clipping
  }

  /// The population carried from its own year to `end`.
  ///
  /// The step length is the common width of the closed age groups: one year for single ages, five for
  /// five-year groups (the years of the assumptions are then those in which steps begin).
  ///
  /// - Parameters:
  ///   - base: the people at the start; areas and ages in the order of the assumptions.
  ///   - assumptions: rates and flows for every step from `base.year` up to `end`.
  ///   - end: the last mid-year.
  /// - Returns: every mid-year from `base.year` to `end` with all components of change.
  /// - Throws: ``ProjectionError`` where areas or ages differ, a step has no assumptions, a measure is
  ///   not the step's own, people become infinite, or (with ``Clipping/stop``) a cell falls below zero.
  /// - Complexity: O(areas × steps × ages).
  public func project(
    _ base: Population, under assumptions: Assumptions, to end: Int
  ) throws(ProjectionError) -> Projection {
    let (starts, death) = try steps(from: base, under: assumptions, to: end)
    let length = assumptions.ages.uniformWidth ?? 1
    var result = Projection(
      areas: base.areas, ages: base.ages, convention: convention,
      years: starts + [end], assumptions: assumptions)
    result.reserveCapacity()
    var step = CohortStep(
      convention: convention, ages: base.ages.count, length: Double(length))
    for area in base.areas.indices {
      try projectArea(
        area, base: base, assumptions: assumptions, death: death, starts: starts, step: &step,
        into: &result)
    }
    return result
  }

  /// The years in which the steps begin, and their probabilities of death, `[area][step][sex][origin]`.
  ///
  /// - Throws: ``ProjectionError`` where population, assumptions, step and end do not fit together.
  func steps(
    from base: Population, under assumptions: Assumptions, to end: Int
  ) throws(ProjectionError) -> (starts: [Int], death: [Double]) {
    guard base.ages == assumptions.ages else {
      throw .agesDiffer(population: base.ages, assumptions: assumptions.ages)
    }
    guard base.areas.map(\.code) == assumptions.areas.map(\.code) else { throw .areasDiffer }
    guard let length = base.ages.uniformWidth else { throw .unequalAgeGroups }
    let (span, beyond) = end.subtractingReportingOverflow(base.year)
    guard end >= base.year, !beyond, span % length == 0 else {
      throw .impossibleEnd(end, base: base.year, stepLength: length)
    }
    if let missing = assumptions.firstStepNotHeld(from: base.year, to: end, length: length) {
      throw .noAssumptions(year: missing, held: assumptions.years)
    }
    let starts = Array(stride(from: base.year, to: end, by: length))
    let death: [Double]
    do throws(AssumptionError) {
      death = try assumptions.mortality.deathProbabilitiesByOrigin(for: convention)
    } catch {
      throw .assumptions(error.naming(base.areas))
    }
    return (starts, death)
  }

  private func projectArea(
    _ area: Int, base: Population, assumptions: Assumptions, death: [Double], starts: [Int],
    step: inout CohortStep, into result: inout Projection
  ) throws(ProjectionError) {
    let n = base.ages.count
    let steps = assumptions.years.count
    var people = Array(base.counts[(area * 2 * n)..<((area + 1) * 2 * n)])
    result.append(start: people)
    for year in starts {
      let index = area * steps + year - assumptions.years.lowerBound
      let moves = assumptions.migration.resolved(step: index, people: people)
      step.advance(
        start: people.span,
        death: death.span.extracting((index * 2 * (n + 1))..<((index + 1) * 2 * (n + 1))),
        fertility: assumptions.fertility.values.span.extracting((index * n)..<((index + 1) * n)),
        migration: moves.net.span,
        sexRatio: assumptions.fertility.sexRatios[year - assumptions.years.lowerBound])
      guard step.isFinite else { throw .notFinite(area: base.areas[area], year: year + Int(step.length)) }
      people = step.population
      result.append(step: step, moves: moves)
      guard step.clipped else { continue }
      let clips = result.clips(ofStep: step, area: area, end: year + Int(step.length))
      if clipping == .stop, let first = clips.first { throw .negativePopulation(first) }
      result.report(clips)
    }
  }
}

extension Assumptions {
  /// The first step from `base` up to `end` that is not held, found without listing the steps.
  fileprivate func firstStepNotHeld(from base: Int, to end: Int, length: Int) -> Int? {
    guard end > base else { return nil }
    guard years.contains(base) else { return base }
    guard end - length >= years.upperBound else { return nil }
    return base + (years.upperBound - base + length - 1) / length * length
  }
}
