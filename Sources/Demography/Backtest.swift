/// How a forecast from a past year compares with what happened, over many areas.
///
/// Errors are percentages of the outcome, e = 100·(F/A − 1), one an area and group of ages. Sources: Smith, Tayman and
/// Swanson (2013), *A Practitioner's Guide to State and Local Population Projections*, chapter 13, for the measures of
/// error; Gneiting and Raftery (2007) for the continuous ranked probability score.
public struct Backtest: Sendable, Hashable {
  /// The errors of one group of ages over all areas.
  public struct Score: Sendable, Hashable {
    /// The group.
    public let group: AgeBand
    /// The median of |e|.
    public let medianAbsoluteError: Double
    /// The mean of |e|.
    public let meanAbsoluteError: Double
    /// The mean of e: above 0 where the forecast is too high.
    public let bias: Double
    /// The share of areas with |e| of 10 or more, in per cent.
    public let shareOffByTen: Double
    /// What the drawn futures say; `nil` for a forecast without them.
    public let spread: SpreadScore?
  }

  /// The groups that are scored: everybody, then the bands of ``AgeBand/planning``.
  public static let groups = [AgeBand(0...)] + AgeBand.planning

  /// The scores, one a group of ``groups``.
  public let scores: [Score]
  /// The median over areas of ½·Σ|share forecast − share observed| over single ages, in per cent of the people.
  public let ageStructureError: Double

  /// Scores figures against what happened.
  ///
  /// - Parameters:
  ///   - forecast: people in ``groups``, `[area][group]`.
  ///   - ages: people by age group, `[area][age]`.
  ///   - outcome: what happened.
  ///   - spreads: the scores of drawn futures, one a group; empty where there are none.
  /// - Throws: ``BacktestError/axesDiffer`` for figures that are not one an area and group or age,
  ///   ``BacktestError/empty(_:)`` where nobody lives in a group.
  /// - Complexity: O(areas × ages).
  public init(
    forecast: [Double], ages: [Double], outcome: BacktestOutcome, spreads: [SpreadScore] = []
  ) throws(BacktestError) {
    let count = Self.groups.count
    guard forecast.count == outcome.figures.count, ages.count == outcome.byAge.count,
      spreads.isEmpty || spreads.count == count
    else { throw .axesDiffer }
    try outcome.checkInhabited()
    let errors = zip(forecast, outcome.figures).map { 100 * ($0 / $1 - 1) }
    scores = Self.groups.indices.map { group in
      let e = stride(from: group, to: errors.count, by: count).map { errors[$0] }
      let n = Double(e.count)
      return Score(
        group: Self.groups[group], medianAbsoluteError: median(e.map(\.magnitude)),
        meanAbsoluteError: e.reduce(0) { $0 + $1.magnitude } / n, bias: e.reduce(0, +) / n,
        shareOffByTen: 100 * Double(e.count { $0.magnitude >= 10 }) / n,
        spread: spreads.isEmpty ? nil : spreads[group])
    }
    let width = outcome.ageCount
    ageStructureError = median(
      outcome.areas.indices.map { area in
        let cells = (area * width)..<((area + 1) * width)
        let (all, happened) = cells.reduce((0.0, 0.0)) { ($0.0 + ages[$1], $0.1 + outcome.byAge[$1]) }
        guard all > 0 else { return 100 }
        return 50 * cells.reduce(0.0) { $0 + (ages[$1] / all - outcome.byAge[$1] / happened).magnitude }
      })
  }

  /// Scores a projected population against what happened.
  ///
  /// - Throws: ``BacktestError`` as ``init(forecast:ages:outcome:spreads:)``, and where the ages cut a group.
  /// - Complexity: O(areas × ages).
  public init(
    _ forecast: Population, outcome: BacktestOutcome, spreads: [SpreadScore] = []
  ) throws(BacktestError) {
    let figures = try BacktestOutcome(forecast)
    guard figures.areas == outcome.areas, figures.year == outcome.year else { throw .axesDiffer }
    try self.init(forecast: figures.figures, ages: figures.byAge, outcome: outcome, spreads: spreads)
  }

  /// Scores a rival that only looks at the past; `nil` where the estimates do not reach back far enough.
  ///
  /// - Throws: ``BacktestError`` as ``init(forecast:ages:outcome:spreads:)``.
  /// - Complexity: O(areas × ages).
  public init?(_ rival: NaiveForecast, from past: KnownPast, outcome: BacktestOutcome) throws(BacktestError) {
    guard rival.firstYear(base: past.base) >= past.history.years.lowerBound else { return nil }
    guard past.history.areas == outcome.areas else { throw .axesDiffer }
    let figures = BacktestOutcome(
      rival, base: past.base, year: outcome.year, known: try rival.known(base: past.base, in: past.history))
    try self.init(forecast: figures.figures, ages: figures.byAge, outcome: outcome)
  }
}

/// People of a mid-year as backtests look at them: by group and by single age.
public struct BacktestOutcome: Sendable, Hashable {
  /// The areas.
  public let areas: [Area]
  /// The mid-year.
  public let year: Int
  /// People in ``Backtest/groups``, `[area][group]`.
  public let figures: [Double]
  /// People of both sexes by age group, `[area][age]`.
  public let byAge: [Double]

  /// The number of age groups.
  public var ageCount: Int { areas.isEmpty ? 0 : byAge.count / areas.count }

  /// The figures of a population.
  ///
  /// - Throws: ``BacktestError/ages(_:national:)`` where the ages cut a group.
  /// - Complexity: O(cells).
  public init(_ population: Population) throws(BacktestError) {
    var figures: [Double] = []
    var byAge: [Double] = []
    for area in population.areas.indices {
      for group in Backtest.groups {
        guard let people = population.total(area: area, ages: group) else {
          throw .ages(population.ages, national: population.ages)
        }
        figures.append(people)
      }
      byAge += zip(population.row(area: area, sex: .female), population.row(area: area, sex: .male)).map { $0 + $1 }
    }
    areas = population.areas
    year = population.year
    self.figures = figures
    self.byAge = byAge
  }

  /// The figures that a rival forecasts from what it looks at.
  ///
  /// - Precondition: The base year and the rival's first year are known.
  /// - Complexity: O(areas × ages).
  init(_ rival: NaiveForecast, base: Int, year: Int, known: [Int: BacktestOutcome]) {
    areas = known[base]?.areas ?? []
    self.year = year
    figures = rival.figures(base: base, year: year) { known[$0]?.figures ?? [] }
    byAge = rival.figures(base: base, year: year) { known[$0]?.byAge ?? [] }
  }

  /// Refuses areas without anybody in a group: no error is a percentage of nobody.
  func checkInhabited() throws(BacktestError) {
    for (i, people) in figures.enumerated() where !(people > 0) { throw .empty(areas[i / Backtest.groups.count]) }
  }
}

/// The middle value, the mean of the two middle ones for an even number, NaN for none.
func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
