/// Migration by area, step, sex and age: net people, gross flows, or net rates.
///
/// Storage is flat, `[area][step][sex][age]`, in people a step (for rates: people a step for each
/// person at its start). Migrants of age x are those who are x when they move; the convention of the
/// step says when they join (``StepConvention``).
public struct Migration: Sendable, Hashable {
  /// What the figures are.
  public enum Form: Sendable, Hashable {
    /// Net migrants, people a step.
    case net
    /// Gross flows: in and out, people a step.
    case flows
    /// Net migrants for each person at the start of the step.
    case netRates
  }

  /// What the figures are.
  public let form: Form
  /// The age axis.
  public let ages: AgeScale
  /// The first years of the steps.
  public let years: Range<Int>
  /// The number of areas.
  public let areaCount: Int
  /// Net migrants or net rates; arrivals where ``form`` is ``Form/flows``.
  public internal(set) var values: [Double]
  /// Departures where ``form`` is ``Form/flows``, else empty.
  public internal(set) var departures: [Double]

  /// Net migrants, `[area][step][sex][age]`.
  ///
  /// - Throws: ``AssumptionError`` for a wrong number of values or one that is not finite.
  public static func net(
    ages: AgeScale, years: Range<Int>, areaCount: Int, values: [Double]
  ) throws(AssumptionError) -> Migration {
    try Migration(form: .net, ages: ages, years: years, areaCount: areaCount, values, [])
  }

  /// Gross flows, `[area][step][sex][age]` each, 0 or more.
  ///
  /// - Throws: ``AssumptionError`` for a wrong number of values or one that is negative or not finite.
  public static func flows(
    ages: AgeScale, years: Range<Int>, areaCount: Int, arrivals: [Double], departures: [Double]
  ) throws(AssumptionError) -> Migration {
    try Migration(
      form: .flows, ages: ages, years: years, areaCount: areaCount, arrivals, departures)
  }

  /// Net rates for each person at the start of the step, `[area][step][sex][age]`.
  ///
  /// - Throws: ``AssumptionError`` for a wrong number of values or one that is not finite.
  public static func netRates(
    ages: AgeScale, years: Range<Int>, areaCount: Int, values: [Double]
  ) throws(AssumptionError) -> Migration {
    try Migration(form: .netRates, ages: ages, years: years, areaCount: areaCount, values, [])
  }

  /// No migration at all.
  public static func none(ages: AgeScale, years: Range<Int>, areaCount: Int) -> Migration {
    Migration(
      unchecked: .net, ages: ages, years: years, areaCount: areaCount,
      Array(repeating: 0, count: areaCount * years.count * 2 * ages.count), [])
  }

  private init(
    unchecked form: Form, ages: AgeScale, years: Range<Int>, areaCount: Int, _ values: [Double],
    _ departures: [Double]
  ) {
    self.form = form
    self.ages = ages
    self.years = years
    self.areaCount = areaCount
    self.values = values
    self.departures = departures
  }

  private init(
    form: Form, ages: AgeScale, years: Range<Int>, areaCount: Int, _ values: [Double],
    _ departures: [Double]
  ) throws(AssumptionError) {
    self.init(
      unchecked: form, ages: ages, years: years, areaCount: areaCount, values, departures)
    let expected = areaCount * years.count * 2 * ages.count
    for found in form == .flows ? [values.count, departures.count] : [values.count]
    where found != expected {
      throw .countMismatch(component: .migration, expected: expected, found: found)
    }
    try validate()
  }

  /// The offset of the first age of an area, step and sex.
  public func offset(area: Int, year: Int, sex: Sex) -> Int {
    ((area * years.count + year - years.lowerBound) * 2 + sex.index) * ages.count
  }

  func validate() throws(AssumptionError) {
    let lowest = form == .flows ? 0 : -Double.greatestFiniteMagnitude
    for part in [values, departures] {
      for (i, value) in part.enumerated() where !(value >= lowest && value.isFinite) {
        let step = (i / (2 * ages.count)) % years.count
        throw .outOfRange(
          component: .migration, value: value, area: i / (2 * ages.count * years.count),
          year: years.lowerBound + step, sex: Sex.allCases[(i / ages.count) % 2],
          age: ages.label(at: i % ages.count),
          expected: form == .flows ? "0 or more" : "a finite number")
      }
    }
  }
}
