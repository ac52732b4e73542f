/// Births and deaths registered by area and step, totals of all ages.
public struct Registrations: Sendable, Hashable {
  /// The first years of the steps.
  public let years: Range<Int>
  /// Births, `[area][step]`; NaN where none are known.
  public let births: [Double]
  /// Deaths, `[area][step]`; NaN where none are known.
  public let deaths: [Double]

  /// Registrations from flat values, `[area][step]`, NaN where unknown.
  ///
  /// - Throws: ``AssumptionError/countMismatch(component:expected:found:)`` where births and deaths
  ///   differ in number or do not fill whole areas.
  public init(years: Range<Int>, births: [Double], deaths: [Double]) throws(AssumptionError) {
    guard births.count == deaths.count else {
      throw .countMismatch(component: .mortality, expected: births.count, found: deaths.count)
    }
    guard years.isEmpty ? births.isEmpty : births.count % years.count == 0 else {
      throw .countMismatch(component: .fertility, expected: years.count, found: births.count)
    }
    self.years = years
    self.births = births
    self.deaths = deaths
  }

  /// The registered births of an area in the step from mid-`year`, or `nil` where unknown.
  public func births(area: Int, year: Int) -> Double? { value(births, area, year) }

  /// The registered deaths of an area in the step from mid-`year`, or `nil` where unknown.
  public func deaths(area: Int, year: Int) -> Double? { value(deaths, area, year) }

  private func value(_ values: [Double], _ area: Int, _ year: Int) -> Double? {
    guard years.contains(year) else { return nil }
    let found = values[area * years.count + year - years.lowerBound]
    return found.isFinite ? found : nil
  }
}
