/// What an area's past says about its births and deaths, read with national rates: the ground on which
/// mortality, fertility and residual migration are calibrated.
///
/// The rates are those of one nation (one area) and cover every step of the history that is used; the
/// registrations have the areas of the history, in its order.
public struct Calibration: Sendable {
  /// People by area, mid-year, sex and age.
  public let history: PopulationHistory
  /// National q(x+½) on the ages of the history, one area.
  public let nationalMortality: MortalityRates
  /// National births per woman and year on the ages of the history, one area.
  public let nationalFertility: FertilityRates
  /// Registered births and deaths.
  public let registrations: Registrations

  /// The ground of a calibration.
  ///
  /// - Throws: ``AssumptionError``: ``AssumptionError/unsuitableAges(_:)`` for ages that are not single years or
  ///   fewer than three groups; ``AssumptionError/wrongMeasure(_:expected:)`` for mortality that is not
  ///   probabilities; ``AssumptionError/severalAreas(component:found:)`` for rates of other than one area;
  ///   ``AssumptionError/axesDiffer(component:)`` where ages or registered areas do not fit.
  public init(
    history: PopulationHistory, nationalMortality: MortalityRates, nationalFertility: FertilityRates,
    registrations: Registrations
  ) throws(AssumptionError) {
    guard history.ages.isSingleYear, history.ages.count > 2 else { throw .unsuitableAges(history.ages) }
    guard nationalMortality.measure == .deathProbability else {
      throw .wrongMeasure(nationalMortality.measure, expected: .deathProbability)
    }
    for (component, count) in [
      (Component.mortality, nationalMortality.areaCount), (.fertility, nationalFertility.areaCount),
    ] where count != 1 {
      throw .severalAreas(component: component, found: count)
    }
    guard nationalMortality.ages == history.ages else { throw .axesDiffer(component: .mortality) }
    guard nationalFertility.ages == history.ages else { throw .axesDiffer(component: .fertility) }
    guard registrations.births.count == history.areas.count * registrations.years.count
    else { throw .axesDiffer(component: .fertility) }
    self.history = history
    self.nationalMortality = nationalMortality
    self.nationalFertility = nationalFertility
    self.registrations = registrations
  }

  /// Refuses steps that the history or the national rates do not hold.
  func checkHeld(_ steps: [Int], for component: Component) throws(AssumptionError) {
    let missing = steps.filter { year in
      !nationalMortality.years.contains(year) || !nationalFertility.years.contains(year)
        || year < history.years.lowerBound || year >= history.years.upperBound
    }
    guard missing.isEmpty else { throw .stepsNotHeld(component: component, years: missing) }
  }

  /// Males for each female among the births of a step: the national ratio of the year, ONS's where it is not held.
  func sexRatio(year: Int) -> Double {
    let years = nationalFertility.years
    return years.contains(year)
      ? nationalFertility.sexRatios[year - years.lowerBound] : FertilityRates.onsSexRatio
  }

  /// Births of a step: registered where they are, else implied by the children of age 0 at its end and
  /// national infant survival, B = Σ_s P′(0)/(1 − q_birth).
  ///
  /// Implied births count families who move in with a newborn as births of the place. The step must be held by
  /// the history and the national rates.
  public func births(area: Int, year: Int) -> (count: Double, registered: Bool) {
    if let registered = registrations.births(area: area, year: year) { return (registered, true) }
    let implied = Sex.allCases.reduce(0.0) { sum, sex in
      let newborns = history.values[history.offset(area: area, year: year + 1, sex: sex)]
      let death = nationalMortality.values[nationalMortality.offset(area: 0, year: year, sex: sex)]
      return sum + newborns / (1 - death)
    }
    return (implied, false)
  }

  /// Deaths of a step under national probabilities times a factor a band, by sex and origin.
  ///
  /// With the step's own residual migrants half exposed, D = q(P + R/2) and R = P′ − P + D give
  /// D = q/(1 − q/2)·(P + P′)/2, which needs no migration to be known first. The open group and the last
  /// closed one, who end in one cell, are taken together and shared by q·P.
  ///
  /// - Parameter factor: the factor on q by age group at the start.
  /// - Returns: deaths `[sex][origin]`, newborns first.
  func modelledDeaths(area: Int, year: Int, factor: (Int) -> Double) -> [Double] {
    let n = history.ages.count
    let born = births(area: area, year: year).count
    let ratio = sexRatio(year: year)
    var result: [Double] = []
    result.reserveCapacity(2 * (n + 1))
    for sex in Sex.allCases {
      let q = nationalMortality.offset(area: 0, year: year, sex: sex)
      let start = history.offset(area: area, year: year, sex: sex)
      let end = history.offset(area: area, year: year + 1, sex: sex)
      func death(_ x: Int) -> Double { min(1, nationalMortality.values[q + 1 + x] * factor(x)) }
      let newborns = born * (sex == .female ? 1 : ratio) / (1 + ratio)
      result.append(newborns * min(1, nationalMortality.values[q] * factor(0)))
      for x in 0..<(n - 2) {
        let d = death(x)
        result.append(d / (1 - d / 2) * (history.values[start + x] + history.values[end + x + 1]) / 2)
      }
      let last = history.values[start + n - 2]
      let open = history.values[start + n - 1]
      let weighted = death(n - 2) * last + death(n - 1) * open
      let d = last + open > 0 ? weighted / (last + open) : 0
      let dead = d / (1 - d / 2) * (last + open + history.values[end + n - 1]) / 2
      let share = weighted > 0 ? death(n - 2) * last / weighted : 0
      result.append(dead * share)
      result.append(dead * (1 - share))
    }
    return result
  }
}
