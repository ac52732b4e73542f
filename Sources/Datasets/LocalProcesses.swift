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
  /// The areas whose processes are told.
  public let areas: [Area]
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
    let past = try PooledPast(folder, base: base, areas: try Self.districts(folder))
    (ground, mortality) = (past.ground, past.mortality)
    (fertility, migration) = try inFile(folder.path) { () throws(AssumptionError) in
      (
        try ComponentPool.fertility(past.ground, steps: past.steps, coefficients: fertilityCoefficients),
        try ComponentPool.migration(
          past.ground, mortality: past.mortality, steps: past.steps, coefficients: migrationCoefficients)
      )
    }
    areas = past.ground.history.areas
  }

  /// The past of some districts, with what all of them say together taken from the package `local-processes`
  /// (``LocalPools``); where the package does not hold the base year, from a fit to all districts.
  ///
  /// - Parameters:
  ///   - folder: the data packages.
  ///   - base: the base year; nothing that was estimated for later years is used.
  ///   - wanted: the districts whose processes are wanted; none is allowed.
  /// - Throws: `Problems` of the figures; one where fewer than three steps end by the base year.
  /// - Complexity: O(areas × steps × ages) where the package holds the base year.
  public init(_ folder: DatasetFolder, base: Int, areas wanted: [Area]) throws(Problems) {
    guard let pools = try LocalPools(folder).byBase[base] else {
      let all = try LocalProcesses(folder, base: base)
      (fertility, migration, ground, mortality) = (all.fertility, all.migration, all.ground, all.mortality)
      areas = wanted
      return
    }
    // A past of no area cannot be read; that of England stands in and is left out again.
    let past = try PooledPast(folder, base: base, areas: wanted.isEmpty ? [NationalProjection.england] : wanted)
    (fertility, migration, ground, mortality) = (pools.fertility, pools.migration, past.ground, past.mortality)
    areas = wanted
  }

  /// The districts of England, whose pasts are pooled.
  static func districts(_ folder: DatasetFolder) throws(Problems) -> [Area] {
    let registry = try AreaRegistry(folder)
    do throws(AreaError) {
      return try registry.footprints(named: "english-districts").map(\.area)
    } catch {
      throw Problems(Problem(file: folder.path, message: error.description))
    }
  }

  /// The processes of the areas around assumptions whose levels are means of the last steps.
  ///
  /// - Parameters:
  ///   - fertilitySteps: how many steps fertility is scaled on.
  ///   - migrationSteps: how many steps residual migration is averaged over.
  /// - Throws: `AssumptionError` for an area without births or people.
  /// - Complexity: O(areas × steps × ages).
  public func processes(
    fertilitySteps: Int, migrationSteps: Int
  ) throws(AssumptionError) -> (fertility: ComponentProcess, migration: ComponentProcess) {
    let all = (
      fertility: try ComponentProcess.fertility(ground, pool: fertility, window: fertilitySteps),
      migration: try ComponentProcess.migration(ground, mortality: mortality, pool: migration, window: migrationSteps)
    )
    return (all.fertility.selecting(areas) ?? all.fertility, all.migration.selecting(areas) ?? all.migration)
  }
}

/// The past of some areas as the pools were fitted to it: births implied by the children of age 0 everywhere, deaths
/// under national mortality.
private struct PooledPast {
  let steps: Range<Int>
  let ground: Calibration
  let mortality: MortalityRates

  init(_ folder: DatasetFolder, base: Int, areas: [Area]) throws(Problems) {
    let england = [NationalProjection.england]
    let estimates = try Estimates.rebased(folder, areas: areas + england.filter { !areas.contains($0) })
    let (history, nation) = try inFile(folder.path) { () throws(PopulationError) in
      (try estimates.selecting(areas), try estimates.selecting(england))
    }
    let steps = history.years.lowerBound..<min(base, history.years.upperBound)
    let national = try NationalRates(
      folder, years: steps, base: base, england: nation,
      registrations: ComponentsOfChange(folder).registrations(of: england))
    let unknown = Array(repeating: Double.nan, count: areas.count)
    self.steps = steps
    (ground, mortality) = try inFile(folder.path) { () throws(AssumptionError) in
      (
        try Calibration(
          history: history, nationalMortality: national.mortality, nationalFertility: national.fertility,
          registrations: Registrations(
            years: steps.lowerBound..<(steps.lowerBound + 1), births: unknown, deaths: unknown)),
        try MortalityRates(
          measure: .deathProbability, ages: history.ages, years: national.mortality.years, areaCount: areas.count,
          values: areas.flatMap { _ in national.mortality.values })
      )
    }
  }
}
