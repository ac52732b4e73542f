#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Datasets
import Demography
import Tables

/// The population and assumptions of a run as a folder that `--inputs` reads: areas as projected (districts, not
/// the footprints made of them).
struct InputsExport {
  let run: ProjectRun

  init(_ run: ProjectRun) { self.run = run }

  /// Refuses a folder that cannot be made or written to, or holds a file which the export would replace or which would
  /// stand beside it.
  func check(folder: String) throws {
    var path = folder[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    guard access((access(folder, F_OK) == 0 ? folder : parent) + "/.", W_OK) == 0 else {
      throw CommandFailure.wrongCommand("--export \(folder): cannot be written: \(String(cString: strerror(errno)))")
    }
    let names = ["population.csv", "fertility.csv", "sex-ratio.csv", "migration.csv"] + UserInputs.mortalityFileNames
    for name in names where access(folder + "/" + name, F_OK) == 0 {
      throw CommandFailure.wrongCommand("--export \(folder): holds \(name) already; expected a new or empty folder")
    }
  }

  /// Writes the files, making the folder where there is none, and says what was written.
  func write(to folder: String) throws {
    if mkdir(folder, 0o755) != 0, errno != EEXIST {
      throw CommandFailure.wrongCommand("--export \(folder): cannot be made: \(String(cString: strerror(errno)))")
    }
    let assumptions = run.plan.assumptions
    let files: [(String, Table)] = [
      ("population.csv", population()), (Self.mortalityFile(assumptions.mortality.measure), mortality()),
      ("fertility.csv", fertility()), ("sex-ratio.csv", sexRatio()), ("migration.csv", migration()),
    ]
    for (name, table) in files {
      try checkingCommand { () throws(Problem) in
        try AtomicFile.write(CSVWriter.bytes(table), to: folder + "/" + name)
      }
    }
    let whole = run.plan.footprints.allSatisfy { $0.parts.count == 1 && !$0.isApportioned }
    StandardError.note(
      "wrote \(folder): \(areas.count) area\(areas.count == 1 ? "" : "s"), mid-\(years.lowerBound) to mid-\(years.upperBound)"
        + (whole ? "" : "; the districts whole, not the areas made of them or of shares of them"))
  }

  private static func mortalityFile(_ measure: MortalityMeasure) -> String {
    switch measure {
    case .centralDeathRate: "mortality-central-rates.csv"
    case .deathProbability: "mortality-probabilities.csv"
    case .survivalRatio: "survival-ratios.csv"
    }
  }

  private var areas: [Area] { run.parts.areas }
  private var years: Range<Int> { run.parts.baseYear..<run.parts.endYear }

  private func population() -> Table {
    var keys = Keys()
    for area in areas {
      for sex in Sex.allCases {
        for age in run.parts.ages.labels { keys.add(area.code, run.parts.baseYear, sex.rawValue, age) }
      }
    }
    return keys.table([("population", run.plan.population.counts)])
  }

  private func mortality() -> Table {
    let rates = run.plan.assumptions.mortality
    var keys = Keys()
    var values: [Double] = []
    for (a, area) in areas.enumerated() {
      for year in years {
        for sex in Sex.allCases {
          let start = rates.offset(area: a, year: year, sex: sex)
          for row in 0..<rates.rowCount {
            keys.add(area.code, year, sex.rawValue, rates.label(ofRow: row))
            values.append(rates.values[start + row])
          }
        }
      }
    }
    return keys.table([("rate", values)])
  }

  private func fertility() -> Table {
    let rates = run.plan.assumptions.fertility
    var keys = Keys()
    var values: [Double] = []
    // The same ages in every step: those at which anybody gives birth, one at least.
    let ages = rates.ages.lowerBounds.indices.filter { x in
      stride(from: x, to: rates.values.count, by: rates.ages.count).contains { rates.values[$0] > 0 }
    }
    for (a, area) in areas.enumerated() {
      for year in years {
        let start = rates.offset(area: a, year: year)
        for x in ages.isEmpty ? [0] : ages {
          keys.add(area.code, year, nil, rates.ages.label(at: x))
          values.append(rates.values[start + x])
        }
      }
    }
    return keys.table([("rate", values)])
  }

  private func sexRatio() -> Table {
    let fertility = run.plan.assumptions.fertility
    return Table([
      Table.Column("year", integers: Array(years)),
      Table.Column("ratio", numbers: years.map { fertility.sexRatios[$0 - fertility.years.lowerBound] }),
    ])
  }

  /// The migrants of the run: rates as the people they came to.
  private func migration() -> Table {
    var keys = Keys()
    for area in areas {
      for year in years {
        for sex in Sex.allCases {
          for age in run.parts.ages.labels { keys.add(area.code, year, sex.rawValue, age) }
        }
      }
    }
    let flows = !run.parts.arrivals.isEmpty
    return keys.table(
      flows ? [("in", run.parts.arrivals), ("out", run.parts.departures)] : [("net", run.parts.netMigration)])
  }
}

/// The key columns of an input file, row by row.
private struct Keys {
  private var area: [String] = []
  private var year: [Int] = []
  private var sex: [String] = []
  private var age: [String] = []

  mutating func add(_ area: String, _ year: Int, _ sex: String?, _ age: String) {
    self.area.append(area)
    self.year.append(year)
    if let sex { self.sex.append(sex) }
    self.age.append(age)
  }

  func table(_ columns: [(String, [Double])]) -> Table {
    Table(
      [Table.Column("area", text: area), Table.Column("year", integers: year)]
        + (sex.isEmpty ? [] : [Table.Column("sex", text: sex)]) + [Table.Column("age", text: age)]
        + columns.map { Table.Column($0.0, numbers: $0.1) })
  }
}
