/// Births, deaths, migration and adjustment of one area in one step.
public struct ComponentTotals: Sendable, Hashable {
  /// Live births.
  public let births: Double
  /// Deaths.
  public let deaths: Double
  /// Net migration, with the people who are moved to meet a total and those whom a footprint's shares by age bring in
  /// as they grow older.
  public let netMigration: Double
  /// People that clipping created.
  public let adjustment: Double

  /// births − deaths + net migration + adjustment.
  public var change: Double { births - deaths + netMigration + adjustment }
}

/// A cell in which more people were lost than there were.
public struct Clip: Sendable, Hashable, CustomStringConvertible {
  /// The area.
  public let area: Area
  /// The mid-year at the end of the step.
  public let year: Int
  /// The sex.
  public let sex: Sex
  /// The age group at the end of the step, as labelled.
  public let age: String
  /// The people who were added so that none are below zero.
  public let people: Double

  /// A sentence for a report.
  public var description: String {
    "area \(area.code), mid-\(year), \(sex.rawValue), age \(age): "
      + "migration takes \(people) more people than there are"
  }
}

extension Projection {
  /// The components of an area in the step that ends at mid-`year`, for all or one sex; `nil` for the
  /// base year and years that are not held.
  ///
  /// - Complexity: O(ages).
  public func components(area: Int, endingIn year: Int, sex: Sex? = nil) -> ComponentTotals? {
    guard let y = years.firstIndex(of: year), y > 0 else { return nil }
    let step = area * (years.count - 1) + y - 1
    let n = ages.count
    func sum(_ values: [Double], rows: Int) -> Double {
      guard !values.isEmpty else { return 0 }
      return (sex.map { [$0] } ?? Sex.allCases).reduce(0) { total, sex in
        let start = (step * 2 + sex.index) * rows
        return values[start..<(start + rows)].reduce(total, +)
      }
    }
    return ComponentTotals(
      births: sum(birthsBySex, rows: 1), deaths: sum(deaths, rows: n + 1),
      netMigration: sum(netMigration, rows: n) + sum(constrainingMigration, rows: n) + sum(reapportionment, rows: n),
      adjustment: sum(adjustment, rows: n))
  }

  mutating func reserveCapacity() {
    let steps = areas.count * (years.count - 1)
    let cells = 2 * ages.count
    population.reserveCapacity(areas.count * years.count * cells)
    deaths.reserveCapacity(steps * (cells + 2))
    births.reserveCapacity(steps * ages.count)
    birthsBySex.reserveCapacity(steps * 2)
    netMigration.reserveCapacity(steps * cells)
    adjustment.reserveCapacity(steps * cells)
  }

  mutating func append(start people: [Double]) { population += people }

  mutating func append(step: CohortStep, moves: Migration.Moves) {
    population += step.population
    deaths += step.deaths
    births += step.births
    birthsBySex += step.birthsBySex
    netMigration += moves.net
    arrivals += moves.arrivals
    departures += moves.departures
    adjustment += step.adjustment
  }

  mutating func report(_ more: [Clip]) { clips += more }

  func clips(ofStep step: CohortStep, area: Int, end: Int) -> [Clip] {
    step.adjustment.indices.filter { step.adjustment[$0] > 0 }.map { cell in
      Clip(
        area: areas[area], year: end, sex: Sex.allCases[cell / ages.count],
        age: ages.label(at: cell % ages.count), people: step.adjustment[cell])
    }
  }
}
