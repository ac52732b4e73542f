internal import CKernels
import Probability

/// The standard normal draws of every quantile, the same for every area: areas then differ by their figures alone, and no
/// area's limits depend on which others stand beside it.
struct SlopeNormals: Sendable {
  /// How many draws.
  let draws: Int
  /// Whether a transformed line is drawn whole.
  let isWholeLine: Bool
  private let generator: Philox
  /// The draws of the first quantiles, as many as 128 MB hold; those of later ones are made anew for each area.
  private let kept: [[Double]]

  init(_ simulation: SlopeSimulation, quantiles: Int) {
    draws = simulation.draws
    isWholeLine = simulation.isWholeLine
    let generator = Philox(seed: simulation.seed, purpose: Self.purpose)
    self.generator = generator
    kept = (0..<min(quantiles, (1 << 24) / simulation.draws)).map {
      Self.row($0, of: generator, draws: simulation.draws)
    }
  }

  /// The draws of a quantile, the same whether they are kept or not.
  subscript(quantile: Int) -> [Double] {
    quantile < kept.count ? kept[quantile] : Self.row(quantile, of: generator, draws: draws)
  }

  private static func row(_ quantile: Int, of generator: Philox, draws: Int) -> [Double] {
    var row = [Double](repeating: 0, count: draws)
    generator.fillNormal(&row, from: SIMD4(0, UInt64(quantile), 0, 0))
    return row
  }

  /// Keeps these numbers apart from those of other uses of one seed: "slope" in ASCII.
  private static let purpose: UInt64 = 0x73_6C6F_7065
}

extension SlopeLimits {
  /// Limits from draws of the figures, each normal on the model's scale: of N ordered draws those that are number
  /// ⌊pN + ½⌋ from below and from above, p the tail.
  ///
  /// An untransformed line is fitted anew to every draw, both ends of it; a transformed one is turned about its middle,
  /// for which the draws of the slope are enough, unless it is wanted whole.
  init(
    _ normals: SlopeNormals, drawing quantiles: QuantileFigures, about line: MidpointLine,
    by model: SlopeModel, at levels: [ConfidenceLevel]
  ) {
    let count = normals.draws
    var slopes = [Double](repeating: 0, count: count)
    let isWholeLine = normals.isWholeLine || !model.isTransformed
    var middles = [Double](repeating: isWholeLine ? 0 : line.middle, count: count)
    var figures = [Double](repeating: 0, count: count)
    let weights = MidpointWeights(quantiles.populations)
    for i in quantiles.values.indices {
      let centre = model.scale.transformed(quantiles.values[i])
      let error = quantiles.standardErrors[i]
      let row = normals[i]
      for draw in 0..<count { figures[draw] = centre + error * row[draw] }
      if !model.isTransformed { model.scale.putFigures(at: &figures) }
      let (share, lever) = weights[i]
      for draw in 0..<count { slopes[draw] += lever * figures[draw] }
      if isWholeLine {
        for draw in 0..<count { middles[draw] += share * figures[draw] }
      }
    }
    let scale = model.lineScale
    let isTurned = model.multiplier < 0
    let isAbove = line.middle + (isTurned ? line.slope : -line.slope) / 2 > 0 || scale != .linear
    var ratios = figures
    for draw in 0..<count {
      let half = slopes[draw] / 2
      let bottom = scale.figure(at: middles[draw] - half)
      let top = scale.figure(at: middles[draw] + half)
      if scale != .linear { slopes[draw] = top - bottom }
      let (over, under) = isTurned ? (bottom, top) : (top, bottom)
      // Where the end below the line of the fraction has gone through 0, the ratio has gone through infinity.
      ratios[draw] = (under > 0) == isAbove ? over / under : over < 0 ? -.infinity : .infinity
    }
    slope = Self.limits(of: &slopes, at: levels)
    ratio = Self.limits(of: &ratios, at: levels)
  }

  /// The limits that the draws give; NaN where a draw is no number to compare.
  private static func limits(of draws: inout [Double], at levels: [ConfidenceLevel]) -> [ConfidenceInterval] {
    guard !draws.contains(where: \.isNaN) else {
      return levels.map { ConfidenceInterval(lower: .nan, upper: .nan, level: $0) }
    }
    let count = draws.count
    let ranks = levels.map { max(Int(($0.tail * Double(count)).rounded()), 1) }
    draws.select(ranks: Set(ranks.flatMap { [$0 - 1, count - $0] }).sorted())
    return zip(levels, ranks).map { level, rank in
      ConfidenceInterval(lower: draws[rank - 1], upper: draws[count - rank], level: level)
    }
  }
}

extension ValueScale {
  /// Puts the figures in the place of their places on this scale.
  fileprivate func putFigures(at places: inout [Double]) {
    guard self != .linear else { return }
    places.withUnsafeMutableBufferPointer { row in
      guard let start = row.baseAddress else { return }
      if self == .logit { for i in row.indices { row[i] = -row[i] } }
      ph_exp(start, start, row.count)
      if self == .logit { for i in row.indices { row[i] = 1 / (1 + row[i]) } }
    }
  }
}
