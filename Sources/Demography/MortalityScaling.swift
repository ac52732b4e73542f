/// National mortality scaled to areas by one factor a broad age band, so that modelled deaths equal
/// registered ones.
///
/// The factor of band b is k·r_b: r_b, the band's registered over modelled deaths in the one year for
/// which deaths by age are known, is held; k makes the deaths of all ages over the reference steps equal
/// the registered total. Rates of an area are never taken as logarithms of raw local rates, so zero
/// deaths are ordinary: r_b = (registered + 1)/(modelled + 1), one death at the national rate added.
public struct MortalityScaling: Sendable, Hashable {
  /// The broad bands: 0–64, 65–84, 85 and over.
  public static let bands = [AgeBand(0...64), AgeBand(65...84), AgeBand(85...)]

  /// The factors on national probabilities, `[area][band]`; 1 where nothing is registered.
  public let factors: [Double]
  /// The steps on which each area's level rests; empty for national mortality.
  public let referenceSteps: [[Int]]

  /// Deaths registered in one step by the broad bands of ``bands``, `[area][band]`, NaN where unknown.
  public struct DeathsByBand: Sendable, Hashable {
    /// The first year of the step.
    public let year: Int
    /// Deaths, `[area][band]`; NaN where unknown.
    public let values: [Double]

    /// Deaths by band, `[area][band]`.
    public init(year: Int, values: [Double]) {
      self.year = year
      self.values = values
    }
  }

  /// Factors for every area of a calibration.
  ///
  /// - Parameters:
  ///   - ground: the past and the national rates.
  ///   - steps: the reference steps; those without registered deaths of an area are passed over.
  ///   - deathsByBand: deaths of one step by band, for the pattern; without it every band has one factor.
  /// - Throws: ``AssumptionError/stepsNotHeld(component:years:)`` for steps that the history or the national rates
  ///   do not hold; ``AssumptionError/countMismatch(component:expected:found:)`` and
  ///   ``AssumptionError/outOfRange(component:value:area:areaCode:year:sex:age:expected:)`` for deaths by band that
  ///   are not one a band and area, or negative or infinite;
  ///   ``AssumptionError/noConvergence(component:areaCode:years:)`` where no level gives the registered deaths,
  ///   such as more of them than there are people.
  /// - Complexity: O(areas × steps × ages).
  public init(
    _ ground: Calibration, steps: [Int], deathsByBand: DeathsByBand? = nil
  ) throws(AssumptionError) {
    try ground.checkHeld(steps, for: .mortality)
    if let deathsByBand { try Self.check(deathsByBand, ground) }
    let bandOf = Self.bandOfAge(ground.history.ages)
    var factors: [Double] = []
    var used: [[Int]] = []
    for area in ground.history.areas.indices {
      let registered = steps.filter { ground.registrations.deaths(area: area, year: $0) != nil }
      let pattern = Self.pattern(ground, area: area, deathsByBand: deathsByBand, bandOf: bandOf)
      let level = try Self.level(ground, area: area, steps: registered, pattern: pattern, bandOf: bandOf)
      factors += level.map { k in pattern.map { k * $0 } } ?? Self.bands.map { _ in 1 }
      used.append(level == nil ? [] : registered)
    }
    self.factors = factors
    referenceSteps = used
  }

  /// The band of each age group.
  static func bandOfAge(_ ages: AgeScale) -> [Int] {
    ages.lowerBounds.map { age in bands.lastIndex { $0.lowerBound <= age } ?? 0 }
  }

  private static func pattern(
    _ ground: Calibration, area: Int, deathsByBand: DeathsByBand?, bandOf: [Int]
  ) -> [Double] {
    let flat = bands.map { _ in 1.0 }
    guard let deathsByBand else { return flat }
    let observed = deathsByBand.values[(area * bands.count)..<((area + 1) * bands.count)]
    guard observed.allSatisfy(\.isFinite) else { return flat }
    // Registered deaths are by age at death, modelled ones by age at the start: half of a cohort's
    // deaths fall before its birthday and half after.
    let deaths = ground.modelledDeaths(area: area, year: deathsByBand.year) { _ in 1 }
    var modelled = bands.map { _ in 0.0 }
    let n = bandOf.count
    for sex in 0..<2 {
      modelled[0] += deaths[sex * (n + 1)]
      for x in 0..<n {
        let half = deaths[sex * (n + 1) + 1 + x] / 2
        modelled[bandOf[x]] += half
        modelled[bandOf[min(x + 1, n - 1)]] += half
      }
    }
    return zip(observed, modelled).map { ($0 + 1) / ($1 + 1) }
  }

