internal import Demography
internal import Tables

/// What the official figures say of labels that are codes of local authorities (`E06`… to `E10`…) or of
/// England.
///
/// Labels of the user's own making, and codes of anything smaller, are nobody else's business.
struct OfficialLabels {
  private let cells: PopulationCells
  /// The positions of the areas whose labels are official codes.
  private let coded: [Int]

  init(_ cells: PopulationCells) {
    self.cells = cells
    coded = cells.areas.indices.filter { Self.isCode(cells.areas[$0]) }
  }

  private static func isCode(_ label: String) -> Bool {
    let kinds = ["E06", "E07", "E08", "E09", "E10", "E92"]
    return label.utf8.count == 9 && kinds.contains(String(label.prefix(3)))
      && label.utf8.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// Notes on areas that are not those of today.
  ///
  /// - Throws: `Problems` where two series of estimates, or a former area and the one that took it in, stand
  ///   side by side.
  func check(against packages: DatasetFolder) throws(Problems) -> [String] {
    guard !coded.isEmpty else { return [] }
    let notes = try boundaries(AreaRegistry(packages))
    try SeriesCheck(cells, areas: coded).check(against: packages)
    return notes
  }

  private func boundaries(_ registry: AreaRegistry) throws(Problems) -> [String] {
    var notes: [String] = []
    var problems = ProblemCollector()
    for a in coded {
      let label = cells.areas[a]
      guard let line = cells.years.lazy.compactMap({ cells.firstLine(area: a, year: $0) }).first
      else { continue }
      guard let entry = registry.entry(named: label) else {
        let near = registry.nearest(to: label)
        notes.append(
          cells.problem(
            inAreaOf: line,
            "area \(quoted(label)) is no known code and is projected as it stands"
              + (near.isEmpty ? "" : "; did you mean \(near.joined(separator: ", "))?")
          ).description)
        continue
      }
      guard entry.isOfOtherBoundaries else { continue }
      let successor = entry.successor.flatMap { registry.entry(named: $0) }
      let isLater = entry.kind.hasPrefix("later-")
      let former =
        "area \(label) is \(entry.name) of the boundaries "
        + (isLater ? "from \(entry.boundaryYear) on" : "to \(entry.boundaryYear)")
      let next = successor.map { ", \(isLater ? "before in" : "now in") \($0.name) (\($0.code))" } ?? ""
      notes.append(cells.problem(inAreaOf: line, "\(former)\(next)").description)
      guard let successor, let b = cells.areas.firstIndex(of: successor.code) else { continue }
      for year in cells.years {
        guard let own = cells.firstLine(area: a, year: year),
          let other = cells.firstLine(area: b, year: year)
        else { continue }
        problems.add(
          cells.problem(
            inAreaOf: own,
            "\(former)\(next), which stands on line \(other) of the same year \(year): expected areas of one "
              + "boundary year"))
        break
      }
    }
    try problems.throwIfAny()
    return notes
  }
}
