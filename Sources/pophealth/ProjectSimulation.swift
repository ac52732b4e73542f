import Datasets
import Demography
import Tables

/// A run of many futures: its figures for files and for people.
struct ProjectSimulation {
  /// The projection that the futures vary about.
  let run: ProjectRun
  let ensemble: Ensemble
  let odds: AgeingOdds?
  private let report: ProjectReport
  private let notes: [String]
  /// How many of the measures the rows of files show, in their order.
  private let shown: Int

  /// The quantiles as columns.
  static let quantileNames = ["p2_5", "p10", "p50", "p90", "p97_5"]

  init(
    _ run: ProjectRun, detail: Detail, components: Bool, simulations: Int, options: SimulationOptions, strict: Bool,
    forPeople: Bool
  ) throws {
    guard let folder = run.plan.folder else {
      throw CommandFailure.wrongCommand("--simulations goes with the official areas")
    }
    let plan = run.plan
    let report = ProjectReport(run: run, detail: detail, components: components)
    let local = try checkingData { () throws(Problems) in
      try LocalUncertainty(folder, areas: plan.population.areas, base: plan.population.year, options: plan.options)
    }
    var odds = try plan.showsClaims ? AgeingOdds(plan, folder: folder) : nil
    let measures = Self.measures(report, forPeople: forPeople)
    shown = measures.count
    do throws(EnsembleError) {
      ensemble = try CohortComponent(plan.convention, clipping: strict ? .stop : .report).simulate(
        plan.population, under: plan.assumptions, varying: local.uncertainty, to: plan.end, simulations: simulations,
        seed: options.seed ?? 1, footprints: plan.footprints, measures: measures + (odds?.measures ?? []),
        events: odds?.events ?? [], drawsProcess: options.processNoise)
    } catch { throw CommandFailure.wrongData(error.description) }
    odds?.answer(from: ensemble)
    self.run = run
    self.odds = odds
    self.report = report
    notes =
      local.notes + [
        "\(grouped(Double(simulations))) simulations from seed \(ensemble.seed)"
          + (options.processNoise ? ", the chance of single births and deaths drawn too" : "")
      ]
  }

  /// What the figures rest on.
  var allNotes: [String] { report.notes + notes }

  /// What is told about, in the order of the rows.
  private static func measures(_ report: ProjectReport, forPeople: Bool) -> [EnsembleMeasure] {
    let ages = report.run.projection.ages
    let bands = report.planningBands.map(\.band)
    switch report.detail {
    case .total: return [.people()] + (report.components ? EnsembleMeasure.components : [])
    case .single where !forPeople: return EnsembleMeasure.groups(of: ages)
    case .single:
      return EnsembleMeasure.groups(of: ages).prefix(ages.count).map { .people($0.ages) } + [.people()]
    case .bands where forPeople: return bands.map { .people($0) } + [.people()]
    case .bands: return [Sex.female, .male, nil].flatMap { sex in bands.map { .people($0, sex: sex) } }
    }
  }

  /// Remarks for standard error about cells that were clipped.
  var messages: [String] {
    guard let worst = ensemble.clips.max(by: { $0.simulations < $1.simulations }) else { return [] }
    let places = ensemble.clips.count == 1 ? "1 area and year" : "\(ensemble.clips.count) areas and years"
    return [
      "adjustment: in some simulations more people leave than there are, in \(places); "
        + "the most in \(worst.area.name), mid-\(worst.year): \(worst.simulations) of \(ensemble.simulations) "
        + "(--strict stops instead)"
    ]
  }

  /// The rows of a CSV or JSON result, full precision: the columns of the projection with mean and quantiles in place
  /// of the population; components of change are means; with process noise both parts of the variance.
  func table() -> Table {
    let rows = rows()
    var columns = rows.keys
    let people = rows.measures.map { ensemble.summaries[$0] }
    columns.append(Table.Column("mean", numbers: people.map(\.mean)))
    for (q, name) in Self.quantileNames.enumerated() {
      columns.append(Table.Column(name, numbers: people.map { $0.quantiles[q] }))
    }
    if ensemble.drawsProcess {
      columns.append(Table.Column("rate_variance", numbers: people.map(\.rateVariance)))
      columns.append(Table.Column("process_variance", numbers: people.map(\.processVariance)))
    }
    if report.components {
      for (m, name) in ["births", "deaths", "net_migration", "adjustment"].enumerated() {
        columns.append(Table.Column(name, numbers: rows.measures.map { ensemble.summaries[$0 + 1 + m].mean }))
      }
    }
    return Table(columns)
  }

