#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A period life table: what becomes of `radix` newborn people who meet the death rates of one
/// period at each age.
///
/// For a group that begins at age x and is n years wide (the last one open):
/// ```
/// q = n·m / (1 + (n − a)·m)      l(x+n) = l·(1 − q)      d = l·q
/// L = n·l(x+n) + a·d             T = L + T(x+n)          e = T / l
/// open group W:  q = 1,  a = e = 1/m,  L = l/m
/// ```
/// Complete tables (single years) and abridged ones (0, 1–4, 5–9, …, or any other scale) are the
/// same type. Every column has one value an age group and is exact to rounding: d/L gives m back.
///
/// Source: Preston, Heuveline and Guillot (2001), *Demography*, chapter 3.
public struct LifeTable: Sendable, Hashable {
  /// The age groups of all columns.
  public let ages: AgeScale
  /// l₀, the number of births that the table starts from.
  public let radix: Double
  /// m: deaths per person-year lived in the group.
  public let centralDeathRate: [Double]
  /// q: probability that somebody who reaches the group dies in it; 1 in the open group.
  public let deathProbability: [Double]
  /// a: years lived in the group by those who die in it, on average.
  public let yearsLivedByDying: [Double]
  /// l: survivors to the beginning of the group, in people.
  public let survivorship: [Double]
  /// d: deaths in the group, in people.
  public let deaths: [Double]
  /// L: person-years lived in the group.
  public let personYearsLived: [Double]
  /// T: person-years lived in the group and above it.
  public let personYearsAbove: [Double]
  /// e: years still to live at the beginning of the group, on average.
  public let lifeExpectancy: [Double]
  /// The groups whose rate was too high for the formula of q (a·m > 1), in ascending order; see
  /// ``init(centralDeathRates:ages:sex:yearsLivedByDying:radix:)``. Empty in ordinary tables.
  public let adjustedProbabilities: [Int]

  /// The table of central death rates.
  ///
  /// Where q = n·m/(1 + (n − a)·m) would exceed 1, q is 1 − exp(−n·m) (a constant force of
  /// mortality) and a is the value that belongs to it, so that d/L = m still holds; such groups
  /// are listed in ``adjustedProbabilities``. Never silent, never above 1.
  ///
  /// - Parameters:
  ///   - centralDeathRates: m, deaths per person-year, one a group, 0 or more; above 0 in the open
  ///     group.
  ///   - ages: the groups.
  ///   - sex: whose a₀ and ₄a₁ are used; `nil` (both sexes together) takes the mean of the two.
  ///   - yearsLivedByDying: a of one's own, one a group; the value of the open group is not used
  ///     (it is 1/m). `nil` takes ``standardYearsLivedByDying(ages:infantDeathRate:sex:)``.
  ///   - radix: l₀.
  /// - Throws: ``LifeTableError`` for a wrong count, a negative or non-finite value, no deaths in
  ///   the open group, a outside 0...n, a radix that is not positive.
  /// - Complexity: O(*groups*).
  public init(
    centralDeathRates: [Double], ages: AgeScale, sex: Sex?, yearsLivedByDying: [Double]? = nil,
    radix: Double = 100_000
  ) throws(LifeTableError) {
    try Self.check(centralDeathRates, .centralDeathRate, ages)
    let last = ages.count - 1
    guard centralDeathRates[last] > 0 else { throw .zeroRateInOpenGroup(age: ages.openAge) }
    var years = try Self.checkedYears(
      yearsLivedByDying, ages: ages, infantDeathRate: centralDeathRates[0], sex: sex)
    var probabilities = [Double](repeating: 1, count: ages.count)
    var adjusted: [Int] = []
    for x in 0..<last {
      let n = Double(ages.lowerBounds[x + 1] - ages.lowerBounds[x])
      let m = centralDeathRates[x]
      let q = n * m / (1 + (n - years[x]) * m)
      if q <= 1 {
        probabilities[x] = q
      } else {
        probabilities[x] = min(1, -expm1(-n * m))
        years[x] = max(0, n + 1 / m - n / probabilities[x])
        adjusted.append(x)
      }
    }
    try self.init(
      ages: ages, rates: centralDeathRates, probabilities: probabilities, years: years,
      radix: radix, adjusted: adjusted)
  }

