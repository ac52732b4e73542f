import Datasets
import Demography
import Tables

/// A projection beside ONS's 2018-based subnational projection, band by band.
struct OfficialComparison {
  private let run: ProjectRun
  private let published: [Population]
  private let years: [Int]

  /// The bands set side by side.
  private static let bands = AgeBand.planning + [AgeBand(0...)]

  /// Reads the published figures of the areas and years of a run.
  init(_ run: ProjectRun) throws {
    guard let folder = run.plan.folder else {
      throw CommandFailure.wrongCommand("--beside-ons goes with official areas, not with --inputs")
    }
    let history = try checkingCommand("--beside-ons: ") { () throws(Problems) in
      try SubnationalProjection.based2018(folder, areas: run.plan.population.areas)
    }
    let base = run.projection.baseYear
    years = run.projection.years.filter { year in
      history.years.contains(year)
        && (year == base || year == run.projection.endYear || (year - base) % 5 == 0 || year == WestKentLines.claimYear)
    }
    guard !years.isEmpty else {
      throw CommandFailure.wrongCommand(
        "--beside-ons: ONS's projection holds \(history.years.lowerBound) to \(history.years.upperBound); expected some of "
          + "these years")
    }
    let parts = years.compactMap { history.population(in: $0) }
    published = try parts.map { population in
      try checkingData { () throws(FootprintError) in
        try population.combined(into: run.plan.footprints)
      }
    }
    self.run = run
  }

  /// One table an area: this projection, ONS's, and the difference in percent for each year.
  func text() -> String {
    run.projection.areas.indices.map { area in
      var table = TextTable(
        columns: [TextTable.Column("Age"), TextTable.Column("")]
          + years.map { TextTable.Column("\($0)", .right) }, repeating: 2)
      for band in Self.bands {
        let ours = years.map { run.projection.population(area: area, in: $0, ages: band) ?? .nan }
        let theirs = published.map { $0.total(area: area, ages: band) ?? .nan }
        table.add(
          [band.lowerBound == 0 && band.upperBound == nil ? "All ages" : band.label, "this"] + ours.map { grouped($0) })
        table.add(["", "ONS"] + theirs.map { grouped($0) })
        table.add(["", "%"] + zip(ours, theirs).map { signed(($0 / $1 - 1) * 100) })
      }
      return "\(run.projection.areas[area].name) beside ONS's 2018-based subnational projection\n\n"
        + table.text(width: 80) + "\n"
    }.joined()
  }

  private func signed(_ percent: Double) -> String { (percent > 0 ? "+" : "") + fixed(percent, decimals: 1) }
}
