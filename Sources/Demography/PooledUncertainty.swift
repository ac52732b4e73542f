#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How far the people of many areas may come to differ from a ``PooledOutlook``.
///
/// What the next years bring differs from the last ones most of all in its level: each path draws the level of every
/// area's net migration and fertility once, and a nation's level that all share. Its variance is a multiple
/// (``PooledRules``) of the variance of one-year changes v, pooled over all areas as median(Δ²)/0.4549, which no few
/// restless areas decide; a base with three residual years has no longer differences to tell it from.
public struct PooledUncertainty: Sendable, Hashable {
  /// What the futures of rates and flows vary by.
  public let rates: RateUncertainty
  /// What no shared rate explains of the people in each band of ``AgeBand/planning``: the standard deviation of the
  /// logarithm that a year adds to an area's own course; 0 for bands below ``PooledRules/oldAge``, which migration and
  /// fertility move.
  public let bandSpread: [Double]

  /// The median of a squared standard normal number.
  private static let medianSquare = 0.454_936_423_1

  /// The uncertainty that was known at the base.
  ///
  /// - Throws: ``BacktestError``.
  /// - Complexity: O(areas × steps × ages).
  public init(
    _ past: KnownPast, outlook: PooledOutlook, rules: PooledRules = PooledRules()
  ) throws(BacktestError) {
    let history = past.history
    let steps = history.steps(before: past.base, count: rules.migrationSteps)
    let residuals = try ResidualPanel(past, steps: steps)
    let all = Self.changeVariance(residuals.rates(0..<history.ages.count))
    bandSpread = AgeBand.planning.map { band in
      guard band.lowerBound >= rules.oldAge, let ages = band.indices(in: history.ages) else { return 0 }
      return (rules.oldBandVariance * Self.changeVariance(residuals.rates(ages))).squareRoot()
    }
    let national = rules.nationalVariance * all
    let migration = ComponentProcess(
      component: .migration, areas: history.areas, national: Self.level(national, noise: 0),
      loadings: history.areas.map { _ in 1 },
      local: history.areas.map { _ in Self.level(rules.levelVariance * all, noise: all / 2) },
      agePattern: residuals.agePattern)
    let births = Self.changeVariance(residuals.logFertility)
    let deviations = Self.nationalFertility(past, rules: rules)
    let fertility = ComponentProcess(
      component: .fertility, areas: history.areas, national: deviations,
      loadings: history.areas.map { _ in 1 },
      local: history.areas.map { _ in Self.level(rules.fertilityVariance * births, noise: births / 2) })
    rates = RateUncertainty(
      mortality: outlook.mortality, mortalityKnownTo: outlook.mortality.jumpOffYear, fertility: fertility,
      migration: migration)
  }

  /// A level drawn once a path, and independent noise of each year.
  private static func level(_ variance: Double, noise: Double) -> AutoregressiveProcess {
    AutoregressiveProcess(
      constantStandardError: variance.squareRoot(), coefficient: 0, innovationStandardDeviation: noise.squareRoot())
  }

  /// The pooled variance of one-year changes of each area's departure from all areas, `[area][step]`; 0 for one step.
  private static func changeVariance(_ levels: [[Double]]) -> Double {
    let squares = levels.flatMap { row in zip(row, row.dropFirst()).map { ($1 - $0) * ($1 - $0) } }
    return squares.isEmpty ? 0 : median(squares) / medianSquare
  }

  /// The deviations of national fertility from its way back to the mean.
  private static func nationalFertility(_ past: KnownPast, rules: PooledRules) -> AutoregressiveProcess {
    let logs = PooledFertility.childrenPerWoman(past).suffix(rules.fertilityYears).map { log($0) }
    let mean = logs.reduce(0, +) / Double(logs.count)
    let φ = rules.fertilityPersistence
    let shocks = zip(logs, logs.dropFirst()).map { ($1 - mean) - φ * ($0 - mean) }
    let variance = shocks.reduce(0) { $0 + $1 * $1 } / Double(max(1, shocks.count))
    return AutoregressiveProcess(coefficient: φ, innovationStandardDeviation: variance.squareRoot())
  }
}
