/// People by area, sex and age at one mid-year.
///
/// Storage is flat, `[area][sex][age]`, so that whole rows travel between modules.
public struct Population: Sendable, Hashable {
  /// The areas, in storage order.
  public let areas: [Area]
  /// The age axis.
  public let ages: AgeScale
  /// The year whose middle (30 June) the counts describe.
  public let year: Int
  /// People, `[area][sex][age]`; fractions are allowed.
  public let counts: [Double]

  /// A population from flat counts.
  ///
  /// - Parameters:
  ///   - areas: the areas, each once.
  ///   - ages: the age axis; *n* groups.
  ///   - year: the mid-year.
  ///   - counts: people, `[area][sex][age]`: `areas.count × 2 × n` finite values, 0 or more.
  /// - Throws: ``PopulationError`` for a wrong number of counts, an area named twice, or a count
  ///   that is negative or not finite.
  /// - Complexity: O(cells).
  public init(areas: [Area], ages: AgeScale, year: Int, counts: [Double]) throws(PopulationError) {
    let expected = areas.count * 2 * ages.count
    guard counts.count == expected else {
      throw .countMismatch(expected: expected, found: counts.count)
    }
    var seen = Set<String>()
    for area in areas where !seen.insert(area.code).inserted { throw .duplicateArea(area) }
    for (i, count) in counts.enumerated() where !(count >= 0 && count.isFinite) {
      let cell = i % (2 * ages.count)
      throw .impossibleCount(
        count, area: areas[i / (2 * ages.count)], sex: Sex.allCases[cell / ages.count],
        age: ages.label(at: cell % ages.count))
    }
    self.areas = areas
    self.ages = ages
    self.year = year
    self.counts = counts
  }

  /// A population whose counts are known to be possible.
  init(unchecked areas: [Area], ages: AgeScale, year: Int, counts: [Double]) {
    self.areas = areas
    self.ages = ages
    self.year = year
    self.counts = counts
  }

  /// The offset of the first age of an area and sex in ``counts``.
  @inlinable public func offset(area: Int, sex: Sex) -> Int { (area * 2 + sex.index) * ages.count }

  /// The people of one area and sex by age.
  public func row(area: Int, sex: Sex) -> ArraySlice<Double> {
    let start = offset(area: area, sex: sex)
    return counts[start..<(start + ages.count)]
  }

  /// All people of an area, or those of one sex.
  ///
  /// - Complexity: O(ages).
  public func total(area: Int, sex: Sex? = nil) -> Double {
    guard let sex else { return total(area: area, sex: .female) + total(area: area, sex: .male) }
    return row(area: area, sex: sex).reduce(0, +)
  }

  /// The people of a band in an area, or `nil` where the age scale cuts the band in two.
  public func total(area: Int, ages band: AgeBand, sex: Sex? = nil) -> Double? {
    guard let indices = band.indices(in: ages) else { return nil }
    return (sex.map { [$0] } ?? Sex.allCases).reduce(0) { sum, sex in
      let start = offset(area: area, sex: sex)
      return counts[(start + indices.lowerBound)..<(start + indices.upperBound)].reduce(sum, +)
    }
  }

  /// The position of an area by its code.
  public func index(ofArea code: String) -> Int? { areas.firstIndex { $0.code == code } }

  /// The same population with other areas, in the order given; `nil` where one is not held or asked for
  /// twice.
  public func selecting(areaCodes: [String]) -> Population? {
    let block = 2 * ages.count
    var chosen: [Area] = []
    var values: [Double] = []
    guard Set(areaCodes).count == areaCodes.count else { return nil }
    for code in areaCodes {
      guard let i = index(ofArea: code) else { return nil }
      chosen.append(areas[i])
      values += counts[(i * block)..<((i + 1) * block)]
    }
    return Population(unchecked: chosen, ages: ages, year: year, counts: values)
  }
}

/// Why counts are not a population.
public enum PopulationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number of counts does not fit areas × 2 sexes × ages.
  case countMismatch(expected: Int, found: Int)
  /// An area that is asked for is not held.
  case missingArea(Area)
  /// An area stands twice.
  case duplicateArea(Area)
  /// A count below zero, infinite or not a number.
  case impossibleCount(Double, area: Area, sex: Sex, age: String)

  /// A sentence that says what is wrong.
  public var description: String {
    switch self {
    case .countMismatch(let expected, let found):
      "\(found) counts given; expected areas × 2 sexes × ages = \(expected)"
    case .missingArea(let area):
      "area \(area.code) (\(area.name)) is not held"
    case .duplicateArea(let area):
      "area \(area.code) stands twice; expected each area once"
    case .impossibleCount(let count, let area, let sex, let age):
      "\(count) people in area \(area.code), \(sex.rawValue), age \(age); expected 0 or more"
    }
  }
}
