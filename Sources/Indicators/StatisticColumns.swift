import Probability

/// Many figures as columns: row i of every column belongs to figure i.
///
/// The columns hold what ``Statistic`` holds, to the bit. A row whose status is not `ok` has NaN for its value and its
/// limits.
public struct StatisticColumns: Sendable {
  /// The levels of the limits, in the order in which they were asked for.
  public internal(set) var levels: [ConfidenceLevel]
  /// The figures; NaN where the status bars them.
  public internal(set) var values: [Double]
  /// The lower limits, a column for each of ``levels``; NaN where the status bars them.
  public internal(set) var lower: [[Double]]
  /// The upper limits, a column for each of ``levels``; NaN where the status bars them.
  public internal(set) var upper: [[Double]]
  /// The events, NaN where they are missing.
  public internal(set) var numerators: [Double]
  /// The people, person-years or expected events, NaN where they are missing.
  public internal(set) var denominators: [Double]
  /// How the limits of each row were calculated.
  public internal(set) var methods: [IntervalMethod]
  /// Why there is no figure in a row, or that it may be used.
  public internal(set) var statuses: [ResultStatus]

  /// Figures from their columns, which must all be of one length; one column of lower and of upper limits a level.
  ///
  /// - Complexity: O(the number of levels).
  public init(
    levels: [ConfidenceLevel], values: [Double], lower: [[Double]], upper: [[Double]], numerators: [Double],
    denominators: [Double], methods: [IntervalMethod], statuses: [ResultStatus]
  ) {
    let count = values.count
    precondition(lower.count == levels.count && upper.count == levels.count, "a column of limits for each level")
    precondition(lower.allSatisfy { $0.count == count } && upper.allSatisfy { $0.count == count })
    precondition(numerators.count == count && denominators.count == count, "columns of one length")
    precondition(methods.count == count && statuses.count == count, "columns of one length")
    self.levels = levels
    self.values = values
    self.lower = lower
    self.upper = upper
    self.numerators = numerators
    self.denominators = denominators
    self.methods = methods
    self.statuses = statuses
  }

  /// Figures one by one, each with limits at all of `levels` unless its status bars them.
  ///
  /// - Complexity: O(figures × levels).
  public init(_ figures: [Statistic], levels: [ConfidenceLevel]) {
    let unset = [Double](repeating: .nan, count: figures.count)
    var (values, numerators, denominators) = (unset, unset, unset)
    var lower = [[Double]](repeating: unset, count: levels.count)
    var upper = lower
    var methods = [IntervalMethod](repeating: .none, count: figures.count)
    var statuses = [ResultStatus](repeating: .ok, count: figures.count)
    for (row, figure) in figures.enumerated() {
      values[row] = figure.value
      numerators[row] = figure.numerator
      denominators[row] = figure.denominator
      methods[row] = figure.method
      statuses[row] = figure.status
      guard figure.status == .ok else { continue }
      for (level, interval) in figure.intervals.prefix(levels.count).enumerated() {
        lower[level][row] = interval.lower
        upper[level][row] = interval.upper
      }
    }
    self.init(
      levels: levels, values: values, lower: lower, upper: upper, numerators: numerators, denominators: denominators,
      methods: methods, statuses: statuses)
  }

  /// No figure; storage for calls that fill columns again and again.
  ///
  /// - Complexity: O(1).
  public init() {
    self.init(
      levels: [], values: [], lower: [], upper: [], numerators: [], denominators: [], methods: [], statuses: [])
  }

  /// How many figures there are.
  public var count: Int { values.count }

  /// One figure with all that belongs to it.
  ///
  /// - Complexity: O(the number of levels), with one allocation for the intervals.
  public subscript(row: Int) -> Statistic {
    let intervals = levels.indices.map {
      ConfidenceInterval(lower: lower[$0][row], upper: upper[$0][row], level: levels[$0])
    }
    return Statistic(
      value: values[row], intervals: statuses[row] == .ok ? intervals : [], numerator: numerators[row],
      denominator: denominators[row], method: methods[row], status: statuses[row])
  }

  /// How many figures have a status.
  ///
  /// - Complexity: O(the number of figures).
  public func count(of status: ResultStatus) -> Int {
    var found = 0
    for each in statuses where each == status { found += 1 }
    return found
  }
}
