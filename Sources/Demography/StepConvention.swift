/// How people, migrants and births meet in one step from mid-year to mid-year.
///
/// Rates made for one convention are wrong in another, so a step refuses a measure that is not its
/// own. With P people, M net migrants, S survival and q = 1 − S of the way from age x into x + 1:
///
/// | | migrants exposed to death | women who give birth |
/// |---|---|---|
/// | ``ons`` | half at the start | mean of P and P′ |
/// | ``unEven`` | half at the start | mean of P + M/2 and P′ |
/// | ``unEnd`` | none | mean of P and P′ before migrants join |
///
/// Sources: ONS and GAD, *National population projections* (2004-based methodology onwards);
/// UN ccmppWPP as in *World Population Prospects 2022: Methodology*; Preston, Heuveline and Guillot,
/// *Demography* (2001), Box 6.2.
public enum StepConvention: String, Sendable, Hashable, CaseIterable {
  /// The national projection of ONS: D(x) = q(x+½)·(P(x) + M(x)/2).
  case ons
  /// The UN's step with half of the migrants at each end.
  case unEven = "un-even"
  /// The UN's step with all migrants at the end, after births.
  case unEnd = "un-end"

  /// The share of the migrants that joins at the start of the step and is exposed to death.
  @inlinable public var shareAtStart: Double { self == .unEnd ? 0 : 0.5 }

  /// The measure of mortality that the step takes as it is; central rates go through a life table.
  public var mortalityMeasure: MortalityMeasure {
    self == .ons ? .deathProbability : .survivalRatio
  }
}
