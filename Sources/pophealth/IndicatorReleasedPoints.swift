import Indicators
import Probability
import Tables

/// The points of a funnel whose counts may be shown: centre, limits and overdispersion are made of them alone, so that
/// nothing can be got back from these.
struct IndicatorReleasedPoints {
  /// The counts, rounded where the preset says so; NaN where they are kept back.
  let counts: [Double]
  /// The sizes; NaN where the count is kept back.
  let sizes: [Double]
  /// `ok`, or that a point is kept back.
  let statuses: [ResultStatus]
  let notes: [String]

  /// All points, or without those that the preset of `--disclosure` keeps back.
  init(_ options: IndicatorOptions, _ input: IndicatorInput, sizes: [Double], _ measure: FunnelMeasure) throws {
    let counts = input.numbers("--numerator")
    guard let control = try IndicatorDisclosure(options, input, counts: counts) else {
      (self.counts, self.sizes, statuses, notes) = (counts, sizes, [], [])
      return
    }
    guard input.groups.count == input.rowCount else {
      throw CommandFailure.wrongCommand(
        "--disclosure: expected columns in --by that name each point, by which totals among them are found")
    }
    let arePeople = measure == .proportion || measure == .rate
    let widths = zip(counts, sizes).map { count, size -> Double in
      let figure = measure == .proportion ? proportion(of: size, having: count) : eventCount(of: count)
      guard let interval = figure.interval(at: .percent95) else { return .nan }
      return (interval.upper - interval.lower) / figure.value
    }
    let safe = try control.protected(
      counts: counts, denominators: arePeople ? sizes : nil, relativeWidths: widths)
    let isHidden = safe.statuses.map { $0 == .suppressedPrimary || $0 == .suppressedSecondary }
    statuses = zip(safe.statuses, isHidden).map { $1 ? $0 : .ok }
    self.counts = counts.indices.map {
      isHidden[$0] || !safe.counts[$0].isNaN ? safe.counts[$0] : counts[$0]
    }
    self.sizes = zip(sizes, isHidden).map { $1 ? .nan : $0 }
    notes = control.notes(safe) + ["the funnel is made of the points that are released"]
  }
}
