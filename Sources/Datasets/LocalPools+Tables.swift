public import Tables
internal import Demography

extension LocalPools {
  /// The files of the package and their figures, in full precision.
  ///
  /// - Complexity: O(rows).
  public var tables: [(file: String, table: Table)] {
    let pools = byBase.keys.sorted().flatMap { base in
      [byBase[base]?.fertility, byBase[base]?.migration].compactMap { pool in pool.map { (base, $0) } }
    }
    return [
      ("pools.csv", Self.parameters(pools)), ("levels.csv", Self.levels(pools)),
      ("age-pattern.csv", Self.agePattern(pools)),
    ]
  }

  private static func parameters(_ pools: [(base: Int, pool: ComponentPool)]) -> Table {
    let rows = pools.map(\.pool).map { pool in
      [
        Double(pool.areaCount), Double(pool.steps.lowerBound), pool.nationalCoefficient, pool.nationalInnovation,
        pool.localCoefficient, pool.localVariance, pool.changeVariance,
        pool.varianceDegreesOfFreedom.isFinite ? pool.varianceDegreesOfFreedom : .nan, pool.meanOwnCoefficient,
        pool.coefficientWeight,
      ]
    }
    return Table(
      [
        Table.Column("base", integers: pools.map(\.base)),
        Table.Column("component", text: pools.map(\.pool.component.rawValue)),
      ] + figures.enumerated().map { i, name in Table.Column(name, numbers: rows.map { $0[i] }) })
  }

  private static func levels(_ pools: [(base: Int, pool: ComponentPool)]) -> Table {
    let rows = pools.flatMap { base, pool in
      zip(pool.steps, pool.nationalLevels).map { (base, pool.component.rawValue, $0, $1) }
    }
    return Table([
      Table.Column("base", integers: rows.map(\.0)), Table.Column("component", text: rows.map(\.1)),
      Table.Column("step", integers: rows.map(\.2)), Table.Column("level", numbers: rows.map(\.3)),
    ])
  }

  private static func agePattern(_ pools: [(base: Int, pool: ComponentPool)]) -> Table {
    let patterns = pools.filter { $0.pool.component == .migration }
    let n = (patterns.first?.pool.agePattern.count ?? 0) / 2
    let ages = (0..<n).map { $0 == n - 1 ? "\($0)+" : "\($0)" }
    return Table(
      [
        Table.Column("sex", text: Sex.allCases.flatMap { sex in ages.map { _ in sex.rawValue } }),
        Table.Column("age", text: ages + ages),
      ] + patterns.map { Table.Column("\($0.base)", numbers: $0.pool.agePattern) })
  }
}
