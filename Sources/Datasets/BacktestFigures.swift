public import Demography
public import Tables

/// What backtests of the districts of England are made from and held against: the rebased estimates of all of them,
/// and the deaths of England and Wales.
public struct BacktestFigures: Sendable {
  /// People of the 296 districts by mid-year, sex and age, all years held.
  public let estimates: PopulationHistory
  /// Deaths and person-years of England and Wales, all years held.
  public let deaths: NationalDeaths

  /// Reads the packages `areas`, `mid-year-estimates-districts` and `deaths-population-england-wales`.
  ///
  /// - Throws: `Problems` of the files.
  /// - Complexity: O(cells).
  public init(_ folder: DatasetFolder) throws(Problems) {
    let registry = try AreaRegistry(folder)
    let districts: [Area]
    do throws(AreaError) {
      districts = try registry.footprints(named: "english-districts").map(\.area)
    } catch {
      throw Problems(Problem(file: folder.path, message: error.description))
    }
    estimates = try Estimates.rebased(folder, areas: districts)
    deaths = try NationalDeaths(folder)
  }

  /// The forecast from a base year beside its rivals, scored up to an end.
  ///
  /// What was clipped in the scored areas stands in `BacktestWindow.clips` and `BacktestWindow.clipsOfFutures`.
  ///
  /// - Parameters:
  ///   - base: the base year.
  ///   - end: the last year scored.
  ///   - areas: the districts to score, each once.
  ///   - simulations: how many futures are drawn, 1 or more; `nil` for a forecast without intervals.
  ///   - seed: what the draws start from.
  ///   - threads: the most threads to use; by default as many as there are processors.
  /// - Throws: `BacktestError`, for a year without estimates with the years that there are.
  /// - Complexity: O(districts × steps × ages × simulations).
  public func window(
    base: Int, to end: Int, scoring areas: [Area], simulations: Int? = nil, seed: UInt64 = 1, threads: Int? = nil
  ) throws(BacktestError) -> BacktestWindow {
    try BacktestWindow(
      estimates: estimates, female: deaths.female, male: deaths.male, base: base, to: end, scoring: areas,
      simulations: simulations, seed: seed, threads: threads)
  }
}
