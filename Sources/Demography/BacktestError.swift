/// Why a forecast from a past year cannot be made or scored.
public enum BacktestError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No estimates of the base year, or none before it.
  case base(Int, held: ClosedRange<Int>)
  /// The end is not after the base, or no estimates tell what happened.
  case end(Int, base: Int, last: Int)
  /// Ages that are not single years, or an open group of the nation that is no older.
  case ages(AgeScale, national: AgeScale)
  /// Fewer than three years of national deaths end by the base.
  case noDeathsKnown(base: Int, first: Int)
  /// Forecast and outcome differ in areas, ages or year.
  case axesDiffer
  /// A rival looks back to a year that is not held.
  case noPast(year: Int, first: Int)
  /// Nobody lives in an area, or in none of its bands.
  case empty(Area)
  /// The people cannot be read.
  case population(PopulationError)
  /// The nation's mortality cannot be carried forward.
  case mortality(MortalityModelError)
  /// Rates make no life table.
  case lifeTable(LifeTableError)
  /// The assumptions cannot be made.
  case assumptions(AssumptionError)
  /// The projection cannot be made.
  case projection(ProjectionError)
  /// The futures cannot be drawn.
  case ensemble(EnsembleError)

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .base(let year, let held):
      "base year \(year): no estimates of it and the year before; expected \(held.lowerBound) to \(held.upperBound)"
    case .end(let year, let base, let last):
      "last year \(year): expected a year after \(base) and up to \(last), the latest estimates"
    case .ages(let ages, let national):
      "ages 0 to \(ages.openAge)+ beside national ones to \(national.openAge)+; expected single years, the nation's to "
        + "an older open group"
    case .noDeathsKnown(let base, let first):
      "base year \(base): national deaths begin in \(first); expected three years of them by the base year"
    case .axesDiffer: "forecast and outcome have other areas, ages or years; expected the same"
    case .noPast(let year, let first): "no estimates of \(year); they begin in \(first)"
    case .empty(let area): "nobody lives in a band of ages of area \(area.code)"
    case .population(let error): error.description
    case .mortality(let error): error.description
    case .lifeTable(let error): error.description
    case .assumptions(let error): error.description
    case .projection(let error): error.description
    case .ensemble(let error): error.description
    }
  }
}
