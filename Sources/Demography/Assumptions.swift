/// The components of change that a projection can be told about.
public enum Component: String, Sendable, Hashable, CaseIterable {
  /// Deaths.
  case mortality
  /// Births.
  case fertility
  /// Moves in and out.
  case migration
  /// Males per female at birth.
  case sexRatio = "sex ratio"
}

/// Everything that a projection needs besides the population itself: a plain value that can be
/// printed, exported, replaced and stored with the result.
public struct Assumptions: Sendable, Hashable {
  /// The areas, in storage order.
  public let areas: [Area]
  /// The age axis.
  public let ages: AgeScale
  /// The first years of the steps: 2023 is the step from mid-2023 to mid-2024.
  public let years: Range<Int>
  /// Mortality, in its own measure.
  public internal(set) var mortality: MortalityRates
  /// Fertility and the sex ratio at birth.
  public internal(set) var fertility: FertilityRates
  /// Migration.
  public internal(set) var migration: Migration
  /// Where each part comes from and what was done to it, for people to read.
  public internal(set) var notes: [String]

  /// Assumptions from their parts.
  ///
  /// - Throws: ``AssumptionError/axesDiffer(component:)`` where a part has other ages, years or
  ///   another number of areas than the first.
  public init(
    areas: [Area], mortality: MortalityRates, fertility: FertilityRates, migration: Migration,
    notes: [String] = []
  ) throws(AssumptionError) {
    ages = mortality.ages
    years = mortality.years
    guard mortality.areaCount == areas.count else { throw .axesDiffer(component: .mortality) }
    guard fertility.ages == ages, fertility.years == years, fertility.areaCount == areas.count
    else { throw .axesDiffer(component: .fertility) }
    guard migration.ages == ages, migration.years == years, migration.areaCount == areas.count
    else { throw .axesDiffer(component: .migration) }
    self.areas = areas
    self.mortality = mortality
    self.fertility = fertility
    self.migration = migration
    self.notes = notes
  }
}

/// Why assumptions cannot be used.
public enum AssumptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number of values does not fit the axes.
  case countMismatch(component: Component, expected: Int, found: Int)
  /// A value out of its range; `area` is its position.
  case outOfRange(
    component: Component, value: Double, area: Int?, year: Int, sex: Sex?, age: String?,
    expected: String)
  /// A part has other ages, years or another number of areas than the rest.
  case axesDiffer(component: Component)
  /// A step was given a measure that is not its own.
  case measureMismatch(measure: MortalityMeasure, step: StepConvention)
  /// A half-life that is not above 0.
  case impossibleHalfLife(Double)
  /// Central rates that make no life table.
  case lifeTable(LifeTableError, area: Int, year: Int, sex: Sex)

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .countMismatch(let component, let expected, let found):
      return "\(component.rawValue): \(found) values given; expected \(expected)"
    case .outOfRange(let component, let value, _, let year, let sex, let age, let expected):
      let place = [sex?.rawValue, age.map { "age \($0)" }].compactMap(\.self).joined(separator: ", ")
      return "\(component.rawValue) \(value) in the step from mid-\(year)"
        + (place.isEmpty ? "" : " (\(place))") + "; expected \(expected)"
    case .axesDiffer(let component):
      return "\(component.rawValue) has other ages, years or areas than the other assumptions"
    case .measureMismatch(let measure, let step):
      return "mortality is given as \(measure.rawValue), which the step \(step.rawValue) does not take; "
        + "expected \(step.mortalityMeasure.rawValue) or central death rates"
    case .impossibleHalfLife(let years):
      return "migration damped with a half-life of \(years) years; expected more than 0"
    case .lifeTable(let error, _, let year, let sex):
      return "mortality of \(sex.rawValue) in the step from mid-\(year): \(error)"
    }
  }
}