  /// The columns that name a row, and the summary that it shows.
  private func rows() -> (keys: [Table.Column], measures: [Int]) {
    var (area, year, sex, group): ([String], [Int], [String], [String]) = ([], [], [], [])
    var chosen: [Int] = []
    let labels = report.detail == .single ? run.projection.ages.labels : report.planningBands.map(\.band.label)
    for (a, place) in ensemble.areas.enumerated() {
      for (y, mid) in ensemble.years.enumerated() {
        for m in 0..<(report.detail == .total ? 1 : shown) {
          area.append(place.code)
          year.append(mid)
          chosen.append((a * ensemble.years.count + y) * ensemble.measures.count + m)
          guard report.detail != .total else { continue }
          sex.append(["female", "male", "persons"][m / labels.count])
          group.append(labels[m % labels.count])
        }
      }
    }
    var keys = [Table.Column("area", text: area), Table.Column("year", integers: year)]
    if report.detail != .total {
      keys.append(Table.Column("sex", text: sex))
      keys.append(Table.Column(report.detail == .single ? "age" : "band", text: group))
    }
    return (keys, chosen)
  }

  /// Provenance, remarks, odds and rows in one object.
  func json() -> [UInt8] {
    report.json(rows: table(), notes: allNotes, odds: odds) { json in
      json.member("simulations", ensemble.simulations)
      json.member("seed", "\(ensemble.seed)")
      json.member("process_noise", ensemble.drawsProcess ? "drawn" : "none")
    }
  }

  /// Tables for people: the fan of every band, its quantiles from the highest to the lowest, and the claims' odds.
  func text() -> String {
    var text = ensemble.areas.indices.map { area in
      report.heading(ensemble.areas[area]) + fan(area) + variance(area) + "\n"
    }.joined()
    if let odds, !odds.questions.isEmpty {
      let title =
        "The partnership's claims: how many times as many people, and the share of simulations with at least as many "
        + "as claimed"
      text += wrappedLines(title).joined(separator: "\n") + "\n\n" + odds.text() + "\n"
    }
    return text + report.notesText(notes)
  }

  private func fan(_ area: Int) -> String {
    let years = report.shownYears
    let labels = ["97.5%", "90%", "50%", "10%", "2.5%"]
    var table = TextTable(
      columns: [TextTable.Column("Age"), TextTable.Column("")] + years.map { TextTable.Column("\($0)", .right) },
      repeating: 2)
    let people = ensemble.measures.prefix(shown).filter { $0.quantity == .people }
    for measure in people {
      let summaries = years.map { ensemble.summary(of: measure, area: area, in: $0) }
      let isAll = measure.ages == AgeBand(0...)
      if isAll, people.count > 1 { table.addRule() }
      let name =
        isAll
        ? "All ages"
        : measure.ages.lowerBound == measure.ages.upperBound
          ? "\(measure.ages.lowerBound)" : measure.ages.label
      for (line, label) in labels.enumerated() {
        table.add(
          [line == 0 ? name : "", label] + summaries.map { $0.map { grouped($0.quantiles[4 - line]) } ?? "" })
      }
    }
    let caption =
      "quantiles of \(grouped(Double(ensemble.simulations))) simulations: 80 of 100 lie from 10% to 90%, 95 from 2.5% "
      + "to 97.5%"
    return table.text(width: 80) + wrappedLines(caption).joined(separator: "\n") + "\n"
  }

  /// How much of the variance in the last year is the chance of single births and deaths.
  private func variance(_ area: Int) -> String {
    guard ensemble.drawsProcess, let last = ensemble.summary(of: .people(), area: area, in: ensemble.endYear) else {
      return ""
    }
    let share = last.processVariance / (last.rateVariance + last.processVariance) * 100
    return "chance of single births and deaths: \(fixed(share, decimals: 1))% of the variance of all ages in "
      + "\(ensemble.endYear)\n"
  }
}
