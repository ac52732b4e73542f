/// The rules by which ``PooledOutlook`` carries many areas forward from what was known at a base year.
///
/// The values were chosen on forecasts of ten years from 2003 and 2006 for the 296 districts of England alone, by the
/// sum of the median errors of total, four bands and age structure, and frozen before any other base was scored: what
/// is tuned on a window says nothing about it any more. The guide on the backtest lists what was tried. Where values
/// scored alike, the one that demographic practice takes stands: thirty years of mortality (Lee and Carter 1992 and
/// Lee and Miller 2001 fit to longer ones still), pooling that keeps the age structure.
public struct PooledRules: Sendable, Hashable {
  /// How many steps before the base net migration is averaged over, as far as estimates reach back.
  public var migrationSteps = 10
  /// The years after which a step counts half as much.
  public var migrationHalfLife = 3.0
  /// The age from which migrants are held as rates and pooled less; below it they are held as counts.
  public var oldAge = 65
  /// The weight of the national rate in an area's migration below ``oldAge``.
  public var poolingOfYoung = 0.25
  /// The same from ``oldAge`` on.
  public var poolingOfOld = 0.1
  /// The ages that a moving average of migration from age 30 on takes together, an odd number.
  public var smoothingWidth = 5
  /// How many steps before the base an area's births per woman are set beside the nation's.
  public var fertilitySteps = 5
  /// The years of national children per woman whose mean fertility returns to.
  public var fertilityYears = 40
  /// φ, the part of the distance to that mean that is left after a year.
  public var fertilityPersistence = 0.85
  /// The years of national deaths that mortality's trend is fitted to.
  public var mortalityYears = 30
  /// The last years whose mean rates mortality sets out from.
  public var jumpOffYears = 3
  /// The variance of an area's level of net migration over that of one-year changes.
  public var levelVariance = 0.6
  /// The same of the level that all areas share.
  public var nationalVariance = 0.08
  /// The variance of an area's level of fertility over that of one-year changes.
  public var fertilityVariance = 0.5
  /// The variance of the own course of a band from ``oldAge`` on over that of one-year changes of its residual rate.
  public var oldBandVariance = 0.1

  /// The rules that were frozen.
  public init() {}
}
