extension Population {
  /// The same people in whole numbers that keep the sums: the whole, the areas, and each area's sexes are what their
  /// own sums round to within one person, and every sum is exactly that of its parts.
  ///
  /// From the top down by largest remainders (Hamilton's method): the whole rounds to the nearest person; every part
  /// is first rounded down, and the people who are left go one each to the parts with the largest remainders. Areas
  /// share the whole, the sexes share their area, and ages share their sex. Equal remainders go by the area's code,
  /// females first, the lower age first, so that the order of areas changes nothing.
  ///
  /// - Complexity: O(cells × log cells).
  public func wholePeople() -> Population {
    let order = areas.indices.sorted { areas[$0].code < areas[$1].code }
    let sums = areas.indices.map { area in Sex.allCases.map { row(area: area, sex: $0).reduce(0, +) } }
    let byArea = LargestRemainder.rounded(order.map { sums[$0][0] + sums[$0][1] })
    var whole = counts
    for (position, area) in order.enumerated() {
      let bySex = LargestRemainder.rounded(sums[area], to: byArea[position])
      for sex in Sex.allCases {
        let start = offset(area: area, sex: sex)
        let people = LargestRemainder.rounded(Array(row(area: area, sex: sex)), to: bySex[sex.index])
        for x in 0..<ages.count { whole[start + x] = people[x] }
      }
    }
    return Population(unchecked: areas, ages: ages, year: year, counts: whole)
  }
}

/// Whole numbers by largest remainders (Hamilton 1792; Balinski and Young 1982).
public enum LargestRemainder {
  /// Whole numbers that add up to the rounded sum of the values: each rounded down, then one more for those with the
  /// largest remainders, the earlier first where remainders are equal.
  ///
  /// - Parameter values: finite numbers of either sign.
  /// - Complexity: O(*n* log *n*).
  public static func rounded(_ values: [Double]) -> [Double] {
    rounded(values, to: values.reduce(0, +).rounded())
  }

  /// Whole numbers that add up to a whole total.
  ///
  /// A total further from the values' own sum than one a value is met by as many rounds as it takes, each of one more
  /// (or less) for everybody.
  ///
  /// - Parameters:
  ///   - values: finite numbers of either sign; none gives none.
  ///   - total: a whole number.
  /// - Complexity: O(*n* log *n*).
  public static func rounded(_ values: [Double], to total: Double) -> [Double] {
    var whole = values.map { $0.rounded(.down) }
    guard !whole.isEmpty else { return whole }
    let missing = total - whole.reduce(0, +)
    let rounds = (missing / Double(whole.count)).rounded(.down)
    if rounds != 0 { for i in whole.indices { whole[i] += rounds } }
    let left = Int(missing - rounds * Double(whole.count))
    let byRemainder = values.indices.sorted {
      let (a, b) = (values[$0] - values[$0].rounded(.down), values[$1] - values[$1].rounded(.down))
      return a != b ? a > b : $0 < $1
    }
    for i in byRemainder.prefix(left) { whole[i] += 1 }
    return whole
  }
}
