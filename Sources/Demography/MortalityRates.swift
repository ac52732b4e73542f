/// What a set of mortality rates measures.
public enum MortalityMeasure: String, Sendable, Hashable, CaseIterable {
  /// Central death rate m: deaths per person-year lived in the age group.
  case centralDeathRate = "central death rate"
  /// q(x+½): the probability that somebody aged x last birthday at mid-year dies before the next.
  case deathProbability = "probability of death"
  /// The ratio of people who reach the group to those who were one step younger.
  case survivalRatio = "survival ratio"
}

/// Mortality by area, step, sex and age that knows its own measure.
///
/// Storage is flat, `[area][step][sex][row]`. The rows depend on the measure, with *n* age groups:
/// - ``MortalityMeasure/deathProbability``: *n* + 1 rows: newborns of the step, then age 0, 1, …, open;
/// - ``MortalityMeasure/survivalRatio``: *n* rows: row x carries people *into* group x, row 0 from birth,
///   the last row carries both the last closed and the open group;
/// - ``MortalityMeasure/centralDeathRate``: *n* rows: the groups themselves.
public struct MortalityRates: Sendable, Hashable {
  /// What the rates measure.
  public let measure: MortalityMeasure
  /// The age axis.
  public let ages: AgeScale
  /// The first years of the steps: 2023 is the step from mid-2023 to mid-2024.
  public let years: Range<Int>
  /// The number of areas.
  public let areaCount: Int
  /// The rates, `[area][step][sex][row]`.
  public internal(set) var values: [Double]

  /// The number of rows of one area, step and sex.
  public var rowCount: Int { Self.rowCount(of: measure, ages: ages) }

  /// The number of rows that a measure has on a scale: one more than the groups for probabilities.
  public static func rowCount(of measure: MortalityMeasure, ages: AgeScale) -> Int {
    measure == .deathProbability ? ages.count + 1 : ages.count
  }

  /// Rates from flat values.
  ///
  /// - Throws: ``AssumptionError`` for a wrong number of values, a probability or ratio outside
  ///   0...1, or a central rate that is negative or not finite.
  /// - Complexity: O(values).
  public init(
    measure: MortalityMeasure, ages: AgeScale, years: Range<Int>, areaCount: Int, values: [Double]
  ) throws(AssumptionError) {
    self.measure = measure
    self.ages = ages
    self.years = years
    self.areaCount = areaCount
    self.values = values
    let expected = areaCount * years.count * 2 * rowCount
    guard values.count == expected else {
      throw .countMismatch(component: .mortality, expected: expected, found: values.count)
    }
    try validate()
  }

  /// The offset of the first row of an area, step and sex.
  public func offset(area: Int, year: Int, sex: Sex) -> Int {
    ((area * years.count + year - years.lowerBound) * 2 + sex.index) * rowCount
  }

  func validate() throws(AssumptionError) {
    let upper = measure == .centralDeathRate ? Double.greatestFiniteMagnitude : 1
    for (i, value) in values.enumerated() where !(value >= 0 && value <= upper) {
      let row = i % rowCount
      let sex = Sex.allCases[(i / rowCount) % 2]
      let step = (i / (2 * rowCount)) % years.count
      throw .outOfRange(
        component: .mortality, value: value, area: i / (2 * rowCount * years.count),
        year: years.lowerBound + step, sex: sex, age: label(ofRow: row),
        expected: measure == .centralDeathRate ? "0 or more" : "0 to 1")
    }
  }

  /// The label of a row: `birth` for newborns, else the age group.
  public func label(ofRow row: Int) -> String {
    guard measure == .deathProbability else { return ages.label(at: row) }
    return row == 0 ? "birth" : ages.label(at: row - 1)
  }

  /// The probabilities of death by *origin* that a step works with, `[area][step][sex][origin]`:
  /// newborns, then each age group at the start of the step (*n* + 1 origins).
  ///
  /// - ``StepConvention/ons`` takes probabilities as they are;
  /// - the UN steps take survival ratios: q(birth) = 1 − S₀, q(x) = 1 − S of the next group, and the
  ///   last closed and the open group share 1 − S of the open one;
  /// - central rates go through a life table of their sex first and serve every step.
  ///
  /// - Throws: ``AssumptionError/measureMismatch(measure:step:)`` where a step is given another
  ///   convention's measure; ``AssumptionError`` where central rates
  ///   make no life table.
  /// - Complexity: O(values).
  public func deathProbabilitiesByOrigin(for step: StepConvention) throws(AssumptionError) -> [Double] {
    switch (measure, step) {
    case (.deathProbability, .ons): return values
    case (.survivalRatio, .unEven), (.survivalRatio, .unEnd):
      return byOrigin(values)
    case (.centralDeathRate, _):
      return try fromCentralRates()
    default:
      throw .measureMismatch(measure: measure, step: step)
    }
  }

  /// Survival into a group, `[…][n]`, as probability of death by origin, `[…][n + 1]`.
  private func byOrigin(_ survival: [Double]) -> [Double] {
    let n = ages.count
    var result: [Double] = []
    result.reserveCapacity(survival.count / n * (n + 1))
    for start in stride(from: 0, to: survival.count, by: n) {
      for x in 0..<n { result.append(1 - survival[start + x]) }
      result.append(1 - survival[start + n - 1])
    }
    return result
  }

  private func fromCentralRates() throws(AssumptionError) -> [Double] {
    let n = ages.count
    var survival: [Double] = []
    survival.reserveCapacity(values.count)
    for start in stride(from: 0, to: values.count, by: n) {
      let sex = Sex.allCases[(start / n) % 2]
      do throws(LifeTableError) {
        let table = try LifeTable(
          centralDeathRates: Array(values[start..<(start + n)]), ages: ages, sex: sex)
        survival += try table.survivalRatios()
      } catch {
        let step = start / (2 * n)
        throw .lifeTable(
          error, area: step / years.count, year: years.lowerBound + step % years.count, sex: sex)
      }
    }
    return byOrigin(survival)
  }
}
