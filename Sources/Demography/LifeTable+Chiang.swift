public import Probability

/// Life expectancy with confidence intervals by Chiang's second method, as the English public
/// health indicators (OHID, Fingertips) publish it, for one area or many.
///
/// For a band n years wide with D deaths in P person-years:
/// ```
/// M = D / P          a = 0.1 in the first band, 0.5 in the others (as a share of n)
/// q = n·M / (1 + n·M·(1 − a))                         open band: q = 1, e = 1/M
/// e(x)  = n·(1 − q) + n·a·q + (1 − q)·e(x+n)
/// s²(q) = q²·(1 − q) / D,  0 without deaths           open band: 4 / (D·M²)
/// V(x)  = s²(q)·((1 − a)·n + e(x+n))² + (1 − q)²·V(x+n)    open band: s²/4
/// limits: e ± z·√V
/// ```
/// V(x) is Σ W / l(x)² with W = s²·l²·((1 − a)n + e(x+n))², in the form that needs no survivors.
/// The term for the open band is that of Silcocks.
///
/// A figure that cannot or should not be given is NaN and its status says why; nothing stops for
/// one area. Conditions of an area apply to all its ages, the first of these that holds:
///
/// | status | condition | figures |
/// |---|---|---|
/// | `bands_incomplete` | a count is NaN, which stands for a band without a record | none |
/// | `non_finite` | an infinite count | none |
/// | `negative` | a negative count | none |
/// | `zero_denominator` | a band without people | none |
/// | `numerator_exceeds_denominator` | more deaths than people in a band | none |
/// | `population_too_small` | at most 5,000 person-years in all bands together | none |
/// | `zero_denominator` | an open band without deaths: e = 1/M has no value | none |
/// | `numerator_exceeds_denominator` | a rate so high that q ≥ 1 in a closed band | none |
/// | `interval_too_wide` | this age only: the 95% interval is wider than 20 years | limits |
///
/// Sources: Chiang (1968, 1984); Newell (1994); Silcocks, Jenner and Reza (2001), J Epidemiol
/// Community Health 55; Toson and Baker (2003) for the 5,000; Eayres and Williams (2004).
public struct LifeExpectancyTable: Sendable, Hashable {
  /// The age bands, the last one open.
  public let ages: AgeScale
  /// The number of areas.
  public let areaCount: Int
  /// The confidence level of ``lower`` and ``upper``.
  public let confidence: Double
  /// e by `[area][band]`, years; NaN unless the status is `ok`.
  public let lifeExpectancy: [Double]
  /// √V by `[area][band]`, years; NaN where no interval can be given.
  public let standardError: [Double]
  /// The lower limit of e by `[area][band]`; given for `interval_too_wide` too. May be negative.
  public let lower: [Double]
  /// The upper limit of e by `[area][band]`; given for `interval_too_wide` too.
  public let upper: [Double]
  /// What became of each figure, `[area][band]`.
  public let status: [ResultStatus]

  /// Person-years in all bands together up to which OHID gives no life expectancy.
  public static let smallestPopulation = 5000.0
  /// Width of the 95% interval above which OHID gives no life expectancy, years.
  public static let widestInterval = 20.0

  /// Life expectancies of areas from flat counts.
  ///
  /// - Parameters:
  ///   - deaths: D by `[area][band]`; NaN for a band without a record.
  ///   - population: P by `[area][band]`, person-years of the period over which deaths are counted.
  ///   - ages: the bands of every area.
  ///   - areaCount: the number of areas.
  ///   - confidence: of the limits. Suppression always goes by the 95% interval.
  /// - Throws: ``LifeTableError`` for a wrong number of counts or a confidence outside 0...1; never
  ///   for a value.
  /// - Complexity: O(areas × bands), no allocation an area.
  public init(
    deaths: [Double], population: [Double], ages: AgeScale, areaCount: Int = 1,
    confidence: Double = 0.95
  ) throws(LifeTableError) {
    let bands = ages.count
    let count = areaCount * bands
    guard deaths.count == count else {
      throw .countMismatch(.deaths, expected: count, actual: deaths.count)
    }
    guard population.count == count else {
      throw .countMismatch(.population, expected: count, actual: population.count)
    }
    guard confidence > 0, confidence < 1 else { throw .invalidConfidence }
    let z = Normal.twoSidedQuantile(confidence: confidence)
    let widestError = Self.widestInterval / (2 * Normal.twoSidedQuantile(confidence: 0.95))
    let widths = (0..<bands).map { Double(ages.width(at: $0) ?? 0) }

    var e = [Double](repeating: .nan, count: count)
    // Each filled on its own: a copy of `e` would be copied once more at the first write.
    var error = [Double](repeating: .nan, count: count)
    var lower = [Double](repeating: .nan, count: count)
    var upper = [Double](repeating: .nan, count: count)
    var status = [ResultStatus](repeating: .ok, count: count)
    for start in stride(from: 0, to: count, by: bands) {
      let last = start + bands - 1
      let problem = Self.problem(deaths, population, start: start, bands: bands, widths: widths)
      guard problem == .ok else {
        for i in start...last { status[i] = problem }
        continue
      }
      var next = population[last] / deaths[last]
      // The open band's s²/4 = 1/(D·M²).
      var variance = next * next / deaths[last]
      for i in stride(from: last, through: start, by: -1) {
        if i < last {
          let n = widths[i - start]
          let share = i == start ? Self.firstShare : Self.otherShare
          let rest = (1 - share) * n
          // q with numerator and denominator times P, which saves the division for M.
          let q = n * deaths[i] / (population[i] + rest * deaths[i])
          let p = 1 - q
          let lost = rest + next
          let spread = deaths[i] > 0 ? q * q * p / deaths[i] : 0
          variance = spread * lost * lost + p * p * variance
          next = n - rest * q + p * next
        }
        let deviation = variance.squareRoot()
        error[i] = deviation
        lower[i] = next - z * deviation
        upper[i] = next + z * deviation
        if deviation > widestError { status[i] = .intervalTooWide } else { e[i] = next }
      }
    }
    self.ages = ages
    self.areaCount = areaCount
    self.confidence = confidence
    self.lifeExpectancy = e
    self.standardError = error
    self.lower = lower
    self.upper = upper
    self.status = status
  }

