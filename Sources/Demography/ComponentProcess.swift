/// How fertility or net migration departs from what is assumed: a national deviation that all areas share, and each
/// area's own.
/// ```
/// d(a, h) = loading(a)·N(h) + L(a, h)
/// ```
/// N and L(a) are independent processes of first order about 0 (``AutoregressiveProcess``), so that a projection stays
/// the median of its own ensemble.
/// - Fertility: every rate of area a is multiplied by exp(d).
/// - Migration: d is net migrants for each person of the area; those of sex s and age x are
///   d·P(a)·``agePattern``(s, x), P(a) all people of the area at the start of the step.
public struct ComponentProcess: Sendable, Hashable {
  /// Fertility or migration.
  public let component: Component
  /// The areas, in the order of ``loadings`` and ``local``.
  public let areas: [Area]
  /// N, the deviation that is shared.
  public let national: AutoregressiveProcess
  /// The response of each area to the shared deviation.
  public let loadings: [Double]
  /// L, each area's own deviation.
  public let local: [AutoregressiveProcess]
  /// The net migrants of each sex and age for one net migrant, `[sex][age]`, adding up to 1; empty for fertility.
  public let agePattern: [Double]

  /// A process from its parts.
  ///
  /// - Precondition: One loading and one local process an area.
  public init(
    component: Component, areas: [Area], national: AutoregressiveProcess, loadings: [Double],
    local: [AutoregressiveProcess], agePattern: [Double] = []
  ) {
    precondition(loadings.count == areas.count && local.count == areas.count, "one process an area")
    self.component = component
    self.areas = areas
    self.national = national
    self.loadings = loadings
    self.local = local
    self.agePattern = agePattern
  }

  /// The share of an area's variance at horizon h that it has in common with all others.
  ///
  /// 0 where nothing varies.
  ///
  /// - Complexity: O(h).
  public func sharedShare(area: Int, atHorizon h: Int) -> Double {
    let shared = loadings[area] * loadings[area] * national.variance(atHorizon: h)
    let all = shared + local[area].variance(atHorizon: h)
    return all > 0 ? shared / all : 0
  }

  /// The same for some of the areas, in the order given; `nil` where one is not held.
  ///
  /// - Complexity: O(areas).
  public func selecting(_ wanted: [Area]) -> ComponentProcess? {
    let held = Dictionary(areas.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { a, _ in a })
    let chosen = wanted.compactMap { held[$0.code] }
    guard chosen.count == wanted.count else { return nil }
    return ComponentProcess(
      component: component, areas: wanted, national: national, loadings: chosen.map { loadings[$0] },
      local: chosen.map { local[$0] }, agePattern: agePattern)
  }
}
