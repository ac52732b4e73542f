/// Forecasts that anybody can make without a method: what a projection has to beat.
public enum NaiveForecast: Sendable, Hashable {
  /// Every age group stays as it is at the base.
  case constant
  /// Every group goes on by its mean yearly change over the years before the base.
  case linear(years: Int)

  /// The rivals that backtests are shown beside.
  public static let rivals = [NaiveForecast.constant, .linear(years: 5), .linear(years: 10)]

  /// `constant`, `linear-5`.
  public var label: String {
    switch self {
    case .constant: "constant"
    case .linear(let years): "linear-\(years)"
    }
  }

  /// The first year that the forecast from a base looks at.
  public func firstYear(base: Int) -> Int {
    switch self {
    case .constant: base
    case .linear(let years): base - years
    }
  }

  /// The years that the forecast from a base looks at.
  ///
  /// - Throws: ``BacktestError/noPast(year:first:)`` for a year that is not held, ``BacktestError/ages(_:national:)``
  ///   where the ages cut a group.
  func known(base: Int, in past: PopulationHistory) throws(BacktestError) -> [Int: BacktestOutcome] {
    var known: [Int: BacktestOutcome] = [:]
    for year in [base, firstYear(base: base)] {
      guard let people = past.population(in: year) else { throw .noPast(year: year, first: past.years.lowerBound) }
      known[year] = try BacktestOutcome(people)
    }
    return known
  }

  /// The figures of `areas × groups` at `year`, from what they were.
  ///
  /// P(b) + (t − b)·(P(b) − P(b−k))/k; a sum of ages that falls below 0 counts as 0.
  ///
  /// - Parameters:
  ///   - base: the base year.
  ///   - year: the year that is forecast.
  ///   - values: the figures of a year.
  /// - Complexity: O(figures).
  public func figures(base: Int, year: Int, _ values: (Int) -> [Double]) -> [Double] {
    let now = values(base)
    guard case .linear(let years) = self, years > 0 else { return now }
    let factor = Double(year - base) / Double(years)
    return zip(now, values(base - years)).map { max(0, $0 + factor * ($0 - $1)) }
  }
}