  /// The table of death probabilities; m = q / (n − (n − a)·q) in the closed groups.
  ///
  /// a₀ depends on m₀: where it is not given, m₀ is the solution of both equations together.
  ///
  /// - Parameters:
  ///   - deathProbabilities: q, one a group, each in 0...1; the value of the open group is not
  ///     used (it is 1).
  ///   - openDeathRate: m of the open group, per year and above 0, which q cannot tell.
  ///   - ages: the groups.
  ///   - sex: whose a₀ and ₄a₁ are used; `nil` (both sexes together) takes the mean of the two.
  ///   - yearsLivedByDying: a of one's own, one a group; the open group's is not used.
  ///   - radix: l₀.
  /// - Throws: ``LifeTableError`` as from rates, and for a probability above 1.
  /// - Complexity: O(*groups*).
  public init(
    deathProbabilities: [Double], openDeathRate: Double, ages: AgeScale, sex: Sex?,
    yearsLivedByDying: [Double]? = nil, radix: Double = 100_000
  ) throws(LifeTableError) {
    try Self.check(deathProbabilities, .deathProbability, ages)
    for x in deathProbabilities.indices where deathProbabilities[x] > 1 {
      throw .aboveOne(.deathProbability, age: ages.lowerBounds[x], value: deathProbabilities[x])
    }
    let last = ages.count - 1
    guard openDeathRate.isFinite else { throw .nonFinite(.centralDeathRate, age: ages.openAge) }
    guard openDeathRate >= 0 else {
      throw .negative(.centralDeathRate, age: ages.openAge, value: openDeathRate)
    }
    guard openDeathRate > 0 else { throw .zeroRateInOpenGroup(age: ages.openAge) }
    let years = try Self.checkedYears(
      yearsLivedByDying, ages: ages,
      infantDeathRate: Self.infantDeathRate(probability: deathProbabilities[0], sex: sex), sex: sex)
    var rates = [Double](repeating: openDeathRate, count: ages.count)
    var probabilities = deathProbabilities
    probabilities[last] = 1
    for x in 0..<last {
      let n = Double(ages.lowerBounds[x + 1] - ages.lowerBounds[x])
      let q = probabilities[x]
      let perSurvivor = n - (n - years[x]) * q
      guard perSurvivor > 0 else { throw .nonFinite(.centralDeathRate, age: ages.lowerBounds[x]) }
      rates[x] = q / perSurvivor
    }
    try self.init(
      ages: ages, rates: rates, probabilities: probabilities, years: years, radix: radix,
      adjusted: [])
  }

  /// The table of counted deaths and the exposure in which they happened: m = deaths / exposure.
  ///
  /// - Parameters:
  ///   - deaths: deaths by group, 0 or more, not necessarily whole.
  ///   - exposure: person-years by group, above 0; the mid-year population stands for a year's.
  ///   - ages: the groups.
  ///   - sex: whose a₀ and ₄a₁ are used; `nil` (both sexes together) takes the mean of the two.
  ///   - yearsLivedByDying: a of one's own, one a group; the open group's is not used.
  ///   - radix: l₀.
  /// - Throws: ``LifeTableError`` as from rates, and for a group without exposure, with deaths or
  ///   without (a rate of 0 there would be an invention).
  /// - Complexity: O(*groups*).
  public init(
    deaths: [Double], exposure: [Double], ages: AgeScale, sex: Sex?,
    yearsLivedByDying: [Double]? = nil, radix: Double = 100_000
  ) throws(LifeTableError) {
    try Self.check(deaths, .deaths, ages)
    try Self.check(exposure, .exposure, ages)
    for x in deaths.indices where exposure[x] == 0 {
      throw .noExposure(age: ages.lowerBounds[x], deaths: deaths[x])
    }
    try self.init(
      centralDeathRates: zip(deaths, exposure).map { $0 / $1 }, ages: ages, sex: sex,
      yearsLivedByDying: yearsLivedByDying, radix: radix)
  }

  /// The columns from m, q and a that agree with each other; `q` of the open group is 1.
  ///
  /// e runs from the top, e(x) = n(1 − q) + a·q + (1 − q)·e(x+n), so that it stays defined where
  /// nobody survives to an age.
  init(
    ages: AgeScale, rates: [Double], probabilities: [Double], years: [Double], radix: Double,
    adjusted: [Int]
  ) throws(LifeTableError) {
    guard radix.isFinite, radix > 0 else { throw .invalidRadix }
    let last = ages.count - 1
    var l = [Double](repeating: radix, count: ages.count)
    var d = l
    var L = l
    var T = l
    var e = l
    var a = years
    for x in 0..<last {
      d[x] = l[x] * probabilities[x]
      l[x + 1] = l[x] * (1 - probabilities[x])
      L[x] = Double(ages.lowerBounds[x + 1] - ages.lowerBounds[x]) * l[x + 1] + a[x] * d[x]
    }
    d[last] = l[last]
    a[last] = 1 / rates[last]
    L[last] = l[last] / rates[last]
    T[last] = L[last]
    e[last] = a[last]
    for x in stride(from: last - 1, through: 0, by: -1) {
      let n = Double(ages.lowerBounds[x + 1] - ages.lowerBounds[x])
      let q = probabilities[x]
      T[x] = T[x + 1] + L[x]
      e[x] = n * (1 - q) + a[x] * q + (1 - q) * e[x + 1]
    }
    self.ages = ages
    self.radix = radix
    centralDeathRate = rates
    deathProbability = probabilities
    yearsLivedByDying = a
    survivorship = l
    deaths = d
    personYearsLived = L
    personYearsAbove = T
    lifeExpectancy = e
    adjustedProbabilities = adjusted
  }

  /// e at an age where a group begins; `nil` for any other age.
  ///
  /// - Complexity: O(log *groups*).
  public func lifeExpectancy(at age: Int) -> Double? {
    index(beginningAt: age).map { lifeExpectancy[$0] }
  }

  /// The group that begins at an age.
  func index(beginningAt age: Int) -> Int? {
    guard let index = ages.index(ofAge: age), ages.lowerBounds[index] == age else { return nil }
    return index
  }

  static func check(
    _ values: [Double], _ quantity: LifeTableError.Quantity, _ ages: AgeScale
  ) throws(LifeTableError) {
    guard values.count == ages.count else {
      throw .countMismatch(quantity, expected: ages.count, actual: values.count)
    }
    for (age, value) in zip(ages.lowerBounds, values) {
      guard value.isFinite else { throw .nonFinite(quantity, age: age) }
      guard value >= 0 else { throw .negative(quantity, age: age, value: value) }
    }
  }
}
