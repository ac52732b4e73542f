/// Where the draws of each target stand: among those of the piece that holds all its areas, or among those that stay
/// until the end because they reach over several pieces.
struct EnsembleSlots: Sendable {
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
