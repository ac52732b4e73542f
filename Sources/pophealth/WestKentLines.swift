import Datasets
import Demography
import Tables

/// The partnership's claims about ageing, each beside the figures that can be computed: this projection, those from
/// the two standard bases, and ONS's own.
struct WestKentLines {
  /// The year that the claims are about.
  static let claimYear = 2035

  /// One line: where a pair of ratios comes from.
  struct Line {
    let title: String
    /// 85 and over, then 65 to 84: people of 2035 for each person of the year compared with.
    let ratios: [Double]
  }

  let lines: [Line]
  /// People at mid-2018 on the rebased estimates and in ONS's 2018-based projection (original estimates).
  let rebased: Double
  let original: Double
  /// The partnership's figure of the population.
  let claimed: Double

  private static let bands = [AgeBand(85...), AgeBand(65...84)]
  private static let measures = ["ratio-85-and-over", "ratio-65-84"]

  /// Computes the lines beside a projection of West Kent.
  init?(_ run: ProjectRun, folder: DatasetFolder?) throws {
    guard let folder else { return nil }
    let year = Self.claimYear
    let claims = try checkingData { () throws(Problems) in try WestKentClaims(folder) }
    let footprint = run.plan.footprints
    let areas = run.plan.population.areas
    let snpp = try Self.combined(
      try checkingData { () throws(Problems) in
        try SubnationalProjection.based2018(folder, areas: areas)
      }, footprint, years: [2018, year])
    let estimates = try Self.combined(
      try checkingData { () throws(Problems) in try Estimates.rebased(folder, areas: areas) },
      footprint, years: [2018])
    let this = Self.people(run.projection, in: year)
    let base = run.projection.baseYear
    var lines = [
      Line(
        title: "Claimed by the partnership for \(year) (2021)",
        ratios: Self.measures.map { claims.claim(about: $0)?.value ?? .nan }),
      Line(
        title: "This projection, base \(base): \(year) to \(base)",
        ratios: Self.ratios(this, Self.people(run.projection, in: base))),
    ]
    let mid2018 = Self.people(estimates[0])
    if base != 2018 {
      lines.append(Line(title: "This projection, base \(base): \(year) to 2018", ratios: Self.ratios(this, mid2018)))
    }
    for standard in [2018, 2023] where standard != base {
      let other = try localAssumptions(
        footprint, base: standard, to: year, options: run.plan.options, folder: folder)
      var plan = run.plan
      plan.population = other.population
      plan.assumptions = try run.plan.changes?.applied(to: other.assumptions) ?? other.assumptions
      plan.end = year
      let projection = try plan.run(strict: false).projection
      lines.append(
        Line(
          title: "The same run from base \(standard): \(year) to \(standard)",
          ratios: Self.ratios(
            Self.people(projection, in: year), Self.people(projection, in: standard))))
    }
    lines.append(
      Line(
        title: "ONS 2018-based projection: \(year) to 2018",
        ratios: Self.ratios(Self.people(snpp[1]), Self.people(snpp[0]))))
    self.lines = lines
    rebased = estimates[0].total(area: 0)
    original = snpp[0].total(area: 0)
    claimed = claims.claim(about: "population")?.value ?? .nan
  }

  private static func combined(
    _ history: PopulationHistory, _ footprints: [Footprint], years: [Int]
  ) throws -> [Population] {
    try years.map { year in
      guard let population = history.population(in: year) else {
        throw CommandFailure.wrongData("no figures of mid-\(year)")
      }
      return try checkingData { () throws(FootprintError) in
        try population.combined(into: footprints)
      }
    }
  }

  private static func people(_ projection: Projection, in year: Int) -> [Double] {
    bands.map { projection.population(in: year, ages: $0) ?? .nan }
  }

  private static func people(_ population: Population) -> [Double] {
    bands.map { population.total(area: 0, ages: $0) ?? .nan }
  }

  private static func ratios(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 / $1 } }

  /// The lines as a table for people.
  func text() -> String {
    var table = TextTable(columns: [
      TextTable.Column("The partnership's claims beside the figures"),
      TextTable.Column("85+", .right), TextTable.Column("65-84", .right),
    ])
    for line in lines { table.add([line.title] + line.ratios.map { "x" + fixed($0, decimals: 2) }) }
    let gap = rebased - original
    let bases = wrappedLines(
      "The partnership speaks of about \(grouped(claimed)) people. Mid-2018: \(grouped(rebased)) people on the rebased estimates, \(grouped(original)) in ONS's 2018-based "
        + "projection, which starts from the estimates as first published: a gap of the bases of "
        + "\(grouped(gap)) (\(fixed(gap / original * 100, decimals: 1))%). Compare ratios, not levels.")
    return table.text(width: 80) + "\n" + bases.joined(separator: "\n") + "\n\n"
  }

  /// The lines as JSON.
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.key("ratios")
      json.array { json in
        for line in lines {
          json.object { json in
            json.member("figure", line.title)
            json.member("ratio_85_and_over", line.ratios[0])
            json.member("ratio_65_84", line.ratios[1])
          }
        }
      }
      json.member("population_claimed", claimed)
      json.member("population_2018_rebased", rebased)
      json.member("population_2018_original", original)
    }
  }
}
