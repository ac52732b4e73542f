/// How the deaths of a cohort in one step divide at its birthday: the shares that turn deaths in cohort form into
/// deaths by age and period.
///
/// c(x) is the share of the deaths on the way from group x into x + 1 that falls before age x + 1. In a stationary
/// population it is
/// ```
/// c(x) = (L(x) − l(x+1)) / (L(x) − L(x+1))       closed groups
/// c(W−1) = (L(W−1) − l(W)) / L(W−1)              the last closed and the open group together
/// ```
/// the second because those who stand in W−1 and W together lose T(W−1) − T(W) = L(W−1).
///
/// Source: Preston, Heuveline and Guillot (2001), *Demography*, section 6.3; the same figures as bayesPop.
public struct SeparationFactors: Sendable, Hashable {
  /// c(x), one for each closed group.
  public let values: [Double]

  /// The factors of a life table; 0 where nobody dies on the way.
  ///
  /// - Parameters:
  ///   - survivorship: l, survivors to the beginning of each group.
  ///   - personYearsLived: L, person-years lived in each group, as many as `survivorship`; that of the open
  ///     group is not used.
  /// - Complexity: O(*groups*).
  public init(survivorship l: [Double], personYearsLived L: [Double]) {
    let last = min(l.count, L.count) - 1
    values = (0..<max(0, last)).map { x in
      let dying = x == last - 1 ? L[x] : L[x] - L[x + 1]
      return dying > 0 ? (L[x] - l[x + 1]) / dying : 0
    }
  }

  /// The factors of a life table.
  public init(_ table: LifeTable) {
    self.init(survivorship: table.survivorship, personYearsLived: table.personYearsLived)
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
