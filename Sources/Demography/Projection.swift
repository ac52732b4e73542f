/// A projected population with everything that made it: births, deaths, migration and adjustment by
/// area, step, sex and age, and the assumptions that it was made under.
///
/// For every area, sex and step: P(t+1) = P(t) + births − deaths + net migration + constraining migration +
/// reapportionment + adjustment; ``constrainingMigration`` is 0 unless the projection was constrained to a total,
/// ``reapportionment`` but in footprints that take shares by age.
///
/// Storage is flat and area-major, so that an area's future is one block.
public struct Projection: Sendable {
  /// The areas, in storage order.
  public let areas: [Area]
  /// The age axis.
  public let ages: AgeScale
  /// How each step was taken.
  public let convention: StepConvention
  /// The mid-years, the base first.
  public let years: [Int]
  /// What the projection was made under. For footprints: the assumptions of their parts.
  public let assumptions: Assumptions

  /// People, `[area][year][sex][age]`.
  public internal(set) var population: [Double] = []
  /// Deaths in cohort form by where people stood at the start of the step,
  /// `[area][step][sex][origin]`: origin 0 the newborns, origin x + 1 age group x.
  public internal(set) var deaths: [Double] = []
  /// Births by age group of the mother, `[area][step][age]`: those of group x are the births of the mean of the
  /// women in x at both ends of the step.
  public internal(set) var births: [Double] = []
  /// Births by sex of the child, `[area][step][sex]`.
  public internal(set) var birthsBySex: [Double] = []
  /// Net migrants by age when they move, `[area][step][sex][age]`.
  public internal(set) var netMigration: [Double] = []
  /// Arrivals, `[area][step][sex][age]`; empty where only net migration is known.
  public internal(set) var arrivals: [Double] = []
  /// Departures, `[area][step][sex][age]`; empty where only net migration is known.
  public internal(set) var departures: [Double] = []
  /// People that clipping created, `[area][step][sex][age at the end]`.
  public internal(set) var adjustment: [Double] = []
  /// People who come (above 0) or leave (below 0) at the end of a step so that all areas add up to a given total,
  /// `[area][step][sex][age at the end]`; empty unless constrained. They belong to net migration.
  public internal(set) var constrainingMigration: [Double] = []
  /// People who come under another share of their district as they grow older,
  /// `[area][step][sex][age at the end]`; empty unless a ``Footprint`` takes shares by age.
  public internal(set) var reapportionment: [Double] = []
  /// Every cell that was clipped, in storage order.
  public internal(set) var clips: [Clip] = []

  /// The base year.
  public var baseYear: Int { years[0] }
  /// The last year.
  public var endYear: Int { years[years.count - 1] }

  init(
    areas: [Area], ages: AgeScale, convention: StepConvention, years: [Int], assumptions: Assumptions
  ) {
    self.areas = areas
    self.ages = ages
    self.convention = convention
    self.years = years
    self.assumptions = assumptions
  }

  /// The position of an area by its code.
  public func index(ofArea code: String) -> Int? { areas.firstIndex { $0.code == code } }

  /// The offset of the first age of an area, year (by position) and sex in ``population``.
  func offset(area: Int, yearIndex: Int, sex: Sex) -> Int {
    ((area * years.count + yearIndex) * 2 + sex.index) * ages.count
  }

  /// The people of one area, year and sex by age; `nil` for a year that is not held.
  public func row(area: Int, year: Int, sex: Sex) -> ArraySlice<Double>? {
    guard let y = years.firstIndex(of: year) else { return nil }
    let start = offset(area: area, yearIndex: y, sex: sex)
    return population[start..<(start + ages.count)]
  }

  /// The population of all areas at one mid-year; `nil` for a year that is not held.
  public func population(in year: Int) -> Population? {
    guard let y = years.firstIndex(of: year) else { return nil }
    let block = 2 * ages.count
    var counts: [Double] = []
    counts.reserveCapacity(areas.count * block)
    for area in areas.indices {
      let start = offset(area: area, yearIndex: y, sex: .female)
      counts += population[start..<(start + block)]
    }
    return Population(unchecked: areas, ages: ages, year: year, counts: counts)
  }

  /// All people of an area at a mid-year, or those of one sex; `nil` for a year that is not held.
  public func total(area: Int = 0, in year: Int, sex: Sex? = nil) -> Double? {
    population(area: area, in: year, ages: AgeBand(0...), sex: sex)
  }

  /// The people of an area at a mid-year who are in a band of ages; `nil` for a year that is not held or a band
  /// that the age scale cuts in two.
  public func population(
    area: Int = 0, in year: Int, ages band: AgeBand, sex: Sex? = nil
  ) -> Double? {
    guard let y = years.firstIndex(of: year), let indices = band.indices(in: ages) else { return nil }
    return (sex.map { [$0] } ?? Sex.allCases).reduce(0) { sum, sex in
      let start = offset(area: area, yearIndex: y, sex: sex)
      return population[(start + indices.lowerBound)..<(start + indices.upperBound)]
        .reduce(sum, +)
    }
  }

  /// The people of an area at ages from `range` on: `projection.population(in: 2035, ages: 85...)`.
  public func population(
    area: Int = 0, in year: Int, ages range: PartialRangeFrom<Int>, sex: Sex? = nil
  ) -> Double? {
    population(area: area, in: year, ages: AgeBand(range), sex: sex)
  }

  /// The people of an area at ages in `range`: `projection.population(in: 2035, ages: 65...84)`.
  public func population(
    area: Int = 0, in year: Int, ages range: ClosedRange<Int>, sex: Sex? = nil
  ) -> Double? {
    population(area: area, in: year, ages: AgeBand(range), sex: sex)
  }
}
