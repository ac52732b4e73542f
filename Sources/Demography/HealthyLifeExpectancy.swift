internal import Probability

/// Healthy life expectancy by Sullivan's method: the years of a life table that are lived free of a
/// condition whose prevalence a survey measured.
///
/// With π the prevalence of the condition in a group:
/// ```
/// L′ = L·(1 − π)        T′ = L′ + T′(x+n)        e′ = T′ / l
/// V(x) = Σᵢ [ l(i)²·((n − a)(1 − π) + e′(i+n))²·s²(q) + L(i)²·s²(π) ] / l(x)²      over groups i ≥ x
/// s²(q) = q²·(1 − q) / D, 0 without deaths and in the open group        s²(π) = π(1 − π) / N
/// ```
/// D are the deaths from which q was estimated, N the people whom the survey asked (divided by the
/// design effect, if there is one). Either part of the variance can be left out; with neither there
/// is no interval.
///
/// Sources: Sullivan (1971), HSMHA Health Reports 86; Jagger, Hauet and Brouard (2001) and Jagger,
/// Cox, Le Roy and EHEMU (2007), *Health Expectancy Calculation by the Sullivan Method*; Mathers
/// (1991) for the variance.
public struct HealthyLifeExpectancy: Sendable, Hashable {
  /// The age groups of all columns.
  public let ages: AgeScale
  /// L′, person-years free of the condition in the group.
  public let healthyPersonYears: [Double]
  /// e′, years free of the condition still to come at the beginning of the group.
  public let healthyLifeExpectancy: [Double]
  /// e, all years still to come.
  public let lifeExpectancy: [Double]
  /// The part of V that comes from mortality, years²; 0 where no deaths were given.
  public let mortalityVariance: [Double]
  /// The part of V that comes from the survey, years²; 0 where no sample sizes were given.
  public let prevalenceVariance: [Double]
  /// Whether there is a variance at all.
  public let hasVariance: Bool

  /// Healthy life expectancy of a life table and a prevalence.
  ///
  /// - Parameters:
  ///   - table: the life table.
  ///   - prevalence: π, the share *with* the condition, in 0...1, one a group.
  ///   - deaths: D, one count a group; `nil` leaves the mortality part out.
  ///   - sampleSizes: N, one number a group, above 0; `nil` leaves the prevalence part out.
  /// - Throws: ``LifeTableError`` for a wrong count, a negative or non-finite value, a prevalence
  ///   above 1, a group of the survey in which nobody was asked.
  /// - Complexity: O(*groups*).
  public init(
    table: LifeTable, prevalence: [Double], deaths: [Double]? = nil, sampleSizes: [Double]? = nil
  ) throws(LifeTableError) {
    let ages = table.ages
    try LifeTable.check(prevalence, .prevalence, ages)
    for x in prevalence.indices where prevalence[x] > 1 {
      throw .aboveOne(.prevalence, age: ages.lowerBounds[x], value: prevalence[x])
    }
    if let deaths { try LifeTable.check(deaths, .deaths, ages) }
    if let sampleSizes {
      try LifeTable.check(sampleSizes, .population, ages)
      for x in sampleSizes.indices where sampleSizes[x] == 0 {
        throw .noExposure(age: ages.lowerBounds[x], deaths: 0)
      }
    }
    let last = ages.count - 1
    var healthy = [Double](repeating: 0, count: ages.count)
    var mortality = healthy
    var survey = healthy
    // Backwards and per survivor, V(x) = own term + (1 − q)²·V(x+n): no division by a vanishing l.
    for x in stride(from: last, through: 0, by: -1) {
      let q = table.deathProbability[x]
      let width = Double(ages.width(at: x) ?? 0)
      let a = table.yearsLivedByDying[x]
      let personYears = x < last ? width - (width - a) * q : table.lifeExpectancy[x]
      let free = 1 - prevalence[x]
      healthy[x] = personYears * free
      if let sampleSizes {
        survey[x] = personYears * personYears * prevalence[x] * free / sampleSizes[x]
      }
      guard x < last else { continue }
      let survival = 1 - q
      if let deaths, deaths[x] > 0 {
        let lost = (width - a) * free + healthy[x + 1]
        mortality[x] = q * q * survival / deaths[x] * lost * lost
      }
      healthy[x] += survival * healthy[x + 1]
      mortality[x] += survival * survival * mortality[x + 1]
      survey[x] += survival * survival * survey[x + 1]
    }
    self.ages = ages
    healthyPersonYears = zip(table.personYearsLived, prevalence).map { $0 * (1 - $1) }
    healthyLifeExpectancy = healthy
    lifeExpectancy = table.lifeExpectancy
    mortalityVariance = mortality
    prevalenceVariance = survey
    hasVariance = deaths != nil || sampleSizes != nil
  }

  /// e′ at an age where a group begins; `nil` for any other age.
  ///
  /// - Complexity: O(log *groups*).
  public func healthyLifeExpectancy(at age: Int) -> Double? {
    guard let index = ages.index(ofAge: age), ages.lowerBounds[index] == age else { return nil }
    return healthyLifeExpectancy[index]
  }

  /// e′/e by group: the share of the years to come that is free of the condition.
  ///
  /// - Complexity: O(*groups*).
  public var healthyShare: [Double] { zip(healthyLifeExpectancy, lifeExpectancy).map { $0 / $1 } }

  /// √V by group, years; 0 without a variance (see ``hasVariance``).
  ///
  /// - Complexity: O(*groups*).
  public var standardError: [Double] {
    zip(mortalityVariance, prevalenceVariance).map { ($0 + $1).squareRoot() }
  }

  /// e′ ± z·√V by group; `nil` without a variance.
  ///
  /// - Parameter confidence: strictly between 0 and 1.
  /// - Throws: ``LifeTableError/invalidConfidence``.
  /// - Complexity: O(*groups*).
  public func interval(
    confidence: Double = 0.95
  ) throws(LifeTableError) -> (lower: [Double], upper: [Double])? {
    guard confidence > 0, confidence < 1 else { throw .invalidConfidence }
    guard hasVariance else { return nil }
    let z = Normal.twoSidedQuantile(confidence: confidence)
    let halves = standardError.map { z * $0 }
    return (
      zip(healthyLifeExpectancy, halves).map { $0 - $1 },
      zip(healthyLifeExpectancy, halves).map { $0 + $1 }
    )
  }
}
