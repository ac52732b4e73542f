/// Thousands of joint futures of a population, told by their means, quantiles and shares.
///
/// Every figure of an area is a statistic of the simulated areas, bands and years themselves: totals are summed in each
/// simulation first, and quantiles are never added.
public struct Ensemble: Sendable {
  /// The areas that were asked for.
  public let areas: [Area]
  /// The mid-years, the base first.
  public let years: [Int]
  /// What is told about.
  public let measures: [EnsembleMeasure]
  /// The number of simulations.
  public let simulations: Int
  /// The seed of the draws.
  public let seed: UInt64
  /// Whether the chance of single births and deaths was drawn.
  public let drawsProcess: Bool
  /// Flat, `[area][year][measure]`; components of change of the base year are NaN.
  public let summaries: [EnsembleSummary]
  /// The events that were asked for.
  public let events: [EventProbability]
  /// Where simulations were clipped, by area and year.
  public let clips: [EnsembleClip]
  /// The years whose draws are kept.
  public let drawnYears: [Int]
  /// Every simulation's figures in these years, flat, `[area][drawn year][measure][simulation]`.
  public let draws: [Double]

  /// The base year.
  public var baseYear: Int { years[0] }
  /// The last year.
  public var endYear: Int { years[years.count - 1] }

  /// The position of an area by its code.
  ///
  /// - Complexity: O(areas).
  public func index(ofArea code: String) -> Int? { areas.firstIndex { $0.code == code } }

  /// What the ensemble says of a measure of an area at a mid-year (or of the step that ends there); `nil` where the
  /// measure was not asked for, the year is not held, or the base year has no such figure.
  ///
  /// - Complexity: O(years + measures).
  public func summary(of measure: EnsembleMeasure, area: Int = 0, in year: Int) -> EnsembleSummary? {
    guard let y = years.firstIndex(of: year), let m = measures.firstIndex(of: measure), areas.indices.contains(area)
    else { return nil }
    let found = summaries[(area * years.count + y) * measures.count + m]
    return found.mean.isNaN ? nil : found
  }

  /// A measure of an area at a mid-year in every simulation, in their order; `nil` where it was not asked for or the
  /// draws of that year are not kept.
  ///
  /// Draws are joint: simulation i is one future of all areas and years.
  ///
  /// - Complexity: O(years + measures).
  public func draws(of measure: EnsembleMeasure, area: Int = 0, in year: Int) -> ArraySlice<Double>? {
    guard let y = drawnYears.firstIndex(of: year), let m = measures.firstIndex(of: measure),
      areas.indices.contains(area)
    else { return nil }
    let start = ((area * drawnYears.count + y) * measures.count + m) * simulations
    return draws[start..<(start + simulations)]
  }
}
