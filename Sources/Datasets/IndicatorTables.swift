internal import Demography
internal import Tables

/// One published cell of an indicator: events and people, or a value with its 95% limits. What is not published is NaN.
struct IndicatorCell {
  var events = Double.nan
  var people = Double.nan
  var value = Double.nan
  var lower = Double.nan
  var upper = Double.nan
}

/// The published figures of an indicator by area and period.
struct IndicatorCells {
  private var byArea: [String: [String: IndicatorCell]] = [:]
  /// The periods in which any area has a figure.
  private(set) var periods: Set<String> = []

  subscript(area: String, period: String) -> IndicatorCell? {
    get { byArea[area]?[period] }
    set {
      byArea[area, default: [:]][period] = newValue
      periods.insert(period)
    }
  }

  /// Reads the figures of indicators that stand in one file.
  ///
  /// A cell is held only where all that the indicator needs of it is published.
  ///
  /// - Throws: `Problems` of the file.
  /// - Complexity: O(rows × indicators).
  static func read(
    _ indicators: [Indicator], file: String
  ) throws(Problems) -> [String: IndicatorCells] {
    let limits = ["value", "lower_95", "upper_95"]
    var wanted: [String] = []
    for indicator in indicators {
      let names = indicator.basis == .interval ? limits : [indicator.eventColumn, indicator.peopleColumn]
      for name in names where !wanted.contains(name) { wanted.append(name) }
    }
    let table = try Table.read(
      csv: file,
      columns: [ColumnRequest("area", .text), ColumnRequest("period", .text)]
        + wanted.map { ColumnRequest($0, .number, allowsMissing: true) },
      others: .skip)
    guard let areas = table.text("area"), let periods = table.text("period") else {
      throw Problems(table.problem("has no areas and periods"))
    }
    func numbers(_ name: String) -> [Double] { table.numbers(name) ?? [] }
    var result: [String: IndicatorCells] = [:]
    for indicator in indicators {
      var cells = IndicatorCells()
      if indicator.basis == .interval {
        let (value, lower, upper) = (numbers(limits[0]), numbers(limits[1]), numbers(limits[2]))
        for row in 0..<table.rowCount where !(value[row] + lower[row] + upper[row]).isNaN {
          cells[areas[row], periods[row]] = IndicatorCell(value: value[row], lower: lower[row], upper: upper[row])
        }
      } else {
        let (events, people) = (numbers(indicator.eventColumn), numbers(indicator.peopleColumn))
        for row in 0..<table.rowCount where !(events[row] + people[row]).isNaN {
          cells[areas[row], periods[row]] = IndicatorCell(events: events[row], people: people[row])
        }
      }
      result[indicator.id] = cells
    }
    return result
  }
}

/// Deaths and people by age of each area, one sex: what life expectancy is calculated from.
struct DeathsAndPeople {
  let ages: AgeScale
  /// The period of the deaths.
  let period: String
  private let byArea: [String: (deaths: [Double], people: [Double])]

  subscript(area: String) -> (deaths: [Double], people: [Double])? { byArea[area] }

  /// Reads the package `deaths-by-age-2014-15`.
  ///
  /// England is the sum of the English districts. An area that lacks an age is left out.
  ///
  /// - Throws: `Problems` of the file, among them ages that are no scale.
  static func read(file: String, sex: Sex) throws(Problems) -> DeathsAndPeople {
    let table = try Table.read(
      csv: file,
      columns: ["area", "sex", "age"].map { ColumnRequest($0, .text) }
        + ["deaths", "population"].map { ColumnRequest($0, .number) }, others: .skip)
    guard let areas = table.text("area"), let sexes = table.text("sex"), let labels = table.text("age"),
      let deaths = table.numbers("deaths"), let people = table.numbers("population")
    else { throw Problems(table.problem("has no deaths and population by area, sex and age")) }
    let bounds = labels.values.compactMap { AgeLabel($0)?.lowerBound }
    guard bounds.count == labels.values.count, let ages = try? AgeScale(lowerBounds: bounds.sorted()) else {
      throw Problems(table.problem("the ages are not a scale from 0 upwards"))
    }
    let place = bounds.map { bound in ages.lowerBounds.firstIndex(of: bound) ?? 0 }
    let none = Array(repeating: Double.nan, count: ages.count)
    var found: [String: (deaths: [Double], people: [Double])] = [:]
    for row in 0..<table.rowCount where sexes[row] == sex.rawValue {
      let age = place[Int(labels.codes[row])]
      found[areas[row], default: (none, none)].deaths[age] = deaths[row]
      found[areas[row], default: (none, none)].people[age] = people[row]
    }
    found = found.filter { !$0.value.deaths.contains(where: \.isNaN) }
    var england = (
      deaths: Array(repeating: 0.0, count: ages.count), people: Array(repeating: 0.0, count: ages.count)
    )
    for area in found.keys.sorted() where area.hasPrefix("E0") {
      for age in 0..<ages.count {
        england.deaths[age] += found[area]?.deaths[age] ?? 0
        england.people[age] += found[area]?.people[age] ?? 0
      }
    }
    found[NationalProjection.england.code] = england
    return DeathsAndPeople(ages: ages, period: "2014/15", byArea: found)
  }
}
