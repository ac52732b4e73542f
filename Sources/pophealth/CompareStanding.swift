import Datasets
import Indicators
import Probability

/// How an area's figure stands beside its benchmark's.
struct CompareStanding {
  /// −1 below, 0 not told apart, 1 above, at 95%.
  let side: Int
  /// The class in words: `better`, `similar`, `lower (99.8%)`.
  let word: String
  /// The two-sided p-value of no difference.
  let pValue: Double
  /// The comparison behind it.
  let comparison: Comparison

  /// Holds a figure against the benchmark's.
  ///
  /// Against a benchmark that holds this area within it the figure's interval is held against the other's value.
  /// Otherwise both are samples: their difference is tested with the variances that their limits give (Zou and
  /// Donner 2008), as two intervals that do not touch would ask for more than 95%.
  init(
    _ figure: IndicatorFigure, of area: AreaRegistry.Entry, beside other: IndicatorFigure,
    of benchmark: CompareBenchmark, polarity: Polarity, levels: [ConfidenceLevel]
  ) {
    let comparison = figure.statistic.compared(
      to: benchmark.statistics(other, of: area), area: area.code,
      by: benchmark.containsArea ? .intervalAgainstValue : .difference, polarity: polarity, at: levels)
    self.comparison = comparison
    pValue = comparison.pValue
    let isHigher = figure.statistic.value > other.statistic.value
    guard comparison.obstacle == nil, let reached = comparison.level else {
      side = 0
      word = comparison.obstacle == nil ? ComparisonClass.similar.rawValue : ComparisonClass.notCompared.rawValue
      return
    }
    side = isHigher ? 1 : -1
    let outcome = ComparisonClass(isHigher: isHigher, polarity: polarity).rawValue
    word = levels.count > 1 ? outcome + (reached > .percent95 ? " (99.8%)" : " (95%)") : outcome
  }
}
