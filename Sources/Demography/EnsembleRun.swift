internal import CKernels
internal import Parallel

/// Runs an ensemble: areas in pieces whose draws fit into memory, their simulations in blocks side by side, and every
/// piece boiled down to its summaries before the next one.
///
/// A lane's figures never meet those of another lane, and areas are added in the order of their codes, so the bits depend
/// on neither threads, pieces nor the order of areas.
struct EnsembleRun: Sendable {
  /// The doubles of drawn figures that are held at a time.
  private static let heldDraws = 8 << 20
  /// The bytes of risk tables that are kept from piece to piece; larger ones are made anew.
  private static let heldTables = 64 << 20

  let model: EnsembleModel
  let measures: [EnsembleMeasure]
  let events: [EnsembleEvent]
  let simulations: Int
  let seed: UInt64
  let drawsProcess: Bool
  let drawnYears: [Int]
  let threads: Int?

  /// Simulations in whole vectors of eight.
  private var stride: Int { (simulations + 7) & ~7 }
  private var steps: Int { model.starts.count }
  private var targetSize: Int { steps * model.rowCount * stride }

  /// The draws of some targets: on rates alone, and with the chance of single events.
  private struct Draws: Sendable {
    let rates: SharedRows<Double>
    let process: SharedRows<Double>?

    init(count: Int, process: Bool) {
      rates = SharedRows(count: count)
      self.process = process ? SharedRows(count: count) : nil
    }
  }

  func run(footprints: [Footprint], clipping: CohortComponent.Clipping) throws(EnsembleError) -> Ensemble {
    let pieces = pieces()
    let slots = slots(pieces)
    let local = Draws(count: (slots.localCount) * targetSize, process: drawsProcess)
    let wide = Draws(count: slots.wideCount * targetSize, process: drawsProcess)
    let blocks = (stride + EnsembleBlock.length - 1) / EnsembleBlock.length
    let tables = keepsTables(blocks) ? parallelMap(chunks: blocks, threads: threads) { table($0) } : []
    let clips = Guarded<[ClipPart]>([])
    let statistics = EnsembleStatistics(
      model: model, measures: measures, events: events, simulations: simulations, stride: stride,
      codes: footprints.map(\.area.code), drawnYears: drawnYears)
    for piece in pieces {
      parallelFor(chunks: blocks, threads: threads) { block in
        simulate(piece, table: tables.isEmpty ? table(block) : tables[block], slots, local, wide, clips)
      }
      let finished = slots.finished(in: piece)
      parallelFor(chunks: finished.count * steps, threads: threads) { item in
        let target = finished[item / steps]
        let draws = slots.isWide[target] ? wide : local
        let offset = slots.slot[target] * targetSize
        statistics.summarise(
          target: target, step: item % steps, rates: draws.rates.start + offset,
          process: draws.process.map { $0.start + offset })
      }
    }
    if let place = statistics.firstNotFinite() {
      throw .projection(.notFinite(area: footprints[place.target].area, year: place.year))
    }
    let found = clips.withLock { EnsembleClip.gathered($0, simulations: simulations, model: model) }
    if clipping == .stop, let first = found.first { throw .negativePopulation(first) }
    return Ensemble(
      areas: footprints.map(\.area), years: statistics.years, measures: measures, simulations: simulations, seed: seed,
      drawsProcess: drawsProcess, summaries: statistics.summaries.array, events: statistics.probabilities(),
      clips: found,
      drawnYears: drawnYears, draws: statistics.kept.array)
  }

  private func table(_ block: Int) -> RiskTable {
    let start = block * EnsembleBlock.length
    return RiskTable(model, lanes: start..<min(start + EnsembleBlock.length, stride))
  }

  private func keepsTables(_ blocks: Int) -> Bool {
    RiskTable.bytes(model, lanes: EnsembleBlock.length) * blocks <= Self.heldTables
  }

  /// Consecutive areas, as many as the draws that are held allow.
  private func pieces() -> [Range<Int>] {
    let length = max(1, Self.heldDraws / max(1, targetSize))
    return Swift.stride(from: 0, to: model.order.count, by: length).map { $0..<min($0 + length, model.order.count) }
  }

  private func slots(_ pieces: [Range<Int>]) -> Slots { Slots(model.targets, pieces: pieces) }

