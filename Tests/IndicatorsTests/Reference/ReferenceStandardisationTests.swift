import Indicators
import Probability
import Testing

/// Standardised figures of PHEindicatormethods.
@Suite struct ReferenceStandardisationTests {
  typealias Row = ReferenceTable.Row

  /// Counts by band with the weights of their own column.
  struct Bands {
    var areas: [String]
    var labels: [String]
    var events: [Double]
    var people: [Double]
    var weights: [Double]
    var frequencies: [Double]?

    /// The reference takes a missing number of events for none.
    init(_ rows: [Row], weights column: String, areas: String? = nil) {
      self.areas = rows.map { row in areas.map { row[$0] } ?? "" }
      labels = rows.map { $0["age_band"] }
      events = rows.map { $0["events"].isEmpty ? 0 : $0.number("events") }
      people = rows.map { $0.number("people") }
      weights = rows.map { $0.number(column) }
    }

    func rates(per multiplier: Double) throws -> [String: Statistic] {
      let groups = Grouping(labels: areas)
      let standard = try StandardPopulation(name: "own", bands: labels.map { AgeBandLabel($0) }, weights: weights)
      let result = directlyStandardisedRates(
        of: events, among: people, ages: Grouping(labels: labels), in: groups, standard: standard, per: multiplier,
        frequencies: frequencies)
      return Dictionary(uniqueKeysWithValues: groups.names.indices.map { (groups.names[$0], result.figures[$0]) })
    }
  }

  /// Persons with one to four events each as rows; a missing cell is no person, as in the reference.
  static func repeatedEvents() throws -> Bands {
    let rows = try ReferenceTable("repeated-events").rows
    var bands = Bands([], weights: "esp2013")
    bands.frequencies = []
    for row in rows {
      for frequency in 1...4 where !row["persons_\(frequency)"].isEmpty {
        bands.areas.append(row["area"])
        bands.labels.append(row["age_band"])
        bands.events.append(row.number("persons_\(frequency)"))
        bands.people.append(row.number("people"))
        bands.weights.append(row.number("esp2013"))
        bands.frequencies?.append(Double(frequency))
      }
    }
    return bands
  }

  @Test("Directly standardised rates: three areas, the standard of 1976, events that are not independent")
  func direct() throws {
    let independent = Bands(try ReferenceTable("bands").rows, weights: "esp2013", areas: "area")
    let of1976 = Bands(try ReferenceTable("bands-1976").rows, weights: "esp1976")
    let repeated = try Self.repeatedEvents()
    for row in try ReferenceTable("direct").rows {
      let area = row["area"]
      let multiplier = row.number("multiplier")
      let figure =
        area == "1976"
        ? try of1976.rates(per: multiplier)[""]
        : area.hasPrefix("nonind_")
          ? try repeated.rates(per: multiplier)[String(area.dropFirst("nonind_".count))]
          : try independent.rates(per: multiplier)[area]
      // The reference gives the outer limits of 1976 ten times too high for the multiplier of their row.
      try #require(figure).expect(
        row, outerLimitsTimes: area == "1976" ? 10 : 1, rounding: area.hasPrefix("nonind_") ? 5e-9 : 0)
      #expect(figure?.numerator == row.number("events") && figure?.denominator == row.number("people"))
      if row["value"].isEmpty { #expect(figure?.status == .countBelow10) }
    }
  }

  @Test("What the reference refuses has a status or an error here, and the other areas their figures")
  func faults() throws {
    for fault in try ReferenceTable("faults").rows {
      var bands =
        fault["case"].hasPrefix("nonind")
        ? try Self.repeatedEvents() : Bands(try ReferenceTable("bands").rows, weights: "esp2013", areas: "area")
      let place = try #require(
        bands.areas.indices.first { bands.areas[$0] == fault["area"] && bands.labels[$0] == fault["age_band"] })
      let value = fault.number("value")
      switch fault["column"] {
      case "events": bands.events[place] = value
      case "people": bands.people[place] = value
      default: bands.weights[place] = value
      }
      guard fault["column"] != "esp2013" else {
        #expect(throws: StandardPopulationError.self) { try bands.rates(per: 1000) }
        continue
      }
      let rates = try bands.rates(per: 1000)
      let expected: ResultStatus =
        fault["case"].hasPrefix("nonind") ? .bandsDuplicate : value == 0 ? .zeroDenominator : .negative
      #expect(rates["big"]?.status == expected, "\(fault.cells)")
      #expect(rates["small"]?.status == .ok)
    }
  }

  @Test("Indirectly standardised ratios and rates; a band without people expects nothing")
  func indirect() throws {
    let rows = try ReferenceTable("bands").rows
    let reference = rows.filter { $0["area"] == "big" }
    let rates = try ReferenceRates(
      of: reference.map { $0.number("reference_events") }, among: reference.map { $0.number("reference_people") },
      ages: reference.map { AgeBandLabel($0["age_band"]) })
    for expected in try ReferenceTable("indirect").rows {
      let area = ["Area1": "big", "Area2": "small"][expected["area"]] ?? expected["area"]
      let bands = rows.filter { $0["area"] == area }
      let measure: IndirectMeasure = expected["kind"] == "rate" ? .rate : .ratio
      let people = bands.map {
        expected["area"] == "Area1" && $0["age_band"] == "5-9" ? 0 : $0.number("people")
      }
      let figure = indirectlyStandardisedFigures(
        of: bands.map { $0["events"].isEmpty ? 0 : $0.number("events") }, among: people,
        ages: Grouping(labels: bands.map { $0["age_band"] }), in: .oneGroup(rows: bands.count), reference: rates,
        measure: measure, per: expected.number("multiplier")
      ).figures[0]
      figure.expect(expected)
      #expect(figure.numerator == expected.number("observed"))
      #expect(abs(figure.denominator - expected.number("expected")) <= 1e-12 * figure.denominator)
      if measure == .rate {
        let crude = rates.crudeRate * expected.number("multiplier")
        #expect(abs(crude - expected.number("reference_rate")) <= 1e-12 * crude)
      }
    }
  }

  @Test("A missing number of events is a status here, where the reference takes it for none")
  func missing() throws {
    let rows = try ReferenceTable("bands").rows.filter { $0["area"] == "tiny" }
    let figure = directlyStandardisedRate(
      of: rows.map { $0.number("events") }, among: rows.map { $0.number("people") },
      ages: rows.map { $0["age_band"] },
      standard: try StandardPopulation(
        name: "own", bands: rows.map { AgeBandLabel($0["age_band"]) }, weights: rows.map { $0.number("esp2013") }))
    #expect(figure.status == .missingNumerator)
  }
}
