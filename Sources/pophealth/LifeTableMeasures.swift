import Tables

/// The columns of figures that a life table is made of.
struct LifeTableMeasures {
  private enum Kind { case counts, rates, probabilities }

  private let table: Table
  private let kind: Kind
  /// Which columns of the file were left alone, and why.
  let notes: [String]

  /// Decides which columns tell the mortality.
  init(_ table: Table, path: String, needsCounts: Bool) throws(Problems) {
    self.table = table
    let deaths = table.numbers("deaths") != nil
    let population = table.numbers("population") != nil
    let m = table.numbers("m")
    let q = table.numbers("q")
    if deaths && population {
      kind = .counts
      let left = [m == nil ? nil : "m", q == nil ? nil : "q"].compactMap(\.self)
      notes =
        left.isEmpty
        ? [] : ["not used: \(left.joined(separator: " and ")); the rates are deaths / population"]
      return
    }
    if needsCounts || (m == nil && q == nil) {
      throw Problems(Self.lacking(table, path, deaths: deaths, population: population, needsCounts))
    }
    var notes: [String] = []
    if deaths || population {
      notes.append("not used: \(deaths ? "deaths, without population" : "population, without deaths")")
    }
    if let m, q == nil || !m.contains(where: \.isNaN) {
      kind = .rates
      if q != nil { notes.append("not used: q; m is given for every row") }
    } else {
      kind = .probabilities
    }
    self.notes = notes
  }

  private static func lacking(
    _ table: Table, _ path: String, deaths: Bool, population: Bool, _ needsCounts: Bool
  ) -> Problem {
    let names = (try? Table.read(csv: path, others: .text).columnNames) ?? table.columnNames
    let message: String
    let others = table.columnNames + ["age", "sex", "area"]
    func near(_ name: String) -> String {
      NearestName.nearest(to: name, in: names.filter { !others.contains($0) }, limit: 1).first
        .map { "; did you mean \(quoted($0))?" } ?? ""
    }
    if deaths {
      message = "has deaths but no column population\(near("population"))"
    } else if population {
      message = "has population but no column deaths\(near("deaths"))"
    } else if needsCounts {
      message = "has no columns deaths and population, which --method chiang-ii needs"
    } else {
      message =
        "has no column of figures; expected deaths and population, or m, or q; its columns are "
        + names.prefix(12).map { quoted($0) }.joined(separator: ", ")
    }
    return Problem(file: path, line: 1, message: message)
  }

  /// Checks the cells of rows whose ages make no table.
  func check(rows: [Int], _ collector: inout ProblemCollector) {
    switch kind {
    case .counts:
      _ = cells("deaths", rows, &collector)
      _ = cells("population", rows, &collector)
    case .rates: _ = cells("m", rows, &collector)
    case .probabilities: _ = cells("q", rows, allowsMissing: true, atMostOne: true, &collector)
    }
  }

  /// The figures of an area and sex by age; nil where something is wrong with them.
  func figures(
    of bands: AgeRows, _ collector: inout ProblemCollector
  ) -> (value: LifeTableInput.Figures, notes: [String])? {
    switch kind {
    case .counts:
      let deaths = cells("deaths", bands.rows, &collector)
      let population = cells("population", bands.rows, &collector)
      guard let deaths, let population else { return nil }
      return (.counts(deaths: deaths, population: population), [])
    case .rates:
      return cells("m", bands.rows, &collector).map { (.rates($0), []) }
    case .probabilities:
      return probabilities(bands, &collector)
    }
  }

  private func probabilities(
    _ bands: AgeRows, _ collector: inout ProblemCollector
  ) -> (value: LifeTableInput.Figures, notes: [String])? {
    guard let last = bands.rows.last else { return nil }
    let closed = cells("q", Array(bands.rows.dropLast()), atMostOne: true, &collector)
    let open = cells("q", [last], allowsMissing: true, atMostOne: true, &collector)
    guard let q = closed, let lastQ = open?.first else { return nil }
    guard lastQ.isNaN || lastQ == 1 else {
      collector.add(
        table.problem(
          row: last, column: "q",
          "q of the last age group is \(lastQ); expected 1, for nobody outlives it, or an empty cell"))
      return nil
    }
    var notes: [String] = []
    if let m = table.numbers("m"), bands.rows.dropLast().contains(where: { !m[$0].isNaN }) {
      notes.append("not used: m below the open age group; q is given there")
    }
    if let m = table.numbers("m")?[last], !m.isNaN {
      guard m >= 0 else {
        collector.add(table.problem(row: last, column: "m", "m is \(m); expected 0 or more"))
        return nil
      }
      return (.probabilities(q + [1], openRate: m), notes)
    }
    guard let width = bands.closedWidth, lastQ == 1 else {
      collector.add(
        table.problem(
          row: last, column: "q",
          "the open age group has no death rate, and q cannot tell how long people live in it; expected m of "
            + "this row in a column m"))
      return nil
    }
    let years = Double(width) / 2
    notes.append(
      "the last age group is taken to last \(years) years on average (half its width)")
    return (.probabilities(q + [1], openRate: 1 / years), notes)
  }

  /// The cells of a column in the order of `rows`; nil where one of them is wrong.
  private func cells(
    _ name: String, _ rows: [Int], allowsMissing: Bool = false, atMostOne: Bool = false,
    _ collector: inout ProblemCollector
  ) -> [Double]? {
    guard let numbers = table.numbers(name) else { return nil }
    var isSound = true
    for row in rows {
      let value = numbers[row]
      let fault: String
      if value.isNaN, !allowsMissing {
        fault = "\(name) is missing; expected a number"
      } else if value < 0 {
        fault = "\(name) is \(plain(value)); expected 0 or more"
      } else if atMostOne, value > 1 {
        fault = "\(name) is \(plain(value)); expected a probability, at most 1"
      } else if name == "m", value > 10 {
        // A central rate above 10 would mean less than five weeks of life expectancy.
        fault =
          "m is \(plain(value)); expected deaths per person-year, at most 10 (rates per 1,000 or 100,000: divide first)"
      } else if name == "m", value > 0, !(1 / value).isFinite {
        fault = "m is \(plain(value)); expected a rate whose life expectancy 1/m is a number"
      } else {
        continue
      }
      isSound = false
      collector.add(table.problem(row: row, column: name, fault))
    }
    return isSound ? rows.map { numbers[$0] } : nil
  }

  /// A number as a person writes it: -5, not -5.0.
  private func plain(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : value.description
  }
}
