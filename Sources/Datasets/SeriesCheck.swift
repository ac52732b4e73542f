internal import Demography
internal import Tables

/// Finds estimates of the rebased and of the original series beside each other in one year.
///
/// From mid-2012 to mid-2019 both series of the areas in the package `components-of-change` are known and
/// differ by hundreds of people (in mid-2011 by one or two, which is rounding). An area whose people add up to
/// exactly one series' total is taken to be of that series; one that meets neither says nothing.
struct SeriesCheck {
  private let cells: PopulationCells
  private let areas: [Int]

  /// The years that both series are published for and in which they differ.
  private static let years = 2012...2019

  init(_ cells: PopulationCells, areas: [Int]) {
    self.cells = cells
    self.areas = areas
  }

  /// - Throws: `Problems` that name an area of each series with their lines.
  /// - Complexity: O(cells of the packages), read only where an area matches the original series.
  func check(against packages: DatasetFolder) throws(Problems) {
    let years = cells.years.filter(Self.years.contains)
    guard !years.isEmpty, areas.count > 1 else { return }
    let original = try Self.originalTotals(packages)
    for year in years {
      let totals = areas.compactMap { a in
        cells.total(area: a, year: year).map { (label: cells.areas[a], people: $0.people, line: $0.line) }
      }
      guard let first = totals.first(where: { original[Key($0.label, year)] == $0.people }) else { continue }
      let others = totals.filter { $0.label != first.label && original[Key($0.label, year)] != $0.people }
      guard !others.isEmpty else { continue }
      let rebased = try Self.rebasedTotals(packages, of: others.map(\.label), year: year)
      guard let second = others.first(where: { rebased[$0.label] == $0.people }) else { continue }
      throw Problems(
        cells.problem(
          inAreaOf: max(first.line, second.line),
          "year \(year): area \(first.label) (line \(first.line)) has the \(shortest(first.people)) people of ONS's "
            + "original estimates, area \(second.label) (line \(second.line)) the \(shortest(second.people)) of "
            + "those rebased to Census 2021; series do not mix: expected one of them for all areas"))
    }
  }

  private struct Key: Hashable {
    let label: String
    let year: Int
    init(_ label: String, _ year: Int) {
      self.label = label
      self.year = year
    }
  }

  private static func originalTotals(_ packages: DatasetFolder) throws(Problems) -> [Key: Double] {
    let table = try Table.read(
      csv: packages.file("components-of-change", "components.csv"),
      columns: [
        ColumnRequest("area", .text), ColumnRequest("year", .integer), ColumnRequest("population", .number),
      ], others: .skip)
    guard let area = table.text("area"), let year = table.numbers("year"),
      let people = table.numbers("population")
    else { return [:] }
    var totals: [Key: Double] = [:]
    for row in 0..<table.rowCount { totals[Key(area[row], Int(year[row]))] = people[row] }
    return totals
  }

  /// Totals of areas, from the small package where it holds them and from that of all districts otherwise.
  private static func rebasedTotals(
    _ packages: DatasetFolder, of labels: [String], year: Int
  ) throws(Problems) -> [String: Double] {
    var totals: [String: Double] = [:]
    for package in ["mid-year-estimates-kent", "mid-year-estimates-districts"] {
      let missing = Set(labels).subtracting(totals.keys)
      if missing.isEmpty { break }
      let table = try Table.read(
        csv: packages.file(package, "population.csv"),
        columns: [ColumnRequest("area", .text), ColumnRequest("\(year)", .number)], others: .skip)
      guard let area = table.text("area"), let people = table.numbers("\(year)") else { continue }
      let wanted = area.values.map(missing.contains)
      for row in 0..<table.rowCount where wanted[Int(area.codes[row])] {
        totals[area[row], default: 0] += people[row]
      }
    }
    return totals
  }
}
