public import Indicators
public import Tables

/// An indicator that the data packages hold figures of: its name, unit and polarity, and where its figures stand.
public struct Indicator: Sendable, Hashable {
  /// What kind of figure it is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Events among people, each person at most once.
    case proportion
    /// Events over people or person-years.
    case rate
    /// A directly standardised rate, of which only the value and its limits are published.
    case standardisedRate = "standardised-rate"
    /// Years that newborn people live.
    case lifeExpectancy = "life-expectancy"
  }

  /// What its figures are made from.
  public enum Basis: String, Sendable, Hashable, CaseIterable {
    /// Counted events and people.
    case counts
    /// Events and people that a model shared out among areas.
    case modelled
    /// Published values with their 95% limits; no counts are published.
    case interval
    /// Deaths and people by sex and age.
    case deaths
  }

  /// The short name, such as `hypertension`.
  public let id: String
  /// The name that people read.
  public let name: String
  /// What kind of figure it is.
  public let kind: Kind
  /// Which way is good.
  public let polarity: Polarity
  /// The unit of the figure, such as `%`.
  public let unit: String
  /// What the figure is stated per: 100 for a percentage.
  public let multiplier: Double
  /// What its figures are made from.
  public let basis: Basis
  /// The data package of its figures.
  public let package: String
  /// The file of the package, without `.csv`.
  public let resource: String
  /// The column of events; empty where only values and limits are published.
  public let eventColumn: String
  /// The column of people; empty likewise.
  public let peopleColumn: String
  /// The indicator in whose place this one is shown where that one has no figures of an area.
  public let standsInFor: String?
  /// What must be known to read it.
  public let note: String
}

/// The indicators that the data packages hold figures of, as the package `indicators` names them.
public struct IndicatorCatalogue: Sendable {
  /// All indicators, in the order of their short names.
  public let indicators: [Indicator]

  /// Reads the package `indicators`.
  ///
  /// - Throws: `Problems` of its file, among them words for kind, basis and polarity that are none.
  public init(_ folder: DatasetFolder) throws(Problems) {
    let required = ["indicator", "name", "statistic", "polarity", "unit", "basis", "package", "resource"]
    let optional = ["events", "people", "instead_of", "note"]
    let table = try Table.read(
      csv: folder.file("indicators", "indicators.csv"),
      columns: required.map { ColumnRequest($0, .text) } + [ColumnRequest("per", .number)]
        + optional.map { ColumnRequest($0, .text, allowsMissing: true) },
      others: .skip)
    var columns: [String: [String]] = [:]
    for name in required + optional { columns[name] = table.text(name)?.cells ?? [] }
    let per = table.numbers("per") ?? []
    var problems = ProblemCollector()
    var found: [Indicator] = []
    for row in 0..<table.rowCount {
      func cell(_ name: String) -> String { columns[name]?[row] ?? "" }
      func word<Word: RawRepresentable & CaseIterable>(_ column: String, _: Word.Type) -> Word?
      where Word.RawValue == String {
        if let known = Word(rawValue: cell(column)) { return known }
        let expected = Word.allCases.map(\.rawValue).joined(separator: ", ")
        problems.add(
          table.problem(row: row, column: column, "\(column) \(quoted(cell(column))); expected one of \(expected)"))
        return nil
      }
      guard let kind = word("statistic", Indicator.Kind.self), let polarity = word("polarity", Polarity.self),
        let basis = word("basis", Indicator.Basis.self)
      else { continue }
      found.append(
        Indicator(
          id: cell("indicator"), name: cell("name"), kind: kind, polarity: polarity, unit: cell("unit"),
          multiplier: per[row], basis: basis, package: cell("package"), resource: cell("resource"),
          eventColumn: cell("events"), peopleColumn: cell("people"),
          standsInFor: cell("instead_of").isEmpty ? nil : cell("instead_of"), note: cell("note")))
    }
    try problems.throwIfAny()
    indicators = found
  }

  /// The indicator of a short name, without regard to case; `_` counts as `-`.
  ///
  /// - Complexity: O(indicators).
  public subscript(id: String) -> Indicator? {
    let folded = String(id.lowercased().map { $0 == "_" ? "-" : $0 })
    return indicators.first { $0.id == folded }
  }

  /// The short names nearest to one that is not known.
  public func nearest(to id: String) -> [String] {
    NearestName.nearest(to: id, in: indicators.map(\.id), limit: 3)
  }
}