  /// The position of an age's figures in the columns; `nil` where no band begins at that age or
  /// there is no such area.
  ///
  /// - Complexity: O(log *bands*).
  public func offset(area: Int = 0, age: Int) -> Int? {
    guard (0..<areaCount).contains(area), let band = ages.index(ofAge: age),
      ages.lowerBounds[band] == age
    else { return nil }
    return area * ages.count + band
  }

  fileprivate static var firstShare: Double { 0.1 }
  fileprivate static var otherShare: Double { 0.5 }

  /// The first condition that bars an area, `.ok` where none does.
  private static func problem(
    _ deaths: [Double], _ population: [Double], start: Int, bands: Int, widths: [Double]
  ) -> ResultStatus {
    var total = 0.0
    var plain = true
    for i in start..<(start + bands) {
      let d = deaths[i]
      let p = population[i]
      total += p
      // One comparison a band in the ordinary case; false for NaN.
      if !(d >= 0 && d <= p && p > 0 && p < .infinity) { plain = false }
    }
    guard plain else { return explain(deaths, population, start..<(start + bands)) }
    if total <= smallestPopulation { return .populationTooSmall }
    let last = start + bands - 1
    if deaths[last] == 0 { return .zeroDenominator }
    for i in start..<last {
      // q ≥ 1 ⟺ a·n·M ≥ 1
      let share = i == start ? firstShare : otherShare
      if share * widths[i - start] * deaths[i] >= population[i] {
        return .numeratorExceedsDenominator
      }
    }
    return .ok
  }

  private static func explain(
    _ deaths: [Double], _ population: [Double], _ range: Range<Int>
  ) -> ResultStatus {
    if range.contains(where: { deaths[$0].isNaN || population[$0].isNaN }) { return .bandsIncomplete }
    if range.contains(where: { deaths[$0].isInfinite || population[$0].isInfinite }) {
      return .nonFinite
    }
    if range.contains(where: { deaths[$0] < 0 || population[$0] < 0 }) { return .negative }
    if range.contains(where: { population[$0] == 0 }) { return .zeroDenominator }
    return .numeratorExceedsDenominator
  }
}

extension LifeTable {
  /// All columns of the table behind ``LifeExpectancyTable`` for one area: M = D / P, a = 0.1·n in
  /// the first band and 0.5·n in the others, open band L = l / M.
  ///
  /// Unlike the indicator it is given for small areas too, and a rate that is too high for the
  /// formula of q is dealt with (and reported) as in
  /// ``init(centralDeathRates:ages:sex:yearsLivedByDying:radix:)``.
  ///
  /// - Throws: ``LifeTableError`` as from deaths and exposure.
  /// - Complexity: O(*bands*).
  public static func chiang(
    deaths: [Double], population: [Double], ages: AgeScale, radix: Double = 100_000
  ) throws(LifeTableError) -> LifeTable {
    let years = (0..<ages.count).map { band in
      let share = band == 0 ? LifeExpectancyTable.firstShare : LifeExpectancyTable.otherShare
      return share * Double(ages.width(at: band) ?? 0)
    }
    return try LifeTable(
      deaths: deaths, exposure: population, ages: ages, sex: nil, yearsLivedByDying: years,
      radix: radix)
  }
}
