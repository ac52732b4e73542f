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
