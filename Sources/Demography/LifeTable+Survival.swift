extension LifeTable {
  /// Survival ratios of a stationary population, for the projection steps `un-even` and `un-end`.
  ///
  /// The ratio of row x carries people *into* group x over one step as long as a group is wide:
  /// ```
  /// S(0) = L(0) / (n·l(0))                from birth into the first group
  /// S(x) = L(x) / L(x−1)                  into the closed groups
  /// S(W) = T(W) / T(W−1)                  for those in W−1 and W together, into the open group
  /// ```
  /// Source: Preston, Heuveline and Guillot (2001), section 6.2.
  ///
  /// - Returns: one ratio a group.
  /// - Throws: ``LifeTableError/unevenAges(singleYears:)`` where the closed groups differ in width
  ///   or there is none.
  /// - Complexity: O(*groups*).
  public func survivalRatios() throws(LifeTableError) -> [Double] {
    guard let width = ages.uniformWidth else { throw .unevenAges(singleYears: false) }
    let last = ages.count - 1
    var ratios = [Double](repeating: 0, count: ages.count)
    ratios[0] = personYearsPerSurvivor(0) / Double(width)
    for x in 1..<last { ratios[x] = survival(into: x) }
    ratios[last] = survivalIntoOpenGroup
    return ratios
  }

  /// Probabilities of dying in a year by age last birthday at its beginning, q(x+½), for the
  /// projection step `ons`.
  ///
  /// ```
  /// birth:      1 − L(0)/l(0)
  /// 0 … W−2:    1 − L(x+1)/L(x)
  /// W−1, W:     1 − T(W)/T(W−1)      one value for the two groups that gather in W
  /// ```
  /// Source: Preston, Heuveline and Guillot (2001), section 6.2; the step is that of the UK
  /// national projections (Government Actuary's Department).
  ///
  /// - Throws: ``LifeTableError/unevenAges(singleYears:)`` unless the table is by single years.
  /// - Complexity: O(*groups*).
  public func stepProbabilities() throws(LifeTableError) -> StepProbabilities {
    guard ages.isSingleYear, ages.count > 1 else { throw .unevenAges(singleYears: true) }
    let last = ages.count - 1
    var probabilities = [Double](repeating: 1 - survivalIntoOpenGroup, count: ages.count)
    for x in 0..<(last - 1) { probabilities[x] = 1 - survival(into: x + 1) }
    return StepProbabilities(birth: 1 - personYearsPerSurvivor(0), byAge: probabilities)
  }

  /// What `ons` steps need of a life table.
  public struct StepProbabilities: Sendable, Hashable {
    /// The probability that a child born in the year dies before its end.
    public let birth: Double
    /// The probability of dying in the year by age last birthday at its beginning.
    public let byAge: [Double]
  }

  /// L/l, defined where nobody survives to the group.
  private func personYearsPerSurvivor(_ x: Int) -> Double {
    guard let width = ages.width(at: x) else { return lifeExpectancy[x] }
    let q = deathProbability[x]
    return Double(width) * (1 - q) + yearsLivedByDying[x] * q
  }

  /// L(x)/L(x−1) without dividing by an l that may be 0.
  private func survival(into x: Int) -> Double {
    let before = personYearsPerSurvivor(x - 1)
    return before > 0
      ? (1 - deathProbability[x - 1]) * personYearsPerSurvivor(x) / before : 0
  }

  /// T(W)/T(W−1) likewise.
  private var survivalIntoOpenGroup: Double {
    let last = ages.count - 1
    let before = lifeExpectancy[last - 1]
    return before > 0 ? (1 - deathProbability[last - 1]) * lifeExpectancy[last] / before : 0
  }
}
