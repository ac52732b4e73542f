public import Demography
public import Tables

/// ONS's national population projection of England: one edition with everything that made it.
public struct NationalProjection: Sendable, Hashable {
  /// An edition.
  public enum Edition: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// 2018-based, from the estimates of mid-2018 as first published.
    case based2018 = 2018
    /// 2020-based interim.
    case based2020 = 2020

    /// The base year.
    public var baseYear: Int { rawValue }
    /// The package and the name on command lines: `ons-npp-2018`.
    public var name: String { "ons-npp-\(rawValue)" }

    /// Earlier editions come first.
    public static func < (a: Edition, b: Edition) -> Bool { a.rawValue < b.rawValue }
  }

  /// England.
  public static let england = Area(code: "E92000001", name: "England")

  /// The edition.
  public let edition: Edition
  /// Published people at each mid-year, ages 0…104, 105+.
  public let population: PopulationHistory
  /// q(x+½) on the ages of the population, one area.
  ///
  /// ONS gives single ages to 125; the rate of 105+ is their mean in a stationary population, with which
  /// the published deaths of 105+ are met within 5 a step.
  public let mortality: MortalityRates
  /// Births per woman and year, one area.
  public let fertility: FertilityRates

  private let folder: DatasetFolder

  /// Reads an edition; migration is read when it is asked for.
  ///
  /// - Throws: `Problems` of its files.
  public init(_ folder: DatasetFolder, edition: Edition) throws(Problems) {
    self.folder = folder
    self.edition = edition
    let package = edition.name
    let people = folder.file(package, "population.csv")
    let wide = try WideTable(path: people)
    let ages = try wide.ageScale(file: people)
    let steps = wide.years.lowerBound..<wide.years.upperBound
    guard !steps.isEmpty, ages.isSingleYear else {
      throw Problems(Problem(file: people, message: "expected two mid-years or more and single years of age"))
    }
    population = try inFile(people) { () throws(PopulationError) in
      try PopulationHistory(
        areas: [Self.england], ages: ages, years: wide.years, values: wide.values)
    }
    let deaths = folder.file(package, "mortality.csv")
    let rates = try WideTable(path: deaths)
    let rateAges = try rates.ageScale(file: deaths)
    let span = steps.lowerBound...(steps.upperBound - 1)
    let probabilities = try rates.values(years: span, file: deaths)
    mortality = try inFile(deaths) { () throws(AssumptionError) in
      try MortalityRates(
        measure: .deathProbability, ages: rateAges, years: steps, areaCount: 1,
        values: probabilities
      ).gatheringOpenGroup(at: ages.openAge)
    }
    let births = folder.file(package, "fertility.csv")
    let values = try Self.fertility(births, ages: ages, years: span)
    fertility = try inFile(births) { () throws(AssumptionError) in
      try FertilityRates(ages: ages, years: steps, areaCount: 1, values: values)
    }
  }

  /// Births per woman and year, `[step][age]`; 0 at the ages that the file does not name.
  private static func fertility(
    _ file: String, ages: AgeScale, years: ClosedRange<Int>
  ) throws(Problems) -> [Double] {
    let fertile = try WideTable(path: file, bySex: false)
    let rates = try fertile.values(years: years, file: file)
    var problems = ProblemCollector()
    let rows = fertile.ages.map { label -> Int? in
      if let age = AgeLabel(label), age.lowerBound == age.upperBound, age.lowerBound < ages.openAge {
        return age.lowerBound
      }
      problems.add(
        file: file, "age \(quoted(label)); expected a single year of age below \(ages.openAge)")
      return nil
    }
    try problems.throwIfAny()
    var values = Array(repeating: 0.0, count: years.count * ages.count)
    for step in 0..<years.count {
      for (i, age) in rows.enumerated() {
        if let age { values[step * ages.count + age] = rates[step * rows.count + i] }
      }
    }
    return values
  }

  /// ONS's own assumptions for England: international and cross-border migration together, as flows.
  ///
  /// - Throws: `Problems` of the migration file.
  public func assumptions() throws(Problems) -> Assumptions {
    let file = folder.file(edition.name, "migration.csv")
    let years = mortality.years
    func flow(_ name: String) throws(Problems) -> [Double] {
      let streams = try WideTable(path: file, group: "stream", filter: ["flow": name])
      guard !streams.groups.isEmpty else {
        throw Problems(Problem(file: file, message: "has no stream of the flow \(quoted(name))"))
      }
      guard try streams.ageScale(file: file) == population.ages else {
        throw Problems(Problem(file: file, message: "has other ages than the population beside it"))
      }
      let values = try streams.values(
        years: years.lowerBound...(years.upperBound - 1), file: file)
      let block = values.count / streams.groups.count
      return (0..<block).map { cell in
        streams.groups.indices.reduce(0) { $0 + values[$1 * block + cell] }
      }
    }
    let arrivals = try flow("in")
    let departures = try flow("out")
    return try inFile(file) { () throws(AssumptionError) in
      try Assumptions(
        areas: [Self.england], mortality: mortality, fertility: fertility,
        migration: .flows(
          ages: population.ages, years: years, areaCount: 1, arrivals: arrivals,
          departures: departures),
        notes: [
          "ONS national population projection, \(edition.rawValue)-based principal: mortality q(x+½), "
            + "fertility, international and cross-border migration as published"
        ])
    }
  }

  /// q(x+½) on ages 0…W−1, W+, the open group weighted by the published people of each year.
  func mortality(openAge: Int) throws(AssumptionError) -> MortalityRates {
    let block = 2 * population.ages.count
    let people = population.values[..<(mortality.years.count * block)]
    return try mortality.gatheringOpenGroup(at: openAge, weightedBy: Array(people))
  }
}
