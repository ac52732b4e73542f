internal import CKernels

/// A block of simulations of one area after the other: a future in each lane, all its people in the nearest caches.
///
/// The arithmetic is that of ``CohortStep`` in the same order, so that a simulation whose rates are those assumed has
/// the same bits as the projection.
final class EnsembleBlock {
  /// How many simulations a block holds: their people of 2 × 91 ages fill the first-level cache.
  static let length = 32

  /// Where the rows of a target go: those of its first step, and how far apart steps and rows are.
  struct Destination {
    let rows: UnsafeMutablePointer<Double>
    let stepStride: Int
    let stride: Int
    /// Whether the area is the first part of the target, so that nothing has been written yet.
    let isFirst: Bool
    /// Shares by origin; `nil` for the whole area.
    let shares: UnsafeMutablePointer<Double>?
  }

  let model: EnsembleModel
  let table: RiskTable
  let lanes: Int
  let ages: Int
  private let segments: [Range<Int>]
  private let figures: EnsembleFigures
  /// The chance of single events; `nil` draws none.
  private let chance: ProcessChance?

  /// All rows below, end to end.
  private let storage: SharedRows<Double>
  /// People, `[sex][age][lane]`.
  let people: UnsafeMutablePointer<Double>
  /// Room for the risks of one sex.
  let risks: UnsafeMutablePointer<Double>
  /// Deaths by origin and births by mother's age; only written where an area is shared by age.
  private let deathCells: UnsafeMutablePointer<Double>
  private let birthCells: UnsafeMutablePointer<Double>
  private let deaths: UnsafeMutablePointer<Double>
  private let births: UnsafeMutablePointer<Double>
  private let born: UnsafeMutablePointer<Double>
  /// People by sex and segment, and in all.
  private let sums: UnsafeMutablePointer<Double>
  private let total: UnsafeMutablePointer<Double>
  private let adjustment: UnsafeMutablePointer<Double>
  /// Migrants for each unit of the pattern.
  private let level: UnsafeMutablePointer<Double>
  private let inside: UnsafeMutablePointer<Double>
  private let mothers: UnsafeMutablePointer<Double>

  init(_ model: EnsembleModel, table: RiskTable, chance: ProcessChance?) {
    self.model = model
    self.table = table
    self.chance = chance
    figures = model.figures
    segments = model.segments
    lanes = table.lanes.count
    ages = model.ages
    let n = ages
    let counts = [2 * n, n + 1, 2 * (n + 1), n, 2, 1, 2, 2 * segments.count, 1, 1, 1, 1, 1]
    storage = SharedRows(count: counts.reduce(0, +) * lanes)
    var rows: [UnsafeMutablePointer<Double>] = []
    var next = storage.start
    for count in counts {
      rows.append(next)
      next += count * lanes
    }
    (people, risks, deathCells, birthCells, deaths, births) = (rows[0], rows[1], rows[2], rows[3], rows[4], rows[5])
    (born, sums, total, adjustment, level, inside, mothers) =
      (rows[6], rows[7], rows[8], rows[9], rows[10], rows[11], rows[12])
  }

  /// Carries one area through all steps and adds its figures to their destinations.
  ///
  /// - Returns: for every step in which something was clipped, its position and the people added in each lane.
  func run(area position: Int, into targets: [Destination]) -> [(step: Int, added: [Double])] {
    let area = model.order[position]
    let key = model.keys[position]
    let fertility = model.paths.fertilityFactors(
      area: model.processes[position].fertility, key: key, shared: table.shared, table.lanes)
    let migration = model.paths.migrationLevels(
      area: model.processes[position].migration, key: key, shared: table.shared, table.lanes)
    setOut(area)
    let sharesCells = targets.contains { $0.shares != nil }
    var clips: [(step: Int, added: [Double])] = []
    for step in model.starts.indices {
      for i in 0..<lanes { level[i] = migration.isEmpty ? 0 : migration[step * lanes + i] * total[i] }
      let isClipped = advance(area: area, key: key, step: step, fertility: fertility, cells: sharesCells)
      for target in targets { clipped(isClipped, step: step, into: target) }
      if isClipped { clips.append((step, clip())) }
      sum()
      for target in targets { add(step: step, to: target) }
    }
    return clips
  }

  /// The people of the base in every lane.
  private func setOut(_ area: Int) {
    let start = area * 2 * ages
    for cell in 0..<(2 * ages) {
      (people + cell * lanes).update(repeating: model.base.counts[start + cell], count: lanes)
    }
    total.update(repeating: model.base.total(area: area), count: lanes)
  }

  /// The figures of one sex as the kernels take them.
  private func figures(area: Int, step: Int, sex: Int) -> ph_ageing {
    let n = ages
    let place = area * model.starts.count + step
    let origin = (place * 2 + sex) * (n + 1)
    return ph_ageing(
      ages: n, lanes: lanes, q: figures.risk.start + origin, mu: figures.hazard.start + origin,
      row: figures.loadingRow.start + sex * (n + 1), deviation: table.deviations(step: step),
      largest: table.largest(step: step), net: figures.net.start + (place * 2 + sex) * n,
      spread: figures.spread.start + sex * n, level: level,
      fertility: sex == 0 ? UnsafePointer(figures.fertility.start + place * n) : nil,
      rates: figures.migratesByRate ? 1 : 0, late: model.convention == .unEnd ? 1 : 0,
      mothers_move: model.convention == .unEven ? 1 : 0)
  }

