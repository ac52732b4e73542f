import Probability

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Statistic {
  /// This figure over that of another area or period, with limits by what the two are.
  ///
  /// - Counts, crude rates and indirectly standardised figures: r exp(∓z √(1/O₁ + 1/O₂)) from ten events each on; where
  ///   one has fewer, exact limits given the sum of the events (Przyborowski and Wilenski, 1940), from those of Clopper and
  ///   Pearson (1934) for O₁ among O₁ + O₂.
  /// - Proportions: the score limits of ``relativeRisk(of:among:against:among:interval:at:)``.
  /// - Others, such as directly standardised rates: recovered from the limits of both (Donner and Zou, 2012, MOVER-R).
  ///
  /// The two figures must be independent (no area within the other) and in the same units. The result's numerator and
  /// denominator are the two figures; it has the levels that both have.
  ///
  /// Status: that of this figure, or else of the other, where one is barred; `zero_denominator` where the other is 0;
  /// `negative` where one is below 0; `interval_too_wide` where the upper limit has no bound, because the other figure's
  /// lower limit is not above 0.
  ///
  /// - Complexity: O(the number of levels squared).
  public func ratio(to other: Statistic) -> Statistic {
    compared(to: other) {
      if value < 0 || other.value < 0 { return .barred(.negative, numerator: value, denominator: other.value) }
      if other.value == 0 { return .barred(.zeroDenominator, numerator: value, denominator: 0) }
      if isPoisson && other.isPoisson { return rateRatio(to: other) }
      if method == .wilson && other.method == .wilson {
        let risk = relativeRisk(
          of: numerator, among: denominator, against: other.numerator, among: other.denominator,
          at: commonIntervals(with: other).map(\.0.level))
        return Statistic(
          value: risk.value, intervals: risk.intervals, numerator: value, denominator: other.value,
          method: risk.method, status: risk.status)
      }
      return recoveredRatio(to: other)
    }
  }

  private var isPoisson: Bool { method == .byar || method == .exact }

  private func rateRatio(to other: Statistic) -> Statistic {
    let (first, second) = (numerator, other.numerator)
    let ratio = value / other.value
    let isLarge = min(first, second) >= ConfidenceInterval.fewestEventsForByar
    let intervals = commonIntervals(with: other).map { own, _ -> ConfidenceInterval in
      if isLarge {
        let factor = exp(own.level.criticalValue * (1 / first + 1 / second).squareRoot())
        return ConfidenceInterval(lower: ratio / factor, upper: ratio * factor, level: own.level)
      }
      let share = ConfidenceInterval.clopperPearson(events: first, trials: first + second, at: own.level)
      let scale = other.denominator / denominator
      return share.mapped { $0 / (1 - $0) * scale }
    }
    return .finite(
      ratio, intervals, numerator: value, denominator: other.value,
      method: intervals.isEmpty ? .none : isLarge ? .logNormal : .exactConditional)
  }

  /// The limits are roots of b_U(2b − b_U)θ² − 2abθ + a_L(2a − a_L) = 0 and of the same with a_U and b_L.
  private func recoveredRatio(to other: Statistic) -> Statistic {
    let (a, b) = (value, other.value)
    let intervals = commonIntervals(with: other).map { own, theirs -> ConfidenceInterval in
      let (ownLow, theirHigh) = (own.lower * (2 * a - own.lower), theirs.upper * (2 * b - theirs.upper))
      let (ownHigh, theirLow) = (own.upper * (2 * a - own.upper), theirs.lower * (2 * b - theirs.lower))
      // The smaller root by the product of the two: it holds where the square's factor is 0 or below.
      let low = ownLow == 0 ? 0 : ownLow / (a * b + (a * b * (a * b) - ownLow * theirHigh).squareRoot())
      let high = (a * b + (a * b * (a * b) - ownHigh * theirLow).squareRoot()) / theirLow
      return ConfidenceInterval(lower: low, upper: theirs.lower > 0 ? high : .infinity, level: own.level)
    }
    guard intervals.allSatisfy({ $0.lower.isFinite && $0.upper.isFinite }) else {
      return .barred(.intervalTooWide, numerator: value, denominator: other.value)
    }
    return .finite(
      a / b, intervals, numerator: a, denominator: b, method: intervals.isEmpty ? .none : .mover)
  }
}

extension StatisticColumns {
  /// The ratio of every row to the same row of other figures: the same numbers as ``Statistic/ratio(to:)``.
  ///
  /// - Complexity: O(rows × levels).
  public func ratios(to others: StatisticColumns, threads: Int? = nil) -> StatisticColumns {
    paired(with: others, threads: threads) { $0.ratio(to: $1) }
  }

  /// The ratio of every row to one figure, such as a benchmark.
  ///
  /// - Complexity: O(rows × levels).
  public func ratios(to other: Statistic, threads: Int? = nil) -> StatisticColumns {
    paired(with: other, threads: threads) { $0.ratio(to: $1) }
  }
}
