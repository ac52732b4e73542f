import Probability

/// The least-squares line through the quantiles of one area on the cumulative midpoints of its population, with the
/// variances that the standard errors of the figures give it.
///
/// The midpoints have mean ½ under the weights aᵢ, so the middle of the line is m = Σaᵢyᵢ and its slope s = Σkᵢyᵢ,
/// kᵢ = aᵢ(bᵢ − ½)/Σaⱼ(bⱼ − ½)²: the normal equations without their cancellation.
struct MidpointLine {
  /// s, the change over the whole population.
  let slope: Double
  /// m = c + s/2, the figure in the middle of the population.
  let middle: Double
  /// Σkᵢ²seᵢ².
  let slopeVariance: Double
  /// Σaᵢ²seᵢ².
  let middleVariance: Double
  /// Σaᵢkᵢseᵢ².
  let covariance: Double
  /// The people of all quantiles.
  let population: Double
}

extension MidpointLine {
  /// The line through figures on a scale; their standard errors count where the line's scale is that of the errors.
  init(_ quantiles: QuantileFigures, on scale: ValueScale) {
    let weights = MidpointWeights(quantiles.populations)
    var (slope, middle, slopeVariance, middleVariance, covariance) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for i in quantiles.values.indices {
      let (share, lever) = weights[i]
      let figure = scale.transformed(quantiles.values[i])
      let variance = quantiles.standardErrors[i] * quantiles.standardErrors[i]
      slope += lever * figure
      middle += share * figure
      slopeVariance += lever * lever * variance
      middleVariance += share * share * variance
      covariance += share * lever * variance
    }
    self.init(
      slope: slope, middle: middle, slopeVariance: slopeVariance, middleVariance: middleVariance,
      covariance: covariance, population: weights.population)
  }
}

/// What the figure of each quantile weighs in the middle (aᵢ) and in the slope (kᵢ) of the line.
struct MidpointWeights {
  /// The people of all quantiles.
  let population: Double
  private var weights: [(share: Double, lever: Double)] = []

  /// The weights from the populations of one area's quantiles.
  init(_ populations: [Double]) {
    let total = populations.reduce(0, +)
    population = total
    var below = 0.0
    var spread = 0.0
    weights.reserveCapacity(populations.count)
    for people in populations {
      let share = people / total
      let offset = below + share / 2 - 0.5
      spread += share * offset * offset
      below += share
      weights.append((share, share * offset))
    }
    for quantile in weights.indices { weights[quantile].lever /= spread }
  }

  subscript(quantile: Int) -> (share: Double, lever: Double) { weights[quantile] }
}

/// The limits of both indices, before the multiplier; those of a ratio without limits are NaN.
struct SlopeLimits {
  var slope: [ConfidenceInterval] = []
  var ratio: [ConfidenceInterval] = []

  /// The closed form.
  init(_ line: MidpointLine, on scale: ValueScale, isTurned: Bool, at levels: [ConfidenceLevel]) {
    for level in levels {
      let reach = level.criticalValue * line.slopeVariance.squareRoot()
      let (flat, steep) = (line.slope - reach, line.slope + reach)
      switch scale {
      case .linear:
        slope.append(ConfidenceInterval(lower: flat, upper: steep, level: level))
        ratio.append(Self.fieller(line, isTurned: isTurned, at: level))
      case .logarithm, .logit:
        // Both indices rise with the slope about a fixed middle, so the limits of the slope give theirs.
        let low = Self.ends(of: line, turnedTo: flat, on: scale)
        let high = Self.ends(of: line, turnedTo: steep, on: scale)
        slope.append(
          ConfidenceInterval(lower: low.top - low.bottom, upper: high.top - high.bottom, level: level))
        ratio.append(
          isTurned
            ? ConfidenceInterval(lower: high.bottom / high.top, upper: low.bottom / low.top, level: level)
            : ConfidenceInterval(lower: low.top / low.bottom, upper: high.top / high.bottom, level: level))
      }
    }
  }

  /// The figures at both ends of a line that is turned about its middle.
  static func ends(of line: MidpointLine, turnedTo slope: Double, on scale: ValueScale) -> (bottom: Double, top: Double)
  {
    (scale.figure(at: line.middle - slope / 2), scale.figure(at: line.middle + slope / 2))
  }

  /// Fieller's limits of top/bottom, or of bottom/top: the ratios r at which top − r·bottom is z standard errors from 0.
  ///
  /// With T = m + s/2, B = m − s/2 they are (TB − z²C ∓ √Δ)/(B² − z²V_B), where V_B and C follow from the variances of m
  /// and s, and Δ = z²(s²V_m − 2smC_ms + m²V_s) − z⁴(V_mV_s − C_ms²). NaN where B is less than z standard errors from 0:
  /// every ratio beyond some value, or every one at all, fits then.
  private static func fieller(_ line: MidpointLine, isTurned: Bool, at level: ConfidenceLevel) -> ConfidenceInterval {
    let square = level.criticalValue * level.criticalValue
    let (s, m) = (line.slope, line.middle)
    let shared = line.middleVariance + line.slopeVariance / 4
    let endVariance = isTurned ? shared + line.covariance : shared - line.covariance
    let end = isTurned ? m + s / 2 : m - s / 2
    let clearance = end * end - square * endVariance
    guard clearance > 0 else { return ConfidenceInterval(lower: .nan, upper: .nan, level: level) }
    let product = (m + s / 2) * (m - s / 2) - square * (line.middleVariance - line.slopeVariance / 4)
    let turning =
      s * s * line.middleVariance - 2 * s * m * line.covariance + m * m * line.slopeVariance
    let determinant = line.middleVariance * line.slopeVariance - line.covariance * line.covariance
    // Δ is above 0 wherever the clearance is; only a rounding can take it below.
    let root = max(0, square * turning - square * square * determinant).squareRoot()
    return ConfidenceInterval(
      lower: (product - root) / clearance, upper: (product + root) / clearance, level: level)
  }
}
