/// Why no mortality model can be fitted or carried forward.
public enum MortalityModelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Deaths or person-years are not one a year and age.
  case countMismatch(expected: Int, found: Int)
  /// Deaths that are negative or not finite.
  case impossibleDeaths(Double, MortalityExperience.Cell)
  /// Person-years that are not above 0.
  case noExposure(Double, MortalityExperience.Cell)
  /// Two populations have other ages or years.
  case axesDiffer
  /// A walk needs two changes from year to year to have a variance.
  case tooFewYears(Int)
  /// Nobody dies at an age in any year.
  case noDeathsAtAge(Int)
  /// Nobody dies in a year at any age.
  case noDeathsInYear(Int)
  /// No age responds: rates do not change over time, or the responses add up to 0.
  case noResponse
  /// No index of the year gives what was observed in it.
  case noSolution(year: Int)
  /// The likelihood has no maximum: the response of this age grows without end.
  case noMaximum(age: Int)
  /// The iteration did not end.
  case noConvergence(iterations: Int)
  /// Rates of a year make no life table.
  case lifeTable(LifeTableError, year: Int)

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .countMismatch(let expected, let found):
      "\(found) deaths or person-years; expected \(expected), one a year and age"
    case .impossibleDeaths(let value, let cell):
      "\(value) deaths in \(cell.year) at age \(cell.age); expected 0 or more"
    case .noExposure(let value, let cell):
      "\(value) person-years in \(cell.year) at age \(cell.age); expected more than 0 (gather such ages in a wider group)"
    case .axesDiffer: "the populations have other ages or years; expected the same"
    case .tooFewYears(let found): "\(found) years to fit to; expected 3 or more"
    case .noDeathsAtAge(let age): "nobody died at age \(age) in any year; expected deaths, or a wider group"
    case .noDeathsInYear(let year): "nobody died in \(year) at any age; expected deaths"
    case .noResponse: "no age responds to the index of the year: the rates do not change over time"
    case .noSolution(let year): "no index of \(year) gives what was observed in it"
    case .noMaximum(let age):
      "the likelihood has no maximum: the response of age \(age) grows without end (too few deaths; expected a wider group)"
    case .noConvergence(let iterations): "no convergence after \(iterations) iterations"
    case .lifeTable(let error, let year): "rates of \(year): \(error)"
    }
  }
}
