/// Why assumptions cannot be used.
public enum AssumptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number of values does not fit the axes.
  case countMismatch(component: Component, expected: Int, found: Int)
  /// A value out of its range; `area` is its position, `areaCode` its code where that is known.
  case outOfRange(
    component: Component, value: Double, area: Int?, areaCode: String? = nil, year: Int, sex: Sex?,
    age: String?, expected: String)
  /// A part has other ages, years or another number of areas than the rest.
  case axesDiffer(component: Component)
  /// A step was given a measure that is not its own.
  case measureMismatch(measure: MortalityMeasure, step: StepConvention)
  /// A calculation takes another measure of mortality.
  case wrongMeasure(MortalityMeasure, expected: MortalityMeasure)
  /// A calculation takes the rates of one area.
  case severalAreas(component: Component, found: Int)
  /// No group begins at the age at which the open group is to begin.
  case unknownOpenAge(Int)
  /// The number of people who are to weight rates does not fit the rates.
  case weightCount(expected: Int, found: Int)
  /// People who are to weight rates are negative or not finite.
  case impossibleWeight(Double, year: Int, sex: Sex, age: String)
  /// A calibration needs single years of age, at least three groups.
  case unsuitableAges(AgeScale)
  /// Steps that are asked for are not held: `years` are their first years, empty where none is asked for.
  case stepsNotHeld(component: Component, years: [Int])
  /// No level of an area's rates gives what was registered in the steps from `years`.
  case noConvergence(component: Component, areaCode: String, years: [Int])
  /// A component that no scenario can change.
  case unchangeable(Component)
  /// A half-life that is not above 0.
  case impossibleHalfLife(Double)
  /// Central rates that make no life table; `area` is their position, `areaCode` its code where that is known.
  case lifeTable(LifeTableError, area: Int, areaCode: String? = nil, year: Int, sex: Sex)

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .countMismatch(let component, let expected, let found):
      return "\(component.rawValue): \(found) values given; expected \(expected)"
    case .outOfRange(let component, let value, let area, let code, let year, let sex, let age, let expected):
      let place = [Self.place(area, code), sex?.rawValue, age.map { "age \($0)" }].compactMap(\.self)
      return "\(component.rawValue) \(value) in the step from mid-\(year)"
        + (place.isEmpty ? "" : " (\(place.joined(separator: ", ")))") + "; expected \(expected)"
    case .axesDiffer(let component):
      return "\(component.rawValue) has other ages, years or areas than the other assumptions"
    case .measureMismatch(let measure, let step):
      return "mortality is given as \(measure.rawValue), which the step \(step.rawValue) does not take; "
        + "expected \(step.mortalityMeasure.rawValue) or central death rates"
    case .wrongMeasure(let measure, let expected):
      return "mortality is given as \(measure.rawValue); expected \(expected.rawValue)"
    case .severalAreas(let component, let found):
      return "\(component.rawValue) of \(found) areas; expected one"
    case .unknownOpenAge(let age):
      return "no age group begins at \(age), where the open group is to begin"
    case .weightCount(let expected, let found):
      return "\(found) counts of people to weight mortality with; expected \(expected), one for each year, sex and age"
    case .impossibleWeight(let weight, let year, let sex, let age):
      return "\(weight) people to weight mortality with, mid-\(year), \(sex.rawValue), age \(age); expected 0 or more"
    case .unsuitableAges(let ages):
      return "the age groups are \(ages.labels.prefix(3).joined(separator: ", ")), … to "
        + "\(ages.label(at: ages.count - 1)); expected single years of age, at least three groups"
    case .stepsNotHeld(let component, let years):
      return years.isEmpty
        ? "\(component.rawValue): no step to calibrate on; expected at least one"
        : "\(component.rawValue): the past or the national rates do not hold the step\(years.count > 1 ? "s" : "") from "
          + years.map { "mid-\($0)" }.joined(separator: ", ")
    case .noConvergence(let component, let code, let years):
      return "\(component.rawValue) of area \(code): no level of the national rates gives what is registered in the "
        + "steps from \(years.map { "mid-\($0)" }.joined(separator: ", "))"
    case .unchangeable(let component):
      return "a scenario cannot change the \(component.rawValue); expected mortality, fertility or migration"
    case .impossibleHalfLife(let years):
      return "migration damped with a half-life of \(years) years; expected more than 0"
    case .lifeTable(let error, let area, let code, let year, let sex):
      return "mortality of \(Self.place(area, code).map { "\($0), " } ?? "")\(sex.rawValue) in the step from "
        + "mid-\(year): \(error)"
    }
  }

  private static func place(_ position: Int?, _ code: String?) -> String? {
    code.map { "area \($0)" } ?? position.map { "area number \($0 + 1)" }
  }

  /// The same with the code of the area, for whoever knows the areas.
  func naming(_ areas: [Area]) -> AssumptionError {
    switch self {
    case .outOfRange(let component, let value, let area?, nil, let year, let sex, let age, let expected)
    where areas.indices.contains(area):
      .outOfRange(
        component: component, value: value, area: area, areaCode: areas[area].code, year: year, sex: sex,
        age: age, expected: expected)
    case .lifeTable(let error, let area, nil, let year, let sex) where areas.indices.contains(area):
      .lifeTable(error, area: area, areaCode: areas[area].code, year: year, sex: sex)
    default: self
    }
  }
}
