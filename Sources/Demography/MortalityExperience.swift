#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The deaths of a population and the person-years in which they happened, by year and age: what a mortality model is
/// fitted to.
///
/// Storage is flat, `[year][age]`. A year's mid-year population may stand for its person-years.
public struct MortalityExperience: Sendable, Hashable {
  /// A year and an age group, by its lowest age.
  public struct Cell: Sendable, Hashable {
    /// The year.
    public let year: Int
    /// The lowest age of the group.
    public let age: Int

    /// A cell from its year and lowest age.
    public init(year: Int, age: Int) {
      self.year = year
      self.age = age
    }
  }

  /// The age axis.
  public let ages: AgeScale
  /// The years, without a gap.
  public let years: ClosedRange<Int>
  /// Deaths, `[year][age]`, not necessarily whole.
  public let deaths: [Double]
  /// Person-years, `[year][age]`.
  public let exposures: [Double]

  /// An experience from flat counts.
  ///
  /// - Throws: ``MortalityModelError`` for a wrong number of values, deaths that are negative or not finite, or
  ///   person-years that are not above 0: a cell without anybody in it has no rate. Gather such ages in an older or
  ///   wider open group first (``gatheringOpenGroup(at:)``).
  /// - Complexity: O(cells).
  public init(
    ages: AgeScale, years: ClosedRange<Int>, deaths: [Double], exposures: [Double]
  ) throws(MortalityModelError) {
    let expected = years.count * ages.count
    for found in [deaths.count, exposures.count] where found != expected {
      throw .countMismatch(expected: expected, found: found)
    }
    for i in 0..<expected {
      let cell = Cell(year: years.lowerBound + i / ages.count, age: ages.lowerBounds[i % ages.count])
      guard deaths[i] >= 0, deaths[i].isFinite else { throw .impossibleDeaths(deaths[i], cell) }
      guard exposures[i] > 0, exposures[i].isFinite else { throw .noExposure(exposures[i], cell) }
    }
    self.init(unchecked: ages, years: years, deaths: deaths, exposures: exposures)
  }

  private init(unchecked ages: AgeScale, years: ClosedRange<Int>, deaths: [Double], exposures: [Double]) {
    self.ages = ages
    self.years = years
    self.deaths = deaths
    self.exposures = exposures
  }

  /// The cells in which nobody died, in storage order.
  public var cellsWithoutDeaths: [Cell] {
    deaths.indices.filter { deaths[$0] == 0 }.map {
      Cell(year: years.lowerBound + $0 / ages.count, age: ages.lowerBounds[$0 % ages.count])
    }
  }

  /// Logarithms of the central death rates, `[year][age]`; a cell in which nobody died (``cellsWithoutDeaths``) counts
  /// as half a death, the constant that makes the logarithm of a Poisson rate least biased (Gart and Zweifel 1967).
  ///
  /// - Complexity: O(cells).
  public var logRates: [Double] {
    zip(deaths, exposures).map { log(($0 == 0 ? 0.5 : $0) / $1) }
  }

  /// The same with all ages from `age` on in one open group; `nil` where no group begins at that age.
  ///
  /// - Complexity: O(cells).
  public func gatheringOpenGroup(at age: Int) -> MortalityExperience? {
    guard let open = ages.lowerBounds.firstIndex(of: age),
      let gathered = try? AgeScale(lowerBounds: Array(ages.lowerBounds[...open]))
    else { return nil }
    func gather(_ values: [Double]) -> [Double] {
      var result: [Double] = []
      for start in stride(from: 0, to: values.count, by: ages.count) {
        result += values[start..<(start + open)]
        result.append(values[(start + open)..<(start + ages.count)].reduce(0, +))
      }
      return result
    }
    return MortalityExperience(
      unchecked: gathered, years: years, deaths: gather(deaths), exposures: gather(exposures))
  }

  /// The years from `years.lowerBound` to its upper bound only; `nil` where one is not held.
  ///
  /// - Complexity: O(cells).
  public func selecting(_ wanted: ClosedRange<Int>) -> MortalityExperience? {
    guard years.contains(wanted.lowerBound), years.contains(wanted.upperBound) else { return nil }
    let start = (wanted.lowerBound - years.lowerBound) * ages.count
    let cells = start..<(start + wanted.count * ages.count)
    return MortalityExperience(
      unchecked: ages, years: wanted, deaths: Array(deaths[cells]), exposures: Array(exposures[cells]))
  }

  /// Both experiences together.
  ///
  /// - Throws: ``MortalityModelError/axesDiffer`` where ages or years differ.
  /// - Complexity: O(cells).
  public func combined(with other: MortalityExperience) throws(MortalityModelError) -> MortalityExperience {
    guard ages == other.ages, years == other.years else { throw .axesDiffer }
    return MortalityExperience(
      unchecked: ages, years: years, deaths: zip(deaths, other.deaths).map { $0 + $1 },
      exposures: zip(exposures, other.exposures).map { $0 + $1 })
  }

  /// Refuses what no model of ages over time can be fitted to.
  func checkFittable() throws(MortalityModelError) {
    guard years.count >= 3 else { throw .tooFewYears(years.count) }
    for x in 0..<ages.count where stride(from: x, to: deaths.count, by: ages.count).allSatisfy({ deaths[$0] == 0 }) {
      throw .noDeathsAtAge(ages.lowerBounds[x])
    }
    for year in years {
      let start = (year - years.lowerBound) * ages.count
      if deaths[start..<(start + ages.count)].allSatisfy({ $0 == 0 }) { throw .noDeathsInYear(year) }
    }
  }
}
