public import Demography
public import Tables

/// The official areas that the figures know, with the names by which they may be asked for.
public struct AreaRegistry: Sendable {
  /// One area of the register.
  public struct Entry: Sendable, Hashable {
    /// The official code.
    public let code: String
    /// The short name for command lines, such as `tonbridge-and-malling`.
    public let slug: String
    /// The name that people read.
    public let name: String
    /// What kind of area it is: `district`, `footprint`, `former-district`, …
    public let kind: String
    /// The code of the area that it is part of; empty for the nation.
    public let parent: String
    /// The year of the boundaries; for a former area its last year.
    public let boundaryYear: Int
    /// For a former area the code of the one that it went into, where there is one.
    public let successor: String?
    /// Other names.
    public let aliases: [String]

    /// Whether the area belongs to other boundaries than those of the figures: it has gone, or has come later.
    public var isOfOtherBoundaries: Bool { kind.hasPrefix("former-") || kind.hasPrefix("later-") }

    /// The area as projections carry it.
    public var area: Area { Area(code: code, name: name) }
  }

  /// Every area, current and former.
  public let entries: [Entry]
  /// The members of each group by the group's slug: (code, name of the package with shares by age).
  let members: [String: [(code: String, shares: String?)]]
  private let positions: [String: Int]
  private let folder: DatasetFolder

  /// Reads the package `areas`.
  ///
  /// - Throws: `Problems` of its files.
  public init(_ folder: DatasetFolder) throws(Problems) {
    self.folder = folder
    let table = try Table.read(
      csv: folder.file("areas", "areas.csv"),
      columns: [
        ColumnRequest("code", .text), ColumnRequest("slug", .text), ColumnRequest("name", .text),
        ColumnRequest("kind", .text), ColumnRequest("parent", .text, allowsMissing: true),
        ColumnRequest("boundary_year", .integer),
        ColumnRequest("successor", .text, allowsMissing: true),
        ColumnRequest("aliases", .text, allowsMissing: true),
      ], others: .skip)
    func cells(_ name: String) -> [String] { table.text(name)?.cells ?? [] }
    let codes = cells("code")
    let slugs = cells("slug")
    let names = cells("name")
    let kinds = cells("kind")
    let parents = cells("parent")
    let years = table.numbers("boundary_year") ?? []
    let successors = cells("successor")
    let aliases = cells("aliases")
    entries = codes.indices.map { row in
      Entry(
        code: codes[row], slug: slugs[row], name: names[row], kind: kinds[row], parent: parents[row],
        boundaryYear: Int(years[row]), successor: successors[row].isEmpty ? nil : successors[row],
        aliases: aliases[row].split(separator: "|").map(String.init))
    }
    let groups = try Table.read(
      csv: folder.file("areas", "groups.csv"),
      columns: [
        ColumnRequest("group", .text), ColumnRequest("member", .text),
        ColumnRequest("weights", .text, allowsMissing: true),
      ], others: .skip)
    var members: [String: [(code: String, shares: String?)]] = [:]
    if let group = groups.text("group"), let member = groups.text("member"),
      let weights = groups.text("weights")
    {
      let known = Set(codes)
      var problems = ProblemCollector()
      for row in 0..<groups.rowCount {
        if !known.contains(member[row]) {
          problems.add(
            groups.problem(
              row: row, column: "member",
              "member \(quoted(member[row])) of \(group[row]) is not in areas.csv; expected the code of an area"))
        }
        members[group[row], default: []].append(
          (member[row], weights.isMissing(row) ? nil : weights[row]))
      }
      try problems.throwIfAny()
    }
    self.members = members
    var positions: [String: Int] = [:]
    for (i, entry) in entries.enumerated() {
      for key in [entry.code, entry.slug, entry.name] + entry.aliases {
        let folded = key.lowercased()
        if let held = positions[folded], !entries[held].isOfOtherBoundaries { continue }
        positions[folded] = i
      }
    }
    self.positions = positions
  }

