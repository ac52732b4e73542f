internal import CKernels
internal import Parallel

/// Runs an ensemble: areas in pieces whose draws fit into memory, their simulations in blocks side by side, and every
/// piece boiled down to its summaries before the next one.
///
/// Where the draws of a single area are too many (every cell of it is told about), a piece is one area and goes a few
/// steps at a time, whose draws stay in the second cache.
///
/// A lane's figures never meet those of another lane, and areas are added in the order of their codes, so the bits depend
/// on neither threads, pieces, steps at a time nor the order of areas.
struct EnsembleRun: Sendable {
  /// The doubles of drawn figures that are held at a time, and of a few steps of one area.
  private static let heldDraws = 3 << 19
  private static let windowDraws = 1 << 18
  /// The bytes of risk tables that are kept from piece to piece. Larger ones are made anew for every piece, which then may
  /// hold so many times the draws, so that tables serve more areas.
  private static let heldTables = 64 << 20
  private static let moreDraws = 8

  let model: EnsembleModel
  let measures: [EnsembleMeasure]
  let events: [EnsembleEvent]
  let simulations: Int
  let seed: UInt64
  let drawsProcess: Bool
  let drawnYears: [Int]
  let threads: Int?

  private var blocks: Int { (simulations + EnsembleBlock.length - 1) / EnsembleBlock.length }
  /// How far apart the draws of two rows are: a cache line more than whole blocks, so that rows of 2ⁿ draws do not all
  /// fall into the same few places of the caches.
  private var stride: Int { blocks * EnsembleBlock.length + 8 }
  private var steps: Int { model.starts.count }
  /// The doubles of one target and step.
  private var stepSize: Int { model.rowCount * stride }

  func run(footprints: [Footprint], clipping: CohortComponent.Clipping) throws(EnsembleError) -> Ensemble {
    let keepsTables = RiskTable.bytes(model, lanes: EnsembleBlock.length) * blocks <= Self.heldTables
    let room = keepsTables ? Self.heldDraws : Self.moreDraws * Self.heldDraws
    let together = max(1, room / max(1, stepSize * steps))
    let pieces = Swift.stride(from: 0, to: model.order.count, by: together)
      .map { $0..<min($0 + together, model.order.count) }
    let isWindowed = keepsTables && together == 1 && stepSize * steps > Self.heldDraws
    let window = isWindowed ? max(1, Self.windowDraws / stepSize) : max(1, steps)
    let slots = EnsembleSlots(model.targets, pieces: pieces)
    // A step before the window is what net migration is measured from.
    let local = EnsembleDraws(
      targets: slots.localCount, steps: window + (isWindowed ? 1 : 0), stepSize: stepSize, process: drawsProcess)
    let wide = EnsembleDraws(targets: slots.wideCount, steps: steps, stepSize: stepSize, process: drawsProcess)
    let kept = keepsTables ? parallelMap(chunks: blocks, threads: threads) { simulators($0) } : []
    let clips = Guarded<[ClipPart]>([])
    let statistics = EnsembleStatistics(
      model: model, measures: measures, events: events, simulations: simulations, stride: stride,
      codes: footprints.map(\.area.code), drawnYears: drawnYears)
    for piece in pieces {
      let finished = slots.finished(in: piece)
      for first in Swift.stride(from: 0, to: max(1, steps), by: window) {
        let window = first..<min(first + window, steps)
        let here = EnsembleDraws.Place(draws: local, firstStep: isWindowed ? first - 1 : 0)
        let everywhere = EnsembleDraws.Place(draws: wide, firstStep: 0)
        parallelFor(chunks: blocks, threads: threads) { block in
          let simulators = kept.isEmpty ? simulators(block) : kept[block]
          for simulator in simulators {
            simulate(piece, window, simulator, slots, here, everywhere, clips)
          }
        }
        // What reaches over several pieces is told once all its areas are there.
        let told = finished.flatMap { target in
          (slots.isWide[target] ? (window.upperBound == steps ? 0..<steps : 0..<0) : window).map { (target, $0) }
        }
        parallelFor(chunks: told.count, threads: threads) { item in
          let (target, step) = told[item]
          let place = slots.isWide[target] ? everywhere : here
          statistics.summarise(
            target: target, step: step, rates: place.rows(slots.slot[target], step),
            process: drawsProcess ? place.rows(slots.slot[target], step, process: true) : nil)
        }
        if isWindowed, measures.contains(where: { $0.quantity == .netMigration }) { local.keepLast() }
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
      clips: found, drawnYears: drawnYears, draws: statistics.kept.array)
  }

  /// What simulates one block: on rates alone, and with the chance of single events.
  private func simulators(_ block: Int) -> [EnsembleBlock] {
    let start = block * EnsembleBlock.length
    // The last block may be shorter by what the kernels take side by side.
    let left = (simulations - start + EnsembleBlock.fewest - 1) / EnsembleBlock.fewest * EnsembleBlock.fewest
    let table = RiskTable(model, lanes: start..<(start + min(left, EnsembleBlock.length)))
    let rates = EnsembleBlock(model, table: table, chance: nil)
    return drawsProcess ? [rates, EnsembleBlock(model, table: table, chance: ProcessChance(seed: seed))] : [rates]
  }

  /// Simulates some steps of the areas of a piece in one block.
  private func simulate(
    _ piece: Range<Int>, _ window: Range<Int>, _ block: EnsembleBlock, _ slots: EnsembleSlots,
    _ local: EnsembleDraws.Place, _ wide: EnsembleDraws.Place, _ clips: Guarded<[ClipPart]>
  ) {
    let lanes = block.table.lanes
    for position in piece {
      if window.lowerBound == 0 { block.start(area: position) }
      let destinations = slots.parts[position].map { part in
        let place = slots.isWide[part.target] ? wide : local
        return EnsembleBlock.Destination(
          rows: place.rows(slots.slot[part.target], window.lowerBound, process: block.drawsChance)
            + lanes.lowerBound,
          stepStride: stepSize, stride: stride, isFirst: part.isFirst, shares: part.shares?.start)
      }
      let clipped = block.run(steps: window, into: destinations)
      // Where chance is drawn, what it clips is what is told.
      guard !clipped.isEmpty, block.drawsChance == drawsProcess else { continue }
      let held = max(0, min(lanes.upperBound, simulations) - lanes.lowerBound)
      let found = clipped.map { clip in
        let added = clip.added.prefix(held)
        return ClipPart(
          area: position, step: clip.step, block: lanes.lowerBound, simulations: added.count { $0 > 0 },
          people: added.reduce(0, +))
      }
      clips.withLock { $0 += found.filter { $0.simulations > 0 } }
    }
  }
}
