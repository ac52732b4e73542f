/// Estimates of people by area, mid-year, sex and age: what calibration looks back on.
///
/// All years must come from one series; estimates that were rebased to a later census and estimates as
/// first published do not mix.
public struct PopulationHistory: Sendable, Hashable {
  /// The areas, in storage order.
  public let areas: [Area]
  /// The age axis.
  public let ages: AgeScale
  /// The mid-years held, without a gap.
  public let years: ClosedRange<Int>
  /// People, `[area][year][sex][age]`.
  public let values: [Double]

  /// A history from flat counts.
  ///
  /// - Throws: ``PopulationError`` for a wrong number of counts, an area named twice, or a count that is
  ///   negative or not finite.
  /// - Complexity: O(cells).
  public init(
    areas: [Area], ages: AgeScale, years: ClosedRange<Int>, values: [Double]
  ) throws(PopulationError) {
    let block = 2 * ages.count
    guard values.count == areas.count * years.count * block else {
      throw .countMismatch(expected: areas.count * years.count * block, found: values.count)
    }
    var seen = Set<String>()
    for area in areas where !seen.insert(area.code).inserted { throw .duplicateArea(area) }
    for (i, value) in values.enumerated() where !(value >= 0 && value.isFinite) {
      throw .impossibleCount(
        value, area: areas[i / (years.count * block)], sex: Sex.allCases[i % block / ages.count],
        age: ages.label(at: i % ages.count))
    }
    self.areas = areas
    self.ages = ages
    self.years = years
    self.values = values
  }

  /// The offset of the first age of an area, year and sex; the year must be held.
  @inlinable public func offset(area: Int, year: Int, sex: Sex) -> Int {
    ((area * years.count + year - years.lowerBound) * 2 + sex.index) * ages.count
  }

  /// The population of one mid-year, or `nil` for a year that is not held.
  public func population(in year: Int) -> Population? {
    guard years.contains(year) else { return nil }
    var counts: [Double] = []
    for area in areas.indices {
      let start = offset(area: area, year: year, sex: .female)
      counts += values[start..<(start + 2 * ages.count)]
    }
    return Population(unchecked: areas, ages: ages, year: year, counts: counts)
  }

  /// The history of some of the areas, in the order given.
  ///
  /// - Throws: ``PopulationError/missingArea(_:)`` for an area that is not held,
  ///   ``PopulationError/duplicateArea(_:)`` for one that is asked for twice.
  /// - Complexity: O(cells).
  public func selecting(_ wanted: [Area]) throws(PopulationError) -> PopulationHistory {
    let block = years.count * 2 * ages.count
    let held = Dictionary(areas.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { a, _ in a })
    var seen = Set<String>()
    var chosen: [Int] = []
    for area in wanted {
      guard let position = held[area.code] else { throw .missingArea(area) }
      guard seen.insert(area.code).inserted else { throw .duplicateArea(area) }
      chosen.append(position)
    }
    return PopulationHistory(
      unchecked: chosen.map { areas[$0] }, ages: ages, years: years,
      values: chosen.flatMap { values[($0 * block)..<(($0 + 1) * block)] })
  }

  private init(unchecked areas: [Area], ages: AgeScale, years: ClosedRange<Int>, values: [Double]) {
    self.areas = areas
    self.ages = ages
    self.years = years
    self.values = values
  }

  /// The steps from mid-year to mid-year that end no later than `base`, the latest `count` of them,
  /// without those in `leavingOut`.
  public func steps(before base: Int, count: Int, leavingOut: Set<Int> = []) -> [Int] {
    let last = min(base, years.upperBound)
    let first = max(years.lowerBound, last - count)
    guard first < last else { return [] }
    return (first..<last).filter { !leavingOut.contains($0) }
  }
}
