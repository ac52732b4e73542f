/// The people of many areas carried forward from what was known at a base year, by one set of rules for all
/// (``PooledRules``): net migration and fertility of each area pooled with all others, mortality of the nation.
///
/// The step is ``StepConvention/unEnd``, by which residual migration is measured and applied alike. Mortality is that
/// of the nation with the trend of a Lee–Carter model of each sex; its rates set out from the mean of the last years.
public struct PooledOutlook: Sendable {
  /// The people at the base.
  public let population: Population
  /// The assumptions from the base to the end.
  public let assumptions: Assumptions
  /// The forecast of national mortality.
  public let mortality: MortalityForecast
  /// How the steps are taken.
  public static let method = CohortComponent(.unEnd)

  /// The assumptions for every step from the base of a past to `end`.
  ///
  /// - Throws: ``BacktestError``.
  /// - Complexity: O(areas × steps × ages).
  public init(_ past: KnownPast, to end: Int, rules: PooledRules = PooledRules()) throws(BacktestError) {
    guard end > past.base, let population = past.history.population(in: past.base) else {
      throw .end(end, base: past.base, last: Int.max)
    }
    self.population = population
    let steps = past.history.steps(before: past.base, count: rules.migrationSteps)
    let fertilitySteps = past.history.steps(before: past.base, count: rules.fertilitySteps)
    let survivalOf = PastSurvival(past: past)
    var known: [Int: [Double]] = [:]
    for step in Set(steps + fertilitySteps) { known[step] = try survivalOf.ratios(step: step) }
    mortality = try Self.forecast(past, rules: rules)
    var future: [[Double]] = []
    for year in past.base..<end {
      let h = year - mortality.jumpOffYear
      let rates = zip(mortality.medianRates(atHorizon: h), mortality.medianRates(atHorizon: h + 1))
        .map { ($0 * $1).squareRoot() }
      future.append(try survivalOf.ratios(rates, peopleOf: past.base))
    }
    let migration = PooledMigration(past, survival: known, steps: steps, rules: rules)
    let fertility = PooledFertility(past, survival: known, steps: fertilitySteps, rules: rules)
    let (areas, ages, years) = (past.history.areas, past.history.ages, past.base..<end)
    do throws(AssumptionError) {
      let once = future.flatMap(\.self)
      assumptions = try Assumptions(
        areas: areas,
        mortality: MortalityRates(
          measure: .survivalRatio, ages: ages, years: years, areaCount: areas.count,
          values: areas.flatMap { _ in once }),
        fertility: FertilityRates(
          ages: ages, years: years, areaCount: areas.count,
          values: fertility.rates(ages: ages.count, steps: years.count, persistence: rules.fertilityPersistence),
          sexRatios: years.map { _ in fertility.sexRatio }),
        migration: .net(
          ages: ages, years: years, areaCount: areas.count,
          values: migration.migrants(past, ratios: future, rules: rules)))
    } catch { throw .assumptions(error) }
  }

  /// Lee–Carter models of both sexes, the rates of the jump-off the geometric means of the last years brought to the
  /// last one by the trend.
  private static func forecast(_ past: KnownPast, rules: PooledRules) throws(BacktestError) -> MortalityForecast {
    do throws(MortalityModelError) {
      var models: [LeeCarter] = []
      let last = past.female.years.upperBound
      let first = max(past.female.years.lowerBound, last - rules.mortalityYears + 1)
      for sex in Sex.allCases {
        guard let experience = past.experience(sex).selecting(first...last) else { throw .tooFewYears(0) }
        models.append(try LeeCarter(experience))
      }
      let trend = try MortalityForecast(female: models[0], male: models[1])
      let n = trend.ages.count
      let window = min(rules.jumpOffYears, last - first + 1)
      var rates = Array(repeating: 0.0, count: 2 * n)
      for (sex, model) in models.enumerated() {
        let recent = model.experience.logRates.suffix(window * n)
        for (i, rate) in recent.enumerated() { rates[sex * n + i % n] += rate / Double(window) }
        for x in 0..<n { rates[sex * n + x] += model.response[x] * model.walk.constant * Double(window - 1) / 2 }
      }
      return MortalityForecast(
        ages: trend.ages, jumpOffYear: last, jumpOffLogRates: rates, factors: trend.factors, mixing: trend.mixing)
    } catch { throw .mortality(error) }
  }

  /// The projection of all areas.
  ///
  /// - Throws: ``BacktestError/projection(_:)``.
  /// - Complexity: O(areas × steps × ages).
  public func projection() throws(BacktestError) -> Projection {
    do throws(ProjectionError) {
      return try Self.method.project(population, under: assumptions, to: assumptions.years.upperBound)
    } catch { throw .projection(error) }
  }
}
