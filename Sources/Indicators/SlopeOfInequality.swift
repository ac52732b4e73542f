import Probability

/// The slope index and the relative index of inequality of one area: how much a figure changes from the most to the least
/// deprived person.
///
/// With quantiles (deciles of deprivation) from the most to the least deprived, aᵢ the share of the population and
/// bᵢ = a₁ + … + aᵢ₋₁ + aᵢ/2 its cumulative midpoint, the line y = c + s·b is fitted by least squares to yᵢ√aᵢ on
/// (√aᵢ, bᵢ√aᵢ). Its middle is m = c + s/2 = Σaᵢyᵢ.
///
/// - Untransformed: SII = s, RII = (c + s)/c, the ends of the line. With h the second row of (X′X)⁻¹X′ the slope has
///   variance Σhᵢ²aᵢseᵢ²; its limits are s ± z√variance and those of RII Fieller's, from the joint variance of both ends.
/// - Transformed, g the way back from log or logit: SII = g(c + s) − g(c), RII = g(c + s)/g(c). The limits turn the line
///   about its middle, s ± z√variance in g(m + s/2) − g(m − s/2) and g(m + s/2)/g(m − s/2), as the official method does.
///   They leave out the sampling error of the middle itself. With the log the ratio has none of it, and the limits of RII
///   are exact; limits of SII on the official test cases are between 0.02 and 0.14 standard errors further out than
///   draws of the whole line put them (``SlopeSimulation/isWholeLine``).
///
/// Simulated limits are those of the draws alone: where standard errors on the log or logit scale are large, a line through
/// figures that are not transformed is drawn on average steeper or flatter than it is, and the index may lie outside them.
///
/// Sources: Mackenbach and Kunst (1997), Measuring the magnitude of socio-economic inequalities in health; Low and Low
/// (2004); Fieller (1954); the technical guide of the Public Health Outcomes Framework for the transforms.
public struct SlopeOfInequality: Sendable, Hashable {
  /// SII, in units of the figures times the multiplier; NaN where ``status`` bars it.
  public let slope: Double
  /// The limits of SII, one interval for each level.
  public let slopeIntervals: [ConfidenceInterval]
  /// RII, without unit; NaN where ``relativeStatus`` bars it.
  public let relativeIndex: Double
  /// The limits of RII, one interval for each level.
  public let relativeIndexIntervals: [ConfidenceInterval]
  /// The figure at the most deprived end of the line, g(c), in units of the figures; no multiplier goes into it.
  public let intercept: Double
  /// The people of all quantiles.
  public let population: Double
  /// Whether the limits are simulated.
  public let isSimulated: Bool
  /// Why there is no index, or that it may be used.
  public let status: ResultStatus
  /// Why there is no relative index: that of ``status``; `zero_denominator` where an end of the line is at 0;
  /// `interval_too_wide` where at one of the levels that end could be 0, so that the ratio has no limits.
  public let relativeStatus: ResultStatus
}

