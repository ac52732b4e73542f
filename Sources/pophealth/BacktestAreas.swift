import Datasets
import Demography
import Tables

/// The districts whose forecasts are scored.
struct BacktestAreas {
  /// The districts, in the order asked for.
  let areas: [Area]
  /// What a heading calls them.
  let title: String

  /// The districts that names stand for, those of a county or region one by one; without names all.
  ///
  /// - Throws: ``CommandFailure`` for names that stand for no districts, or name one twice.
  init(_ names: [String], of registry: AreaRegistry) throws {
    let all = "english-districts"
    func footprints(_ name: String) throws -> [Footprint] {
      try checkingCommand { () throws(AreaError) in try registry.footprints(named: name) }
    }
    let districts = try footprints(all).map(\.area)
    let held = Dictionary(districts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    let wanted = names.isEmpty ? [all] : names
    var chosen: [Area] = []
    var seen = Set<String>()
    for name in wanted {
      for footprint in try footprints(name) {
        let code = footprint.area.code
        let members =
          held[code].map { [$0] } ?? districts.filter { Self.lies($0.code, in: code, registry) }
        guard !members.isEmpty else {
          throw CommandFailure.wrongCommand(Self.refusal(of: name, footprint, registry))
        }
        for area in members {
          guard seen.insert(area.code).inserted else {
            throw CommandFailure.wrongCommand("district \(area.name) (\(area.code)) is named twice; expected each once")
          }
          chosen.append(area)
        }
      }
    }
    areas = chosen
    let count = "\(chosen.count) of \(districts.count) districts of England"
    if chosen.count == districts.count {
      title = "all \(districts.count) districts of England"
    } else if wanted.count == 1, chosen.count > 1 {
      title = (registry.entry(named: wanted[0])?.name ?? wanted[0]) + ", " + count
    } else {
      title = chosen.count <= 3 ? chosen.map(\.name).joined(separator: ", ") : count
    }
  }

  /// Whether a district is a part of an area, by the areas that the register has each one lie in.
  private static func lies(_ district: String, in area: String, _ registry: AreaRegistry) -> Bool {
    var entry = registry.entry(named: district)
    // Districts lie in counties, these in regions, these in a nation: more steps would be a circle in the register.
    for _ in 0..<8 {
      guard let current = entry else { return false }
      if current.code == area { return true }
      entry = current.parent.isEmpty ? nil : registry.entry(named: current.parent)
    }
    return false
  }

  /// Why an area is not scored, with the districts that it is made of.
  private static func refusal(of name: String, _ footprint: Footprint, _ registry: AreaRegistry) -> String {
    let parts = footprint.parts.map { registry.entry(named: $0.areaCode)?.slug ?? $0.areaCode }
    let expected =
      parts.count > 1
      ? "those that it is made of (\(parts.joined(separator: " ")))"
      : "a district, or a county or region of England, which stands for its districts"
    return "area \(quoted(name)): backtests score districts of England one by one; expected \(expected)"
  }
}
