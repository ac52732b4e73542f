import Demography
import Tables

extension ProjectReport {
  /// Tables for people: years across, ages down, one block an area, at most 80 columns wide.
  func text() -> String {
    let projection = run.projection
    return projection.areas.indices.map { area in
      heading(projection.areas[area]) + (detail == .total ? totals(area) : ages(area)) + "\n"
    }.joined()
  }

  /// The remarks under the tables.
  func notesText(_ more: [String] = []) -> String {
    var lines = ["Notes"]
    for note in notes + more { lines += wrappedLines(note, first: "- ", indent: "  ") }
    if run.plan.folder != nil {
      lines += wrappedLines(
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0; "
          + "projected by pophealth \(Version.number).")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func heading(_ area: Area) -> String {
    let projection = run.projection
    let changed = (run.plan.scenario.map { ["scenario \($0)"] } ?? []) + run.plan.settings
    let scenario = changed.isEmpty ? "" : " with " + changed.joined(separator: ", ")
    let title = "\(area.name): people at mid-year, \(projection.baseYear) to \(projection.endYear)"
    let lines =
      wrappedLines(title)
      + wrappedLines(
        "From \(run.plan.source); assumptions \(run.plan.assumptionsName)\(scenario); step \(projection.convention.rawValue)."
      )
    return lines.joined(separator: "\n") + "\n\n"
  }

  /// The base, every few years, 2035 where a claim is about it, and the end: as many as 80 columns hold beside the
  /// ages and the change.
  var shownYears: [Int] {
    let years = run.projection.years
    let largest =
      run.projection.areas.indices.map { area in
        max(
          run.projection.total(area: area, in: years[0]) ?? 0,
          run.projection.total(area: area, in: run.projection.endYear) ?? 0)
      }.max() ?? 0
    let columns = min(6, (80 - "All ages".count - "  +100.0%".count) / (grouped(largest).count + 2))
    let claim = run.plan.showsClaims && years.contains(WestKentLines.claimYear) ? WestKentLines.claimYear : nil
    var stride = 1
    while true {
      var shown = Set(years.indices.filter { $0 % stride == 0 }.map { years[$0] })
      shown.insert(run.projection.endYear)
      if let claim { shown.insert(claim) }
      if shown.count <= columns || stride >= years.count { return shown.sorted() }
      stride += 1
    }
  }

  private func ages(_ area: Int) -> String {
    let projection = run.projection
    let years = shownYears
    let rows: [AgeBand] =
      detail == .bands
      ? planningBands.map(\.band)
      : projection.ages.lowerBounds.indices.map { x in
        let low = projection.ages.lowerBounds[x]
        return projection.ages.width(at: x).map { AgeBand(low...(low + $0 - 1)) } ?? AgeBand(low...)
      }
    var table = TextTable(
      columns: [TextTable.Column("Age")] + years.map { TextTable.Column("\($0)", .right) }
        + [TextTable.Column("change", .right)])
    func add(_ title: String, _ band: AgeBand) {
      let people = years.map { projection.population(area: area, in: $0, ages: band) ?? .nan }
      table.add([title] + people.map { grouped($0) } + [change(people)])
    }
    for band in rows {
      let label = band.lowerBound == band.upperBound ? "\(band.lowerBound)" : band.label
      add(label, band)
    }
    table.addRule()
    add("All ages", AgeBand(0...))
    let older = AgeBand.planning.suffix(2).filter { $0.indices(in: projection.ages) != nil }
    if !older.isEmpty {
      table.addRule()
      for band in older {
        let people = years.map { projection.population(area: area, in: $0, ages: band) ?? .nan }
        table.add(["\(band.label) x"] + people.map { ratio($0, people[0]) })
      }
    }
    return table.text(width: 80)
      + (older.isEmpty
        ? "" : "x: times the base year; change: from \(years[0]) to \(years[years.count - 1]); people are rounded\n")
  }

  private func totals(_ area: Int) -> String {
    let projection = run.projection
    var table = TextTable(
      columns: [TextTable.Column("Year"), TextTable.Column("people", .right)]
        + (components
          ? ["births", "deaths", "net migration", "adjustment"].map { TextTable.Column($0, .right) } : [])
        + [TextTable.Column("change", .right)])
    let base = projection.total(area: area, in: projection.baseYear) ?? .nan
    for year in projection.years {
      let people = projection.total(area: area, in: year) ?? .nan
      var cells = ["\(year)", grouped(people)]
      if components {
        let part = projection.components(area: area, endingIn: year)
        cells +=
          part.map {
            [grouped($0.births), grouped($0.deaths), grouped($0.netMigration), grouped($0.adjustment)]
          } ?? ["", "", "", ""]
      }
      table.add(cells + [change([base, people])])
    }
    return table.text(width: 80)
  }

  private func change(_ people: [Double]) -> String {
    guard let first = people.first, let last = people.last, first > 0 else { return "" }
    let percent = (last / first - 1) * 100
    return (percent > 0 ? "+" : "") + fixed(percent, decimals: 1) + "%"
  }
}

/// A ratio with two decimals, empty where there is none.
func ratio(_ people: Double, _ base: Double) -> String {
  base > 0 ? fixed(people / base, decimals: 2) : ""
}
