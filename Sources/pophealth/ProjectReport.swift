import Demography
import Tables

/// A projection as rows for files and as tables for people.
struct ProjectReport {
  let run: ProjectRun
  let detail: Detail
  let components: Bool

  private var projection: Projection { run.projection }

  /// The rows of a CSV or JSON result, full precision.
  ///
  /// `single`: area,year,sex,age,population. `bands`: area,year,sex,band,population with sex `persons` too.
  /// `total`: area,year,population, and with components births, deaths, net migration and adjustment of the
  /// year that ends at the row's mid-year (empty in the base year).
  func table() -> Table {
    switch detail {
    case .total: totals()
    case .bands: bands()
    case .single: single()
    }
  }

  private func totals() -> Table {
    var area: [String] = []
    var year: [Int] = []
    var people: [Double] = []
    var parts: [[Double]] = [[], [], [], []]
    for (a, place) in projection.areas.enumerated() {
      for y in projection.years {
        area.append(place.code)
        year.append(y)
        people.append(projection.total(area: a, in: y) ?? .nan)
        let change = projection.components(area: a, endingIn: y)
        parts[0].append(change?.births ?? .nan)
        parts[1].append(change?.deaths ?? .nan)
        parts[2].append(change?.netMigration ?? .nan)
        parts[3].append(change?.adjustment ?? .nan)
      }
    }
    let names = ["births", "deaths", "net_migration", "adjustment"]
    return Table(
      [
        Table.Column("area", text: area), Table.Column("year", integers: year),
        Table.Column("population", numbers: people),
      ] + (components ? zip(names, parts).map { Table.Column($0, numbers: $1) } : []))
  }

  /// The planning bands as far as the ages reach: where these end below 85, the last band is the open one, so
  /// that the bands always hold everybody.
  var planningBands: [(band: AgeBand, indices: Range<Int>)] {
    let open = projection.ages.openAge
    return AgeBand.planning.filter { $0.lowerBound <= open }.compactMap { band in
      let reaches = band.upperBound.map { $0 < open } ?? true
      let shown = reaches ? band : AgeBand(band.lowerBound...)
      return shown.indices(in: projection.ages).map { (shown, $0) }
    }
  }

  private func bands() -> Table {
    var area: [String] = []
    var year: [Int] = []
    var sex: [String] = []
    var band: [String] = []
    var people: [Double] = []
    for (a, place) in projection.areas.enumerated() {
      for y in projection.years {
        for (name, only) in [("female", Sex.female as Sex?), ("male", .male), ("persons", nil)] {
          for item in planningBands {
            area.append(place.code)
            year.append(y)
            sex.append(name)
            band.append(item.band.label)
            people.append(projection.population(area: a, in: y, ages: item.band, sex: only) ?? .nan)
          }
        }
      }
    }
    return Table([
      Table.Column("area", text: area), Table.Column("year", integers: year),
      Table.Column("sex", text: sex), Table.Column("band", text: band),
      Table.Column("population", numbers: people),
    ])
  }

  private func single() -> Table {
    let rows = projection.areas.count * projection.years.count * 2
    let n = projection.ages.count
    let labels = projection.ages.labels
    var area: [String] = []
    var year: [Int] = []
    var sex: [String] = []
    var age: [String] = []
    area.reserveCapacity(rows * n)
    for place in projection.areas {
      for y in projection.years {
        for s in Sex.allCases {
          area += repeatElement(place.code, count: n)
          year += repeatElement(y, count: n)
          sex += repeatElement(s.rawValue, count: n)
          age += labels
        }
      }
    }
    return Table([
      Table.Column("area", text: area), Table.Column("year", integers: year),
      Table.Column("sex", text: sex), Table.Column("age", text: age),
      // Storage runs [area][year][sex][age], as the rows do.
      Table.Column("population", numbers: projection.population),
    ])
  }

  /// Provenance, remarks and rows in one object.
  func json(claims: WestKentLines?) -> [UInt8] { json(rows: table(), notes: notes, claims: claims) }

  /// The same with the rows and remarks of a simulated run, and what else a run says of itself.
  func json(
    rows: Table, notes: [String], claims: WestKentLines? = nil, odds: AgeingOdds? = nil,
    provenance: (inout JSONWriter) -> Void = { _ in }
  ) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("provenance")
      json.object { json in
        json.member("program", "pophealth")
        json.member("version", Version.number)
        json.member("base_year", projection.baseYear)
        json.member("end_year", projection.endYear)
        json.member("step", projection.convention.rawValue)
        json.member("assumptions", run.plan.assumptionsName)
        json.member("scenario", run.plan.scenario)
        json.key("settings")
        json.array { json in for setting in run.plan.settings { json.string(setting) } }
        json.member("population", run.plan.source)
        provenance(&json)
      }
      json.key("areas")
      json.array { json in
        for area in projection.areas {
          json.object { json in
            json.member("area", area.code)
            json.member("name", area.name)
          }
        }
      }
      json.key("notes")
      json.array { json in for note in notes { json.string(note) } }
      json.key("adjustments")
      json.array { json in
        for clip in run.parts.clips {
          json.object { json in
            json.member("area", clip.area.code)
            json.member("year", clip.year)
            json.member("sex", clip.sex.rawValue)
            json.member("age", clip.age)
            json.member("people", clip.people)
          }
        }
      }
      if let claims {
        json.key("claims")
        claims.write(to: &json)
      }
      if let odds {
        json.key("claims")
        odds.write(to: &json)
      }
      json.key("rows")
      json.rows(of: rows)
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// What the figures rest on.
  var notes: [String] {
    var notes = run.plan.assumptions.notes
    if run.plan.footprints.contains(where: \.isApportioned) {
      notes.append(
        "Districts that lie in the footprint only in part are taken by their share at each age in mid-2019, held "
          + "fixed; people who grow into another share count as migration")
    }
    return notes
  }
}
