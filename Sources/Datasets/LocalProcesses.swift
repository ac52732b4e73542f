public import Demography
public import Tables

/// How fertility and net migration varied in all districts of England up to a base year: what an ensemble of
/// projections draws its departures from.
///
/// Births are those implied by the children of age 0 in every area, so that one measure holds for all 296 districts
/// and all years; deaths are those under national mortality.
public struct LocalProcesses: Sendable {
  /// What all districts say together about fertility.
  public let fertility: ComponentPool
  /// What all districts say together about net migration.
  public let migration: ComponentPool
  private let ground: Calibration
  private let mortality: MortalityRates

  /// Reads the past of all districts and pools it.
  ///
  /// - Parameters:
  ///   - folder: the data packages.
  ///   - base: the base year; nothing that was estimated for later years is used.
  ///   - fertilityCoefficients: autocorrelations of fertility where they are not to be fitted; give them for base years
  ///     before 2006, whose past is too short to tell them.
  ///   - migrationCoefficients: those of net migration.
  /// - Throws: `Problems` of the figures; one where fewer than three steps end by the base year.
  /// - Complexity: O(areas × steps × ages).
  public init(
    _ folder: DatasetFolder, base: Int, fertilityCoefficients: ComponentPool.Coefficients? = nil,
    migrationCoefficients: ComponentPool.Coefficients? = nil
  ) throws(Problems) {
    let registry = try AreaRegistry(folder)
    let england = [NationalProjection.england]
    let districts: [Area]
    do throws(AreaError) {
      districts = try registry.footprints(named: "english-districts").map(\.area)
    } catch {
      throw Problems(Problem(file: folder.path, message: error.description))
    }
    let estimates = try Estimates.rebased(folder, areas: districts + england)
    let (history, nation) = try inFile(folder.path) { () throws(PopulationError) in
      (try estimates.selecting(districts), try estimates.selecting(england))
    }
    let steps = history.years.lowerBound..<min(base, history.years.upperBound)
    let national = try NationalRates(
      folder, years: steps, base: base, england: nation,
      registrations: ComponentsOfChange(folder).registrations(of: england))
    let unknown = Array(repeating: Double.nan, count: districts.count)
    (ground, mortality, fertility, migration) = try inFile(folder.path) { () throws(AssumptionError) in
      let ground = try Calibration(
        history: history, nationalMortality: national.mortality, nationalFertility: national.fertility,
        registrations: Registrations(
          years: steps.lowerBound..<(steps.lowerBound + 1), births: unknown, deaths: unknown))
      let mortality = try MortalityRates(
        measure: .deathProbability, ages: history.ages, years: national.mortality.years, areaCount: districts.count,
        values: districts.flatMap { _ in national.mortality.values })
      return (
        ground, mortality, try ComponentPool.fertility(ground, steps: steps, coefficients: fertilityCoefficients),
        try ComponentPool.migration(
          ground, mortality: mortality, steps: steps, coefficients: migrationCoefficients)
      )
    }
  }

  /// The processes of every district around assumptions whose levels are means of the last steps.
  ///
  /// - Parameters:
  ///   - fertilitySteps: how many steps fertility is scaled on.
  ///   - migrationSteps: how many steps residual migration is averaged over.
  /// - Throws: ``AssumptionError`` for an area without births or people.
  /// - Complexity: O(areas × steps × ages).
  public func processes(
    fertilitySteps: Int, migrationSteps: Int
  ) throws(AssumptionError) -> (fertility: ComponentProcess, migration: ComponentProcess) {
    (
      try .fertility(ground, pool: fertility, window: fertilitySteps),
      try .migration(ground, mortality: mortality, pool: migration, window: migrationSteps)
    )
  }
}
