import Probability

/// What areas are compared with: England, a parent area, the period before, or a peer group.
public struct Benchmark: Sendable, Hashable {
  /// What sort of benchmark it is.
  public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
    /// England, or another country.
    case country
    /// A parent area: a region, an integrated care board.
    case parent
    /// The same area in the period before.
    case previousPeriod = "previous period"
    /// A group of like areas, computed from their summed counts.
    case peers
  }

  /// Which areas the benchmark's figure is made of.
  public enum Membership: Sendable, Hashable {
    /// Every area that is compared with it.
    case everyArea
    /// The areas with these codes.
    case areas(Set<String>)
    /// Not known.
    case unknown
  }

  /// What tables call it.
  public let name: String
  /// What sort of benchmark it is.
  public let kind: Kind
  /// Its figure, with its intervals where it has some.
  public let figure: Statistic
  /// The code of its area; nil for a group without one.
  public let area: String?
  /// Which areas its figure is made of.
  public let membership: Membership

  /// A benchmark.
  ///
  /// - Complexity: O(1).
  public init(
    _ name: String, kind: Kind, figure: Statistic, area: String? = nil, membership: Membership = .unknown
  ) {
    self.name = name
    self.kind = kind
    self.figure = figure
    self.area = area
    self.membership = membership
  }

  /// A benchmark of which the value alone is known.
  ///
  /// - Complexity: O(1).
  public init(_ name: String, kind: Kind, value: Double, area: String? = nil, membership: Membership = .unknown) {
    let figure = Statistic(
      value: value, intervals: [], numerator: .nan, denominator: .nan, method: .none,
      status: value.isNaN ? .missingNumerator : value.isFinite ? .ok : .nonFinite)
    self.init(name, kind: kind, figure: figure, area: area, membership: membership)
  }

  /// Whether the benchmark contains an area, so that the area is partly compared with itself.
  ///
  /// A country or region of which an area is a twentieth moves a twentieth of the way with it: differences are understated by
  /// that share. A period before contains nothing of the area now.
  ///
  /// - Complexity: O(1).
  public func containment(of area: String?) -> Containment {
    if kind == .previousPeriod { return .outside }
    if let area, area == self.area { return .itself }
    switch membership {
    case .everyArea: return .inside
    case .areas(let codes): return area.map { codes.contains($0) ? .inside : .outside } ?? .unknown
    case .unknown: return .unknown
    }
  }
}

/// Whether an area is part of its benchmark.
public enum Containment: String, Sendable, Hashable, CaseIterable, Codable {
  /// The benchmark's figure is made of the area's, among others.
  case inside
  /// The area has no part in the benchmark's figure.
  case outside
  /// The area is the benchmark.
  case itself
  /// Not known.
  case unknown
}
