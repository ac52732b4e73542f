internal import CKernels

/// A block of simulations of one area after the other: a future in each lane, all its people in the nearest caches. One
/// thread at a time works on it.
///
/// The arithmetic is that of ``CohortStep`` in the same order, so that a simulation whose rates are those assumed has
/// the same bits as the projection.
final class EnsembleBlock: @unchecked Sendable {
  /// How many simulations a block holds at least: those that the kernels take side by side.
  static let fewest = Int(PH_LANES)
  /// How many it holds at most: so many that reading an area's rates is little beside using them, so few that
  /// its people stay in the near caches.
  static let length = 2 * fewest

  /// Where the rows of a target go: those of the first step that is asked for, and how far apart steps and rows are.
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
  private let segmentCount: Int
  private let segmentEnds: SharedRows<Int>
  private let sexRatios: SharedRows<Double>
  private let seriesCount: Int
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
  /// People by sex and segment, unless they go straight to a target.
  private let ownSums: UnsafeMutablePointer<Double>
  /// Births, then deaths of both sexes.
  private let births: UnsafeMutablePointer<Double>
  private let died: UnsafeMutablePointer<Double>
  /// Deaths and births by sex.
  private let deaths: UnsafeMutablePointer<Double>
  private let born: UnsafeMutablePointer<Double>
  private let total: UnsafeMutablePointer<Double>
  private let adjustment: UnsafeMutablePointer<Double>
  /// Migrants for each unit of the pattern.
  private let level: UnsafeMutablePointer<Double>
  private let inside: UnsafeMutablePointer<Double>
  private let mothers: UnsafeMutablePointer<Double>

  /// The area that is simulated: its position, the key of its draws, its paths and the figures of its next step.
  private var area = 0
  private var key: UInt64 = 0
  private let fertility: UnsafeMutablePointer<Double>
  private let migration: UnsafeMutablePointer<Double>
  private let variesFertility: Bool
  private let variesMigration: Bool
  private var women = ph_ageing()
  private var men = ph_ageing()

  /// Whether the chance of single events is drawn.
  var drawsChance: Bool { chance != nil }

  init(_ model: EnsembleModel, table: RiskTable, chance: ProcessChance?) {
    self.model = model
    self.table = table
    self.chance = chance
    figures = model.figures
    segments = model.segments
    segmentEnds = SharedRows(model.segments.map(\.upperBound))
    lanes = table.lanes.count
    ages = model.ages
    let n = ages
    let steps = model.starts.count
    let counts = [2 * n, n + 1, 2 * (n + 1), n, 2 * segments.count, 1, 1, 2, 2, 1, 1, 1, 1, 1, steps, steps]
    storage = SharedRows(count: counts.reduce(0, +) * lanes)
    var rows: [UnsafeMutablePointer<Double>] = []
    var next = storage.start
    for count in counts {
      rows.append(next)
      next += count * lanes
    }
    (people, risks, deathCells, birthCells, ownSums, births) = (rows[0], rows[1], rows[2], rows[3], rows[4], rows[5])
    (died, deaths, born, total, adjustment) = (rows[6], rows[7], rows[8], rows[9], rows[10])
    (level, inside, mothers, fertility, migration) = (rows[11], rows[12], rows[13], rows[14], rows[15])
    segmentCount = segments.count
    seriesCount = figures.seriesCount
    sexRatios = SharedRows(figures.sexRatios)
    (variesFertility, variesMigration) = (
      model.paths.uncertainty.fertility != nil, model.paths.uncertainty.migration != nil
    )
  }

  /// Takes the area at a position of the model's order, with the people of the base in every lane.
  func start(area position: Int) {
    area = model.order[position]
    key = model.keys[position]
    let process = model.processes[position]
    take(
      model.paths.fertilityFactors(area: process.fertility, key: key, shared: table.shared, table.lanes), fertility)
    take(
      model.paths.migrationLevels(area: process.migration, key: key, shared: table.shared, table.lanes), migration)
    let start = area * 2 * ages
    model.base.counts.withUnsafeBufferPointer { counts in
      if let first = counts.baseAddress { ph_fill_rows(first + start, 2 * ages, lanes, people) }
    }
    total.update(repeating: model.base.total(area: area), count: lanes)
    level.update(repeating: 0, count: lanes)
    women = firstStep(sex: 0)
    men = firstStep(sex: 1)
  }

