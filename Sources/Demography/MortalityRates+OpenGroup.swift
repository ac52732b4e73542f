extension MortalityRates {
  /// The same probabilities on a scale that ends at a lower open age, for one area.
  ///
  /// The open group needs its own rate: q of the new group is the mean of q over the groups gathered into
  /// it, weighted by the people who stand in them at the start of each step. (q of the age at which the
  /// group opens, used for all of it, made England's over-85s of 2035 10.7% too many; weights of the base
  /// year for all years 0.1%.)
  ///
  /// - Parameters:
  ///   - openAge: the lowest age of the new open group, one of the lower bounds of ``ages``.
  ///   - people: the people of the same ages, one area, for every step: `[year][sex][age]`, the years those
  ///     of ``years``.
  /// - Throws: ``AssumptionError/axesDiffer(component:)`` where the rates are not probabilities of one
  ///   area, the open age is no bound, or `people` does not fit.
  /// - Complexity: O(steps × ages).
  public func gatheringOpenGroup(
    at openAge: Int, weightedBy people: [Double]
  ) throws(AssumptionError) -> MortalityRates {
    let n = ages.count
    guard measure == .deathProbability, areaCount == 1, people.count == years.count * 2 * n,
      let open = ages.lowerBounds.firstIndex(of: openAge)
    else { throw .axesDiffer(component: .mortality) }
    let shorter: AgeScale
    do { shorter = try AgeScale(lowerBounds: Array(ages.lowerBounds[...open])) } catch {
      throw .axesDiffer(component: .mortality)
    }
    var result: [Double] = []
    for row in 0..<(years.count * 2) {
      let q = row * (n + 1)
      result += values[q..<(q + 1 + open)]
      var deaths = 0.0
      var all = 0.0
      for x in open..<n {
        deaths += values[q + 1 + x] * people[row * n + x]
        all += people[row * n + x]
      }
      result.append(all > 0 ? deaths / all : values[q + 1 + open])
    }
    return try MortalityRates(
      measure: .deathProbability, ages: shorter, years: years, areaCount: 1, values: result)
  }

  /// The same probabilities on a scale that ends at a lower open age, weighted by a stationary population:
  /// l(x+1) = l(x)(1 − q(x)) from the new open age on.
  ///
  /// For ages at which no population is published, such as 105 to 125 of ONS's national projections; the
  /// deaths that ONS publishes for 105+ are met within 5 a step by it.
  ///
  /// - Throws: ``AssumptionError/axesDiffer(component:)`` as ``gatheringOpenGroup(at:weightedBy:)``.
  /// - Complexity: O(steps × ages).
  public func gatheringOpenGroup(at openAge: Int) throws(AssumptionError) -> MortalityRates {
    let n = ages.count
    guard let open = ages.lowerBounds.firstIndex(of: openAge), measure == .deathProbability
    else { throw .axesDiffer(component: .mortality) }
    var people: [Double] = []
    people.reserveCapacity(years.count * 2 * n)
    for row in 0..<(years.count * 2) {
      people += Array(repeating: 0, count: open)
      var survivors = 1.0
      for x in open..<n {
        people.append(survivors)
        survivors *= 1 - values[row * (n + 1) + 1 + x]
      }
    }
    return try gatheringOpenGroup(at: openAge, weightedBy: people)
  }
}