  /// Simulates the areas of a piece in one block.
  private func simulate(
    _ piece: Range<Int>, table: RiskTable, _ slots: Slots, _ local: Draws, _ wide: Draws, _ clips: Guarded<[ClipPart]>
  ) {
    func run(_ chance: ProcessChance?, _ draws: (Draws) -> SharedRows<Double>?) {
      let block = EnsembleBlock(model, table: table, chance: chance)
      for position in piece {
        let destinations = slots.parts[position].compactMap { part -> EnsembleBlock.Destination? in
          guard let rows = draws(slots.isWide[part.target] ? wide : local) else { return nil }
          return EnsembleBlock.Destination(
            rows: rows.start + slots.slot[part.target] * targetSize + table.lanes.lowerBound,
            stepStride: model.rowCount * stride, stride: stride, isFirst: part.isFirst, shares: part.shares?.start)
        }
        let clipped = block.run(area: position, into: destinations)
        // Where chance is drawn, what it clips is what is told.
        guard !clipped.isEmpty, (chance != nil) == drawsProcess else { continue }
        let held = max(0, min(table.lanes.upperBound, simulations) - table.lanes.lowerBound)
        let found = clipped.map { clip in
          let added = clip.added.prefix(held)
          return ClipPart(
            area: position, step: clip.step, block: table.lanes.lowerBound, simulations: added.count { $0 > 0 },
            people: added.reduce(0, +))
        }
        clips.withLock { $0 += found.filter { $0.simulations > 0 } }
      }
    }
    run(nil) { $0.rates }
    if drawsProcess { run(ProcessChance(seed: seed)) { $0.process } }
  }
}

/// What one block clipped of an area in a step.
struct ClipPart: Sendable {
  let area: Int
  let step: Int
  let block: Int
  let simulations: Int
  let people: Double
}

extension EnsembleClip {
  /// One clip an area and year, the blocks added in their order.
  static func gathered(_ parts: [ClipPart], simulations: Int, model: EnsembleModel) -> [EnsembleClip] {
    let sorted = parts.sorted { ($0.area, $0.step, $0.block) < ($1.area, $1.step, $1.block) }
    var result: [EnsembleClip] = []
    var start = 0
    while start < sorted.count {
      let first = sorted[start]
      var end = start
      while end < sorted.count, sorted[end].area == first.area, sorted[end].step == first.step { end += 1 }
      let group = sorted[start..<end]
      result.append(
        EnsembleClip(
          area: model.base.areas[model.order[first.area]], year: model.starts[first.step] + model.stepLength,
          simulations: group.reduce(0) { $0 + $1.simulations },
          meanPeople: group.reduce(0) { $0 + $1.people } / Double(simulations)))
      start = end
    }
    return result
  }
}

/// Where the draws of each target stand: among those of the piece that holds all its areas, or among those that stay
/// until the end because they reach over several pieces.
private struct Slots: Sendable {
  /// Which targets an area is part of.
  let parts: [[(target: Int, isFirst: Bool, shares: SharedRows<Double>?)]]
  let isWide: [Bool]
  let slot: [Int]
  let localCount: Int
  let wideCount: Int
  private let lastPosition: [Int]

  init(_ targets: [EnsembleModel.Target], pieces: [Range<Int>]) {
    var parts: [[(target: Int, isFirst: Bool, shares: SharedRows<Double>?)]] = Array(
      repeating: [], count: pieces.last?.upperBound ?? 0)
    var isWide: [Bool] = []
    var slot: [Int] = []
    var used = Array(repeating: 0, count: pieces.count)
    var wideCount = 0
    for (t, target) in targets.enumerated() {
      for part in target.parts {
        parts[part.position].append((t, part.position == target.span.lowerBound, part.shares))
      }
      if let piece = pieces.firstIndex(where: {
        $0.contains(target.span.lowerBound) && $0.contains(target.span.upperBound)
      }) {
        isWide.append(false)
        slot.append(used[piece])
        used[piece] += 1
      } else {
        isWide.append(true)
        slot.append(wideCount)
        wideCount += 1
      }
    }
    self.parts = parts
    self.isWide = isWide
    self.slot = slot
    self.wideCount = wideCount
    localCount = used.max() ?? 0
    lastPosition = targets.map(\.span.upperBound)
  }

  /// The targets whose last area is in a piece.
  func finished(in piece: Range<Int>) -> [Int] { lastPosition.indices.filter { piece.contains(lastPosition[$0]) } }
}
