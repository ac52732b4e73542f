import ArgumentParser
import Demography
import Indicators
import Probability
import Tables

/// `pophealth indicator life-expectancy`: Chiang's second method for many areas at once.
struct IndicatorLifeExpectancy: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "life-expectancy",
    abstract: "Life expectancy at every age by Chiang's second method, as England publishes it.",
    discussion: """
      One row an area and age band; every starting age comes back as a row with
      the column age. Bands are named by their first age (0, 1, 5, …, 90, the
      last one open) or by both (1-4, 90+), in any order. All groups must have
      the bands that any of them has; a group without one of them, or with one
      twice, has the status bands_incomplete or bands_duplicate at every age.

      numerator and denominator are the deaths and the population at that age
      and above. 5,000 people or fewer: population_too_small; a 95% interval
      wider than 20 years: interval_too_wide, where the limits are given and the
      figure is not.

      Example:
        pophealth indicator life-expectancy --data deaths.csv --by area,sex \\
            --age-start age --deaths deaths --population population --format csv
      """)

  @Option(help: ArgumentHelp("The first age of the band, or its label.", valueName: "column"))
  var ageStart: String

  @Option(help: ArgumentHelp("Deaths in the band.", valueName: "column"))
  var deaths: String

  @Option(help: ArgumentHelp("People or person-years in the band.", valueName: "column"))
  var population: String

  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome {
    try options.refuseDisclosure(of: "life-expectancy")
    try options.refuseMultiplier(of: "life-expectancy")
    let levels = try options.levels()
    var columns = try IndicatorColumns(options)
    columns.addLabel(ageStart, option: "--age-start")
    columns.addNumbers(deaths, option: "--deaths")
    columns.addNumbers(population, option: "--population")
    let input = try IndicatorInput(options.data, columns, threads: try options.threadCount())
    let bands = try IndicatorAgeStarts(input, column: ageStart)
    return IndicatorOutcome(input: input, result: try result(input, bands, levels))
  }

  private func result(
    _ input: IndicatorInput, _ bands: IndicatorAgeStarts, _ levels: [ConfidenceLevel]
  ) throws -> IndicatorResult {
    let size = bands.scale.count
    let count = input.groups.count * size
    let deaths = bands.placed(input.numbers("--deaths"), input.groups)
    let population = bands.placed(input.numbers("--population"), input.groups)
    let tables = try levels.map { level in
      try checkingData("\(input.path): ") { () throws(LifeTableError) in
        try LifeExpectancyTable(
          deaths: deaths, population: population, ages: bands.scale, areaCount: input.groups.count,
          confidence: level.probability)
      }
    }
    let table = tables[0]
    var statuses = table.status
    var totals = (deaths: [Double](repeating: .nan, count: count), people: [Double](repeating: .nan, count: count))
    for group in 0..<input.groups.count {
      let cells = group * size..<(group + 1) * size
      if let fault = bands.faults[group] ?? Self.missing(deaths[cells], population[cells]) {
        for cell in cells { statuses[cell] = fault }
        continue
      }
      var sum = (deaths: 0.0, people: 0.0)
      for cell in cells.reversed() {
        sum.deaths += deaths[cell]
        sum.people += population[cell]
        totals.deaths[cell] = sum.deaths
        totals.people[cell] = sum.people
      }
    }
    let isGiven = statuses.map { $0 == .ok }
    let hasLimits = statuses.map { $0 == .ok || $0 == .intervalTooWide }
    func limits(_ side: (LifeExpectancyTable) -> [Double]) -> [[Double]] {
      tables.map { table in zip(side(table), hasLimits).map { $1 ? $0 : .nan } }
    }
    let groups = (0..<count).map { $0 / size }
    let ages = Table.Column("age", integers: (0..<count).map { bands.scale.lowerBounds[$0 % size] })
    var result = IndicatorResult(
      "Life expectancy in years, Chiang's second method (1984).", labels: input.groups.columns(of: groups) + [ages],
      statuses: statuses)
    result.add("value", "Years", zip(table.lifeExpectancy, isGiven).map { $1 ? $0 : .nan }, .figure)
    result.addLimits(levels, lower: limits(\.lower), upper: limits(\.upper))
    result.add("numerator", "Deaths", totals.deaths, .count)
    result.add("denominator", "Population", totals.people, .count)
    result.add("method", "Method", hasLimits.map { $0 ? "Chiang II" : "" }, .hidden)
    result.notes =
      bands.notes
      + (statuses.allSatisfy { $0 == .ok }
        ? [] : input.remarks(on: ["--deaths", "--population"], above: ("--deaths", "--population")))
    return result
  }

  /// A cell that is there and empty, in place of the missing band that NaN stands for elsewhere.
  private static func missing(_ deaths: ArraySlice<Double>, _ population: ArraySlice<Double>) -> ResultStatus? {
    if deaths.contains(where: \.isNaN) { return .missingNumerator }
    return population.contains(where: \.isNaN) ? .missingDenominator : nil
  }
}
