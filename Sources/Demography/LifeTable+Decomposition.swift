extension LifeTable {
  /// What each age group adds to the difference between two life expectancies, in years: the sum
  /// is e of `other` minus e of this table.
  ///
  /// With this table as 1 and the other as 2, for a group that begins at x (p = 1 − q):
  /// ```
  /// Δ(x) = l₁(x)/l₁(x₀) · [ L₂/l₂ − L₁/l₁ + (p₂ − p₁)·e₂(x+n) ]        open group: l₁/l₁(x₀)·(e₂ − e₁)
  /// ```
  /// which is Arriaga's direct effect, l₁/l₁(x₀)·(L₂/l₂ − L₁/l₁), and his indirect and interaction
  /// effects together. It is not symmetric: exchanging the tables gives other shares by age.
  ///
  /// Source: Arriaga (1984), *Measuring and explaining the change in life expectancies*,
  /// Demography 21.
  ///
  /// - Parameters:
  ///   - other: a table with the same ages.
  ///   - age: x₀, from where life expectancy counts; groups below it contribute 0.
  /// - Returns: Δ by group.
  /// - Throws: ``LifeTableError/differentTables``, ``LifeTableError/unknownAge(_:)``.
  /// - Complexity: O(*groups*).
  public func contributions(
    toLifeExpectancyOf other: LifeTable, at age: Int = 0
  ) throws(LifeTableError) -> [Double] {
    guard ages == other.ages else { throw .differentTables }
    guard let start = index(beginningAt: age) else { throw .unknownAge(age) }
    let last = ages.count - 1
    var contributions = [Double](repeating: 0, count: ages.count)
    var reaching = 1.0
    for x in start..<last {
      let width = Double(ages.lowerBounds[x + 1] - ages.lowerBounds[x])
      let q1 = deathProbability[x]
      let q2 = other.deathProbability[x]
      // L/l = n − (n − a)·q, so that nothing is divided by an l that may be 0.
      let direct = (width - yearsLivedByDying[x]) * q1 - (width - other.yearsLivedByDying[x]) * q2
      contributions[x] = reaching * (direct + (q1 - q2) * other.lifeExpectancy[x + 1])
      reaching *= 1 - q1
    }
    contributions[last] = reaching * (other.lifeExpectancy[last] - lifeExpectancy[last])
    return contributions
  }

  /// Years of life lost by group: deaths times the years that this table still promises at the age
  /// of death.
  ///
  /// Death falls a years into the group, where e is interpolated: e(x) + (a/n)·(e(x+n) − e(x)); in
  /// the open group it is e(W), as a constant force of mortality has it.
  ///
  /// - Parameter deaths: observed deaths, one count a group.
  /// - Returns: years lost by group; their sum is the total.
  /// - Throws: ``LifeTableError`` for a wrong count, a negative or non-finite one.
  /// - Complexity: O(*groups*).
  public func yearsOfLifeLost(deaths: [Double]) throws(LifeTableError) -> [Double] {
    try Self.check(deaths, .deaths, ages)
    return deaths.indices.map { x in
      guard let width = ages.width(at: x) else { return deaths[x] * lifeExpectancy[x] }
      let share = yearsLivedByDying[x] / Double(width)
      return deaths[x] * (lifeExpectancy[x] + share * (lifeExpectancy[x + 1] - lifeExpectancy[x]))
    }
  }

  /// Years of life lost by group before a limit age: deaths × max(0, limit − (x + a)).
  ///
  /// With the usual a = n/2 this is the potential years of life lost of official statistics
  /// (Romeder and McWhinnie 1977, Int J Epidemiol 6). A group that the limit cuts in two counts by
  /// its mean age at death, the open group by x + e(x).
  ///
  /// - Parameters:
  ///   - deaths: observed deaths, one count a group.
  ///   - limit: the age before which a death is premature, such as 75.
  /// - Returns: years lost by group; their sum is the total.
  /// - Throws: ``LifeTableError`` for a wrong count, a negative or non-finite one.
  /// - Complexity: O(*groups*).
  public func yearsOfLifeLost(deaths: [Double], before limit: Int) throws(LifeTableError) -> [Double] {
    try Self.check(deaths, .deaths, ages)
    return deaths.indices.map { x in
      deaths[x] * max(0, Double(limit - ages.lowerBounds[x]) - yearsLivedByDying[x])
    }
  }
}
