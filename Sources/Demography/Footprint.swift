/// An area made of whole areas and of age-specific shares of others, such as the footprint of a former
/// commissioning group that follows no district boundary.
///
/// Areas are projected first and apportioned afterwards, never the other way round. A share is taken
/// by age, is the same for both sexes, and is held fixed over time.
public struct Footprint: Sendable, Hashable {
  /// One member of a footprint.
  public struct Part: Sendable, Hashable {
    /// The code of the area that is taken, whole or in part.
    public let areaCode: String
    /// The share of each age group, 0 to 1, or `nil` for the whole area.
    public let shares: [Double]?

    /// The whole of an area, or a share of it by age.
    public init(areaCode: String, shares: [Double]? = nil) {
      self.areaCode = areaCode
      self.shares = shares
    }
  }

  /// The footprint itself.
  public let area: Area
  /// What it is made of.
  public let parts: [Part]

  /// A footprint from its parts.
  public init(area: Area, parts: [Part]) {
    self.area = area
    self.parts = parts
  }

  /// Whether any part is taken by shares.
  public var isApportioned: Bool { parts.contains { $0.shares != nil } }
}

/// Why areas cannot be combined into a footprint.
public enum FootprintError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A part is not among the areas.
  case missingPart(code: String, footprint: String)
  /// The shares of a part do not fit the age scale.
  case shareCount(code: String, expected: Int, found: Int)
  /// A part stands twice.
  case duplicatePart(code: String, footprint: String)
  /// Two footprints have one code.
  case duplicateFootprint(code: String)
  /// A share outside 0 to 1.
  case impossibleShare(Double, code: String, age: String)

  /// A sentence that says what is wrong.
  public var description: String {
    switch self {
    case .missingPart(let code, let footprint):
      "area \(code), a part of \(footprint), is not among the areas"
    case .duplicatePart(let code, let footprint):
      "area \(code) is a part of \(footprint) twice"
    case .duplicateFootprint(let code):
      "footprint \(code) is asked for twice; expected each once"
    case .shareCount(let code, let expected, let found):
      "\(found) shares of area \(code); expected one for each of \(expected) ages"
    case .impossibleShare(let share, let code, let age):
      "share \(share) of area \(code) at age \(age); expected 0 to 1"
    }
  }
}

extension Footprint {
  /// The parts as (position, shares by age), checked against a list of areas.
  func resolved(areas: [Area], ages: AgeScale) throws(FootprintError) -> [(index: Int, shares: [Double])] {
    var result: [(index: Int, shares: [Double])] = []
    var seen = Set<String>()
    for part in parts {
      guard seen.insert(part.areaCode).inserted else {
        throw .duplicatePart(code: part.areaCode, footprint: area.code)
      }
      guard let index = areas.firstIndex(where: { $0.code == part.areaCode }) else {
        throw .missingPart(code: part.areaCode, footprint: area.code)
      }
      let shares = part.shares ?? Array(repeating: 1, count: ages.count)
      guard shares.count == ages.count else {
        throw .shareCount(code: part.areaCode, expected: ages.count, found: shares.count)
      }
      for (x, share) in shares.enumerated() where !(share >= 0 && share <= 1) {
        throw .impossibleShare(share, code: part.areaCode, age: ages.label(at: x))
      }
      result.append((index, shares))
    }
    return result
  }
}

extension FootprintError {
  /// Refuses footprints of one code.
  static func checkUnique(_ footprints: [Footprint]) throws(FootprintError) {
    var seen = Set<String>()
    for code in footprints.map(\.area.code) where !seen.insert(code).inserted {
      throw .duplicateFootprint(code: code)
    }
  }
}

extension Population {
  /// The population of footprints, summed from their parts.
  ///
  /// - Throws: ``FootprintError`` where a part is missing, its shares do not fit or a footprint stands twice.
  /// - Complexity: O(parts × ages).
  public func combined(into footprints: [Footprint]) throws(FootprintError) -> Population {
    try FootprintError.checkUnique(footprints)
    var values: [Double] = []
    for footprint in footprints {
      var sums = Array(repeating: 0.0, count: 2 * ages.count)
      for (index, shares) in try footprint.resolved(areas: areas, ages: ages) {
        for cell in sums.indices {
          sums[cell] += counts[index * 2 * ages.count + cell] * shares[cell % ages.count]
        }
      }
      values += sums
    }
    return Population(
      unchecked: footprints.map(\.area), ages: ages, year: year, counts: values)
  }
}
