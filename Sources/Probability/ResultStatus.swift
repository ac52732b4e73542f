/// What became of one statistic: statistics that may be barred (too few events, no denominator, suppression)
/// carry one.
///
/// Batch statistics never stop for one bad cell; the cell carries the reason instead. The raw
/// values are the words that tables and files show.
public enum ResultStatus: String, Sendable, Hashable, CaseIterable, Codable {
  /// The figure was calculated and may be used.
  case ok
  /// The denominator is zero.
  case zeroDenominator = "zero_denominator"
  /// The numerator is missing.
  case missingNumerator = "missing_numerator"
  /// The denominator is missing.
  case missingDenominator = "missing_denominator"
  /// More events than people.
  case numeratorExceedsDenominator = "numerator_exceeds_denominator"
  /// A count is below zero.
  case negative
  /// A value is infinite or not a number.
  case nonFinite = "non_finite"
  /// Fewer than ten events: not calculated.
  case countBelow10 = "count_below_10"
  /// The population is too small for this statistic.
  case populationTooSmall = "population_too_small"
  /// The interval is too wide for the figure to be published.
  case intervalTooWide = "interval_too_wide"
  /// An age band is missing.
  case bandsIncomplete = "bands_incomplete"
  /// An age band stands twice.
  case bandsDuplicate = "bands_duplicate"
  /// No event was expected.
  case expectedZero = "expected_zero"
  /// Too few points for this statistic.
  case notEnoughPoints = "not_enough_points"
  /// Suppressed because the cell itself could disclose.
  case suppressedPrimary = "suppressed_primary"
  /// Suppressed because another cell could be got back from it.
  case suppressedSecondary = "suppressed_secondary"
}
