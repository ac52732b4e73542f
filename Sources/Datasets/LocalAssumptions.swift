public import Demography
public import Tables

/// The default assumptions for local areas: national rates and trends, calibrated to each area's own past.
///
/// - Mortality: q(x+½) of ONS's national projection, scaled by a factor a broad age band so that modelled
///   deaths equal registered deaths of the last steps that are registered (Kent, Medway, England: to
///   mid-2019; other areas take national mortality).
/// - Fertility: the national age pattern and trend, scaled so that births of the last steps equal registered
///   births, or those implied by age 0 where registrations end.
/// - Migration: the mean residual of the last steps by age and sex, smoothed (`ResidualMigration`).
///
/// Nothing that was estimated after the base year is used, except that national rates of steps before 2018
/// are as observed later, and the editions of the national projection are those of 2018 and 2020.
public struct LocalAssumptions: Sendable {
  /// What can be chosen.
  public struct Options: Sendable, Hashable {
    /// How many past steps residual migration is averaged over.
    public var migrationSteps = 10
    /// Steps that are left out of it: 2020, the step from mid-2020 to mid-2021, the pandemic's.
    public var stepsLeftOut: Set<Int> = [2020]
    /// How the migrants of the past are carried forward.
    public var outlook = ResidualMigration.Outlook.counts
    /// How many past steps fertility is scaled on.
    public var fertilitySteps = 5
    /// How many past steps with registered deaths mortality is scaled on.
    public var mortalitySteps = 5

    /// The defaults: ten steps of migration without the pandemic's, held as counts.
    public init() {}
  }

  /// The people at the base year.
  public let population: Population
  /// The assumptions.
  public let assumptions: Assumptions
  /// The factors on national mortality.
  public let mortalityScaling: MortalityScaling
  /// The factors on national fertility.
  public let fertilityScaling: FertilityScaling
  /// The residual migration of the past.
  public let residual: ResidualMigration

  /// The mid-years for which there are estimates.
  public let estimateYears: ClosedRange<Int>

  /// The last year that the national projections reach.
  public static let lastYear = 2043

  /// Reads the figures of some areas and calibrates their assumptions.
  ///
  /// - Parameters:
  ///   - folder: the data packages.
  ///   - areas: districts, England, or any areas with mid-year estimates, each once.
  ///   - wanted: the base year; `nil` for the latest estimates.
  ///   - end: the last year of the projection.
  ///   - options: windows and outlook.
  /// - Throws: ``LocalAssumptionsError`` for figures that cannot be read, and for a base year without estimates
  ///   or without a step before it to take migration from.
  /// - Complexity: O(areas × steps × ages).
  public init(
    _ folder: DatasetFolder, areas: [Area], base wanted: Int? = nil, to end: Int = lastYear,
    options: Options = Options()
  ) throws(LocalAssumptionsError) {
    let england = [NationalProjection.england]
    let estimates = try Self.figures { () throws(Problems) in
      try Estimates.rebased(folder, areas: Array(Set(areas + england)))
    }
    let (all, nation) = try Self.figures { () throws(Problems) in
      try inFile(folder.path) { () throws(PopulationError) in
        (try estimates.selecting(areas), try estimates.selecting(england))
      }
    }
    let base = wanted ?? all.years.upperBound
    let steps = all.steps(
      before: base, count: options.migrationSteps, leavingOut: options.stepsLeftOut)
    guard let population = all.population(in: base), base > all.years.lowerBound else {
      throw .baseYear(base, held: (all.years.lowerBound + 1)...all.years.upperBound)
    }
    guard !steps.isEmpty else {
      throw .noMigrationSteps(base: base, window: options.migrationSteps, leftOut: options.stepsLeftOut)
    }
    guard base < end, end <= Self.lastYear else { throw .endYear(end, base: base) }
    let (past, future) = try Self.figures { () throws(Problems) in
      let components = try ComponentsOfChange(folder)
      let past = try Past(
        folder, history: all, base: base, steps: steps, options: options,
        registrations: components.registrations(of: areas))
      let national = try NationalRates(
        folder, years: past.firstStep..<end, base: base, england: nation,
        registrations: components.registrations(of: england))
      return (past, national)
    }
    (mortalityScaling, fertilityScaling, residual, assumptions) = try Self.figures {
      () throws(Problems) in
      try inFile(folder.path) { () throws(AssumptionError) in
        try past.calibrated(with: future, base: base, end: end, options: options)
      }
    }
    self.population = population
    estimateYears = all.years
  }

  /// The same for everything that footprints are made of, each area once.
  ///
  /// - Throws: ``LocalAssumptionsError`` as for areas.
  /// - Complexity: O(areas × steps × ages).
  public init(
    _ folder: DatasetFolder, footprints: [Footprint], base: Int? = nil, to end: Int = lastYear,
    options: Options = Options()
  ) throws(LocalAssumptionsError) {
    let registry = try Self.figures { () throws(Problems) in try AreaRegistry(folder) }
    var seen = Set<String>()
    let codes = footprints.flatMap(\.parts).map(\.areaCode).filter { seen.insert($0).inserted }
    try self.init(
      folder, areas: codes.map { registry.entry(named: $0)?.area ?? Area(code: $0) }, base: base,
      to: end, options: options)
  }

  private static func figures<Value>(
    _ read: () throws(Problems) -> Value
  ) throws(LocalAssumptionsError) -> Value {
    do throws(Problems) { return try read() } catch { throw .figures(error) }
  }
}

/// Why an area has no local assumptions.
public enum LocalAssumptionsError: Error, Sendable, CustomStringConvertible {
  /// The figures cannot be read.
  case figures(Problems)
  /// There are no estimates of the year, or none before it.
  case baseYear(Int, held: ClosedRange<Int>)
  /// Every past step of the window is left out.
  case noMigrationSteps(base: Int, window: Int, leftOut: Set<Int>)
  /// The end is not after the base year or lies beyond the national rates.
  case endYear(Int, base: Int)

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .figures(let problems): problems.description
    case .baseYear(let year, let held):
      "base year \(year): no estimates to start from; expected \(held.lowerBound) to \(held.upperBound)"
    case .noMigrationSteps(let base, let window, let leftOut):
      "no step to take migration from: the \(window) before \(base) are left out "
        + "(\(leftOut.sorted().map { "mid-\($0) to mid-\($0 + 1)" }.joined(separator: ", "))); expected a longer window"
    case .endYear(let year, let base):
      "last year \(year): expected a year after \(base) and up to \(LocalAssumptions.lastYear), the end of the "
        + "national rates"
    }
  }
}
