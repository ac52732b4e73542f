public import Demography
public import Tables

/// How far the future of districts, or of England, may come to differ from the local assumptions: estimated from what
/// was known at the base year.
///
/// - Mortality: the coherent model of Li and Lee (2005) on deaths of England and Wales since 1961. Its deviation
///   grows from the last step whose national rates were observed, at most ``lastObservedMortality``.
/// - Fertility and net migration: processes of first order of each district, pooled over all districts of England
///   (`LocalProcesses`). England moves with the national ones alone.
public struct LocalUncertainty: Sendable {
  /// What simulations draw from.
  public let uncertainty: RateUncertainty
  /// Where it comes from and what it leaves out, for people to read.
  public let notes: [String]

  /// The mid-year to which national mortality is observed rather than projected.
  public static let lastObservedMortality = 2020

  /// Estimates the uncertainty of some areas.
  ///
  /// - Parameters:
  ///   - folder: the data packages.
  ///   - areas: districts or England.
  ///   - base: the base year; nothing of later years is used.
  ///   - options: the windows on which the assumptions rest.
  /// - Throws: `Problems` of the figures, and one for an area that is neither or a past that is too short.
  /// - Complexity: O(areas × steps × ages), and O(all districts × steps × ages) for a base year of which no pools are held
  ///   (``LocalPools``).
  public init(
    _ folder: DatasetFolder, areas: [Area], base: Int, options: LocalAssumptions.Options = LocalAssumptions.Options()
  ) throws(Problems) {
    let deaths = try NationalDeaths(folder)
    let ended = deaths.female.years.lowerBound...min(base, deaths.female.years.upperBound)
    let known = ended == deaths.female.years ? deaths : try NationalDeaths(folder, years: ended)
    let districts = Set(try LocalProcesses.districts(folder).map(\.code))
    let local = areas.filter { $0.code != NationalProjection.england.code }
    for area in local where !districts.contains(area.code) {
      throw Problems(
        Problem(
          file: folder.path,
          message: "area \(area.code) (\(area.name)) is neither a district nor England; nothing is known of its spread")
      )
    }
    let mortality = try inFile(folder.path) { () throws(MortalityModelError) in
      try LiLee(female: known.female, male: known.male).forecast()
    }
    let pooled = try LocalProcesses(folder, base: base, areas: local)
    let processes = try inFile(folder.path) { () throws(AssumptionError) in
      try pooled.processes(fertilitySteps: options.fertilitySteps, migrationSteps: options.migrationSteps)
    }
    uncertainty = RateUncertainty(
      mortality: mortality, mortalityKnownTo: min(base, Self.lastObservedMortality),
      fertility: Self.withEngland(processes.fertility), migration: Self.withEngland(processes.migration))
    notes = [
      "Simulations vary mortality (Li-Lee, England and Wales \(ended.lowerBound)-\(ended.upperBound)), fertility and "
        + "net migration (processes pooled over the districts of England to mid-\(base)) about the assumptions; the "
        + "estimates at the base, age patterns and the choice of model are taken as right"
    ]
  }

  /// The same with England, which has the national deviation and none of its own.
  private static func withEngland(_ process: ComponentProcess) -> ComponentProcess {
    ComponentProcess(
      component: process.component, areas: process.areas + [NationalProjection.england], national: process.national,
      loadings: process.loadings + [1],
      local: process.local + [AutoregressiveProcess(coefficient: 0, innovationStandardDeviation: 0)],
      agePattern: process.agePattern)
  }
}
