import Probability

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Statistic {
  /// This figure less that of another area or period, with limits recovered from those of both.
  ///
  /// d = a − b with limits d − √((a − a_L)² + (b_U − b)²) and d + √((a_U − a)² + (b − b_L)²). From Wilson's limits these
  /// are Newcombe's (1998) hybrid score limits of a difference of proportions, his method 10; from others those of Zou and
  /// Donner (2008, MOVER). A difference is beyond chance where 0 is outside, which two overlapping intervals do not rule
  /// out.
  ///
  /// The two figures must be independent (no area within the other) and in the same units. The result's numerator and
  /// denominator are the two figures; it has the levels that both have. It carries the status of this figure, or else of
  /// the other, where one is barred.
  ///
  /// - Complexity: O(the number of levels squared).
  public func difference(from other: Statistic) -> Statistic {
    compared(to: other) {
      let intervals = commonIntervals(with: other).map { a, b in
        ConfidenceInterval(
          lower: value - other.value - hypot(value - a.lower, b.upper - other.value),
          upper: value - other.value + hypot(a.upper - value, other.value - b.lower), level: a.level)
      }
      let method: IntervalMethod = self.method == .wilson && other.method == .wilson ? .newcombe : .mover
      return .finite(
        value - other.value, intervals, numerator: value, denominator: other.value,
        method: intervals.isEmpty ? .none : method)
    }
  }

  /// The result of a comparison, unless a figure is barred.
  func compared(to other: Statistic, _ result: () -> Statistic) -> Statistic {
    let barring = status == .ok ? other.status : status
    return barring == .ok ? result() : .barred(barring, numerator: value, denominator: other.value)
  }

  /// The intervals of both at each level that both have, in the order of this one.
  func commonIntervals(with other: Statistic) -> [(ConfidenceInterval, ConfidenceInterval)] {
    intervals.compactMap { own in other.interval(at: own.level).map { (own, $0) } }
  }
}

extension StatisticColumns {
  /// The difference of every row from the same row of other figures: the same numbers as ``Statistic/difference(from:)``.
  ///
  /// - Complexity: O(rows × levels).
  public func differences(from others: StatisticColumns, threads: Int? = nil) -> StatisticColumns {
    paired(with: others, threads: threads) { $0.difference(from: $1) }
  }

  /// The difference of every row from one figure, such as a benchmark.
  ///
  /// - Complexity: O(rows × levels).
  public func differences(from other: Statistic, threads: Int? = nil) -> StatisticColumns {
    paired(with: other, threads: threads) { $0.difference(from: $1) }
  }

  /// What is made of every row and the same row of other figures, at the levels that both have.
  func paired(
    with others: StatisticColumns, threads: Int?, _ made: @Sendable (Statistic, Statistic) -> Statistic
  ) -> StatisticColumns {
    precondition(count == others.count, "columns of one length")
    return figuresOneByOne(count, levels: levels.filter(others.levels.contains), threads: threads) {
      made(self[$0], others[$0])
    }
  }

  /// What is made of every row and one figure, at the levels that both have.
  func paired(
    with other: Statistic, threads: Int?, _ made: @Sendable (Statistic, Statistic) -> Statistic
  ) -> StatisticColumns {
    let levels = levels.filter { other.interval(at: $0) != nil || other.status != .ok }
    return figuresOneByOne(count, levels: levels, threads: threads) { made(self[$0], other) }
  }
}
