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
  /// People of an area who are infinite or not a number at the end of a step.
  case notFinite(area: Area, year: Int)
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
    case .notFinite(let area, let year):
      "people of area \(area.code) at mid-\(year) are infinite or not a number: rates or flows are too large"
    case .negativePopulation(let clip): clip.description
    }
  }
}
