/// How the limits of a funnel allow for points that vary more than chance.
///
/// Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine 24, appendix
/// A.3: both estimates rest on the naive z-scores zᵢ = (g(yᵢ) − g(θ))/sᵢ, whose extremes are tamed first, so that the
/// points that a funnel should find do not widen it.
public struct OverdispersionAdjustment: Sendable, Hashable {
  /// What is done to the limits. The raw values are the words that commands use.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Nothing.
    case none
    /// A variance τ² between areas is added to each sᵢ² (DerSimonian and Laird, 1986).
    case additive
    /// Each sᵢ² is multiplied by φ.
    case multiplicative
  }

  /// What is done to extreme z-scores. The raw values are the words that commands use.
  public enum Trimming: String, Sendable, Hashable, CaseIterable {
    /// Nothing.
    case none
    /// Those beyond the quantiles are set to the quantiles; all points count.
    case winsorise
    /// Those beyond the quantiles are left out; the points on a quantile count.
    case truncate
  }

  /// What is done to the limits.
  public let method: Method
  /// What is done to extreme z-scores.
  public let trimming: Trimming
  /// The part trimmed at each end, at least 0 and below ½.
  public let fraction: Double

  /// No allowance.
  public static let none = OverdispersionAdjustment(.none)

  /// An allowance, winsorised by a tenth at each end unless said otherwise.
  ///
  /// - Complexity: O(1).
  public init(_ method: Method, trimming: Trimming = .winsorise, fraction: Double = 0.1) {
    precondition(fraction >= 0 && fraction < 0.5, "a part of at least 0 and below a half at each end")
    self.method = method
    self.trimming = trimming
    self.fraction = fraction
  }
}

/// The estimates of overdispersion of a funnel.
public struct FunnelOverdispersion: Sendable, Hashable {
  /// φ̂ = Σzᵢ²/I over the points that count, after trimming; 1 is expected by chance. NaN below two points.
  public let ratio: Double
  /// τ̂² = max(0, (Iφ̂ − (I − 1))/(Σw − Σw²/Σw)), wᵢ = 1/sᵢ², on the scale of the funnel. NaN below two points.
  public let betweenVariance: Double
  /// I, the points that count.
  public let points: Int
  /// How many points trimming set to a quantile or left out.
  public let trimmed: Int

  /// Estimates from z-scores and their standard errors, one of each a point.
  ///
  /// Trimming cuts at the quantiles q and 1 − q of the z-scores, interpolated between order statistics as R does by
  /// default (type 7 of Hyndman and Fan, 1996).
  init(scores: [Double], errors: [Double], _ adjustment: OverdispersionAdjustment) {
    var (low, high) = (-Double.infinity, Double.infinity)
    if adjustment.trimming != .none, !scores.isEmpty {
      let sorted = scores.sorted()
      low = interpolatedQuantile(adjustment.fraction, of: sorted)
      high = interpolatedQuantile(1 - adjustment.fraction, of: sorted)
    }
    var (count, beyond) = (0, 0)
    var (squares, weights, squaredWeights) = (0.0, 0.0, 0.0)
    for (score, error) in zip(scores, errors) {
      let isBeyond = score < low || score > high
      if isBeyond { beyond += 1 }
      if isBeyond && adjustment.trimming == .truncate { continue }
      let tamed = max(low, min(high, score))
      let weight = 1 / (error * error)
      count += 1
      squares += tamed * tamed
      weights += weight
      squaredWeights += weight * weight
    }
    points = count
    trimmed = beyond
    guard count > 1 else {
      (ratio, betweenVariance) = (.nan, .nan)
      return
    }
    ratio = squares / Double(count)
    let excess = squares - Double(count - 1)
    betweenVariance = excess > 0 ? excess / (weights - squaredWeights / weights) : excess.isNaN ? .nan : 0
  }

  /// The standard error with the allowance. Points that vary less than by chance never narrow the limits.
  func allowed(_ error: Double, _ method: OverdispersionAdjustment.Method) -> Double {
    switch method {
    case .none: error
    case .additive: (error * error + betweenVariance).squareRoot()
    case .multiplicative: error * max(1, ratio).squareRoot()
    }
  }
}

private func interpolatedQuantile(_ probability: Double, of sorted: [Double]) -> Double {
  let place = Double(sorted.count - 1) * probability
  let below = Int(place.rounded(.down))
  let above = min(below + 1, sorted.count - 1)
  let part = place - Double(below)
  // Without the branch an infinite score beside a place that is not between two would give NaN.
  return part == 0 ? sorted[below] : sorted[below] * (1 - part) + sorted[above] * part
}
