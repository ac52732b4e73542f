/// National fertility scaled to areas so that modelled births equal registered ones, or those implied by
/// children of age 0 where registrations end.
///
/// The factor of an area is Σ births / Σ_x f(x)·(W(x,t) + W(x,t+1))/2 over the reference steps, an
/// indirectly standardised child–woman ratio where births are implied.
public struct FertilityScaling: Sendable, Hashable {
  /// The factor on national rates, one an area; 1 where the area has no births or no women.
  public let factors: [Double]
  /// Of the reference steps, how many rest on registered births, one an area.
  public let registeredSteps: [Int]
  /// The reference steps.
  public let steps: [Int]

  /// Factors for every area of a calibration.
  ///
  /// - Parameters:
  ///   - ground: the past and the national rates.
  ///   - steps: the reference steps.
  /// - Throws: ``AssumptionError/stepsNotHeld(component:years:)`` for steps that the history or the national rates
  ///   do not hold.
  /// - Complexity: O(areas × steps × ages).
  public init(_ ground: Calibration, steps: [Int]) throws(AssumptionError) {
    try ground.checkHeld(steps, for: .fertility)
    let history = ground.history
    var factors: [Double] = []
    var registered: [Int] = []
    for area in history.areas.indices {
      var births = 0.0
      var modelled = 0.0
      var known = 0
      for year in steps {
        let step = ground.births(area: area, year: year)
        births += step.count
        known += step.registered ? 1 : 0
        modelled += Self.modelledBirths(ground, area: area, year: year)
      }
      factors.append(births > 0 && modelled > 0 ? births / modelled : 1)
      registered.append(known)
    }
    self.factors = factors
    registeredSteps = registered
    self.steps = steps
  }

  /// Births of a step under national fertility: Σ_x f(x)·(W(x,t) + W(x,t+1))/2; history and rates
  /// must hold the step.
  public static func modelledBirths(_ ground: Calibration, area: Int, year: Int) -> Double {
    let history = ground.history
    let start = history.offset(area: area, year: year, sex: .female)
    let end = history.offset(area: area, year: year + 1, sex: .female)
    let rates = ground.nationalFertility.offset(area: 0, year: year)
    return (0..<history.ages.count).reduce(0) { sum, x in
      sum + ground.nationalFertility.values[rates + x]
        * (history.values[start + x] + history.values[end + x]) / 2
    }
  }

  /// National rates times each area's factor.
  ///
  /// - Throws: ``AssumptionError/severalAreas(component:found:)`` and
  ///   ``AssumptionError/stepsNotHeld(component:years:)`` where `national` is not one area or does not hold the
  ///   years.
  /// - Complexity: O(areas × steps × ages).
  public func applied(
    to national: FertilityRates, years: Range<Int>
  ) throws(AssumptionError) -> FertilityRates {
    guard national.areaCount == 1 else { throw .severalAreas(component: .fertility, found: national.areaCount) }
    let missing = years.filter { !national.years.contains($0) }
    guard missing.isEmpty, !years.isEmpty else { throw .stepsNotHeld(component: .fertility, years: missing) }
    let start = national.offset(area: 0, year: years.lowerBound)
    let block = national.values[start..<(start + years.count * national.ages.count)]
    let ratios = national.sexRatios[
      (years.lowerBound - national.years.lowerBound)..<(years.upperBound - national.years.lowerBound)]
    return try FertilityRates(
      ages: national.ages, years: years, areaCount: factors.count,
      values: factors.flatMap { factor in block.map { $0 * factor } }, sexRatios: Array(ratios))
  }
}
