#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Probability

extension PooledOutlook {
  /// Drawn futures of the groups of ``Backtest/groups``.
  public struct Futures: Sendable {
    /// The areas.
    public let areas: [Area]
    /// The years that are kept.
    public let years: [Int]
    /// People, `[year][group][area]`, a row of simulations each.
    public let draws: [[[[Double]]]]
    /// Where simulations were clipped.
    public let clips: [EnsembleClip]

    /// The scores of every group in a year, over the areas of the outcome; `nil` for a year that is not kept.
    ///
    /// - Throws: ``BacktestError/axesDiffer`` for an area without futures, ``BacktestError/empty(_:)``.
    /// - Complexity: O(areas × simulations × log simulations).
    public func scores(_ outcome: BacktestOutcome) throws(BacktestError) -> [SpreadScore]? {
      guard let y = years.firstIndex(of: outcome.year) else { return nil }
      let held = Dictionary(areas.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
      let places = outcome.areas.compactMap { held[$0.code] }
      guard places.count == outcome.areas.count else { throw .axesDiffer }
      try outcome.checkInhabited()
      let count = Backtest.groups.count
      return (0..<count).map { group in
        SpreadScore(
          draws: places.map { draws[y][group][$0] },
          outcomes: stride(from: group, to: outcome.figures.count, by: count).map { outcome.figures[$0] })
      }
    }
  }

  /// Thousands of joint futures by the ensemble of ``CohortComponent``, each band with the area's own course beside it.
  ///
  /// - Parameters:
  ///   - uncertainty: how rates and bands vary.
  ///   - years: the mid-years to keep.
  ///   - simulations: how many, 1 or more.
  ///   - seed: what the draws start from.
  ///   - threads: the most threads to use; by default as many as there are processors.
  /// - Throws: ``BacktestError/ensemble(_:)``.
  /// - Complexity: O(areas × steps × ages × simulations).
  public func futures(
    varying uncertainty: PooledUncertainty, years: [Int], simulations: Int, seed: UInt64, threads: Int? = nil
  ) throws(BacktestError) -> Futures {
    let measures = AgeBand.planning.map { EnsembleMeasure.people($0) }
    let ensemble: Ensemble
    do throws(EnsembleError) {
      ensemble = try Self.method.simulate(
        population, under: assumptions, varying: uncertainty.rates, to: assumptions.years.upperBound,
        simulations: simulations, seed: seed, measures: measures, drawnYears: years, threads: threads)
    } catch { throw .ensemble(error) }
    let generator = Philox(seed: seed, purpose: 3)
    let areas = population.areas
    let keys = areas.map { FuturePaths.key(of: $0.code) }
    var draws: [[[[Double]]]] = []
    for year in years {
      let h = Double(year - population.year)
      var groups = [[[Double]]](repeating: [], count: measures.count + 1)
      for area in areas.indices {
        var total = Array(repeating: 0.0, count: simulations)
        for (band, measure) in measures.enumerated() {
          var row = Array(ensemble.draws(of: measure, area: area, in: year) ?? [])
          var normals = Array(repeating: 0.0, count: (simulations + 3) / 4 * 4)
          generator.fillNormal(&normals, from: SIMD4(0, keys[area], UInt64(band), 0))
          let spread = uncertainty.bandSpread[band] * h
          for i in row.indices {
            row[i] *= exp(spread * normals[i])
            total[i] += row[i]
          }
          groups[band + 1].append(row)
        }
        groups[0].append(total)
      }
      draws.append(groups)
    }
    return Futures(areas: areas, years: years, draws: draws, clips: ensemble.clips)
  }
}
