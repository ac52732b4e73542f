/// Why figures do not make a life table.
public enum LifeTableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What a column of figures holds; the raw value is its name in messages.
  public enum Quantity: String, Sendable, Hashable {
    /// mₓ, deaths per person-year.
    case centralDeathRate = "central death rate"
    /// qₓ, the probability of dying within the group.
    case deathProbability = "death probability"
    /// aₓ, years lived in the group by those who die in it.
    case yearsLivedByDying = "years lived by the dying"
    /// Counted deaths.
    case deaths
    /// Person-years, or the mid-period population times the length of the period.
    case exposure
    /// Counted people.
    case population
    /// l, survivors to the beginning of each group.
    case survivorship = "survivors"
    /// L, person-years lived in each group.
    case personYearsLived = "person-years lived"
    /// The share of people in the condition of which healthy life expectancy is net.
    case prevalence
  }

  /// A column does not have one value an age group.
  case countMismatch(Quantity, expected: Int, actual: Int)
  /// A value is below zero.
  case negative(Quantity, age: Int, value: Double)
  /// A value is infinite or not a number.
  case nonFinite(Quantity, age: Int)
  /// A probability or share is above 1.
  case aboveOne(Quantity, age: Int, value: Double)
  /// Nobody dies in the open group, so that its person-years have no end.
  case zeroRateInOpenGroup(age: Int)
  /// A group without exposure has no rate, with deaths or without.
  case noExposure(age: Int, deaths: Double)
  /// The dying cannot live longer in a group than it is wide.
  case yearsLivedExceedWidth(age: Int, value: Double, width: Int)
  /// The radix is not a positive finite number.
  case invalidRadix
  /// A confidence level is not strictly between 0 and 1.
  case invalidConfidence
  /// The calculation needs closed groups of one width (single years where `singleYears`).
  case unevenAges(singleYears: Bool)
  /// Two tables that are compared have different ages.
  case differentTables
  /// No group of the table begins at this age.
  case unknownAge(Int)
  /// The ages from which a line is fitted are fewer than two, or not all of them are closed groups of the table.
  case tooFewAges(first: Int, last: Int)
  /// A rate on which the fit rests is not strictly between 0 and 1.
  case rateHasNoLogit(age: Int, value: Double)
  /// The last age of a closed-off table lies below the first one to be replaced.
  case lastAgeTooLow(Int, minimum: Int)

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .countMismatch(let quantity, let expected, let actual):
      "\(actual) values of \(quantity.rawValue); expected \(expected), one an age group"
    case .negative(let quantity, let age, let value):
      "\(quantity.rawValue) at age \(age) is \(value); expected 0 or more"
    case .nonFinite(let quantity, let age):
      "\(quantity.rawValue) at age \(age) is infinite or not a number"
    case .aboveOne(let quantity, let age, let value):
      "\(quantity.rawValue) at age \(age) is \(value); expected at most 1"
    case .zeroRateInOpenGroup(let age):
      "no deaths in the open group \(age)+; its life expectancy would be infinite"
    case .noExposure(let age, let deaths):
      "no exposure at age \(age) (\(deaths) deaths); there is no rate"
    case .yearsLivedExceedWidth(let age, let value, let width):
      "years lived by the dying at age \(age) are \(value); expected at most \(width)"
    case .invalidRadix:
      "the radix is not a positive number"
    case .invalidConfidence:
      "the confidence level is not between 0 and 1"
    case .unevenAges(let singleYears):
      singleYears
        ? "expected single years of age up to the open group"
        : "expected age groups of one width up to the open group"
    case .differentTables:
      "the two life tables differ in their ages"
    case .unknownAge(let age):
      "no group of the life table begins at age \(age)"
    case .tooFewAges(let first, let last):
      "ages \(first)-\(last) to fit a line on; expected two or more, all below the open group of the table"
    case .rateHasNoLogit(let age, let value):
      "central death rate at age \(age) is \(value); expected above 0 and below 1"
    case .lastAgeTooLow(let age, let minimum):
      "last age \(age); expected \(minimum) or more"
    }
  }
}
