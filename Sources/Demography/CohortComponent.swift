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
  ///   not the step's own, or (with ``Clipping/stop``) a cell falls below zero.
  /// - Complexity: O(areas × steps × ages).
  public func project(
    _ base: Population, under assumptions: Assumptions, to end: Int
  ) throws(ProjectionError) -> Projection {
    guard base.ages == assumptions.ages else {
      throw .agesDiffer(population: base.ages, assumptions: assumptions.ages)
    }
    guard base.areas.map(\.code) == assumptions.areas.map(\.code) else { throw .areasDiffer }
    guard let length = base.ages.uniformWidth else { throw .unequalAgeGroups }
    guard end >= base.year, (end - base.year) % length == 0 else {
      throw .impossibleEnd(end, base: base.year, stepLength: length)
    }
    let starts = Array(stride(from: base.year, to: end, by: length))
    for year in starts where !assumptions.years.contains(year) {
      throw .noAssumptions(year: year, held: assumptions.years)
    }
    let death: [Double]
    do throws(AssumptionError) {
      death = try assumptions.mortality.deathProbabilitiesByOrigin(for: convention)
    } catch {
      throw .assumptions(error)
    }

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
      people = step.population
      result.append(step: step, moves: moves)
      guard step.clipped else { continue }
      let clips = result.clips(ofStep: step, area: area, end: year + Int(step.length))
      if clipping == .stop, let first = clips.first { throw .negativePopulation(first) }
      result.report(clips)
    }
  }
}

extension Migration {
  /// The moves of one area in one step: net always, gross flows where they are known.
  struct Moves {
    var net: [Double]
    var arrivals: [Double]
    var departures: [Double]
  }

  /// The moves of the `step`-th (area, year) block, for the people who stand there.
  func resolved(step: Int, people: [Double]) -> Moves {
    let block = (step * 2 * ages.count)..<((step + 1) * 2 * ages.count)
    let first = Array(values[block])
    switch form {
    case .net: return Moves(net: first, arrivals: [], departures: [])
    case .netRates:
      return Moves(net: first.indices.map { first[$0] * people[$0] }, arrivals: [], departures: [])
    case .flows:
      let out = Array(departures[block])
      return Moves(net: first.indices.map { first[$0] - out[$0] }, arrivals: first, departures: out)
    }
  }
}

/// Why a projection cannot be made.
public enum ProjectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Population and assumptions have different ages.
  case agesDiffer(population: AgeScale, assumptions: AgeScale)
  /// Population and assumptions have different areas, or another order of them.
  case areasDiffer
  /// Closed age groups of different widths cannot move up by one group a step.
  case unequalAgeGroups
  /// The end lies before the base year or is not a whole number of steps away.
  case impossibleEnd(Int, base: Int, stepLength: Int)
  /// A step has no rates.
  case noAssumptions(year: Int, held: Range<Int>)
  /// The assumptions do not suit the step.
  case assumptions(AssumptionError)
  /// More people leave a cell than are in it.
  case negativePopulation(Clip)

  /// A sentence that says what is wrong.
  public var description: String {
    switch self {
    case .agesDiffer(let population, let assumptions):
      "the population's ages end with \(population.label(at: population.count - 1)) and the "
        + "assumptions' with \(assumptions.label(at: assumptions.count - 1)) or differ in width; "
        + "expected the same ages"
    case .areasDiffer:
      "population and assumptions hold different areas, or in another order"
    case .unequalAgeGroups:
      "the closed age groups differ in width; expected single years or groups of one width"
    case .impossibleEnd(let end, let base, let length):
      "\(end) cannot be reached from \(base) in steps of \(length) year\(length == 1 ? "" : "s")"
    case .noAssumptions(let year, let held):
      "no assumptions for the step from mid-\(year); they cover \(held.lowerBound) to \(held.upperBound - 1)"
    case .assumptions(let error): error.description
    case .negativePopulation(let clip): clip.description
    }
  }
}
