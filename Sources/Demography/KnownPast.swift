/// What was known of many areas at a base year: their people up to that mid-year, and the deaths of the nation up to
/// that calendar year. Everything later is cut off here, so that no forecast can look at it.
///
/// Estimates are taken as they stand now, revised after the censuses that followed: known at the time were the years,
/// not this vintage of them.
public struct KnownPast: Sendable, Hashable {
  /// The base year.
  public let base: Int
  /// People by area, mid-year, sex and age; the last mid-year is the base.
  public let history: PopulationHistory
  /// Deaths and person-years of the nation's women, to the base year or the last one that is held before it.
  public let female: MortalityExperience
  /// The same of men.
  public let male: MortalityExperience

  /// The part of two histories that ends with a base year.
  ///
  /// - Parameters:
  ///   - history: people by single years of age.
  ///   - female: deaths and person-years of women by single years of age, to an older open group than the history's.
  ///   - male: the same of men.
  ///   - base: the base year, held by the history and not its first.
  /// - Throws: ``BacktestError/base(_:held:)`` for a base year that is not held or has no year before it,
  ///   ``BacktestError/ages(_:national:)`` for ages that are not single years or do not fit together, and
  ///   ``BacktestError/noDeathsKnown(base:first:)`` where fewer than three years of deaths end by the base.
  /// - Complexity: O(cells).
  public init(
    history: PopulationHistory, female: MortalityExperience, male: MortalityExperience, base: Int
  ) throws(BacktestError) {
    let (first, last) = (history.years.lowerBound, history.years.upperBound)
    guard base > first, base <= last else { throw .base(base, held: (first + 1)...max(first + 1, last)) }
    guard history.ages.isSingleYear, female.ages.isSingleYear, history.ages.openAge > 1,
      female.ages.openAge > history.ages.openAge
    else { throw .ages(history.ages, national: female.ages) }
    guard female.ages == male.ages, female.years == male.years else { throw .mortality(.axesDiffer) }
    let deaths = female.years.lowerBound...max(female.years.lowerBound, min(base, female.years.upperBound))
    guard deaths.upperBound <= base, deaths.count >= 3, let women = female.selecting(deaths),
      let men = male.selecting(deaths)
    else { throw .noDeathsKnown(base: base, first: female.years.lowerBound) }
    self.base = base
    self.history = try Self.cut(history, through: base)
    self.female = women
    self.male = men
  }

  /// The experience of one sex.
  public func experience(_ sex: Sex) -> MortalityExperience { sex == .female ? female : male }

  private static func cut(_ history: PopulationHistory, through base: Int) throws(BacktestError) -> PopulationHistory {
    let block = history.years.count * 2 * history.ages.count
    let years = history.years.lowerBound...base
    let kept = years.count * 2 * history.ages.count
    var values: [Double] = []
    values.reserveCapacity(history.areas.count * kept)
    for area in history.areas.indices { values += history.values[(area * block)..<(area * block + kept)] }
    do throws(PopulationError) {
      return try PopulationHistory(areas: history.areas, ages: history.ages, years: years, values: values)
    } catch { throw .population(error) }
  }
}