  /// The area of a code, slug, name or alias, without regard to case.
  public func entry(named name: String) -> Entry? {
    positions[name.lowercased()].map { entries[$0] }
  }

  /// What a name stands for: areas, each made of the districts (or age-specific shares of them) that are
  /// projected for it.
  ///
  /// `english-districts` stands for all districts one by one; every other name is one area.
  ///
  /// - Throws: ``AreaError`` for a name that is not known or an area of earlier boundaries.
  public func footprints(named name: String) throws(AreaError) -> [Footprint] {
    if name.lowercased() == "english-districts" {
      return (members["england"] ?? []).compactMap { member in
        entry(named: member.code).map {
          Footprint(area: $0.area, parts: [Footprint.Part(areaCode: $0.code)])
        }
      }
    }
    guard let found = entry(named: name) else {
      throw .unknown(name: name, nearest: nearest(to: name))
    }
    guard !found.isOfOtherBoundaries else {
      throw .otherBoundaries(
        name: name, area: found, successor: found.successor.flatMap { entry(named: $0) })
    }
    guard let parts = members[found.slug] else {
      return [Footprint(area: found.area, parts: [Footprint.Part(areaCode: found.code)])]
    }
    var result: [Footprint.Part] = []
    for part in parts {
      guard let package = part.shares else {
        result.append(Footprint.Part(areaCode: part.code))
        continue
      }
      do throws(Problems) {
        guard let shares = try FootprintShares.byDistrict(folder, package: package)[part.code] else {
          throw Problems(
            Problem(
              file: folder.file(package, "lsoa.csv"),
              message: "has no small areas of \(part.code), of which \(found.slug) is to take a share"))
        }
        result.append(Footprint.Part(areaCode: part.code, shares: shares))
      } catch {
        throw .figures(error)
      }
    }
    return [Footprint(area: found.area, parts: result)]
  }

  /// The slugs nearest to a name that is not known; of a code the nearest codes, each with its area's name,
  /// which tells whether it is meant: `E07000110 (Maidstone)`.
  func nearest(to name: String) -> [String] {
    let current = entries.filter { !$0.isOfOtherBoundaries }
    let looksLikeCode = name.count == 9 && name.dropFirst().allSatisfy(\.isNumber)
    guard looksLikeCode else { return NearestName.nearest(to: name, in: current.map(\.slug), limit: 3) }
    return NearestName.nearest(to: name, in: current.map(\.code), limit: 3).map { code in
      entry(named: code).map { "\(code) (\($0.name))" } ?? code
    }
  }
}

/// Why a name on a command line is not an area.
public enum AreaError: Error, Sendable, CustomStringConvertible {
  /// No area has this name or code.
  case unknown(name: String, nearest: [String])
  /// The code or name is that of an area of earlier boundaries.
  case otherBoundaries(name: String, area: AreaRegistry.Entry, successor: AreaRegistry.Entry?)
  /// The figures that define the area cannot be read.
  case figures(Problems)

  /// A sentence that says what is wrong and what may be meant.
  public var description: String {
    switch self {
    case .unknown(let name, let nearest):
      return "unknown area \(quoted(name))"
        + (nearest.isEmpty
          ? "; expected an official code or a short name such as west-kent (`pophealth datasets show areas`)"
          : "; did you mean \(nearest.joined(separator: ", "))?")
    case .otherBoundaries(let name, let area, let successor):
      let span = area.kind.hasPrefix("later-") ? "from \(area.boundaryYear) on" : "to \(area.boundaryYear)"
      return "\(quoted(name)) is \(area.name) (\(area.code)), an area of the boundaries \(span); "
        + "the figures are on those of 2023"
        + (successor.map { ": did you mean \($0.slug) (\($0.code))?" } ?? "")
    case .figures(let problems): return problems.description
    }
  }
}
