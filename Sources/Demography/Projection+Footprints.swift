extension Projection {
  /// The projection of footprints, summed from the projections of their parts with all components.
  ///
  /// With s(x) the share of a part at age x: people, adjustment and migration of age x (constraining migration by its
  /// age at the end) are taken at s(x), deaths at the share of the age at which people started the step (newborns at s(0)), births
  /// at the share of the mother's age. Because a share differs from age to age, people enter or leave
  /// the footprint as they grow older, which the fixed shares imply to be moves within the part:
  /// (s(x+1) − s(x))·(P(x) + hM(x) − D(x)), and at birth s(0)·B − births of the footprint. They are kept as
  /// ``reapportionment``, belong to net migration, and close the accounts of every sex.
  ///
  /// Gross flows are kept where every part has them. ``clips`` are those of the parts, at their full size.
  ///
  /// - Throws: ``FootprintError`` where a part is missing, its shares do not fit or a footprint stands twice.
  /// - Complexity: O(parts × steps × ages).
  public func combined(into footprints: [Footprint]) throws(FootprintError) -> Projection {
    try FootprintError.checkUnique(footprints)
    var result = Projection(
      areas: footprints.map(\.area), ages: ages, convention: convention, years: years,
      assumptions: assumptions)
    result.allocate(
      footprints: footprints.count, flows: !arrivals.isEmpty, constrained: !constrainingMigration.isEmpty,
      shares: footprints.contains(where: \.isApportioned))
    for (f, footprint) in footprints.enumerated() {
      for (index, shares) in try footprint.resolved(areas: areas, ages: ages) {
        for y in years.indices {
          let from = offset(area: index, yearIndex: y, sex: .female)
          let to = result.offset(area: f, yearIndex: y, sex: .female)
          for cell in 0..<(2 * ages.count) {
            result.population[to + cell] += population[from + cell] * shares[cell % ages.count]
          }
        }
        for s in 0..<(years.count - 1) {
          let from = index * (years.count - 1) + s
          let to = f * (years.count - 1) + s
          addComponents(from: from, yearIndex: s, area: index, shares: shares, to: to, of: &result)
        }
      }
      let codes = Set(footprint.parts.map(\.areaCode))
      result.clips += clips.filter { codes.contains($0.area.code) }
    }
    return result
  }

  private mutating func allocate(footprints: Int, flows: Bool, constrained: Bool, shares: Bool) {
    let steps = footprints * (years.count - 1)
    let cells = 2 * ages.count
    population = Array(repeating: 0, count: footprints * years.count * cells)
    deaths = Array(repeating: 0, count: steps * (cells + 2))
    births = Array(repeating: 0, count: steps * ages.count)
    birthsBySex = Array(repeating: 0, count: steps * 2)
    netMigration = Array(repeating: 0, count: steps * cells)
    adjustment = Array(repeating: 0, count: steps * cells)
    constrainingMigration = constrained ? netMigration : []
    arrivals = flows ? netMigration : []
    departures = flows ? netMigration : []
    reapportionment = shares ? netMigration : []
  }

  private func addComponents(
    from: Int, yearIndex: Int, area: Int, shares: [Double], to: Int, of result: inout Projection
  ) {
    let n = ages.count
    for cell in 0..<(2 * n) {
      let share = shares[cell % n]
      result.netMigration[to * 2 * n + cell] += netMigration[from * 2 * n + cell] * share
      result.adjustment[to * 2 * n + cell] += adjustment[from * 2 * n + cell] * share
      if !constrainingMigration.isEmpty {
        result.constrainingMigration[to * 2 * n + cell] += constrainingMigration[from * 2 * n + cell] * share
      }
      if !result.arrivals.isEmpty {
        result.arrivals[to * 2 * n + cell] += arrivals[from * 2 * n + cell] * share
        result.departures[to * 2 * n + cell] += departures[from * 2 * n + cell] * share
      }
    }
    var born = 0.0
    var bornInside = 0.0
    for x in 0..<n {
      let all = births[from * n + x]
      result.births[to * n + x] += all * shares[x]
      born += all
      bornInside += all * shares[x]
    }
    let inside = born != 0 ? bornInside / born : 0
    for sex in Sex.allCases {
      let all = birthsBySex[from * 2 + sex.index]
      result.birthsBySex[to * 2 + sex.index] += all * inside
      let origin = (from * 2 + sex.index) * (n + 1)
      let target = (to * 2 + sex.index) * (n + 1)
      result.deaths[target] += deaths[origin] * shares[0]
      for x in 0..<n { result.deaths[target + 1 + x] += deaths[origin + 1 + x] * shares[x] }
      guard !result.reapportionment.isEmpty else { continue }
      let into = (to * 2 + sex.index) * n
      result.reapportionment[into] += shares[0] * all - all * inside
      let people = offset(area: area, yearIndex: yearIndex, sex: sex)
      let moves = (from * 2 + sex.index) * n
      for x in 0..<(n - 1) {
        let aged =
          population[people + x] + convention.shareAtStart * netMigration[moves + x]
          - deaths[origin + 1 + x]
        result.reapportionment[into + x + 1] += (shares[x + 1] - shares[x]) * aged
      }
    }
  }
}
