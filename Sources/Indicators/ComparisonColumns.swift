import Parallel
import Probability

/// Many figures set against one benchmark: element i of every column belongs to figure i.
///
/// The columns hold what ``Comparison`` holds, to the bit.
public struct ComparisonColumns: Sendable {
  /// How the figures were set against the benchmark.
  public let method: ComparisonMethod
  /// The side on which each figure lies.
  public let outcomes: [ComparisonClass]
  /// The highest level at which it lies there; nil where it is similar or not compared.
  public let levels: [ConfidenceLevel?]
  /// The two-sided p-value of no difference; NaN where there is none or none was wanted.
  public let pValues: [Double]
  /// How much further than its level says a figure must lie to differ.
  public let strictness: [Double]
  /// Whether the area is part of its benchmark.
  public let containments: [Containment]
  /// Why no comparison was made; nil where one was.
  public let obstacles: [ComparisonObstacle?]

  /// How many figures there are.
  public var count: Int { outcomes.count }

  /// One comparison with all that belongs to it.
  ///
  /// - Complexity: O(1).
  public subscript(row: Int) -> Comparison {
    Comparison(
      outcome: outcomes[row], level: levels[row], pValue: pValues[row], strictness: strictness[row], method: method,
      containment: containments[row], obstacle: obstacles[row])
  }

  init(_ comparisons: [Comparison], method: ComparisonMethod) {
    self.method = method
    outcomes = comparisons.map(\.outcome)
    levels = comparisons.map(\.level)
    pValues = comparisons.map(\.pValue)
    strictness = comparisons.map(\.strictness)
    containments = comparisons.map(\.containment)
    obstacles = comparisons.map(\.obstacle)
  }

  /// What the sheet comes to at a level.
  ///
  /// - Complexity: O(comparisons).
  public func summary(at level: ConfidenceLevel) -> ComparisonSummary {
    ComparisonSummary(of: (0..<count).lazy.map { self[$0] }, at: level)
  }
}

extension StatisticColumns {
  /// Every figure against one benchmark: the same answers, to the bit, as
  /// ``Statistic/compared(to:area:by:polarity:at:)``.
  ///
  /// - Parameters:
  ///   - benchmark: what they are compared with.
  ///   - areas: the code of each figure's area; an area is never compared with itself.
  ///   - method: how the two are set against each other.
  ///   - polarity: which way the indicator is good.
  ///   - levels: the levels of the comparison: one for three classes, two for five.
  ///   - pValuesWanted: whether p-values are worked out, which takes ten times as long as the classes.
  ///   - threads: the most threads to use; by default one for each processor.
  /// - Complexity: O(figures × levels).
  public func compared(
    to benchmark: Benchmark, areas: [String]? = nil, by method: ComparisonMethod = .intervalAgainstValue,
    polarity: Polarity, at levels: [ConfidenceLevel] = [.percent95], pValuesWanted: Bool = true, threads: Int? = nil
  ) -> ComparisonColumns {
    precondition(areas.map { $0.count == count } ?? true, "a code for each figure")
    let rule = ComparisonRule(benchmark, method: method, polarity: polarity, levels: levels)
    let places = levels.map { level in self.levels.firstIndex(of: level) }
    let rowsPerChunk = 16 * 1024
    let chunks = parallelMap(chunks: (count + rowsPerChunk - 1) / rowsPerChunk, threads: threads) { chunk in
      (chunk * rowsPerChunk..<min((chunk + 1) * rowsPerChunk, count)).map { row in
        let figure = ComparedFigure(
          value: statuses[row] == .ok ? values[row] : .nan, numerator: numerators[row],
          denominator: denominators[row], method: methods[row])
        return rule.comparison(of: figure, area: areas?[row], pValueWanted: pValuesWanted) { level in
          places[level].map { (lower[$0][row], upper[$0][row]) }
        }
      }
    }
    return ComparisonColumns(chunks.flatMap { $0 }, method: method)
  }
}