  private func take(_ values: [Double], _ rows: UnsafeMutablePointer<Double>) {
    values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { rows.update(from: first, count: values.count) }
    }
  }

  /// Carries the area through the next steps and adds its figures to their destinations.
  ///
  /// - Returns: for every step in which something was clipped, its position and the people added in each lane.
  func run(steps: Range<Int>, into targets: [Destination]) -> [(step: Int, added: [Double])] {
    let sharesCells = targets.contains { $0.shares != nil }
    // The only target of a whole area takes the sums straight from the kernel.
    let only = targets.count == 1 && targets[0].isFirst && targets[0].shares == nil ? targets[0] : nil
    var clips: [(step: Int, added: [Double])] = []
    var (women, men) = (self.women, self.men)
    let risks = table.steps
    defer { (self.women, self.men) = (women, men) }
    for step in steps {
      let index = step - steps.lowerBound
      let sums =
        only.map { Sums(rows: $0.rows + index * $0.stepStride, stride: $0.stride) }
        ?? Sums(rows: ownSums, stride: lanes)
      if step > 0 {
        move(&women, to: step, risks)
        move(&men, to: step, risks)
      }
      if variesMigration { ph_multiply(migration + step * lanes, total, lanes, level) }
      let isClipped = advance(&women, &men, step: step, cells: sharesCells, sums)
      for target in targets { clipped(isClipped, step: index, into: target) }
      if isClipped { clips.append((step, clip())) }
      if isClipped || drawsChance { sum(into: sums) }
      if variesMigration { ph_sum_rows(sums.rows, sums.stride, nil, 2 * segmentCount, lanes, 0, total) }
      for target in targets { add(step: index, to: target, sums) }
    }
    return clips
  }

  /// People by sex and segment, in rows so far apart.
  private struct Sums {
    let rows: UnsafeMutablePointer<Double>
    let stride: Int
  }

  /// What the kernels take of one sex of an area in its first step.
  private func firstStep(sex: Int) -> ph_ageing {
    let n = ages
    let place = area * model.starts.count
    let row = place * 2 + sex
    var s = ph_ageing(
      ages: n, lanes: lanes, q: figures.risk.start + row * (n + 1), mu: figures.hazard.start + row * (n + 1),
      series: figures.series.start + row * figures.seriesCount, row: figures.loadingRow.start + sex * (n + 1),
      deviation: nil, largest: nil, most: 0,
      net: figures.net.start + row * n, spread: figures.spread.start + sex * n, level: level,
      fertility: sex == 0 ? UnsafePointer(figures.fertility.start + place * n) : nil,
      youngest: figures.fertileAges.lowerBound, oldest: figures.fertileAges.upperBound, ends: segmentEnds.start,
      rates: figures.migratesByRate ? 1 : 0, late: model.convention == .unEnd ? 1 : 0,
      mothers_move: model.convention == .unEven ? 1 : 0)
    table.steps.move(&s, to: 0)
    return s
  }

  /// Moves them to the next step, whose figures stand behind those of both sexes.
  private func move(_ s: inout ph_ageing, to step: Int, _ risks: RiskTable.Steps) {
    s.q += 2 * (ages + 1)
    s.mu += 2 * (ages + 1)
    s.series += 2 * seriesCount
    s.net += 2 * ages
    if let fertility = s.fertility { s.fertility = fertility + ages }
    risks.move(&s, to: step)
  }

  /// One step of all lanes; whether any cell is below 0.
  private func advance(_ women: inout ph_ageing, _ men: inout ph_ageing, step: Int, cells: Bool, _ sums: Sums) -> Bool {
    let n = ages
    let deathCells = cells ? self.deathCells : nil
    let birthCells = cells ? self.birthCells : nil
    let menOfDeath = deathCells.map { $0 + (n + 1) * lanes }
    let menSums = sums.rows + segmentCount * sums.stride
    let ratio = sexRatios.start[step]
    var below: Int32 = 0
    if let chance {
      below = chance.age(self, &women, sex: 0, key: key, step: step, deaths, births, deathCells, birthCells)
      below |= chance.age(self, &men, sex: 1, key: key, step: step, deaths + lanes, births, menOfDeath, nil)
    } else {
      below = ph_age(&women, people, deaths, births, deathCells, birthCells, sums.rows, sums.stride)
      below |= ph_age(&men, people + n * lanes, deaths + lanes, births, menOfDeath, nil, menSums, sums.stride)
    }
    ph_births(births, variesFertility ? fertility + step * lanes : nil, lanes, ratio, born)
    if let chance {
      chance.drawBirths(lanes: table.lanes, key: key, year: model.starts[step], ratio: ratio, births, born)
      below |= chance.addNewborns(self, &women, sex: 0, key: key, step: step, born, deaths, deathCells)
      below |= chance.addNewborns(
        self, &men, sex: 1, key: key, step: step, born + lanes, deaths + lanes, menOfDeath)
    } else {
      below |= ph_newborns(&women, born, people, deaths, deathCells, sums.rows)
      below |= ph_newborns(&men, born + lanes, people + n * lanes, deaths + lanes, menOfDeath, menSums)
    }
    ph_sum_rows(deaths, lanes, nil, 2, lanes, 0, died)
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
    let row = target.rows + step * target.stepStride + (2 * segmentCount + 2) * target.stride
    if target.isFirst { for i in 0..<lanes { row[i] = 0 } }
    guard isClipped else { return }
    for cell in 0..<(2 * n) {
      let share = target.shares.map { $0[1 + cell % n] } ?? 1
      for i in 0..<lanes where people[cell * lanes + i] < 0 { row[i] -= share * people[cell * lanes + i] }
    }
  }

  /// People by sex and segment, the youngest last as the kernels add them.
  private func sum(into sums: Sums) {
    let count = segments.count
    for sex in 0..<2 {
      for (s, segment) in segments.enumerated() {
        let first = max(1, segment.lowerBound)
        ph_sum_rows(
          people + (sex * ages + first) * lanes, lanes, nil, segment.upperBound - first, lanes, 0,
          sums.rows + (sex * count + s) * sums.stride)
      }
      ph_sum_rows(people + sex * ages * lanes, lanes, nil, 1, lanes, 1, sums.rows + sex * count * sums.stride)
    }
  }

  /// Adds the people, births and deaths of a step to a target.
  private func add(step: Int, to target: Destination, _ sums: Sums) {
    let (n, count) = (ages, segmentCount)
    let more: Int32 = target.isFirst ? 0 : 1
    let (rows, stride) = (target.rows + step * target.stepStride, target.stride)
    guard let shares = target.shares else {
      if sums.rows != rows { ph_place_rows(sums.rows, 2 * count, lanes, more, rows, stride) }
      ph_place_rows(births, 2, lanes, more, rows + 2 * count * stride, stride)
      return
    }
    for sex in 0..<2 {
      for (s, segment) in segments.enumerated() {
        ph_sum_rows(
          people + (sex * n + segment.lowerBound) * lanes, lanes, shares + 1 + segment.lowerBound, segment.count,
          lanes, more, rows + (sex * count + s) * stride)
      }
      ph_sum_rows(
        deathCells + sex * (n + 1) * lanes, lanes, shares, n + 1, lanes, sex == 0 ? more : 1,
        rows + (2 * count + 1) * stride)
    }
    // The share of the births is that of their mothers, whatever their level.
    ph_sum_rows(birthCells, lanes, shares + 1, n, lanes, 0, inside)
    ph_sum_rows(birthCells, lanes, nil, n, lanes, 0, mothers)
    for i in 0..<lanes { inside[i] = mothers[i] != 0 ? births[i] * (inside[i] / mothers[i]) : 0 }
    ph_sum_rows(inside, lanes, nil, 1, lanes, more, rows + 2 * count * stride)
  }
}
