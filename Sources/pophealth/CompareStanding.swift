import Datasets
import Indicators
import Probability

/// How an area's figure stands beside another area's.
struct CompareStanding {
  /// −1 below, 0 not told apart, 1 above, at 95%.
  let side: Int
  /// The class in words: `better`, `similar`, `lower (99.8%)`.
  let word: String
  /// The two-sided p-value of no difference.
  let pValue: Double
  /// The comparison behind it.
  let comparison: Comparison

  /// Holds a figure against an area's.
  ///
  /// Against an area that holds this one within it, or all England, the figure's interval is held against the other's
  /// value. Otherwise both are samples: their difference is tested with the variances that their limits give (Zou and
  /// Donner 2008), as two intervals that do not touch would ask for more than 95%.
  init(
    _ figure: IndicatorFigure, of area: AreaRegistry.Entry, beside other: IndicatorFigure,
    of benchmark: AreaRegistry.Entry, polarity: Polarity, isWithin: Bool, levels: [ConfidenceLevel]
  ) {
    let target = Benchmark(
      benchmark.name, kind: benchmark.kind == "country" ? .country : isWithin ? .parent : .peers,
      figure: other.statistic, area: benchmark.code, membership: isWithin ? .areas([area.code]) : .areas([]))
    let comparison = figure.statistic.compared(
      to: target, area: area.code, by: isWithin ? .intervalAgainstValue : .intervalAgainstInterval,
      polarity: polarity, at: levels)
    self.comparison = comparison
    pValue = comparison.pValue
    let isHigher = figure.statistic.value > other.statistic.value
    let reached =
      isWithin
      ? comparison.level
      : levels.sorted(by: >).first { comparison.pValue < 2 * $0.tail }
    guard comparison.obstacle == nil, let reached else {
      side = 0
      word = comparison.obstacle == nil ? ComparisonClass.similar.rawValue : ComparisonClass.notCompared.rawValue
      return
    }
    side = isHigher ? 1 : -1
    let outcome = ComparisonClass(isHigher: isHigher, polarity: polarity).rawValue
    word = levels.count > 1 ? outcome + (reached > .percent95 ? " (99.8%)" : " (95%)") : outcome
  }
}