/// The slope and relative index of inequality of one area from its quantiles, most deprived first.
///
/// ```swift
/// let gap = slopeOfInequality(populations: people, values: lifeExpectancies, standardErrors: errors)
/// gap.slope                                    // years between the two ends
/// ```
///
/// Status, the first that fits: `not_enough_points` (fewer than two quantiles), `missing_numerator` and
/// `missing_denominator` (a figure or a population is NaN), `non_finite` (infinite, or a figure whose logarithm or logit is,
/// or a standard error that is missing, infinite or 0), `negative` (also a standard error below 0 and limits in the wrong
/// order), `zero_denominator` (a quantile without people), `numerator_exceeds_denominator` (a proportion above 1).
///
/// - Parameters:
///   - populations: the people of each quantile, above 0.
///   - values: the figure of each quantile.
///   - standardErrors: the standard error of each figure on the model's scale, above 0; see
///     ``ValueScale/standardError(lower:upper:at:)`` for limits.
///   - model: the scale, the transform, the multiplier, draws if wanted.
///   - levels: the levels of the limits.
/// - Complexity: O(quantiles × levels); O(quantiles × draws + draws log draws) simulated.
public func slopeOfInequality(
  populations: [Double], values: [Double], standardErrors: [Double], by model: SlopeModel = .linear,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> SlopeOfInequality {
  precondition(populations.count == values.count && values.count == standardErrors.count, "columns of one length")
  let quantiles = QuantileFigures(populations: populations, values: values, standardErrors: standardErrors)
  let normals = model.draws.map { SlopeNormals($0, quantiles: values.count) }
  return SlopeOfInequality(quantiles, by: model, at: levels, drawing: normals)
}

/// What the quantiles of one area bring, most deprived first.
struct QuantileFigures {
  var populations: [Double]
  var values: [Double]
  var standardErrors: [Double]

  /// The status that comes first of those of the quantiles.
  func status(on scale: ValueScale) -> ResultStatus {
    guard values.count >= 2 else { return .notEnoughPoints }
    var found = ResultStatus.ok
    for i in values.indices {
      let each = status(at: i, on: scale)
      if each.rank < found.rank { found = each }
    }
    return found
  }

  private func status(at i: Int, on scale: ValueScale) -> ResultStatus {
    let people = ResultStatus.ofCell(events: 0, people: populations[i], limitedByPeople: false)
    let figure = scale.status(of: values[i])
    let error = standardErrors[i]
    let precision: ResultStatus = error < 0 ? .negative : error > 0 && error.isFinite ? .ok : .nonFinite
    var first = people.rank < figure.rank ? people : figure
    if precision.rank < first.rank { first = precision }
    return first
  }
}

extension SlopeOfInequality {
  /// The indices of one area.
  init(
    _ quantiles: QuantileFigures, by model: SlopeModel, at levels: [ConfidenceLevel],
    drawing normals: SlopeNormals?
  ) {
    let status = quantiles.status(on: model.scale)
    guard status == .ok else {
      self.init(barredBy: status, isSimulated: normals != nil)
      return
    }
    let line = MidpointLine(quantiles, on: model.lineScale)
    let drawn = normals.map { SlopeLimits($0, drawing: quantiles, about: line, by: model, at: levels) }
    self.init(line, by: model, at: levels, drawn: drawn)
  }

  /// The indices of a line, with the limits that draws gave or those of the closed form.
  init(_ line: MidpointLine, by model: SlopeModel, at levels: [ConfidenceLevel], drawn: SlopeLimits? = nil) {
    let scale = model.lineScale
    let bottom = scale.figure(at: line.middle - line.slope / 2)
    let top = scale.figure(at: line.middle + line.slope / 2)
    let isTurned = model.multiplier < 0
    let slope = (scale == .linear ? line.slope : top - bottom) * model.multiplier
    let ratio = isTurned ? bottom / top : top / bottom
    let limits = drawn ?? SlopeLimits(line, on: scale, isTurned: isTurned, at: levels)
    let slopes = limits.slope.map { limit in
      let (one, other) = (limit.lower * model.multiplier, limit.upper * model.multiplier)
      return ConfidenceInterval(lower: min(one, other), upper: max(one, other), level: limit.level)
    }
    guard slope.isFinite, bottom.isFinite, slopes.allSatisfy({ $0.lower.isFinite && $0.upper.isFinite }) else {
      self.init(barredBy: .nonFinite, isSimulated: drawn != nil)
      return
    }
    var relativeStatus = ResultStatus.ok
    if (isTurned ? top : bottom) == 0 {
      relativeStatus = .zeroDenominator
    } else if !ratio.isFinite {
      relativeStatus = .nonFinite
    } else if !limits.ratio.allSatisfy({ $0.lower.isFinite && $0.upper.isFinite }) {
      relativeStatus = .intervalTooWide
    }
    self.init(
      slope: slope, slopeIntervals: slopes, relativeIndex: relativeStatus == .ok ? ratio : .nan,
      relativeIndexIntervals: relativeStatus == .ok ? limits.ratio : [], intercept: bottom,
      population: line.population, isSimulated: drawn != nil, status: .ok, relativeStatus: relativeStatus)
  }

  /// No index.
  init(barredBy status: ResultStatus, isSimulated: Bool) {
    self.init(
      slope: .nan, slopeIntervals: [], relativeIndex: .nan, relativeIndexIntervals: [], intercept: .nan,
      population: .nan, isSimulated: isSimulated, status: status, relativeStatus: status)
  }
}
