#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The past of fertility or net migration of many areas as one number a step: what processes are fitted to.
struct ComponentPanel {
  let component: Component
  let areas: [Area]
  let steps: Range<Int>
  /// The level of each area, `[area][step]`: the logarithm of births over those of one fixed pattern, or net migrants
  /// for each person at the start.
  let levels: [Double]
  /// The level of all areas together, one a step.
  let national: [Double]
  /// The variance that chance of counts puts on a level, one an area: 1/births of a log level; 0 for migration.
  let countingVariance: [Double]
  /// The net migrants of each sex and age for each person of the area, `[area][step][sex][age]`; empty for fertility.
  let cells: [Double]

  /// Levels of fertility: births over those under the national rates of the last step, the same pattern in all.
  static func fertility(_ ground: Calibration, steps: Range<Int>) throws(AssumptionError) -> ComponentPanel {
    try check(ground, steps, .fertility)
    let history = ground.history
    let rates = ground.nationalFertility.offset(area: 0, year: steps.upperBound - 1)
    let pattern = ground.nationalFertility.values[rates..<(rates + history.ages.count)]
    var born: [Double] = []
    var modelled: [Double] = []
    for area in history.areas.indices {
      for year in steps {
        born.append(ground.births(area: area, year: year).count)
        let start = history.offset(area: area, year: year, sex: .female)
        let end = history.offset(area: area, year: year + 1, sex: .female)
        modelled.append(
          pattern.enumerated().reduce(0) { sum, rate in
            sum + rate.element * (history.values[start + rate.offset] + history.values[end + rate.offset]) / 2
          })
      }
    }
    for i in born.indices where !(born[i] > 0 && modelled[i] > 0) {
      throw .outOfRange(
        component: .fertility, value: born[i], area: i / steps.count,
        areaCode: history.areas[i / steps.count].code, year: steps.lowerBound + i % steps.count, sex: nil, age: nil,
        expected: "births, and women to bear them, to take the logarithm of their level")
    }
    return ComponentPanel(
      component: .fertility, areas: history.areas, steps: steps,
      levels: zip(born, modelled).map { log($0 / $1) },
      national: zip(totals(born, steps), totals(modelled, steps)).map { log($0 / $1) },
      countingVariance: history.areas.indices.map { area in
        born[(area * steps.count)..<((area + 1) * steps.count)].reduce(0) { $0 + 1 / $1 } / Double(steps.count)
      }, cells: [])
  }

  /// Levels of residual net migration (``ResidualMigration``).
  static func migration(
    _ ground: Calibration, mortality: MortalityRates, steps: Range<Int>
  ) throws(AssumptionError) -> ComponentPanel {
    try check(ground, steps, .migration)
    let history = ground.history
    let block = 2 * history.ages.count
    var cells = Array(repeating: 0.0, count: history.areas.count * steps.count * block)
    var net = Array(repeating: 0.0, count: history.areas.count * steps.count)
    var people = net
    for (t, year) in steps.enumerated() {
      let residual = try ResidualMigration(ground, mortality: mortality, steps: [year])
      for area in history.areas.indices {
        let start = history.offset(area: area, year: year, sex: .female)
        let moved = residual.migrants[(area * block)..<((area + 1) * block)]
        let i = area * steps.count + t
        people[i] = history.values[start..<(start + block)].reduce(0, +)
        net[i] = moved.reduce(0, +)
        guard people[i] > 0 else {
          throw .outOfRange(
            component: .migration, value: people[i], area: area, areaCode: history.areas[area].code, year: year,
            sex: nil, age: nil, expected: "people at the start, for each of whom migrants are told")
        }
        for (cell, count) in moved.enumerated() { cells[i * block + cell] = count / people[i] }
      }
    }
    return ComponentPanel(
      component: .migration, areas: history.areas, steps: steps, levels: zip(net, people).map { $0 / $1 },
      national: zip(totals(net, steps), totals(people, steps)).map { $0 / $1 },
      countingVariance: history.areas.map { _ in 0 }, cells: cells)
  }

  private static func check(
    _ ground: Calibration, _ steps: Range<Int>, _ component: Component
  ) throws(AssumptionError) {
    guard steps.count >= 3 else { throw .stepsNotHeld(component: component, years: Array(steps)) }
    try ground.checkHeld(Array(steps), for: component)
  }

  private static func totals(_ values: [Double], _ steps: Range<Int>) -> [Double] {
    steps.indices.map { step in
      stride(from: step - steps.lowerBound, to: values.count, by: steps.count).reduce(0) { $0 + values[$1] }
    }
  }

  /// What an area's level differs from the national one, step by step.
  func local(_ area: Int, national: [Double]) -> [Double] {
    (0..<steps.count).map { levels[area * steps.count + $0] - national[$0] }
  }
}
