import Probability

/// The mean of some values with Student's t limits: x̄ ∓ t s/√n with n − 1 degrees of freedom and
/// s² = Σ(x − x̄)²/(n − 1).
///
/// The numerator is Σx, the denominator n. Status, the first that fits: `missing_numerator` (a value is NaN), `non_finite`,
/// `not_enough_points` (fewer than two values).
///
/// - Parameters:
///   - values: the values; they may be negative.
///   - levels: the levels of the limits.
/// - Complexity: O(values), two passes.
public func mean(
  of values: [Double], at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> Statistic {
  means(of: values, in: .oneGroup(rows: values.count), at: levels)[0]
}

/// The mean of each group of rows with Student's t limits; see ``mean(of:at:)``.
///
/// Sums are compensated (see ``sums(of:in:)``), so the order of rows hardly ever moves a bit. A value that is missing or
/// infinite bars its own group.
///
/// - Complexity: O(rows + groups), two passes; one t quantile for each size of group and level.
public func means(
  of values: [Double], in groups: Grouping, at levels: [ConfidenceLevel] = ConfidenceLevel.official
) -> StatisticColumns {
  precondition(values.count == groups.codes.count, "columns of one length")
  var moments = [Moments](repeating: Moments(), count: groups.count)
  for (value, group) in zip(values, groups.codes) { moments[Int(group)].note(value) }
  for group in moments.indices { moments[group].fixCentre() }
  for (value, group) in zip(values, groups.codes) { moments[Int(group)].noteDeviation(value) }
  var quantiles: [Double: [Double]] = [:]
  let figures = moments.map { group -> Statistic in
    let status = group.status
    guard status == .ok else { return .barred(status, numerator: group.total, denominator: group.count) }
    let freedom = group.count - 1
    let t = quantiles[freedom] ?? levels.map { StudentT(degreesOfFreedom: freedom).upperQuantile($0.tail) }
    quantiles[freedom] = t
    let error = (group.variance / group.count).squareRoot()
    let intervals = zip(levels, t).map { level, t in
      ConfidenceInterval(lower: group.centre - t * error, upper: group.centre + t * error, level: level)
    }
    return .finite(
      group.centre, intervals, numerator: group.total, denominator: group.count, method: .studentT)
  }
  return StatisticColumns(figures, levels: levels)
}

/// The count, sum and squared deviations of a group.
private struct Moments {
  private var sum = CompensatedSum()
  private var deviations = CompensatedSum()
  private var squares = CompensatedSum()
  private(set) var count = 0.0
  private(set) var centre = 0.0
  private var rank = ResultStatus.ok.rank

  var total: Double { sum.value }

  /// Σ(x − c)² − (Σ(x − c))²/n over n − 1: the second term takes back the rounding of the centre c (Chan, Golub and
  /// LeVeque 1983).
  var variance: Double {
    let (first, second) = (deviations.value, squares.value)
    return max(second - first * first / count, 0) / (count - 1)
  }

  var status: ResultStatus {
    if Int(rank) < ResultStatus.precedence.count { return ResultStatus.precedence[Int(rank)] }
    return count < 2 ? .notEnoughPoints : .ok
  }

  mutating func note(_ value: Double) {
    if !value.isFinite { rank = min(rank, (value.isNaN ? ResultStatus.missingNumerator : .nonFinite).rank) }
    sum.add(value)
    count += 1
  }

  mutating func fixCentre() { centre = sum.value / count }

  mutating func noteDeviation(_ value: Double) {
    let deviation = value - centre
    deviations.add(deviation)
    squares.add(deviation * deviation)
  }
}
