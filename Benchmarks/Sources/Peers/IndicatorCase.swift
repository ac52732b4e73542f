import Demography
import Indicators
import Probability

/// One of the jobs on columns of figures.
enum IndicatorCase: String, CaseIterable {
  /// 10⁶ proportions with limits at 95% and 99.8%.
  case proportions
  /// Those of 100,000 groups of these rows.
  case groups
  /// 67.5·10⁶ of them into columns made for them, into columns that were filled before, and block by block.
  case fresh = "lsoas-fresh"
  case reused = "lsoas-reused"
  case blocks = "lsoas-blocks"
  /// Directly standardised rates of 10,000 areas × 19 bands.
  case standardised = "dsr"
  /// Life expectancies of 10,000 areas × 20 bands.
  case lifeExpectancy = "life-expectancy"
  /// Slope and relative indices of 300 areas × 10 deciles.
  case slopes = "sii"

  /// 33,755 small areas × 200 indicators × 10 years.
  private static let small = 67_510_000

  func measure(folder: String, threads: Int, repeats: Int) throws {
    let job = IndicatorJob(self, folder: folder, threads: threads, repeats: repeats)
    switch self {
    case .proportions: try job.proportions(rows: nil)
    case .groups: try job.groups()
    case .fresh: try job.proportions(rows: Self.small)
    case .reused: try job.reused(rows: Self.small)
    case .blocks: try job.blocks(rows: Self.small)
    case .standardised: try job.standardised()
    case .lifeExpectancy: try job.lifeExpectancy()
    case .slopes: try job.slopes()
    }
  }
}

/// A case with its files.
private struct IndicatorJob {
  let indicator: IndicatorCase
  let folder: String
  let threads: Int
  let repeats: Int

  init(_ indicator: IndicatorCase, folder: String, threads: Int, repeats: Int) {
    self.indicator = indicator
    self.folder = folder
    self.threads = threads
    self.repeats = repeats
  }

  private func column(_ name: String) throws -> [Double] {
    try NumPyArray("\(folder)/indicators_\(name).npy").doubles()[0]
  }

  /// The counts of the file, one after the other and again from the first one, until there are enough rows.
  private func counts(rows: Int?) throws -> (people: [Double], events: [Double]) {
    let (people, events) = (try column("people"), try column("events"))
    guard let rows else { return (people, events) }
    func repeated(_ column: [Double]) -> [Double] {
      var result: [Double] = []
      result.reserveCapacity(rows)
      while result.count < rows { result += column.prefix(rows - result.count) }
      return result
    }
    return (repeated(people), repeated(events))
  }

  /// Figures and limits in the order in which every program writes them: of so many rows, with the sums over all.
  private func answers(_ figures: StatisticColumns) -> [Double] {
    columns(figures).flatMap { $0.prefix(1_000_000) + [sum($0)] }
  }

  /// Added up block by block, so that little is lost over 10⁸ rows.
  private func sum(_ column: [Double]) -> Double {
    stride(from: 0, to: column.count, by: 16_384).reduce(0) {
      $0 + column[$1..<min($1 + 16_384, column.count)].reduce(0, +)
    }
  }

  private func columns(_ figures: borrowing StatisticColumns) -> [[Double]] {
    [figures.values, figures.lower[0], figures.upper[0], figures.lower[1], figures.upper[1]]
  }

  private func report(_ measured: Measured, _ answers: [Double], units: Int) throws {
    try NumPyArray.write(answers, to: "\(folder)/answers_indicators_\(indicator.rawValue)_pophealth.npy")
    try Outcome(
      part: "indicators", name: indicator.rawValue, threads: threads, measured: measured,
      more: ["units": Double(units)]
    ).report()
  }

  func proportions(rows: Int?) throws {
    let (people, events) = try counts(rows: rows)
    let (measured, figures) = Measured.timing(repeats: repeats) {
      Indicators.proportions(of: people, having: events, threads: threads)
    }
    try report(measured, answers(figures), units: people.count)
  }

  func groups() throws {
    let (people, events) = try counts(rows: nil)
    let groups = Grouping(codes: try NumPyArray("\(folder)/indicators_group.npy").integers(), count: 100_000)
    let (measured, figures) = Measured.timing(repeats: repeats) {
      Indicators.proportions(of: people, having: events, in: groups, threads: threads)
    }
    try report(measured, answers(figures), units: people.count)
  }

  func reused(rows: Int) throws {
    let (people, events) = try counts(rows: rows)
    var figures = StatisticColumns()
    let (measured, _) = Measured.timing(repeats: repeats) {
      Indicators.proportions(of: people, having: events, threads: threads, into: &figures)
    }
    try report(measured, answers(figures), units: rows)
  }

  /// Blocks that stay in the second cache; the consumer takes one figure of each. What all figures add up to is found
  /// off the clock.
  func blocks(rows: Int) throws {
    let (people, events) = try counts(rows: rows)
    let (measured, _) = Measured.timing(repeats: repeats) {
      var first = 0.0
      Indicators.proportions(of: people, having: events, blocksOf: 16_384) { _, figures in first += figures.upper[1][0]
      }
      return first
    }
    var found = [(rows: [Double], sum: Double)](repeating: ([], 0), count: 5)
    Indicators.proportions(of: people, having: events, blocksOf: 16_384) { _, figures in
      for (c, column) in columns(figures).enumerated() {
        found[c].rows += column.prefix(1_000_000 - found[c].rows.count)
        found[c].sum += column.reduce(0, +)
      }
    }
    try report(measured, found.flatMap { $0.rows + [$0.sum] }, units: rows)
  }

  func standardised() throws {
    let (events, people) = (try column("dsr_events"), try column("dsr_people"))
    let names = StandardPopulation.european2013.bands.map(\.description)
    let ages = Grouping(codes: events.indices.map { Int32($0 % names.count) }, names: names)
    let areas = Grouping(
      codes: events.indices.map { Int32($0 / names.count) }, count: events.count / names.count)
    let (measured, figures) = Measured.timing(repeats: repeats) {
      directlyStandardisedRates(
        of: events, among: people, ages: ages, in: areas, standard: .european2013, threads: threads
      ).figures
    }
    try report(measured, answers(figures), units: events.count)
  }

  func lifeExpectancy() throws {
    let (deaths, people) = (try column("life_deaths"), try column("life_people"))
    let ages = AgeScale.abridged(to: 90)
    let (measured, table) = try Measured.timing(repeats: repeats) {
      try LifeExpectancyTable(
        deaths: deaths, population: people, ages: ages, areaCount: deaths.count / ages.count)
    }
    try report(measured, table.lifeExpectancy + table.lower + table.upper, units: deaths.count)
  }

  func slopes() throws {
    let (people, values, errors) = (try column("sii_people"), try column("sii_values"), try column("sii_errors"))
    let areas = Grouping(codes: people.indices.map { Int32($0 / 10) }, count: people.count / 10)
    let quantiles = people.indices.map { $0 % 10 + 1 }
    // One call takes some 0.1 ms: too short for the clock.
    let calls = 100
    let (measured, found) = Measured.timing(repeats: repeats) {
      var found: SlopeColumns?
      for _ in 0..<calls {
        found = slopesOfInequality(
          in: areas, quantiles: quantiles, populations: people, values: values, standardErrors: errors,
          threads: threads)
      }
      return found
    }
    guard let found else { return }
    let slopes = [found.slopes] + found.slopeLower + found.slopeUpper
    let ratios = [found.relativeIndices] + found.relativeLower + found.relativeUpper
    try report(measured, (slopes + ratios).flatMap { $0 }, units: calls * people.count)
  }
}
