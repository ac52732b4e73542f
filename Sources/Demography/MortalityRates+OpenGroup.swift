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
  /// In a step and sex in which nobody stands at these ages the weights are those of a stationary population, as
  /// in ``gatheringOpenGroup(at:)``.
  ///
  /// - Throws: ``AssumptionError``: ``AssumptionError/wrongMeasure(_:expected:)`` for rates that are not
  ///   probabilities, ``AssumptionError/severalAreas(component:found:)``, ``AssumptionError/unknownOpenAge(_:)``,
  ///   ``AssumptionError/weightCount(expected:found:)`` and
  ///   ``AssumptionError/impossibleWeight(_:year:sex:age:)`` for people who are negative or not finite.
  /// - Complexity: O(steps × ages).
  public func gatheringOpenGroup(
    at openAge: Int, weightedBy people: [Double]
  ) throws(AssumptionError) -> MortalityRates {
    let n = ages.count
    let open = try groupOpening(at: openAge)
    guard people.count == years.count * 2 * n else {
      throw .weightCount(expected: years.count * 2 * n, found: people.count)
    }
    for (i, count) in people.enumerated() where !(count >= 0 && count.isFinite) {
      throw .impossibleWeight(
        count, year: years.lowerBound + i / (2 * n), sex: Sex.allCases[i / n % 2], age: ages.label(at: i % n))
    }
    let shorter: AgeScale
    do { shorter = try AgeScale(lowerBounds: Array(ages.lowerBounds[...open])) } catch {
      throw .unknownOpenAge(openAge)
    }
    var result: [Double] = []
    for row in 0..<(years.count * 2) {
      let q = row * (n + 1)
      result += values[q..<(q + 1 + open)]
      var standing = people[(row * n + open)..<((row + 1) * n)]
      if standing.allSatisfy({ $0 == 0 }) { standing = stationaryWeights(row: row, from: open)[...] }
      var deaths = 0.0
      var all = 0.0
      for (x, count) in zip(open..<n, standing) {
        deaths += values[q + 1 + x] * count
        all += count
      }
      result.append(deaths / all)
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
  /// - Throws: ``AssumptionError`` as ``gatheringOpenGroup(at:weightedBy:)``.
  /// - Complexity: O(steps × ages).
  public func gatheringOpenGroup(at openAge: Int) throws(AssumptionError) -> MortalityRates {
    let open = try groupOpening(at: openAge)
    let people = (0..<(years.count * 2)).flatMap { row in
      Array(repeating: 0, count: open) + stationaryWeights(row: row, from: open)
    }
    return try gatheringOpenGroup(at: openAge, weightedBy: people)
  }

  private func groupOpening(at openAge: Int) throws(AssumptionError) -> Int {
    guard measure == .deathProbability else { throw .wrongMeasure(measure, expected: .deathProbability) }
    guard areaCount == 1 else { throw .severalAreas(component: .mortality, found: areaCount) }
    guard let open = ages.lowerBounds.firstIndex(of: openAge) else { throw .unknownOpenAge(openAge) }
    return open
  }

  /// l from a group on, 1 at its beginning, for one step and sex.
  private func stationaryWeights(row: Int, from open: Int) -> [Double] {
    var survivors = 1.0
    return (open..<ages.count).map { x in
      defer { survivors *= 1 - values[row * (ages.count + 1) + 1 + x] }
      return survivors
    }
  }
}
