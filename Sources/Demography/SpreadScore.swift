/// How well drawn futures tell what is uncertain, over many areas.
public struct SpreadScore: Sendable, Hashable {
  /// The share of areas whose outcome lies between the 10% and 90% quantiles, in per cent: 80 for a calibrated
  /// forecast.
  public let coverage80: Double
  /// The share of areas between the 2.5% and 97.5% quantiles, in per cent.
  public let coverage95: Double
  /// The mean continuous ranked probability score in per cent of the outcome. For a forecast without spread it is the
  /// mean absolute error, so the two can be compared.
  public let rankedProbabilityScore: Double

  /// The score of futures against what happened.
  ///
  /// CRPS = E|X − y| − ½·E|X − X′| over the draws; quantiles are interpolated (Hyndman and Fan, 1996, type 7); an
  /// outcome on a limit lies inside.
  ///
  /// - Parameters:
  ///   - draws: the futures of each area.
  ///   - outcomes: what happened, above 0, one an area.
  /// - Precondition: One future or more an area, and one outcome.
  /// - Complexity: O(areas × draws × log draws).
  public init(draws: [[Double]], outcomes: [Double]) {
    precondition(draws.count == outcomes.count && draws.allSatisfy { !$0.isEmpty }, "futures and one outcome an area")
    var inside80 = 0.0
    var inside95 = 0.0
    var score = 0.0
    for (futures, outcome) in zip(draws, outcomes) {
      let sorted = futures.sorted()
      func quantile(_ p: Double) -> Double {
        let place = p * Double(sorted.count - 1)
        let low = Int(place)
        let next = sorted[min(low + 1, sorted.count - 1)]
        return sorted[low] + (place - Double(low)) * (next - sorted[low])
      }
      if outcome >= quantile(0.1), outcome <= quantile(0.9) { inside80 += 1 }
      if outcome >= quantile(0.025), outcome <= quantile(0.975) { inside95 += 1 }
      let n = Double(sorted.count)
      var distance = 0.0
      var spread = 0.0
      for (i, future) in sorted.enumerated() {
        distance += (future - outcome).magnitude
        // ½ Σ_ij |x_i − x_j| = Σ_i (2i + 1 − n) x_(i) over order statistics from 0.
        spread += (2 * Double(i) + 1 - n) * (future - outcome)
      }
      score += 100 * (distance / n - spread / (n * n)) / outcome
    }
    let areas = Double(max(1, outcomes.count))
    coverage80 = 100 * inside80 / areas
    coverage95 = 100 * inside95 / areas
    rankedProbabilityScore = score / areas
  }
}