  /// One step of all lanes; whether any cell is below 0.
  private func advance(area: Int, key: UInt64, step: Int, fertility: [Double], cells: Bool) -> Bool {
    let n = ages
    var women = figures(area: area, step: step, sex: 0)
    var men = figures(area: area, step: step, sex: 1)
    let deathCells = cells ? self.deathCells : nil
    let birthCells = cells ? self.birthCells : nil
    let menOfDeath = deathCells.map { $0 + (n + 1) * lanes }
    var below: Int32 = 0
    if let chance {
      below = chance.age(self, &women, sex: 0, key: key, step: step, deaths, births, deathCells, birthCells)
      below |= chance.age(self, &men, sex: 1, key: key, step: step, deaths + lanes, births, menOfDeath, nil)
    } else {
      below = ph_age(&women, people, deaths, births, deathCells, birthCells, risks)
      below |= ph_age(&men, people + n * lanes, deaths + lanes, births, menOfDeath, nil, risks)
    }
    for i in 0..<lanes where !fertility.isEmpty { births[i] *= fertility[step * lanes + i] }
    let ratio = figures.sexRatios[step]
    for i in 0..<lanes {
      let both = births[i]
      born[i] = both / (1 + ratio)
      born[lanes + i] = both * ratio / (1 + ratio)
    }
    if let chance {
      chance.drawBirths(lanes: table.lanes, key: key, year: model.starts[step], ratio: ratio, births, born)
      below |= chance.addNewborns(self, &women, sex: 0, key: key, step: step, born, deaths, deathCells)
      below |= chance.addNewborns(
        self, &men, sex: 1, key: key, step: step, born + lanes, deaths + lanes, menOfDeath)
    } else {
      below |= ph_newborns(&women, born, people, deaths, deathCells, risks)
      below |= ph_newborns(
        &men, born + lanes, people + n * lanes, deaths + lanes, menOfDeath, risks)
    }
    return below != 0
  }

  /// Sets cells below 0 to 0; the people added in each lane.
  private func clip() -> [Double] {
    for i in 0..<lanes { adjustment[i] = 0 }
    ph_clip_rows(people, 2 * ages, lanes, adjustment)
    return (0..<lanes).map { adjustment[$0] }
  }

  /// Adds what is to be clipped to the adjustment of a target, each age by its share.
  private func clipped(_ isClipped: Bool, step: Int, into target: Destination) {
    let n = ages
    let row = target.rows + step * target.stepStride + (2 * segments.count + 2) * target.stride
    if target.isFirst { for i in 0..<lanes { row[i] = 0 } }
    guard isClipped else { return }
    for cell in 0..<(2 * n) {
      let share = target.shares.map { $0[1 + cell % n] } ?? 1
      for i in 0..<lanes where people[cell * lanes + i] < 0 { row[i] -= share * people[cell * lanes + i] }
    }
  }

  /// People by sex and segment, and in all.
  private func sum() {
    let count = segments.count
    for sex in 0..<2 {
      for (s, segment) in segments.enumerated() {
        ph_sum_rows(
          people + (sex * ages + segment.lowerBound) * lanes, nil, segment.count, lanes, 0,
          sums + (sex * count + s) * lanes)
      }
    }
    ph_sum_rows(sums, nil, 2 * count, lanes, 0, total)
  }

  /// Adds the people, births and deaths of a step to a target.
  private func add(step: Int, to target: Destination) {
    let (n, count) = (ages, segments.count)
    let more: Int32 = target.isFirst ? 0 : 1
    let (rows, stride) = (target.rows + step * target.stepStride, target.stride)
    guard let shares = target.shares else {
      for r in 0..<(2 * count) { ph_sum_rows(sums + r * lanes, nil, 1, lanes, more, rows + r * stride) }
      ph_sum_rows(births, nil, 1, lanes, more, rows + 2 * count * stride)
      ph_sum_rows(deaths, nil, 2, lanes, more, rows + (2 * count + 1) * stride)
      return
    }
    for sex in 0..<2 {
      for (s, segment) in segments.enumerated() {
        ph_sum_rows(
          people + (sex * n + segment.lowerBound) * lanes, shares + 1 + segment.lowerBound, segment.count,
          lanes, more, rows + (sex * count + s) * stride)
      }
      ph_sum_rows(
        deathCells + sex * (n + 1) * lanes, shares, n + 1, lanes, sex == 0 ? more : 1,
        rows + (2 * count + 1) * stride)
    }
    // The share of the births is that of their mothers, whatever their level.
    ph_sum_rows(birthCells, shares + 1, n, lanes, 0, inside)
    ph_sum_rows(birthCells, nil, n, lanes, 0, mothers)
    for i in 0..<lanes { inside[i] = mothers[i] != 0 ? births[i] * (inside[i] / mothers[i]) : 0 }
    ph_sum_rows(inside, nil, 1, lanes, more, rows + 2 * count * stride)
  }
}
