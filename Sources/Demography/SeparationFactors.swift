/// How the deaths of a cohort in one step divide at its birthday: the shares that turn deaths in cohort form into
/// deaths by age and period.
///
/// c(x) is the share of the deaths on the way from the group at x into the next that falls before the birthday
/// x + n, in a step as long as the groups are wide, n years. In a stationary population it is
/// ```
/// c(x) = (L(x) − n·l(x+n)) / (L(x) − L(x+n))       closed groups
/// c(W−n) = (L(W−n) − n·l(W)) / L(W−n)              the last closed and the open group together
/// ```
/// since of the L(x) who stand in the group n·l(x+n) reach its end within n years; the second because those who
/// stand in the last two groups together lose T(W−n) − T(W) = L(W−n).
///
/// Source: Preston, Heuveline and Guillot (2001), *Demography*, section 6.3; for single years the same figures as
/// bayesPop.
public struct SeparationFactors: Sendable, Hashable {
  /// c(x), one for each closed group.
  public let values: [Double]

  /// The factors of a life table; 0 where nobody dies on the way.
  ///
  /// - Parameters:
  ///   - l: survivors to the beginning of each group.
  ///   - L: person-years lived in each group; that of the open group is not used.
  ///   - ages: the groups, the closed ones of one width.
  /// - Throws: ``LifeTableError`` for a column that has not one value a group, a value that is negative or not
  ///   finite, and closed groups of different widths or none.
  /// - Complexity: O(*groups*).
  public init(
    survivorship l: [Double], personYearsLived L: [Double], ages: AgeScale
  ) throws(LifeTableError) {
    try LifeTable.check(l, .survivorship, ages)
    try LifeTable.check(L.isEmpty ? [] : L.dropLast() + [0], .personYearsLived, ages)
    guard let width = ages.uniformWidth else { throw .unevenAges(singleYears: false) }
    let n = Double(width)
    let last = ages.count - 1
    values = (0..<last).map { x in
      let dying = x == last - 1 ? L[x] : L[x] - L[x + 1]
      return dying > 0 ? (L[x] - n * l[x + 1]) / dying : 0
    }
  }

  /// The factors of a life table.
  ///
  /// - Throws: ``LifeTableError/unevenAges(singleYears:)`` for closed groups of different widths or none.
  /// - Complexity: O(*groups*).
  public init(_ table: LifeTable) throws(LifeTableError) {
    try self.init(
      survivorship: table.survivorship, personYearsLived: table.personYearsLived, ages: table.ages)
  }
}

extension Projection {
  /// Deaths by age at death in the step that ends at mid-`year`, for one sex.
  ///
  /// With d(0) the deaths of the step's newborns and d(x) those on the way into group x (the open group's with
  /// the last closed one's): D(0) = d(0) + d(1)c(0), D(x) = d(x)(1 − c(x−1)) + d(x+1)c(x). The sum is that of the
  /// cohort deaths.
  ///
  /// - Returns: one count a group; `nil` for a year without a step or factors that do not fit the ages.
  /// - Complexity: O(*groups*).
  public func periodDeaths(
    area: Int = 0, endingIn year: Int, sex: Sex, separation: SeparationFactors
  ) -> [Double]? {
    let n = ages.count
    guard let y = years.firstIndex(of: year), y > 0, n > 1, separation.values.count == n - 1 else { return nil }
    let start = ((area * (years.count - 1) + y - 1) * 2 + sex.index) * (n + 1)
    var into = Array(deaths[start..<(start + n)])
    into[n - 1] += deaths[start + n]
    let c = separation.values
    return (0..<n).map { x in
      (x == 0 ? into[0] : into[x] * (1 - c[x - 1])) + (x + 1 < n ? into[x + 1] * c[x] : 0)
    }
  }
}
