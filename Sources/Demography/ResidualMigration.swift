/// Net migration as the residual of two estimates: the people at the end of a step less the survivors of
/// those at its start.
///
/// The residual is what it is: net migration, other change, and the error of the mortality model and of
/// the estimates. Averaged over the reference steps, the residual of each cohort is turned into migrants
/// by age such that the step of ``StepConvention/ons`` (half of each age's migrants at either end) brings
/// it about, and smoothed across ages in the same stroke: the migrants M minimise
/// Σ_j (AM − R)_j² + Σ_x λ_x (M(x−1) − 2M(x) + M(x+1))², A the step's own operator
/// (Whittaker–Henderson graduation; Whittaker 1923, Henderson 1924). A plain recursion
/// M(x+1) = 2R − (1−q)M(x) would carry every error through all older ages with alternating sign.
public struct ResidualMigration: Sendable, Hashable {
  /// Net migrants by age when they move, people a year, `[area][sex][age]`.
  public let migrants: [Double]
  /// The unsmoothed mean residual of cohorts by age at the end of the step, `[area][sex][age]`.
  public let residuals: [Double]
  /// The mean population at the start of the reference steps, `[area][sex][age]`.
  public let meanPopulation: [Double]
  /// The steps that were averaged.
  public let steps: [Int]
  /// The age axis.
  public let ages: AgeScale

  /// How the migrants of the past are carried into the future.
  public enum Outlook: Sendable, Hashable {
    /// The same number of people every year.
    case counts
    /// The same number for each person at the start of the step.
    case rates
    /// Numbers that halve every `halfLife` years, the first step at full size.
    case damped(halfLife: Double)
  }

  /// The residual of every area of a calibration.
  ///
  /// - Parameters:
  ///   - ground: the past and the national rates.
  ///   - mortality: probabilities of each area for every reference step.
  ///   - steps: the reference steps, at least one.
  /// - Throws: ``AssumptionError/wrongMeasure(_:expected:)`` for mortality that is not probabilities,
  ///   ``AssumptionError/axesDiffer(component:)`` where it has other areas or ages,
  ///   ``AssumptionError/stepsNotHeld(component:years:)`` for no steps, or steps that the past or the rates do not
  ///   hold.
  /// - Complexity: O(areas × steps × ages).
  public init(
    _ ground: Calibration, mortality: MortalityRates, steps: [Int]
  ) throws(AssumptionError) {
    let history = ground.history
    guard mortality.measure == .deathProbability else {
      throw .wrongMeasure(mortality.measure, expected: .deathProbability)
    }
    guard mortality.ages == history.ages, mortality.areaCount == history.areas.count
    else { throw .axesDiffer(component: .mortality) }
    guard !steps.isEmpty else { throw .stepsNotHeld(component: .migration, years: []) }
    try ground.checkHeld(steps, for: .migration)
    let missing = steps.filter { !mortality.years.contains($0) }
    guard missing.isEmpty else { throw .stepsNotHeld(component: .mortality, years: missing) }
    let n = history.ages.count
    let smoothing = MigrationSmoothing(ages: history.ages)
    var migrants: [Double] = []
    var residuals: [Double] = []
    var means: [Double] = []
    for area in history.areas.indices {
      for sex in Sex.allCases {
        var residual = Array(repeating: 0.0, count: n)
        var survival = Array(repeating: 0.0, count: n)
        var people = Array(repeating: 0.0, count: n)
        for year in steps {
          Self.add(
            ground, mortality, area: area, year: year, sex: sex, weight: 1 / Double(steps.count),
            residual: &residual, survival: &survival, people: &people)
        }
        residuals += residual
        means += people
        migrants += smoothing.migrants(residual: residual, survival: survival)
      }
    }
    self.migrants = migrants
    self.residuals = residuals
    meanPopulation = means
    self.steps = steps
    ages = history.ages
  }

  private static func add(
    _ ground: Calibration, _ mortality: MortalityRates, area: Int, year: Int, sex: Sex, weight: Double,
    residual: inout [Double], survival: inout [Double], people: inout [Double]
  ) {
    let history = ground.history
    let n = history.ages.count
    let start = history.offset(area: area, year: year, sex: sex)
    let end = history.offset(area: area, year: year + 1, sex: sex)
    let q = mortality.offset(area: area, year: year, sex: sex)
    let ratio = ground.sexRatio(year: year)
    let born =
      ground.births(area: area, year: year).count * (sex == .female ? 1 : ratio) / (1 + ratio)
    residual[0] += weight * (history.values[end] - born * (1 - mortality.values[q]))
    for x in 0..<n {
      let s = 1 - mortality.values[q + 1 + x]
      let count = history.values[start + x]
      survival[x] += weight * s
      people[x] += weight * count
      let to = min(x + 1, n - 1)
      residual[to] -= weight * count * s
      if x < n - 1 { residual[to] += weight * history.values[end + to] }
    }
  }

  /// Migration for the steps `years` of a projection.
  ///
  /// - Throws: ``AssumptionError/impossibleHalfLife(_:)`` for a half-life that is not above 0.
  /// - Complexity: O(areas × steps × ages).
  public func migration(_ outlook: Outlook, years: Range<Int>) throws(AssumptionError) -> Migration {
    if case .damped(let halfLife) = outlook, !(halfLife > 0) { throw .impossibleHalfLife(halfLife) }
    let block = 2 * ages.count
    let areas = migrants.count / block
    var values: [Double] = []
    values.reserveCapacity(migrants.count * years.count)
    for area in 0..<areas {
      let cells = (area * block)..<((area + 1) * block)
      for year in years {
        switch outlook {
        case .counts: values += migrants[cells]
        case .damped(let halfLife):
          let factor = Damping.factor(years: year - years.lowerBound, halfLife: halfLife)
          values += migrants[cells].map { $0 * factor }
        case .rates:
          values += cells.map { meanPopulation[$0] > 0 ? migrants[$0] / meanPopulation[$0] : 0 }
        }
      }
    }
    if outlook == .rates {
      return try .netRates(ages: ages, years: years, areaCount: areas, values: values)
    }
    return try .net(ages: ages, years: years, areaCount: areas, values: values)
  }
}
