/// Births per woman and year by area, step and age of the mother, with the sex ratio at birth.
///
/// Storage is flat, `[area][step][age]`; the rate of age x is for the mean of the women aged x at the start and
/// at the end of the step (``StepConvention``), so that x is the mother's age over the step, not at its start.
public struct FertilityRates: Sendable, Hashable {
  /// The age axis.
  public let ages: AgeScale
  /// The first years of the steps.
  public let years: Range<Int>
  /// The number of areas.
  public let areaCount: Int
  /// Births per woman and year, `[area][step][age]`.
  public internal(set) var values: [Double]
  /// Males born for each female, one a step.
  public let sexRatios: [Double]

  /// 105 boys to 100 girls, the ratio of ONS's national projections.
  public static let onsSexRatio = 1.05

  /// Rates from flat values.
  ///
  /// - Parameters:
  ///   - ages: the age axis.
  ///   - years: the first years of the steps.
  ///   - areaCount: the number of areas.
  ///   - values: births per woman and year, `[area][step][age]`, 0 or more; 0 in the youngest group, unless
  ///     the scale has no other: its women at the end of a step are the births themselves.
  ///   - sexRatios: males per female at birth, one a step, above 0; all
  ///     ``onsSexRatio`` when left out.
  /// - Throws: ``AssumptionError`` for a wrong number of values or one out of range.
  /// - Complexity: O(values).
  public init(
    ages: AgeScale, years: Range<Int>, areaCount: Int, values: [Double], sexRatios: [Double]? = nil
  ) throws(AssumptionError) {
    self.ages = ages
    self.years = years
    self.areaCount = areaCount
    self.values = values
    self.sexRatios = sexRatios ?? Array(repeating: Self.onsSexRatio, count: years.count)
    let expected = areaCount * years.count * ages.count
    guard values.count == expected else {
      throw .countMismatch(component: .fertility, expected: expected, found: values.count)
    }
    guard self.sexRatios.count == years.count else {
      throw .countMismatch(
        component: .sexRatio, expected: years.count, found: self.sexRatios.count)
    }
    for (i, ratio) in self.sexRatios.enumerated() where !(ratio > 0 && ratio.isFinite) {
      throw .outOfRange(
        component: .sexRatio, value: ratio, area: nil, year: years.lowerBound + i, sex: nil,
        age: nil, expected: "above 0")
    }
    try validate()
  }

  /// The offset of the first age of an area and step.
  public func offset(area: Int, year: Int) -> Int {
    (area * years.count + year - years.lowerBound) * ages.count
  }

  func validate() throws(AssumptionError) {
    for (i, value) in values.enumerated() where !(value >= 0 && value.isFinite) {
      let step = (i / ages.count) % years.count
      throw .outOfRange(
        component: .fertility, value: value, area: i / (ages.count * years.count),
        year: years.lowerBound + step, sex: .female, age: ages.label(at: i % ages.count),
        expected: "0 or more")
    }
    guard ages.count > 1 else { return }
    for i in stride(from: 0, to: values.count, by: ages.count) where values[i] != 0 {
      let step = i / ages.count
      throw .outOfRange(
        component: .fertility, value: values[i], area: step / years.count,
        year: years.lowerBound + step % years.count, sex: .female, age: ages.label(at: 0),
        expected: "0 at the youngest group")
    }
  }
}
