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
