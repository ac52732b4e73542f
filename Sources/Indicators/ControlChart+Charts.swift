import Probability

extension ControlChart {
  /// A chart of individual values (XmR; Shewhart, 1931; Wheeler, 2000): mean ± 2.66 × the average moving range.
  ///
  /// The moving range is the distance of two points that follow each other; there is none across a missing point.
  /// Ranges of 3.267 times their average and more are left out once before the limits are drawn. Two points that
  /// follow each other are needed in each stretch; without them its points have `not_enough_points`.
  ///
  /// - Parameters:
  ///   - values: in order of time; NaN for a missing point.
  ///   - polarity: which way is good.
  ///   - rebasing: the points, by their place, at which new limits begin.
  ///   - target: in the units of the values.
  ///   - rules: how special causes are found.
  ///   - screening: whether large moving ranges are left out.
  /// - Complexity: O(points).
  public static func individuals(
    _ values: [Double], polarity: Polarity = .none, rebasing: [Int] = [], target: Double? = nil,
    rules: ControlChartRules = ControlChartRules(), screening: Bool = true
  ) -> ControlChart {
    ControlChart(
      .individuals, values: values, weights: [], statuses: values.map(status), multiplier: 1, screening: screening,
      settings: ControlChartSettings(polarity: polarity, rebasing: rebasing, target: target, rules: rules))
  }

  /// A chart of proportions (p): p̄ ± 3√(p̄(1 − p̄)/nᵢ) with p̄ = Σx/Σn, kept within 0 and 1.
  ///
  /// - Parameters:
  ///   - numerators: x in order of time; NaN for a missing point.
  ///   - denominators: n, as many.
  ///   - multiplier: what the proportion is stated per.
  ///   - polarity: which way is good.
  ///   - rebasing: the points, by their place, at which new limits begin.
  ///   - target: in the units of the points, after the multiplier.
  ///   - rules: how special causes are found.
  /// - Complexity: O(points).
  public static func proportions(
    _ numerators: [Double], of denominators: [Double], per multiplier: Double = 1, polarity: Polarity = .none,
    rebasing: [Int] = [], target: Double? = nil, rules: ControlChartRules = ControlChartRules()
  ) -> ControlChart {
    quotients(
      .proportions, numerators, denominators, multiplier,
      ControlChartSettings(polarity: polarity, rebasing: rebasing, target: target, rules: rules))
  }

  /// A chart of rates (u): ū ± 3√(ū/nᵢ) with ū = Σx/Σn, kept at 0 and above.
  ///
  /// - Parameters:
  ///   - events: x in order of time; NaN for a missing point.
  ///   - exposures: n, as many.
  ///   - multiplier: what the rate is stated per.
  ///   - polarity: which way is good.
  ///   - rebasing: the points, by their place, at which new limits begin.
  ///   - target: in the units of the points, after the multiplier.
  ///   - rules: how special causes are found.
  /// - Complexity: O(points).
  public static func rates(
    _ events: [Double], of exposures: [Double], per multiplier: Double = 1, polarity: Polarity = .none,
    rebasing: [Int] = [], target: Double? = nil, rules: ControlChartRules = ControlChartRules()
  ) -> ControlChart {
    quotients(
      .rates, events, exposures, multiplier,
      ControlChartSettings(polarity: polarity, rebasing: rebasing, target: target, rules: rules))
  }

  /// A chart of counts in equal exposures (c): c̄ ± 3√c̄, kept at 0 and above.
  ///
  /// - Parameters:
  ///   - counts: in order of time; NaN for a missing point.
  ///   - polarity: which way is good.
  ///   - rebasing: the points, by their place, at which new limits begin.
  ///   - target: a count.
  ///   - rules: how special causes are found.
  /// - Complexity: O(points).
  public static func counts(
    _ counts: [Double], polarity: Polarity = .none, rebasing: [Int] = [], target: Double? = nil,
    rules: ControlChartRules = ControlChartRules()
  ) -> ControlChart {
    ControlChart(
      .counts, values: counts, weights: [], statuses: counts.map(ResultStatus.ofCount), multiplier: 1,
      screening: false,
      settings: ControlChartSettings(polarity: polarity, rebasing: rebasing, target: target, rules: rules))
  }

  /// A chart of what lies between rare events (g; Kaminsky and others, 1992; Benneyan, 2001): ḡ ± 3√(ḡ(ḡ + 1)), kept
  /// at 0 and above.
  ///
  /// - Parameters:
  ///   - gaps: the cases, or days, without an event before each event, in order of time; NaN for a missing point.
  ///   - polarity: which way is good.
  ///   - rebasing: the points, by their place, at which new limits begin.
  ///   - target: a gap.
  ///   - rules: how special causes are found.
  /// - Complexity: O(points).
  public static func gaps(
    _ gaps: [Double], polarity: Polarity = .none, rebasing: [Int] = [], target: Double? = nil,
    rules: ControlChartRules = ControlChartRules()
  ) -> ControlChart {
    ControlChart(
      .gaps, values: gaps, weights: [], statuses: gaps.map(ResultStatus.ofCount), multiplier: 1, screening: false,
      settings: ControlChartSettings(polarity: polarity, rebasing: rebasing, target: target, rules: rules))
  }

  private static func quotients(
    _ kind: ControlChartKind, _ events: [Double], _ people: [Double], _ multiplier: Double,
    _ settings: ControlChartSettings
  ) -> ControlChart {
    precondition(events.count == people.count, "columns of one length")
    precondition(multiplier > 0 && multiplier.isFinite, "a multiplier above 0")
    let statuses = zip(events, people).map {
      ResultStatus.ofCell(events: $0, people: $1, limitedByPeople: kind == .proportions)
    }
    return ControlChart(
      kind, values: zip(events, people).map { $0 / $1 }, weights: people, statuses: statuses, multiplier: multiplier,
      screening: false, settings: settings)
  }

  private static func status(_ value: Double) -> ResultStatus {
    value.isNaN ? .missingNumerator : value.isInfinite ? .nonFinite : .ok
  }
}
