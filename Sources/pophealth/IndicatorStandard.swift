import Indicators
import Tables

/// The standard population that a command names, in the bands that the data have.
struct IndicatorStandard {
  let population: StandardPopulation
  /// The file it was read from.
  let path: String?
  /// What was taken otherwise than it is published.
  let notes: [String]

  private static let published: [(name: String, population: StandardPopulation)] = [
    ("esp2013", .european2013), ("who", .world2000),
  ]

  /// Finds a standard by its name or in a file.
  ///
  /// - Parameters:
  ///   - name: `esp2013`, `who`, or the path of a CSV file with a column of bands and a column `weight`.
  ///   - ageBand: what the data call their column of bands.
  ///   - labels: the bands of the data.
  init(_ name: String, ageBand: String, labels: [String]) throws {
    let sought = Self.comparable(name)
    if let known = Self.published.first(where: { $0.name == sought }) {
      (population, notes) = Self.fitted(known.population, to: labels.map { AgeBandLabel($0) })
      path = nil
      return
    }
    guard name.contains("/") || name.contains(".") || Self.isFile(name) else {
      let advice =
        NearestName.suggestion(for: name, in: Self.published.map(\.name), limit: 1)
        ?? "expected esp2013, who or a CSV file"
      throw CommandFailure.wrongCommand("--standard: unknown standard population \(quoted(name)); \(advice)")
    }
    let table = try checkingData { () throws(Problems) in
      try Table.read(
        csv: name,
        columns: [
          ColumnRequest(ageBand, .text, aliases: ["age_band", "ageband", "age", "band", "age_group"]),
          ColumnRequest(
            "weight", .number, aliases: ["weights", "standard", "standard_population", "stdpop", "population"]),
        ])
    }
    let bands = table.text(ageBand)?.cells ?? []
    population = try Self.own(name, bands, table.numbers("weight") ?? [], prefix: "\(name): ")
    path = name
    notes = table.notes
  }

  /// The standard whose weights stand in a column of the data.
  init(column: String, ageBand: IndicatorLabels, weights: [Double], path: String) throws {
    let bands = ageBand.codes.indices.map { ageBand[$0] }
    population = try Self.own("column \(column)", bands, weights, prefix: "\(path): column \(quoted(column)): ")
    self.path = nil
    notes = []
  }

  private static func own(
    _ name: String, _ bands: [String], _ weights: [Double], prefix: String
  ) throws -> StandardPopulation {
    var known: [String: AgeBandLabel] = [:]
    let labels = bands.map { text in
      if let label = known[text] { return label }
      let label = AgeBandLabel(text)
      known[text] = label
      return label
    }
    return try checkingData(prefix) { () throws(StandardPopulationError) in
      try StandardPopulation(name: name, bands: labels, weights: weights)
    }
  }

  /// The form of a published standard that has the first and the last band of the data.
  private static func fitted(
    _ standard: StandardPopulation, to labels: [AgeBandLabel]
  ) -> (StandardPopulation, [String]) {
    var fitted = standard
    var notes: [String] = []
    let infants = [AgeBandLabel(from: 0, through: 0), AgeBandLabel(from: 1, through: 4)]
    if standard == .european2013, infants.allSatisfy(labels.contains) {
      fitted = .european2013WithInfants
      notes.append("the first band of the standard is parted into under 1 and 1-4, as in the data")
    }
    let open = labels.filter(\.isOpen).compactMap(\.youngest).max()
    if let open, !fitted.bands.contains(AgeBandLabel(from: open)), let shorter = fitted.open(from: open) {
      fitted = shorter
      notes.append("the standard's bands from \(open) on are added up to \(open)+, as in the data")
    }
    return (fitted, notes)
  }

  private static func isFile(_ path: String) -> Bool { (try? FileBytes.read(path)) != nil }

  private static func comparable(_ name: String) -> String {
    name.lowercased().filter { !"-_ ".contains($0) }
  }
}