  private static func check(_ deaths: DeathsByBand, _ ground: Calibration) throws(AssumptionError) {
    try ground.checkHeld([deaths.year], for: .mortality)
    let expected = ground.history.areas.count * bands.count
    guard deaths.values.count == expected else {
      throw .countMismatch(component: .mortality, expected: expected, found: deaths.values.count)
    }
    for (i, value) in deaths.values.enumerated() where value < 0 || value == .infinity {
      let area = i / bands.count
      throw .outOfRange(
        component: .mortality, value: value, area: area, areaCode: ground.history.areas[area].code,
        year: deaths.year, sex: nil, age: bands[i % bands.count].label, expected: "0 or more deaths")
    }
  }

  /// k, by the iteration k ← k·registered/modelled(k): modelled deaths are nearly proportional to k. `nil` where no
  /// deaths are registered.
  ///
  /// It ends when k moves by less than 1e-14 of itself; one that still moves by more than 1e-12, a thousand
  /// times the rounding of the sums, has no end to come to.
  private static func level(
    _ ground: Calibration, area: Int, steps: [Int], pattern: [Double], bandOf: [Int]
  ) throws(AssumptionError) -> Double? {
    let registered = steps.reduce(0.0) { sum, year in
      sum + (ground.registrations.deaths(area: area, year: year) ?? 0)
    }
    guard registered > 0 else { return nil }
    var k = 1.0
    var move = Double.infinity
    for _ in 0..<60 {
      let modelled = steps.reduce(0.0) { sum, year in
        ground.modelledDeaths(area: area, year: year) { k * pattern[bandOf[$0]] }.reduce(sum, +)
      }
      guard modelled > 0 else { break }
      let next = k * registered / modelled
      move = abs(next - k) / k
      k = next
      if move <= 1e-14 { return k }
    }
    guard move <= 1e-12 else {
      throw .noConvergence(component: .mortality, areaCode: ground.history.areas[area].code, years: steps)
    }
    return k
  }

  /// National probabilities times each area's factors, and the number of cells in which the product
  /// passed 1 and was held there.
  ///
  /// - Parameters:
  ///   - national: q(x+½) of one area.
  ///   - years: the steps wanted, all of them held by `national`.
  /// - Throws: ``AssumptionError/wrongMeasure(_:expected:)``, ``AssumptionError/severalAreas(component:found:)`` and
  ///   ``AssumptionError/stepsNotHeld(component:years:)`` where `national` is not probabilities of one area or
  ///   does not hold the years.
  /// - Complexity: O(areas × steps × ages).
  public func applied(
    to national: MortalityRates, years: Range<Int>
  ) throws(AssumptionError) -> (rates: MortalityRates, capped: Int) {
    guard national.measure == .deathProbability else {
      throw .wrongMeasure(national.measure, expected: .deathProbability)
    }
    guard national.areaCount == 1 else { throw .severalAreas(component: .mortality, found: national.areaCount) }
    let missing = years.filter { !national.years.contains($0) }
    guard missing.isEmpty else { throw .stepsNotHeld(component: .mortality, years: missing) }
    let bandOf = Self.bandOfAge(national.ages)
    let areas = factors.count / Self.bands.count
    var capped = 0
    var values: [Double] = []
    values.reserveCapacity(areas * years.count * 2 * national.rowCount)
    for area in 0..<areas {
      let factor = bandOf.map { factors[area * Self.bands.count + $0] }
      for year in years {
        for sex in Sex.allCases {
          let start = national.offset(area: 0, year: year, sex: sex)
          for row in 0..<national.rowCount {
            let q = national.values[start + row] * factor[max(0, row - 1)]
            if q > 1 { capped += 1 }
            values.append(min(1, q))
          }
        }
      }
    }
    let rates = try MortalityRates(
      measure: .deathProbability, ages: national.ages, years: years, areaCount: areas, values: values)
    return (rates, capped)
  }
}
