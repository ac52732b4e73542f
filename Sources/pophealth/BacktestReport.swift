import Demography
import Tables

/// The scores of backtests as rows for files.
struct BacktestReport {
  let windows: [BacktestWindow]
  let areas: BacktestAreas
  /// `nil` for forecasts without intervals.
  let simulations: Int?
  let seed: UInt64

  /// The names of the groups in files.
  static let groupNames = ["total"] + AgeBand.planning.map(\.label)

  /// Rows of `base,year,areas,forecast,group,measure,value`, or of every area; full precision.
  func table(byArea: Bool) -> Table { byArea ? areaTable() : scoreTable() }

  private func scoreTable() -> Table {
    var (bases, years, counts): ([Int], [Int], [Int]) = ([], [], [])
    var (forecasts, groups, measures): ([String], [String], [String]) = ([], [], [])
    var values: [Double] = []
    for window in windows {
      for entry in window.entries {
        func add(_ year: Int, _ group: Int, _ measure: String, _ value: Double) {
          bases.append(window.base)
          years.append(year)
          counts.append(window.areas.count)
          forecasts.append(entry.forecast)
          groups.append(Self.groupNames[group])
          measures.append(measure)
          values.append(value)
        }
        for (h, backtest) in entry.scores.enumerated() {
          let year = window.base + 1 + h
          for (group, score) in backtest.scores.enumerated() {
            add(year, group, "median_absolute_error", score.medianAbsoluteError)
            add(year, group, "mean_absolute_error", score.meanAbsoluteError)
            add(year, group, "bias", score.bias)
            add(year, group, "off_by_ten", score.shareOffByTen)
            guard let spread = score.spread else { continue }
            add(year, group, "coverage_80", spread.coverage80)
            add(year, group, "coverage_95", spread.coverage95)
            add(year, group, "crps", spread.rankedProbabilityScore)
          }
          add(year, 0, "age_structure_error", backtest.ageStructureError)
        }
        for group in Self.groupNames.indices {
          add(window.end, group, "shelf_life", Double(entry.shelfLife(group: group)))
        }
      }
    }
    return Table([
      Table.Column("base", integers: bases), Table.Column("year", integers: years),
      Table.Column("areas", integers: counts), Table.Column("forecast", text: forecasts),
      Table.Column("group", text: groups), Table.Column("measure", text: measures),
      Table.Column("value", numbers: values),
    ])
  }

  private func areaTable() -> Table {
    var (bases, years): ([Int], [Int]) = ([], [])
    var (codes, forecasts, groups): ([String], [String], [String]) = ([], [], [])
    var (observed, predicted): ([Double], [Double]) = ([], [])
    let count = Self.groupNames.count
    for window in windows {
      for (a, area) in window.areas.enumerated() {
        for entry in window.entries {
          for group in 0..<count {
            bases.append(window.base)
            years.append(window.end)
            codes.append(area.code)
            forecasts.append(entry.forecast)
            groups.append(Self.groupNames[group])
            observed.append(window.outcome.figures[a * count + group])
            predicted.append(entry.figures[a * count + group])
          }
        }
      }
    }
    return Table([
      Table.Column("base", integers: bases), Table.Column("year", integers: years), Table.Column("area", text: codes),
      Table.Column("forecast", text: forecasts), Table.Column("group", text: groups),
      Table.Column("observed", numbers: observed), Table.Column("predicted", numbers: predicted),
      Table.Column("error", numbers: zip(predicted, observed).map { 100 * ($0 / $1 - 1) }),
    ])
  }

  /// Provenance, remarks, clipped cells and rows in one object.
  func json(byArea: Bool) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("provenance")
      json.object { json in
        json.member("program", "pophealth")
        json.member("version", Version.number)
        json.member("rules", "pooled, chosen on bases 2003 and 2006")
        if let simulations {
          json.member("simulations", simulations)
          json.member("seed", "\(seed)")
        }
      }
      json.key("notes")
      json.array { json in for note in notes { json.string(note) } }
      json.key("adjustments")
      json.array { json in
        for window in windows {
          for clip in window.clips {
            json.object { json in
              json.member("base", window.base)
              json.member("area", clip.area.code)
              json.member("year", clip.year)
              json.member("sex", clip.sex.rawValue)
              json.member("age", clip.age)
              json.member("people", clip.people)
            }
          }
        }
      }
      json.key("adjusted_simulations")
      json.array { json in
        for window in windows {
          for clip in window.clipsOfFutures {
            json.object { json in
              json.member("base", window.base)
              json.member("area", clip.area.code)
              json.member("year", clip.year)
              json.member("simulations", clip.simulations)
              json.member("mean_people", clip.meanPeople)
            }
          }
        }
      }
      json.key("rows")
      json.rows(of: table(byArea: byArea))
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// Remarks for standard error about cells that were clipped.
  var messages: [String] {
    windows.flatMap { window in
      var lines: [String] = []
      if !window.clips.isEmpty {
        let people = window.clips.reduce(0) { $0 + $1.people }
        let cells = window.clips.count == 1 ? "1 cell" : "\(window.clips.count) cells"
        lines.append(
          "adjustment: from mid-\(window.base) more people leave than there are in \(cells), set to zero, "
            + "\(fixed(people, decimals: 2)) people added in all")
      }
      if let simulations, let worst = window.clipsOfFutures.max(by: { $0.simulations < $1.simulations }) {
        let places = window.clipsOfFutures.count
        lines.append(
          "adjustment: from mid-\(window.base) in some simulations more people leave than there are, in "
            + "\(places == 1 ? "1 area and year" : "\(places) areas and years"); the most in \(worst.area.name), mid-\(worst.year): "
            + "\(worst.simulations) of \(simulations)")
      }
      return lines
    }
  }
}
