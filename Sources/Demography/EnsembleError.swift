/// Why thousands of futures cannot be drawn.
public enum EnsembleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Not one simulation or more.
  case simulations(Int)
  /// Rates that vary by years, with steps of another length.
  case stepLength(Int)
  /// An area has no process of a component.
  case noProcess(component: Component, areaCode: String)
  /// The migrants of a process do not fit the age scale, `[sex][age]`.
  case agePattern(expected: Int, found: Int)
  /// A band that the age scale cuts in two.
  case cutBand(AgeBand)
  /// An event of an area that is not among those asked for.
  case unknownArea(code: String)
  /// An event of a year without figures.
  case yearNotHeld(Int, held: ClosedRange<Int>)
  /// The populations, assumptions, step and end do not fit together.
  case projection(ProjectionError)
  /// The areas cannot be combined as asked for.
  case footprint(FootprintError)
  /// In some simulations more people leave than there are, and that is to stop the run.
  case negativePopulation(EnsembleClip)

  /// A sentence that says what is wrong.
  public var description: String {
    switch self {
    case .simulations(let count): "\(count) simulations; expected 1 or more"
    case .stepLength(let length):
      "steps of \(length) years; deviations of rates go by single years and need steps of 1"
    case .noProcess(let component, let code): "area \(code) has no process of \(component.rawValue)"
    case .agePattern(let expected, let found):
      "an age pattern of \(found) migrants; expected 2 sexes × ages = \(expected)"
    case .cutBand(let band): "the ages \(band.label) cut an age group in two"
    case .unknownArea(let code): "area \(code) is not among those asked for"
    case .yearNotHeld(let year, let held):
      "mid-\(year) has no such figures; they cover \(held.lowerBound) to \(held.upperBound)"
    case .projection(let error): error.description
    case .footprint(let error): error.description
    case .negativePopulation(let clip): clip.description
    }
  }
}

/// An area, year and sex of which some simulations lost more people at some age than there were.
public struct EnsembleClip: Sendable, Hashable, CustomStringConvertible {
  /// The area as projected.
  public let area: Area
  /// The mid-year at the end of the step.
  public let year: Int
  /// In how many simulations.
  public let simulations: Int
  /// The people added in the mean of all simulations, so that no age is below zero.
  public let meanPeople: Double

  /// A sentence for a report.
  public var description: String {
    "area \(area.code), mid-\(year): migration takes more people than there are in \(simulations) simulations, "
      + "\(meanPeople) people in the mean of all"
  }
}
