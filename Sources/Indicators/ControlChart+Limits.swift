import Probability

extension ControlChart {
  /// Limits, signals and meanings of points whose values and statuses are known, one segment after the other.
  ///
  /// - Parameters:
  ///   - values: the points in the units of the chart, before the multiplier; anything where the status is not `ok`.
  ///   - weights: denominators of p- and u-charts, one a point; empty for the others.
  init(
    _ kind: ControlChartKind, values: [Double], weights: [Double], statuses: [ResultStatus], multiplier: Double,
    screening: Bool, settings: ControlChartSettings
  ) {
    let count = values.count
    let nothing = [Double](repeating: .nan, count: count)
    self.kind = kind
    self.values = (0..<count).map { statuses[$0] == .ok ? values[$0] * multiplier : .nan }
    (centres, lower, upper, lowerTwoSigma, upperTwoSigma) = (nothing, nothing, nothing, nothing, nothing)
    signals = [ControlSignals](repeating: [], count: count)
    variations = [ControlVariation](repeating: .notJudged, count: count)
    self.statuses = statuses
    segments = []
    for points in settings.segments(of: count) {
      let plotted = points.filter { statuses[$0] == .ok }
      var process = Process(kind, plotted, values: values, weights: weights, screening: screening)
      // A process that overflows has no limits either.
      if !process.isUsable { process = Process() }
      segments.append(
        ControlSegment(
          points: points, observed: plotted.count, centre: process.centre * multiplier,
          averageMovingRange: process.averageMovingRange * multiplier, screenedRanges: process.screenedRanges))
      guard process.isUsable else {
        for point in plotted { self.statuses[point] = .notEnoughPoints }
        continue
      }
      for point in plotted { draw(process, at: point, weights.isEmpty ? 1 : weights[point], multiplier) }
      judge(plotted, settings)
    }
    if let target = settings.target, let last = centres.lastIndex(where: { !$0.isNaN }) {
      assurance = ControlAssurance(
        target: target, lower: lower[last], upper: upper[last], polarity: settings.polarity)
    }
  }

  private mutating func draw(_ process: Process, at point: Int, _ weight: Double, _ multiplier: Double) {
    let sigma = process.sigma(weight)
    centres[point] = process.centre * multiplier
    lower[point] = max(process.centre - 3 * sigma, process.floor) * multiplier
    upper[point] = min(process.centre + 3 * sigma, process.ceiling) * multiplier
    lowerTwoSigma[point] = max(process.centre - 2 * sigma, process.floor) * multiplier
    upperTwoSigma[point] = min(process.centre + 2 * sigma, process.ceiling) * multiplier
  }

  private mutating func judge(_ plotted: [Int], _ settings: ControlChartSettings) {
    let points = plotted.map {
      ControlPoint(
        value: values[$0], centre: centres[$0], lower: lower[$0], upper: upper[$0], lowerTwoSigma: lowerTwoSigma[$0],
        upperTwoSigma: upperTwoSigma[$0])
    }
    for (point, found) in zip(plotted, settings.rules.signals(points)) {
      signals[point] = found
      variations[point] = found.variation(settings.polarity)
    }
  }
}

/// What all charts have in common besides their points.
struct ControlChartSettings {
  let polarity: Polarity
  let rebasing: [Int]
  let target: Double?
  let rules: ControlChartRules

  /// The stretches between rebasings; none is empty.
  func segments(of count: Int) -> [Range<Int>] {
    precondition(rebasing.allSatisfy { $0 >= 0 && $0 < count }, "a rebasing begins at a point of the chart")
    let starts = Set(rebasing).union(count == 0 ? [] : [0]).sorted()
    return starts.indices.map { starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : count) }
  }
}

/// The centre and the spread of a stretch.
private struct Process {
  var kind = ControlChartKind.individuals
  var centre = Double.nan
  var averageMovingRange = Double.nan
  var screenedRanges = 0

  init() {}

  init(_ kind: ControlChartKind, _ plotted: [Int], values: [Double], weights: [Double], screening: Bool) {
    self.kind = kind
    guard plotted.count > 1 else { return }
    switch kind {
    case .individuals:
      centre = average(plotted.map { values[$0] })
      let ranges = zip(plotted, plotted.dropFirst()).filter { $1 == $0 + 1 }.map { abs(values[$1] - values[$0]) }
      measure(ranges, screening)
    case .proportions, .rates:
      let exposure = plotted.reduce(0) { $0 + weights[$1] }
      centre = plotted.reduce(0) { $0 + values[$1] * weights[$1] } / exposure
    case .counts, .gaps:
      centre = average(plotted.map { values[$0] })
    }
  }

  /// The average moving range. Ranges of 3.267 times the average and more, the upper limit of a range chart of two
  /// (D4, Shewhart), are left out once.
  private mutating func measure(_ ranges: [Double], _ screening: Bool) {
    guard !ranges.isEmpty else { return }
    let first = average(ranges)
    let kept = screening && first > 0 ? ranges.filter { $0 < 3.267 * first } : ranges
    screenedRanges = ranges.count - kept.count
    averageMovingRange = average(kept)
  }

  var isUsable: Bool { centre.isFinite && (kind != .individuals || averageMovingRange.isFinite) }

  /// One sigma of a point.
  func sigma(_ weight: Double) -> Double {
    switch kind {
    // 2.66 is 3/d₂ for ranges of two, d₂ = 1.128, as all published XmR charts round it.
    case .individuals: 2.66 * averageMovingRange / 3
    case .proportions: (centre * (1 - centre) / weight).squareRoot()
    case .rates: (centre / weight).squareRoot()
    case .counts: centre.squareRoot()
    case .gaps: (centre * (centre + 1)).squareRoot()
    }
  }

  /// What no point can be below.
  var floor: Double { kind == .individuals ? -.infinity : 0 }
  /// What no point can be above.
  var ceiling: Double { kind == .proportions ? 1 : .infinity }
}

/// The mean, corrected by the mean of what is left: equal points have exactly their mean, so that none lies beside it.
private func average(_ values: [Double]) -> Double {
  let count = Double(values.count)
  let first = values.reduce(0, +) / count
  return first + values.reduce(0) { $0 + ($1 - first) } / count
}
