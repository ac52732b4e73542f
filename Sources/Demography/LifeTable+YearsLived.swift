extension LifeTable {
  /// a, the years lived in a group by those who die in it, where nobody measured it.
  ///
  /// Half the width n/2, except below age 5 where deaths lean to the beginning of the group:
  /// ```
  ///                    m₀ < 0.107            m₀ ≥ 0.107
  /// ₁a₀  female    0.053 + 2.800 m₀           0.350
  ///      male      0.045 + 2.684 m₀           0.330
  /// ₄a₁  female    1.522 − 1.518 m₀           1.361
  ///      male      1.651 − 2.816 m₀           1.352
  /// ```
  /// a₀ applies to a first group of one year, ₄a₁ to a group 1–4 behind it. A first group of any
  /// other width takes n/2, which is too much for it: supply a of your own there. The open group's
  /// value is left 0; the table replaces it by 1/m.
  ///
  /// Source: Coale and Demeny (1983), *Regional Model Life Tables*, West; in terms of m₀ by
  /// Preston, Heuveline and Guillot (2001), table 3.3.
  ///
  /// - Parameters:
  ///   - ages: the groups.
  ///   - infantDeathRate: m₀.
  ///   - sex: `nil` (both sexes together) takes the mean of the two.
  /// - Complexity: O(*groups*).
  public static func standardYearsLivedByDying(
    ages: AgeScale, infantDeathRate: Double, sex: Sex?
  ) -> [Double] {
    var years = (0..<ages.count).map { Double(ages.width(at: $0) ?? 0) / 2 }
    guard ages.width(at: 0) == 1 else { return years }
    years[0] = infantYears(infantDeathRate, sex)
    if ages.width(at: 1) == 4 { years[1] = childYears(infantDeathRate, sex) }
    return years
  }

  static func checkedYears(
    _ own: [Double]?, ages: AgeScale, infantDeathRate: Double, sex: Sex?
  ) throws(LifeTableError) -> [Double] {
    guard var years = own else {
      return standardYearsLivedByDying(ages: ages, infantDeathRate: infantDeathRate, sex: sex)
    }
    guard years.count == ages.count else {
      throw .countMismatch(.yearsLivedByDying, expected: ages.count, actual: years.count)
    }
    // The open group's own value is never used, so it may be anything a source prints there.
    years[ages.count - 1] = 0
    try check(years, .yearsLivedByDying, ages)
    for x in 0..<(ages.count - 1) {
      let width = ages.lowerBounds[x + 1] - ages.lowerBounds[x]
      if years[x] > Double(width) {
        throw .yearsLivedExceedWidth(age: ages.lowerBounds[x], value: years[x], width: width)
      }
    }
    return years
  }

  /// m₀ of q₀ where a₀ follows from m₀: with a₀ = α + β·m₀ the root of
  /// β·q·m² + (1 − (1 − α)·q)·m − q = 0. The two branches overlap by a hair at m₀ = 0.107; the
  /// lower one is taken there.
  static func infantDeathRate(probability q: Double, sex: Sex?) -> Double {
    let low = infantYears(0, sex)
    let slope = (infantYears(0.1, sex) - low) / 0.1
    let b = 1 - (1 - low) * q
    // The form without cancellation, which is exact at q = 0 too.
    let root = 2 * q / (b + (b * b + 4 * slope * q * q).squareRoot())
    if root < infantRateThreshold { return root }
    let constant = q / (1 - (1 - infantYears(1, sex)) * q)
    return max(constant, infantRateThreshold)
  }

  /// m₀ that stands for q₀ = 0.100, from where Coale and Demeny hold a constant.
  private static var infantRateThreshold: Double { 0.107 }

  private static func infantYears(_ m: Double, _ sex: Sex?) -> Double {
    switch sex {
    case .female: m < infantRateThreshold ? 0.053 + 2.8 * m : 0.35
    case .male: m < infantRateThreshold ? 0.045 + 2.684 * m : 0.33
    case nil: (infantYears(m, .female) + infantYears(m, .male)) / 2
    }
  }

  private static func childYears(_ m: Double, _ sex: Sex?) -> Double {
    switch sex {
    case .female: m < infantRateThreshold ? 1.522 - 1.518 * m : 1.361
    case .male: m < infantRateThreshold ? 1.651 - 2.816 * m : 1.352
    case nil: (childYears(m, .female) + childYears(m, .male)) / 2
    }
  }
}
