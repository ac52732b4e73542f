#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Kannisto's model of old-age mortality, logit m(x) = log c + d·x, by which tables are carried to
/// ages where deaths are too few to give rates. The rate levels off at 1.
///
/// Sources: Kannisto (1994), *Development of Oldest-Old Mortality*; Thatcher, Kannisto and Vaupel
/// (1998), *The Force of Mortality at Ages 80 to 120*; coherent form: Ševčíková, Li, Kantorová,
/// Gerland and Raftery (2016).
public struct KannistoModel: Sendable, Hashable {
  /// c, the odds of the rate at age 0 of the line.
  public let level: Double
  /// d, the increase of the logit a year of age.
  public let slope: Double

  /// A model of given c and d.
  public init(level: Double, slope: Double) {
    self.level = level
    self.slope = slope
  }

  /// m(x) = c·exp(d·x) / (1 + c·exp(d·x)), deaths per person-year, with x the age last birthday.
  ///
  /// - Complexity: O(1).
  public func centralDeathRate(at age: Double) -> Double {
    // The inverse form cannot overflow to ∞/∞ at great ages.
    1 / (1 + exp(-slope * age) / level)
  }

  /// The model of one sex by least squares of logit m on the age last birthday.
  ///
  /// - Parameters:
  ///   - rates: m, one a group of `ages`.
  ///   - ages: a scale that is in single years over the ages fitted.
  ///   - range: the ages fitted, 80–99 by default.
  /// - Throws: ``LifeTableError`` for a wrong count, groups wider than a year, fewer than two ages,
  ///   or a rate that is not strictly between 0 and 1.
  /// - Complexity: O(*ages fitted*).
  public init(
    fittedTo rates: [Double], ages: AgeScale, over range: ClosedRange<Int> = 80...99
  ) throws(LifeTableError) {
    let logits = try Self.logits(rates, ages: ages, range: range)
    let line = Self.line(of: [logits], from: range.lowerBound)
    self.init(level: exp(line.intercepts[0]), slope: line.slope)
  }

  /// The models of both sexes with one slope, so that their rates cannot cross at great ages: least
  /// squares over both sexes with an intercept for each.
  ///
  /// - Parameters:
  ///   - female: m of women, one a group of `ages`.
  ///   - male: m of men likewise.
  ///   - ages: a scale that is in single years over the ages fitted.
  ///   - range: the ages fitted, 80–99 by default.
  /// - Throws: as ``init(fittedTo:ages:over:)``.
  /// - Complexity: O(*ages fitted*).
  public static func coherent(
    female: [Double], male: [Double], ages: AgeScale, over range: ClosedRange<Int> = 80...99
  ) throws(LifeTableError) -> (female: KannistoModel, male: KannistoModel) {
    let logits = [
      try logits(female, ages: ages, range: range), try logits(male, ages: ages, range: range),
    ]
    let line = line(of: logits, from: range.lowerBound)
    return (
      KannistoModel(level: exp(line.intercepts[0]), slope: line.slope),
      KannistoModel(level: exp(line.intercepts[1]), slope: line.slope)
    )
  }

  private static func logits(
    _ rates: [Double], ages: AgeScale, range: ClosedRange<Int>
  ) throws(LifeTableError) -> [Double] {
    try LifeTable.check(rates, .centralDeathRate, ages)
    guard range.count > 1, range.lowerBound >= 0, range.upperBound < ages.openAge else {
      throw .tooFewAges(first: range.lowerBound, last: range.upperBound)
    }
    guard let indices = ages.indices(of: range), indices.count == range.count else {
      throw .unevenAges(singleYears: true)
    }
    var logits: [Double] = []
    for x in indices {
      guard rates[x] > 0, rates[x] < 1 else {
        throw .rateHasNoLogit(age: ages.lowerBounds[x], value: rates[x])
      }
      logits.append(log(rates[x] / (1 - rates[x])))
    }
    return logits
  }

  /// Least squares of equally long columns on the same ages: own intercepts, one slope. With equal
  /// ages in each column that slope is the one of the mean over columns.
  private static func line(
    of columns: [[Double]], from age: Int
  ) -> (intercepts: [Double], slope: Double) {
    let count = Double(columns[0].count)
    let centre = Double(age) + (count - 1) / 2
    var product = 0.0
    var square = 0.0
    for column in columns {
      for (i, y) in column.enumerated() {
        let x = Double(age + i) - centre
        product += x * y
        square += x * x
      }
    }
    let slope = product / square
    return (columns.map { $0.reduce(0, +) / count - slope * centre }, slope)
  }
}

extension LifeTable {
  /// The table carried to a greater age: the rates of this table below `firstAge`, those of a
  /// Kannisto model from there to the new open group.
  ///
  /// The open group's rate is not m(`openAge`), which would be too low for all above it, but l/T of
  /// the model continued until nobody is left. a, where replaced, is ½.
  ///
  /// - Parameters:
  ///   - model: from ``KannistoModel/init(fittedTo:ages:over:)`` or its coherent form.
  ///   - firstAge: the first age whose rate is replaced; 100 where the model is fitted to 80–99.
  ///   - openAge: the lowest age of the new open group, at least `firstAge`.
  /// - Throws: ``LifeTableError/unknownAge(_:)`` where no group of the table begins at `firstAge`,
  ///   ``LifeTableError/lastAgeTooLow(_:minimum:)``.
  /// - Complexity: O(*groups*).
  public func closed(
    by model: KannistoModel, from firstAge: Int = 100, openAge: Int = 130
  ) throws(LifeTableError) -> LifeTable {
    guard let kept = index(beginningAt: firstAge) else { throw .unknownAge(firstAge) }
    guard openAge >= firstAge else { throw .lastAgeTooLow(openAge, minimum: firstAge) }
    var bounds = Array(ages.lowerBounds[..<kept])
    var rates = Array(centralDeathRate[..<kept])
    var years = Array(yearsLivedByDying[..<kept])
    for age in firstAge..<openAge {
      bounds.append(age)
      rates.append(model.centralDeathRate(at: Double(age)))
      years.append(0.5)
    }
    bounds.append(openAge)
    rates.append(model.openDeathRate(from: openAge))
    years.append(0)
    let scale: AgeScale
    do throws(AgeScaleError) { scale = try AgeScale(lowerBounds: bounds) } catch {
      throw .unknownAge(firstAge)
    }
    return try LifeTable(
      centralDeathRates: rates, ages: scale, sex: nil, yearsLivedByDying: years, radix: radix)
  }
}

extension KannistoModel {
  /// l/T from an age on, the rate of an open group.
  ///
  /// Survivors are followed, a year at a time with a = ½, for at most 1,000 years or until fewer
  /// than 1e-17 of them are left, which no longer shows in a Double.
  ///
  /// - Complexity: O(years until nobody is left), some dozens at human ages.
  public func openDeathRate(from age: Int) -> Double {
    var survivors = 1.0
    var personYears = 0.0
    for x in age..<(age + 1000) where survivors > 1e-17 {
      let m = centralDeathRate(at: Double(x))
      let q = m / (1 + 0.5 * m)
      personYears += survivors * (1 - 0.5 * q)
      survivors *= 1 - q
    }
    return 1 / personYears
  }
}
