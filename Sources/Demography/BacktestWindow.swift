/// A forecast from one base year beside its naive rivals, scored at every mid-year up to an end.
///
/// The forecast is always made for all areas of the estimates, because its rules pool them; any of the areas can be
/// scored, and an area's figures do not depend on which others are.
public struct BacktestWindow: Sendable {
  /// A forecast and its scores.
  public struct Entry: Sendable {
    /// `pooled` for ``PooledOutlook``, otherwise the rival's label.
    public let forecast: String
    /// The scores, one a mid-year from the one after the base to the end; those of the end hold what drawn futures say.
    public let scores: [Backtest]
    /// People at the end in ``Backtest/groups``, `[area][group]`.
    public let figures: [Double]

    /// How many years on a group's forecast could be relied on: the longest horizon up to which at least 80% of areas
    /// are off by less than 10% at every mid-year; 0 where the first year fails, and as many as there are scores where
    /// none does (Wilson, Brokensha, Rowe and Simpson, 2018, on the shelf life of forecasts).
    ///
    /// - Parameter group: the position in ``Backtest/groups``.
    /// - Complexity: O(years).
    public func shelfLife(group: Int) -> Int {
      scores.firstIndex { $0.scores[group].shareOffByTen > 20 } ?? scores.count
    }

    /// The scores of the end.
    public var final: Backtest? { scores.last }
  }

  /// The base year.
  public let base: Int
  /// The last year scored.
  public let end: Int
  /// The mid-years of the estimates.
  public let estimateYears: ClosedRange<Int>
  /// The last year whose deaths were known.
  public let deathsKnownTo: Int
  /// The areas that are scored.
  public let areas: [Area]
  /// The forecast by the pooled rules, then every rival that the estimates reach back for.
  public let entries: [Entry]
  /// The rivals that would look at years before the first estimates.
  public let rivalsWithoutPast: [NaiveForecast]
  /// What happened at the end.
  public let outcome: BacktestOutcome
  /// The cells of the scored areas that the projection clipped.
  public let clips: [Clip]
  /// Where simulations of the scored areas were clipped.
  public let clipsOfFutures: [EnsembleClip]

  /// The label of the forecast that is put to the test.
  public static let pooled = "pooled"

  /// Makes the forecasts from a base year and scores them.
  ///
  /// - Parameters:
  ///   - estimates: people of all areas, to the end or later; what lies after the base is only held against the
  ///     forecasts.
  ///   - female: deaths and person-years of the nation's women; years after the base are cut off.
  ///   - male: the same of men.
  ///   - base: the base year, after the first estimates and before the last.
  ///   - end: the last year that is scored.
  ///   - scored: the areas to score, each once.
  ///   - simulations: how many futures are drawn, 1 or more; `nil` for a forecast without intervals.
  ///   - seed: what the draws start from.
  ///   - threads: the most threads to use; by default as many as there are processors.
  /// - Throws: ``BacktestError``: ``BacktestError/base(_:held:)`` and ``BacktestError/end(_:base:last:)`` with the
  ///   years that can be asked for, ``BacktestError/population(_:)`` for areas that are not held or named twice.
  /// - Complexity: O(areas × steps × ages × simulations).
  public init(
    estimates: PopulationHistory, female: MortalityExperience, male: MortalityExperience, base: Int, to end: Int,
    scoring scored: [Area], simulations: Int? = nil, seed: UInt64 = 1, threads: Int? = nil
  ) throws(BacktestError) {
    try Self.check(base: base, end: end, estimates: estimates.years)
    let observed: PopulationHistory
    do throws(PopulationError) { observed = try estimates.selecting(scored) } catch { throw .population(error) }
    let past = try KnownPast(history: estimates, female: female, male: male, base: base)
    let outlook = try PooledOutlook(past, to: end)
    let projection = try outlook.projection()
    var futures: PooledOutlook.Futures?
    if let simulations {
      futures = try outlook.futures(
        varying: PooledUncertainty(past, outlook: outlook), years: [end], simulations: simulations, seed: seed,
        threads: threads)
    }
    let rivals = NaiveForecast.rivals.filter { $0.firstYear(base: base) >= estimates.years.lowerBound }
    var known: [[Int: BacktestOutcome]] = []
    for rival in rivals { known.append(try rival.known(base: base, in: observed)) }
    var scores = Array(repeating: [Backtest](), count: rivals.count + 1)
    var figures = Array(repeating: [Double](), count: rivals.count + 1)
    var happened: BacktestOutcome?
    for year in (base + 1)...end {
      guard let people = observed.population(in: year),
        let forecast = projection.population(in: year)?.selecting(areaCodes: observed.areas.map(\.code))
      else { throw .axesDiffer }
      let outcome = try BacktestOutcome(people)
      let ours = try BacktestOutcome(forecast)
      scores[0].append(
        try Backtest(
          forecast: ours.figures, ages: ours.byAge, outcome: outcome, spreads: futures?.scores(outcome) ?? []))
      figures[0] = ours.figures
      for (i, rival) in rivals.enumerated() {
        let theirs = BacktestOutcome(rival, base: base, year: year, known: known[i])
        scores[i + 1].append(try Backtest(forecast: theirs.figures, ages: theirs.byAge, outcome: outcome))
        figures[i + 1] = theirs.figures
      }
      happened = outcome
    }
    guard let happened else { throw .end(end, base: base, last: estimates.years.upperBound) }
    self.base = base
    self.end = end
    estimateYears = estimates.years
    deathsKnownTo = past.female.years.upperBound
    areas = observed.areas
    entries = ([Self.pooled] + rivals.map(\.label)).enumerated().map {
      Entry(forecast: $1, scores: scores[$0], figures: figures[$0])
    }
    rivalsWithoutPast = NaiveForecast.rivals.filter { !rivals.contains($0) }
    outcome = happened
    let codes = Set(areas.map(\.code))
    clips = projection.clips.filter { codes.contains($0.area.code) }
    clipsOfFutures = futures?.clips.filter { codes.contains($0.area.code) } ?? []
  }

  /// Refuses years without estimates on either side.
  private static func check(base: Int, end: Int, estimates: ClosedRange<Int>) throws(BacktestError) {
    let (first, last) = (estimates.lowerBound, estimates.upperBound)
    guard base > first, base < last else { throw .base(base, held: (first + 1)...max(first + 1, last - 1)) }
    guard end > base, end <= last else { throw .end(end, base: base, last: last) }
  }
}
